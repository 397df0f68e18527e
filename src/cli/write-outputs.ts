import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Report } from '../model/report.ts';
import { formatOfFile, render, type TableStyle } from '../reports/formats.ts';
import { replaceFile } from '../runner/replace-file.ts';
import { CliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { GlobalOptions, ReportOptions } from './options.ts';

const narrowest = 60;
const widest = 120;

/** How the table looks on this terminal. Colour only there, and never with NO_COLOR, --no-color or a dumb terminal. */
export function tableStyle(
  io: Pick<Io, 'outIsTerminal' | 'env' | 'columns'>,
  options: GlobalOptions & ReportOptions,
  run: Pick<TableStyle, 'troubles' | 'coverageFloor' | 'checks'>,
): TableStyle {
  const colour = options.colour && io.outIsTerminal && !io.env.NO_COLOR && io.env.TERM !== 'dumb';
  const width = Math.min(Math.max(io.columns ?? widest, narrowest), widest);
  return { language: options.language, show: options.show, colourLevel: colour ? 1 : 0, width, csvRows: options.csvRows, ...run };
}

/** Refuses an output that could not be written, before anything is measured. */
export async function checkOutputs(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const isFolder = await stat(dirname(path)).then(
      (found) => found.isDirectory(),
      () => false,
    );
    const isTaken = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder || isTaken) throw cannotWrite(path, isTaken ? 'EISDIR' : 'ENOENT', exitCodes.usage);
  }
}

/** Writes every file of `-o` whole or not at all. Throws `CliError` (exit code 3) when one cannot be written. */
export async function writeOutputs(report: Report, paths: readonly string[], style: TableStyle): Promise<void> {
  for (const path of paths) {
    const format = formatOfFile(path);
    if (format === null) continue;
    await writeWhole(path, render(report, format, style));
  }
}

/** In pieces: a report of ten thousand agencies is longer than one string can be. */
export async function writeWhole(path: string, text: string | AsyncIterable<string>): Promise<void> {
  try {
    await replaceFile(path, text);
  } catch (error) {
    throw cannotWrite(path, error instanceof Error && 'code' in error ? String(error.code) : '?', exitCodes.ownTrouble);
  }
}

function cannotWrite(path: string, code: string, exitCode: number): CliError {
  return new CliError({ code: 'cannot-write', exitCode, say: ({ cli }) => cli.errors.cannotWrite(path, code) });
}
