import type { CheckDefinition } from '../checks/define-check.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Agency } from '../model/agency.ts';
import type { Report } from '../model/report.ts';
import type { RunManifest } from '../model/run.ts';
import { defaultSettings } from '../model/settings.ts';
import { render } from '../reports/formats.ts';
import { acquireLock } from '../runner/lock.ts';
import { type MeasureInput, measureRun } from '../runner/measure.ts';
import type { LiveOptions } from '../runner/network-stack.ts';
import { reportRun } from '../runner/report-run.ts';
import { type RunFolder, writeReport } from '../runner/run-folder.ts';
import { writeRunSummary } from '../runner/run-summary.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { finishReport } from './finish-report.ts';
import type { Io } from './io.ts';
import type { JudgingExtras } from './judging-extras.ts';
import { type Notes, showError } from './notes.ts';
import type { GlobalOptions, ReportOptions } from './options.ts';
import { createProgress } from './progress.ts';
import { listenForSignals, type Stopper } from './signals.ts';
import { translateError } from './translate-error.ts';
import { tableStyle } from './write-outputs.ts';

/** A run that is prepared: folder, manifest and list are in place. */
export interface PreparedRun {
  folder: RunFolder;
  manifest: RunManifest;
  agencies: AsyncIterable<Agency>;
  live: LiveOptions;
  checks: readonly CheckDefinition[];
  skipped: ReadonlySet<string>;
  extras: JudgingExtras;
  options: GlobalOptions & ReportOptions;
  catalogue: Catalogue;
  notes: Notes;
  /** What continues this run after an interruption. */
  resumeCommand: string;
  /** More to show after the report on stdout. */
  onReport?: (report: Report) => Promise<void>;
  /** Brings folder, manifest and list up to date once nobody else can touch them. */
  underLock?: () => Promise<Pick<PreparedRun, 'manifest' | 'agencies'>>;
  /** Measures one agency; left out but in tests. */
  collect?: MeasureInput['collect'];
}

/** Measures, judges and reports under the folder's lock. Returns the exit code. */
export async function performRun(prepared: PreparedRun, io: Io): Promise<number> {
  const { folder, catalogue, notes } = prepared;
  const lock = await acquireLock(folder);
  // The profile of the testbed divides this wait too, though our own end takes as long as ever.
  const shutdownMs = Math.max(prepared.manifest.settings.run.shutdownMs, defaultSettings.run.shutdownMs);
  const stopper = listenForSignals(io, shutdownMs, () => notes.warning(catalogue.cli.interrupted(prepared.resumeCommand)));
  const uncrash = endOnCrash(prepared, io);
  try {
    if (lock.tookOverStale !== null) notes.note(catalogue.cli.tookOverLock);
    const run = { ...prepared, ...(await prepared.underLock?.()) };
    const { manifest } = run;
    await measure(run, io, stopper);
    if (stopper.stoppedBy() !== null) return stoppedCode(stopper);
    const { checks, skipped } = run;
    const { baseline: _, ...extras } = run.extras;
    const judged = await reportRun({ folder, manifest, checks, skipped, ...extras });
    const code = await concludeRun(run, judged, { io, stopper });
    await run.onReport?.(judged.report);
    return code;
  } finally {
    stopper.release();
    uncrash();
    await lock.release();
  }
}

/** What a run that was judged still needs: its report in the folder, the outputs, the gate. Returns the exit code. */
export async function concludeRun(
  { folder, catalogue, notes, checks, extras: { rubric, baseline }, options }: Omit<PreparedRun, 'agencies' | 'live'>,
  { report, crashed }: { report: Report; crashed: boolean },
  { io, stopper }: { io: Io; stopper: Stopper },
): Promise<number> {
  const style = tableStyle(io, options, { troubles: [], coverageFloor: rubric.coverageFloor });
  await writeReport(folder, render(report, 'json', style));
  await writeRunSummary(folder, report);
  if (stopper.stoppedBy() !== null) return stoppedCode(stopper);
  const code = await finishReport({ report, crashed, checks, rubric, baseline, options, catalogue, notes }, io);
  notes.note(catalogue.cli.runFolder(folder.path));
  return code;
}

/**
 * A fault of ours that nothing caught: what happens next is nobody's guess, so the process ends at once. The journal is whole at any
 * moment, and the lock of a process that is gone is taken over.
 */
function endOnCrash({ catalogue, notes, resumeCommand }: PreparedRun, io: Io): () => void {
  const unlisten = io.onCrash?.((error) => {
    showError(translateError(error), io, catalogue);
    if (error instanceof Error) notes.detail(error.stack ?? '');
    notes.warning(catalogue.cli.interrupted(resumeCommand));
    io.exitNow(exitCodes.ownTrouble);
  });
  return () => unlisten?.();
}

async function measure(run: PreparedRun, io: Io, stopper: Stopper): Promise<void> {
  const { folder, manifest, agencies, live, catalogue, notes, options } = run;
  const progress = await createProgress(io, { catalogue, notes, quiet: options.quiet });
  try {
    const collect = run.collect === undefined ? {} : { collect: run.collect };
    await measureRun({ folder, manifest, agencies, live, signal: stopper.signal, onEvent: (event) => progress.event(event), ...collect });
  } finally {
    progress.stop();
  }
}

export function stoppedCode(stopper: Stopper): number {
  return exitCodeOf({ signal: stopper.stoppedBy(), troubles: [], gateFailed: false });
}
