import { createReadStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Agency, agencySchema } from '../model/agency.ts';
import type { RunFolder } from '../runner/run-folder.ts';
import { readLines } from './bounded-lines.ts';

/** Name of the normalised input in a run folder: one agency a line. */
export const spoolName = 'input.ndjson';

/** An agency with many hosts and long notes still fits. */
const maxSpoolLineBytes = 1_048_576;

/** Puts the input into the run folder, so that a resumed run needs neither the list nor stdin. */
export async function keepSpool(spool: string, folder: RunFolder): Promise<void> {
  await copyFile(spool, join(folder.path, spoolName));
}

/** The lines of a spool as they are, one in memory at a time. */
export async function* spoolLines(path: string): AsyncGenerator<string> {
  for await (const { text } of readLines(createReadStream(path), maxSpoolLineBytes)) if (text !== '') yield text;
}

/** The agencies of a spool, one in memory at a time. Throws on a line that is none. */
export async function* readSpool(path: string): AsyncGenerator<Agency> {
  for await (const line of spoolLines(path)) yield agencySchema.parse(JSON.parse(line));
}

/** What of an agency the fingerprint of a list is made of: all but where it was written. */
export function fingerprintText(line: string): string {
  const { input: _, ...content } = JSON.parse(line) as Agency;
  return `${JSON.stringify(content)}\n`;
}
