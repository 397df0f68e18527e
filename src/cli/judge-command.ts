import { loadChecks } from '../checks/index.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { mergingWords } from '../i18n/vantage-words.ts';
import { partsOfRun } from '../runner/fleet-folder.ts';
import { requireEvidence } from '../runner/open-run.ts';
import { reportRun } from '../runner/report-run.ts';
import type { VantageRun, VantagesInput } from '../runner/report-vantages.ts';
import { saying } from './between-error.ts';
import { checksOff } from './choose-checks.ts';
import { CliError } from './cli-error.ts';
import { findRun } from './find-run.ts';
import { finishReport } from './finish-report.ts';
import type { Io } from './io.ts';
import { openExtras } from './judging-extras.ts';
import { createNotes, type Notes } from './notes.ts';
import type { JudgeOptions } from './options.ts';
import { checkOutputs } from './write-outputs.ts';

/**
 * `ipv6gov judge RUN…`: judges stored evidence again; several runs of the same list, measured from different places, become one report.
 * Loads no network code and writes nothing into the run folders.
 */
export async function judgeCommand(options: JudgeOptions, catalogue: Catalogue, io: Io): Promise<number> {
  const notes = createNotes(io, catalogue, options);
  const checks = await loadChecks();
  const skipped = checksOff(checks, options);
  if (skipped.size > 0) notes.note(catalogue.cli.checksOff(skipped.size));
  await checkOutputs(options.outputs);
  const [first, ...others] = await openRuns(options);
  const { baseline, ...extras } = await openExtras({ options, checks, catalogue, notes, vantage: null, manifest: first.manifest });
  const shared = { checks, skipped, ...extras };
  const { report, crashed } =
    others.length === 0
      ? await reportRun({ ...shared, folder: first.folder, manifest: { ...first.manifest, vantage: first.vantage } })
      : await mergeRuns([first, ...others], shared, { catalogue, notes });
  return finishReport({ report, crashed, checks, rubric: extras.rubric, baseline, options, catalogue, notes }, io);
}

/** More places than anybody measures from; every one is judged in whole. */
const mostRuns = 16;

/** A vantage name before a run: `hn=runs/20261124-031500-a1b2c3`. */
const namedRun = /^([A-Za-z0-9][A-Za-z0-9.-]{0,63})=(.+)$/;

async function openRuns({ runs, runDir }: JudgeOptions): Promise<[VantageRun, ...VantageRun[]]> {
  if (runs.length > mostRuns)
    throw new CliError({ code: 'too-many-runs', say: ({ language }) => mergingWords(language).tooManyRuns(runs.length, mostRuns) });
  const opened: VantageRun[] = [];
  for (const operand of runs) {
    const [, name, run = operand] = namedRun.exec(operand) ?? [];
    for (const part of await partsOf(run, runDir, name ?? null)) {
      const { vantage } = part;
      if (opened.some((other) => other.vantage === vantage))
        throw new CliError({ code: 'same-vantage', say: ({ language }) => mergingWords(language).sameVantage(vantage) });
      opened.push(part);
    }
  }
  const [first, ...others] = opened;
  if (first === undefined) throw new CliError({ code: 'no-run', say: ({ cli }) => cli.errors.noRun(runDir) });
  return [first, ...others];
}

/** The run itself; of a run that workers of several vantages measured, what each of them sent. */
async function partsOf(run: string, runDir: string, name: string | null): Promise<VantageRun[]> {
  const { folder, manifest } = await findRun(run, runDir);
  const parts = await saying(() => partsOfRun(folder));
  if (parts.length > 0) return parts;
  await saying(() => requireEvidence(folder));
  const vantage = name ?? manifest.vantage;
  return [{ vantage, place: vantage, folder, manifest }];
}

async function mergeRuns(
  runs: readonly [VantageRun, ...VantageRun[]],
  shared: Omit<VantagesInput, 'runs'>,
  { catalogue, notes }: { catalogue: Catalogue; notes: Notes },
): ReturnType<typeof reportRun> {
  const words = mergingWords(catalogue.language);
  const [first, ...others] = runs;
  for (const { vantage, manifest } of others)
    if (manifest.input.fingerprint !== first.manifest.input.fingerprint) notes.warning(words.otherList(vantage));
  const { reportVantages } = await import('../runner/report-vantages.ts');
  const result = await reportVantages({ ...shared, runs });
  for (const { name, setAside } of result.report.vantages) if (setAside !== undefined) notes.warning(words.setAside(name, setAside));
  return result;
}
