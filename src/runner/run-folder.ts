import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunManifest } from '../model/run.ts';
import { replaceFile } from './replace-file.ts';

/** Paths of one run (design §4). */
export interface RunFolder {
  id: string;
  path: string;
  manifest: string;
  journal: string;
  report: string;
  lock: string;
}

/** The folder cannot be made or has no safe name; the message says which and why. */
export class RunFolderError extends Error {
  override readonly name = 'RunFolderError';
}

/** Letters, digits and single separators: safe as a folder name everywhere (faults S6). */
const slug = /^[a-z0-9][a-z0-9-]{0,63}$/;
const runIdShape = /^\d{8}-\d{6}-[0-9a-f]{6}$/;

/** `20261124-031500-a1b2c3`: UTC time, so that ids sort by age, and 24 random bits. `random` gives [0, 1). */
export function newRunId(now: Date, random: () => number): string {
  const [date = '', time = ''] = now.toISOString().replaceAll(/[-:]/g, '').split('T');
  const suffix = Math.floor(random() * 0x1000000)
    .toString(16)
    .padStart(6, '0');
  return `${date}-${time.slice(0, 6)}-${suffix}`;
}

/** Paths of the run `id` under `dir`; touches nothing. Throws `RunFolderError` for an id that is no safe name. */
export function runFolder({ dir, id }: { dir: string; id: string }): RunFolder {
  if (!slug.test(id))
    throw new RunFolderError(`${JSON.stringify(id.slice(0, 80))} is no run id: lower-case letters, digits and hyphens only`);
  const path = join(dir, id);
  return {
    id,
    path,
    manifest: join(path, 'run.json'),
    journal: join(path, 'evidence.ndjson.gz'),
    report: join(path, 'report.json'),
    lock: join(path, 'lock'),
  };
}

/** Makes the folder of a new run, and `dir` where needed. Throws `RunFolderError` when the run exists already. */
export async function createRunFolder(place: { dir: string; id: string }): Promise<RunFolder> {
  const folder = runFolder(place);
  await mkdir(place.dir, { recursive: true });
  await mkdir(folder.path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new RunFolderError(`${folder.path} exists already`) : error;
  });
  return folder;
}

export async function writeManifest(folder: RunFolder, manifest: RunManifest): Promise<void> {
  await replaceFile(folder.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** @param text the report as JSON, whole */
export async function writeReport(folder: RunFolder, text: string | AsyncIterable<string>): Promise<void> {
  await replaceFile(folder.report, text);
}

/** The youngest run under `dir` that has a manifest, or null. */
export async function findLatestRun(dir: string): Promise<RunFolder | null> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const id of names
    .filter((name) => runIdShape.test(name))
    .sort()
    .reverse()) {
    const folder = runFolder({ dir, id });
    if (
      await stat(folder.manifest).then(
        (found) => found.isFile(),
        () => false,
      )
    )
      return folder;
  }
  return null;
}
