import type { CheckDefinition } from '../checks/define-check.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Agency } from '../model/agency.ts';
import type { Report } from '../model/report.ts';
import type { RunManifest } from '../model/run.ts';
import { defaultSettings } from '../model/settings.ts';
import { render } from '../reports/formats.ts';
import { acquireLock } from '../runner/lock.ts';
import { measureRun } from '../runner/measure.ts';
import type { LiveOptions } from '../runner/network-stack.ts';
import { reportRun } from '../runner/report-run.ts';
import { type RunFolder, writeReport } from '../runner/run-folder.ts';
import { ipv6ForGov1 } from '../scoring/rubrics/ipv6-for-gov-1.ts';
import { exitCodeOf } from './exit-codes.ts';
import { finishReport } from './finish-report.ts';
import type { Io } from './io.ts';
import type { Notes } from './notes.ts';
import type { GlobalOptions, ReportOptions } from './options.ts';
import { createProgress } from './progress.ts';
import { listenForSignals, type Stopper } from './signals.ts';
import { tableStyle } from './write-outputs.ts';

/** A run that is prepared: folder, manifest and list are in place. */
export interface PreparedRun {
  folder: RunFolder;
  manifest: RunManifest;
  agencies: AsyncIterable<Agency>;
  live: LiveOptions;
  checks: readonly CheckDefinition[];
  skipped: ReadonlySet<string>;
  options: GlobalOptions & ReportOptions;
  catalogue: Catalogue;
  notes: Notes;
  /** What continues this run after an interruption. */
  resumeCommand: string;
  /** More to show after the report on stdout. */
  onReport?: (report: Report) => Promise<void>;
}

/** Measures, judges and reports under the folder's lock. Returns the exit code. */
export async function performRun(run: PreparedRun, io: Io): Promise<number> {
  const { folder, manifest, catalogue, notes } = run;
  const lock = await acquireLock(folder);
  // The profile of the testbed divides this wait too, though our own end takes as long as ever.
  const shutdownMs = Math.max(manifest.settings.run.shutdownMs, defaultSettings.run.shutdownMs);
  const stopper = listenForSignals(io, shutdownMs, () => notes.warning(catalogue.cli.interrupted(run.resumeCommand)));
  try {
    if (lock.tookOverStale !== null) notes.note(catalogue.cli.tookOverLock);
    await measure(run, io, stopper);
    if (stopper.stoppedBy() !== null) return stoppedCode(stopper);
    const { report, crashed } = await reportRun({ folder, manifest, checks: run.checks, skipped: run.skipped, rubric: ipv6ForGov1 });
    const style = tableStyle(io, run.options, { troubles: [], coverageFloor: ipv6ForGov1.coverageFloor });
    await writeReport(folder, render(report, 'json', style));
    if (stopper.stoppedBy() !== null) return stoppedCode(stopper);
    const code = await finishReport({ report, crashed, options: run.options, catalogue, notes }, io);
    await run.onReport?.(report);
    notes.note(catalogue.cli.runFolder(folder.path));
    return code;
  } finally {
    stopper.release();
    await lock.release();
  }
}

async function measure(run: PreparedRun, io: Io, stopper: Stopper): Promise<void> {
  const { folder, manifest, agencies, live, catalogue, notes, options } = run;
  const progress = await createProgress(io, { catalogue, notes, quiet: options.quiet });
  try {
    await measureRun({ folder, manifest, agencies, live, signal: stopper.signal, onEvent: (event) => progress.event(event) });
  } finally {
    progress.stop();
  }
}

function stoppedCode(stopper: Stopper): number {
  return exitCodeOf({ signal: stopper.stoppedBy(), troubles: [], gateFailed: false });
}
