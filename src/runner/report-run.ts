import type { CheckDefinition } from '../checks/define-check.ts';
import type { EvidenceRecord } from '../model/evidence.ts';
import type { Report, ReportAgency, VantageReport } from '../model/report.ts';
import type { RouteData } from '../model/routes.ts';
import type { RunManifest } from '../model/run.ts';
import { retestOperations } from '../probes/retest.ts';
import { createSummary } from '../scoring/counted.ts';
import type { Rubric } from '../scoring/rubric.ts';
import { readJournal } from './evidence-journal.ts';
import { type Ignores, type JudgedAgency, judgeRun } from './judge.ts';
import type { RunFolder } from './run-folder.ts';

export interface ReportInput {
  folder: RunFolder;
  manifest: RunManifest;
  checks: readonly CheckDefinition[];
  /** Ids switched off by --only or --skip. */
  skipped?: ReadonlySet<string>;
  /** Accepted faults: marked before anything is scored. */
  ignores?: Ignores;
  /** Routing data files (`--vrps`, `--asn-db`). */
  routes?: RouteData;
  rubric: Rubric;
  /** The records, from their start at every call; default: the folder's journal. */
  records?: () => AsyncIterable<EvidenceRecord>;
  /** Called per agency as it is judged; for ndjson and progress. */
  onAgency?: (agency: ReportAgency) => void;
}

/** What judging a whole run told beside its agencies. */
export interface JudgedRun {
  vantage: VantageReport;
  finishedAt: string;
  complete: boolean;
  crashed: boolean;
}

/** Judges a run folder, without any network, agency by agency as `onAgency` gets them. Nothing of an agency is kept. */
export async function judgeFolder(
  input: Omit<ReportInput, 'onAgency'>,
  onAgency: (agency: JudgedAgency) => Promise<void> | void,
): Promise<JudgedRun> {
  const { folder, manifest, checks, rubric } = input;
  const course = createCourse(manifest);
  const records = input.records ?? (() => readJournal(folder.journal));
  let firstPass = true;
  const judged = await judgeRun({
    manifest,
    checks,
    ...(input.skipped === undefined ? {} : { skipped: input.skipped }),
    ...(input.ignores === undefined ? {} : { ignores: input.ignores }),
    ...(input.routes === undefined ? {} : { routes: input.routes }),
    rubric,
    records: async function* () {
      const counting = firstPass;
      firstPass = false;
      for await (const record of records()) {
        if (counting) course.add(record);
        yield record;
      }
    },
  });
  let crashed = false;
  for await (const agency of judged.agencies) {
    crashed ||= agency.crashed;
    await onAgency(agency);
  }
  return { vantage: judged.vantage, finishedAt: course.finishedAt(), complete: course.isComplete(), crashed };
}

/** The report of a run, `ipv6gov.report/1`. Everything in it comes from the folder: judging again gives the same bytes. */
export async function reportRun(input: ReportInput): Promise<{ report: Report; crashed: boolean }> {
  const { manifest, rubric } = input;
  const agencies: ReportAgency[] = [];
  const summary = createSummary(rubric);
  const { vantage, finishedAt, complete, crashed } = await judgeFolder(input, ({ report: agency }) => {
    agencies.push(agency);
    summary.add(agency);
    input.onAgency?.(agency);
  });
  const report: Report = {
    schema: 'ipv6gov.report/1',
    tool: manifest.tool,
    criteria: { name: rubric.name, version: rubric.version },
    run: { id: manifest.id, startedAt: manifest.startedAt, finishedAt, complete },
    vantages: [vantage],
    agencies,
    summary: summary.finish(),
  };
  return { report, crashed };
}

/** No date lies beyond (ECMA-262 §21.4.1.1); a damaged duration may. */
const latestDateMs = 8_640_000_000_000_000;

/** When the run ended and whether it came to its end, from its records alone. */
function createCourse(manifest: RunManifest) {
  let latestMs = Date.parse(manifest.startedAt);
  const measured = new Set<string>();
  const pending = new Set<string>();
  return {
    add({ agency, part, observations }: EvidenceRecord): void {
      for (const { startedAt, elapsedMs } of observations) latestMs = Math.max(latestMs, Date.parse(startedAt) + elapsedMs);
      if (agency === null) return;
      if (part === 'main') {
        measured.add(agency.id);
        if (retestOperations(observations).length > 0) pending.add(agency.id);
      } else pending.delete(agency.id);
    },
    finishedAt: (): string => new Date(Math.min(latestMs, latestDateMs)).toISOString(),
    isComplete: (): boolean => measured.size >= manifest.input.agencies && pending.size === 0,
  };
}
