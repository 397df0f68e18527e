import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { type Agency, agencySchema } from '../model/agency.ts';
import type { RunManifest } from '../model/run.ts';
import { replaceFile } from '../runner/replace-file.ts';
import { type RunFolder, writeManifest } from '../runner/run-folder.ts';
import type { AgencyList } from './read-agencies.ts';
import { fingerprintText, spoolLines } from './spool.ts';

/** How a list given at a resume differs from that of the run. `changed`: the same id with other names; the run keeps its own. */
export interface ListChanges {
  added: number;
  removed: number;
  changed: number;
}

/**
 * Brings a run's own list up to a list given now (faults P3): what is new is appended and will be measured; what is gone or says other
 * names stays as it was, and is counted. Call it under the lock. The list is replaced before the manifest, which is put right at
 * the next call if the process ends in between.
 */
export async function bringListUpToDate(
  folder: RunFolder,
  manifest: RunManifest,
  given: Pick<AgencyList, 'spool'> | null,
): Promise<{ manifest: RunManifest; changes: ListChanges }> {
  const path = join(folder.path, manifest.inputFile);
  const own = new Map<string, string>();
  const hash = createHash('sha256');
  const note = (line: string): void => {
    const content = fingerprintText(line);
    hash.update(content);
    own.set(agencyOf(line).id, createHash('sha256').update(content).digest('base64'));
  };
  for await (const line of spoolLines(path)) note(line);
  const changes = { added: 0, removed: 0, changed: 0 };
  const added: string[] = [];
  if (given !== null) {
    const before = own.size;
    let kept = 0;
    for await (const line of spoolLines(given.spool)) {
      const known = own.get(agencyOf(line).id);
      if (known === undefined) {
        added.push(`${line}\n`);
        note(line);
        continue;
      }
      kept += 1;
      if (known !== createHash('sha256').update(fingerprintText(line)).digest('base64')) changes.changed += 1;
    }
    changes.added = added.length;
    changes.removed = before - kept;
  }
  if (added.length > 0) await replaceFile(path, withLines(path, added));
  const input = { ...manifest.input, agencies: own.size, fingerprint: hash.digest('hex') };
  const current = { ...manifest, input };
  if (input.agencies !== manifest.input.agencies || added.length > 0) await writeManifest(folder, current);
  return { manifest: current, changes };
}

const agencyOf = (line: string): Agency => agencySchema.parse(JSON.parse(line));

async function* withLines(path: string, lines: readonly string[]): AsyncGenerator<string> {
  let end = '\n';
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    end = String(chunk).at(-1) ?? end;
    yield String(chunk);
  }
  if (end !== '\n') yield '\n';
  yield* lines;
}
