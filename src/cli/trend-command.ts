import { betweenWords } from '../i18n/between-words.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Trend } from '../model/trend.ts';
import { jsonText } from '../reports/escape.ts';
import { readTrend } from '../runner/read-trend.ts';
import { saying } from './between-error.ts';
import { type BetweenOptions, betweenStyle } from './between-style.ts';
import { CliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { createNotes } from './notes.ts';
import { badValue, choice } from './option-values.ts';
import { checkOutputs, writeWhole } from './write-outputs.ts';

export interface TrendOptions extends BetweenOptions {
  /** Runs, or folders of runs; none: the folder of runs. */
  runs: readonly string[];
  /** As written: `table`, `csv`, `json` or `html`. */
  format: string;
  /** Files to write besides; the form by suffix. */
  outputs: readonly string[];
}

const trendFormats = ['table', 'csv', 'json', 'html'] as const;
type TrendFormat = (typeof trendFormats)[number];

/** `ipv6gov trend RUN…`: progress over time. Runs in a folder that cannot be used are left out and told; one named by itself ends the command. */
export async function trendCommand(options: TrendOptions, catalogue: Catalogue, io: Io): Promise<number> {
  const format = choice('format', options.format, trendFormats);
  const outputs = options.outputs.map((path) => ({ path, format: formatOf(path) }));
  await checkOutputs(options.outputs);
  const notes = createNotes(io, catalogue, options);
  const words = betweenWords(options.language);
  const names = options.runs.length === 0 ? [options.runDir] : options.runs;
  const trend = await saying(() => readTrend(names, options.runDir));
  for (const { path, problem, detail } of trend.leftOut)
    notes.warning(words.trend.leftOut(path, words.problems[problem](path, detail).what));
  if (trend.points.length === 0) {
    throw new CliError({ code: 'no-run', say: ({ language }) => betweenWords(language).noRuns(names.join(', ')) });
  }
  for (const output of outputs) {
    const chunks: string[] = [];
    for await (const chunk of render(trend, output.format, options, io)) chunks.push(chunk);
    await writeWhole(output.path, chunks.join(''));
    notes.note(catalogue.cli.wrote(output.path));
  }
  for await (const chunk of render(trend, format, options, io)) await io.out(chunk);
  return exitCodes.good;
}

function formatOf(path: string): TrendFormat {
  const found = trendFormats.find((format) => format !== 'table' && path.toLowerCase().endsWith(`.${format}`));
  if (found === undefined) throw badValue('output', path, 'output');
  return found;
}

/** Each form loads its packages only when used. */
async function* render(trend: Trend, format: TrendFormat, options: TrendOptions, io: Io): AsyncGenerator<string> {
  if (format === 'json') yield `${jsonText(trend)}\n`;
  else if (format === 'csv') yield* (await import('../reports/trend-csv.ts')).renderTrendCsv(trend);
  else if (format === 'html') yield* (await import('../reports/trend-html.ts')).renderTrendHtml(trend, options.language);
  else yield (await import('../reports/trend-table.ts')).renderTrendTable(trend, betweenStyle(io, options));
}
