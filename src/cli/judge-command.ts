import { loadChecks } from '../checks/index.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { requireEvidence } from '../runner/open-run.ts';
import { reportRun } from '../runner/report-run.ts';
import { saying } from './between-error.ts';
import { checksOff } from './choose-checks.ts';
import { findRun } from './find-run.ts';
import { finishReport } from './finish-report.ts';
import type { Io } from './io.ts';
import { openExtras } from './judging-extras.ts';
import { createNotes } from './notes.ts';
import type { JudgeOptions } from './options.ts';
import { checkOutputs } from './write-outputs.ts';

/** `ipv6gov judge RUN`: judges stored evidence again; loads no network code and writes nothing into the run folder. */
export async function judgeCommand(options: JudgeOptions, catalogue: Catalogue, io: Io): Promise<number> {
  const notes = createNotes(io, catalogue, options);
  const checks = await loadChecks();
  const skipped = checksOff(checks, options);
  if (skipped.size > 0) notes.note(catalogue.cli.checksOff(skipped.size));
  await checkOutputs(options.outputs);
  const { folder, manifest } = await findRun(options.run, options.runDir);
  await saying(() => requireEvidence(folder));
  const { baseline, ...extras } = await openExtras({ options, checks, catalogue, notes, vantage: null, manifest });
  const { report, crashed } = await reportRun({ folder, manifest, checks, skipped, ...extras });
  return finishReport({ report, crashed, checks, rubric: extras.rubric, baseline, options, catalogue, notes }, io);
}
