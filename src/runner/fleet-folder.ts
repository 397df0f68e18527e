import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RunManifest } from '../model/run.ts';
import { readManifest } from './open-run.ts';
import { parseStored, readStoredText } from './read-stored.ts';
import { replaceFile } from './replace-file.ts';
import type { VantageRun } from './report-vantages.ts';
import { type RunFolder, runFolder, writeManifest } from './run-folder.ts';

/** `fleet.json`: what the folder of a run over several vantages knows beside its manifest. */
const fleetSchema = z.strictObject({
  schema: z.literal('ipv6gov.fleet/1'),
  vantages: z.array(z.string()).min(1),
  /** How many agencies of the list each vantage was asked for; none of those that are left out. */
  submitted: z.record(z.string(), z.int().min(0)),
});
export type FleetFile = z.infer<typeof fleetSchema>;

const pathOf = (folder: RunFolder): string => join(folder.path, 'fleet.json');
const partsDir = (folder: RunFolder): string => join(folder.path, 'from');

/** Id of the run that holds what a worker of the vantage at this place of the list saw. */
export const partId = (place: number, worker: string): string => `p${place}-${worker}`;

/** Null for the folder of an ordinary run. Throws `RunUseError` for a damaged file. */
export async function readFleet(folder: RunFolder): Promise<FleetFile | null> {
  const path = pathOf(folder);
  const text = await readStoredText(path);
  return text === null ? null : parseStored(text, path, { schema: fleetSchema, current: 'ipv6gov.fleet/1' });
}

export async function writeFleet(folder: RunFolder, fleet: Omit<FleetFile, 'schema'>): Promise<void> {
  await replaceFile(pathOf(folder), `${JSON.stringify({ schema: 'ipv6gov.fleet/1', ...fleet })}\n`);
}

/** The part of one worker of one vantage: a run folder of its own, as what one machine showed about itself proves nothing for another. */
export async function openPart(folder: RunFolder, part: { manifest: RunManifest; place: number; worker: string }): Promise<RunFolder> {
  const dir = partsDir(folder);
  const opened = runFolder({ dir, id: partId(part.place, part.worker) });
  await mkdir(opened.path, { recursive: true });
  await writeManifest(opened, part.manifest);
  return opened;
}

/** The runs of which a run over several vantages consists, in the order of its vantages; none of an ordinary run. */
export async function partsOfRun(folder: RunFolder): Promise<VantageRun[]> {
  const fleet = await readFleet(folder);
  if (fleet === null) return [];
  const dir = partsDir(folder);
  const ids = (await readdir(dir).catch(() => [])).sort();
  const parts: VantageRun[] = [];
  for (const id of ids) {
    const part = runFolder({ dir, id });
    const manifest = await readStoredText(part.manifest).then((text) => (text === null ? null : readManifest(part)));
    // Begun by a collector that was killed at that moment: nothing is in it.
    if (manifest === null) continue;
    parts.push({ vantage: manifest.vantage, place: manifest.vantage, folder: part, manifest });
  }
  const inOrder = fleet.vantages.flatMap((place) => parts.filter((part) => part.place === place));
  // Several workers of one vantage are told apart, because each proves only itself.
  return inOrder.map((part) =>
    inOrder.filter(({ place }) => place === part.place).length === 1
      ? part
      : { ...part, vantage: `${part.place}.${part.folder.id.split('-')[1] ?? ''}` },
  );
}
