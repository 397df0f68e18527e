import { betweenWords } from '../i18n/between-words.ts';
import type { Report } from '../model/report.ts';
import { compareReports, hasRegression } from '../runner/compare.ts';
import { type BetweenOptions, betweenStyle } from './between-style.ts';
import { CliError } from './cli-error.ts';
import type { Io } from './io.ts';
import type { Notes } from './notes.ts';
import { openCompared } from './open-compared.ts';

/** `--baseline RUN --fail-on regression`, opened before the first probe so that a bad baseline costs no run. */
export interface Baseline {
  /** Says what changed on stderr and whether the gate fails. What this run or the baseline did not know fails no gate. */
  regressed(report: Report, io: Io): Promise<boolean>;
}

/** Null: no baseline asked for. Throws `CliError` (exit code 2) when it is needed and missing, or cannot be used. */
export async function openBaseline(
  asked: { baseline: string | null; needed: boolean },
  options: BetweenOptions,
  notes: Notes,
): Promise<Baseline | null> {
  if (asked.baseline === null) {
    if (!asked.needed) return null;
    throw new CliError({ code: 'no-baseline', say: ({ language }) => betweenWords(language).needsBaseline });
  }
  const before = await openCompared(asked.baseline, options, notes);
  return {
    async regressed(report, io) {
      const comparison = compareReports(before, report);
      if (!options.quiet) {
        const { renderDiffTable } = await import('../reports/diff-table.ts');
        const style = { ...betweenStyle(io, options), colourLevel: 0 as const };
        io.err(`${betweenWords(options.language).diff.baseline(before.run.id)}\n${renderDiffTable(comparison, style)}`);
      }
      return hasRegression(comparison);
    },
  };
}
