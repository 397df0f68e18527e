import type { CheckDefinition } from '../checks/define-check.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Report } from '../model/report.ts';
import { render } from '../reports/formats.ts';
import { isPort25Suspected, ownTroubles } from '../reports/own-trouble.ts';
import type { Rubric } from '../scoring/rubric.ts';
import type { Baseline } from './baseline.ts';
import { exitCodeOf, failOnText, gateFails } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { Notes } from './notes.ts';
import type { GlobalOptions, ReportOptions } from './options.ts';
import { tableStyle, writeOutputs } from './write-outputs.ts';

/** What a report needs to become output and an exit code. */
export interface Finish {
  report: Report;
  /** Something of our own code failed. */
  crashed: boolean;
  checks: readonly CheckDefinition[];
  rubric: Rubric;
  /** What to compare with, or null. */
  baseline: Baseline | null;
  options: GlobalOptions & ReportOptions;
  catalogue: Catalogue;
  notes: Notes;
}

/** Says what our own side could not do first, writes the files, then the data on stdout, then the gate. Returns the exit code. */
export async function finishReport(finish: Finish, io: Io): Promise<number> {
  const { report, crashed, checks, baseline, options, catalogue, notes } = finish;
  const { coverageFloor } = finish.rubric;
  const troubles = ownTroubles(report, { crashed, coverageFloor });
  for (const trouble of troubles) notes.warning(catalogue.report.ownTrouble[trouble]);
  if (isPort25Suspected(report)) notes.warning(catalogue.report.portBlocked);
  const style = tableStyle(io, options, { troubles, coverageFloor, checks });
  await writeOutputs(report, options.outputs, style);
  for (const path of options.outputs) notes.note(catalogue.cli.wrote(path));
  for await (const chunk of render(report, options.format, style)) await io.out(chunk);
  const regressed = (await baseline?.regressed(report, io)) ?? false;
  const gateFailed = options.failOn.kind === 'regression' ? regressed : gateFails(report, options.failOn);
  if (gateFailed) notes.note(catalogue.cli.gateFailed(failOnText(options.failOn)));
  return exitCodeOf({ signal: null, troubles, gateFailed });
}
