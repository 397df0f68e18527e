import { betweenWords } from '../i18n/between-words.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { RunListing } from '../model/run-listing.ts';
import { jsonText } from '../reports/escape.ts';
import { renderRuns, sizeText } from '../reports/runs-table.ts';
import { listRuns } from '../runner/list-runs.ts';
import { type Pruned, pruneRuns } from '../runner/prune.ts';
import { saying } from './between-error.ts';
import type { BetweenOptions } from './between-style.ts';
import { CliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { createNotes } from './notes.ts';
import { choice } from './option-values.ts';

export interface RunsOptions extends BetweenOptions {
  /** As written: `table` or `json`. */
  format: string;
}

export interface PruneOptions extends RunsOptions {
  /** As written; null: not given. */
  keep: string | null;
  force: boolean;
}

/** `ipv6gov runs`: the runs of the folder of runs, youngest first. */
export async function runsCommand(options: RunsOptions, _: Catalogue, io: Io): Promise<number> {
  const format = choice('format', options.format, ['table', 'json']);
  const listings = await saying(() => listRuns(options.runDir));
  if (format === 'json') await io.out(json(listings));
  else
    await io.out(
      listings.length === 0 ? `${betweenWords(options.language).runs.none(options.runDir)}\n` : renderRuns(listings, options.language),
    );
  return exitCodes.good;
}

/** `ipv6gov runs prune --keep N`: deletes the oldest complete runs beyond N and prints what it deleted. */
export async function pruneCommand(options: PruneOptions, catalogue: Catalogue, io: Io): Promise<number> {
  const format = choice('format', options.format, ['table', 'json']);
  const keep = readKeep(options.keep ?? '');
  const pruned = await saying(() => pruneRuns({ dir: options.runDir, keep, force: options.force }));
  const { runs: texts } = betweenWords(options.language);
  const notes = createNotes(io, catalogue, options);
  for (const { id, state } of pruned.spared) notes.note(texts.spared(id, texts.states[state]));
  if (format === 'json') await io.out(json(pruned.deleted));
  else await io.out(prunedText(pruned, options));
  return exitCodes.good;
}

function prunedText({ deleted, kept }: Pruned, { language }: PruneOptions): string {
  const { runs: texts } = betweenWords(language);
  const lines = deleted.map(({ id, startedAt, bytes }) => texts.deleted(id, (startedAt ?? '').slice(0, 10), sizeText(bytes, language)));
  return `${[...lines, texts.pruned(deleted.length, kept)].join('\n')}\n`;
}

const json = (listings: readonly RunListing[]): string => `${jsonText(listings, 2)}\n`;

/** At least one: pruning to nothing is `rm`. */
function readKeep(value: string): number {
  const number = Number(value);
  if (!/^[0-9]{1,6}$/.test(value) || number < 1 || number > 100_000) {
    throw new CliError({ code: 'bad-option', say: ({ language }) => betweenWords(language).badKeep(value) });
  }
  return number;
}
