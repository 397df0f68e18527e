import type { Catalogue } from '../i18n/catalogue.ts';
import { renderDiffTable } from '../reports/diff-table.ts';
import { jsonText } from '../reports/escape.ts';
import { compareReports } from '../runner/compare.ts';
import { type BetweenOptions, betweenStyle } from './between-style.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { createNotes } from './notes.ts';
import { openCompared } from './open-compared.ts';
import { choice } from './option-values.ts';

export interface DiffOptions extends BetweenOptions {
  runs: readonly [before: string, after: string];
  /** As written: `table` or `json`. */
  format: string;
}

/** `ipv6gov diff RUN RUN`: what improved and what got worse on evidence. Writes nothing into the folders. */
export async function diffCommand(options: DiffOptions, catalogue: Catalogue, io: Io): Promise<number> {
  const format = choice('format', options.format, ['table', 'json']);
  const notes = createNotes(io, catalogue, options);
  const before = await openCompared(options.runs[0], options, notes);
  const after = await openCompared(options.runs[1], options, notes);
  const comparison = compareReports(before, after);
  await io.out(format === 'json' ? `${jsonText(comparison, 2)}\n` : renderDiffTable(comparison, betweenStyle(io, options)));
  return exitCodes.good;
}
