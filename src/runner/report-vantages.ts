import { mergeAgency } from '../merging/merge-agency.ts';
import { createSoundness } from '../merging/soundness.ts';
import type { View } from '../merging/view.ts';
import type { Report, ReportAgency, VantageReport } from '../model/report.ts';
import type { RunManifest } from '../model/run.ts';
import { createSummary } from '../scoring/counted.ts';
import { type JudgedRun, judgeFolder, type ReportInput } from './report-run.ts';
import type { RunFolder } from './run-folder.ts';
import { createViewSpool, type ViewSpool } from './view-spool.ts';

/** A run, and the place from which it was measured. */
export interface VantageRun {
  /** As it is called in the report. */
  vantage: string;
  /** The vantage that it belongs to, where several workers measure from one. */
  place: string;
  folder: RunFolder;
  manifest: RunManifest;
}

/** How runs of several vantages are judged; as one run is, but for what is the run's own. */
export type VantagesInput = Omit<ReportInput, 'folder' | 'manifest' | 'records' | 'onAgency'> & {
  /** Of different vantages, at least one; the first gives the report its name and its order. */
  runs: readonly [VantageRun, ...VantageRun[]];
  /** Vantages that were asked for every agency of the list; what is missing of them is said. Left out: each run measured its own list. */
  asked?: readonly string[];
  /** Id of the report; default: of the first run. */
  id?: string;
};

/**
 * Judges each run by itself, then merges what they saw, agency by agency, into one report (design §8). The evidence of one vantage never
 * proves another, and a vantage that is not sound decides nothing.
 */
export async function reportVantages(input: VantagesInput): Promise<{ report: Report; crashed: boolean }> {
  const spool = await createViewSpool();
  try {
    const judged = await judgeAll(input, spool);
    const vantages = judged.map(({ vantage }) => vantage);
    const soundness = createSoundness(vantages);
    for (const id of spool.ids()) soundness.add(await spool.read(id));
    const aside = soundness.finish();
    const uncompared = new Set(vantages.filter(({ web }) => web['4'] !== 'proven').map(({ name }) => name));
    const standing = { aside: new Set(aside.keys()), uncompared };
    const missing = missingFrom(input, spool);
    const agencies: ReportAgency[] = [];
    const summary = createSummary(input.rubric);
    for (const id of spool.ids()) {
      const [first, ...others] = await spool.read(id);
      if (first === undefined) continue;
      const agency = mergeAgency([first, ...others], standing, input.rubric);
      agencies.push(agency);
      summary.add(agency);
    }
    const [{ manifest }] = input.runs;
    const report: Report = {
      schema: 'ipv6gov.report/1',
      tool: manifest.tool,
      criteria: { name: input.rubric.name, version: input.rubric.version },
      run: {
        id: input.id ?? manifest.id,
        ...spanOf(input.runs, judged),
        ...(input.asked === undefined ? {} : { complete: missing.size === 0 }),
      },
      vantages: [
        ...vantages.map((vantage, at) => {
          const setAside = aside.get(vantage.name);
          const place = input.runs[at]?.place ?? '';
          const left = input.runs.findIndex((other) => other.place === place) === at ? missing.get(place) : undefined;
          return { ...vantage, ...(setAside === undefined ? {} : { setAside }), ...(left === undefined ? {} : { missing: left }) };
        }),
        ...[...missing]
          .filter(([place]) => !input.runs.some((run) => run.place === place))
          .map(([place, left]) => silentVantage(place, left)),
      ],
      agencies,
      summary: summary.finish(),
    };
    return { report, crashed: judged.some(({ crashed }) => crashed) };
  } finally {
    await spool.close();
  }
}

async function judgeAll({ runs, ...shared }: VantagesInput, spool: ViewSpool): Promise<JudgedRun[]> {
  const judged: JudgedRun[] = [];
  for (const { vantage, folder, manifest } of runs) {
    const asNamed = { ...manifest, vantage };
    const keep = (view: Omit<View, 'vantage'>): Promise<void> => spool.add({ vantage, ...view });
    judged.push(await judgeFolder({ ...shared, folder, manifest: asNamed }, ({ report: agency, services }) => keep({ agency, services })));
  }
  return judged;
}

/** How many agencies of the list each vantage that was asked for them sent nothing of. */
function missingFrom({ asked = [], runs }: VantagesInput, spool: ViewSpool): Map<string, number> {
  const places = new Map(runs.map(({ vantage, place }) => [vantage, place]));
  const [{ manifest }] = runs;
  const missing = new Map<string, number>();
  for (const place of asked) {
    let seen = 0;
    for (const id of spool.ids()) if (spool.vantages(id).some((vantage) => places.get(vantage) === place)) seen += 1;
    if (seen < manifest.input.agencies) missing.set(place, manifest.input.agencies - seen);
  }
  return missing;
}

/** A vantage that was asked and sent nothing. */
function silentVantage(name: string, missing: number): VantageReport {
  const unproven = { '4': 'unproven', '6': 'unproven' } as const;
  const nothing = { dns: unproven, web: unproven, smtp: unproven, dnsPath: 'direct', dns64: false, ipv6: 'inconclusive' } as const;
  return { name, ...nothing, clockOffsetMs: null, setAside: 'no-evidence', missing };
}

function spanOf(runs: readonly VantageRun[], judged: readonly JudgedRun[]): Omit<Report['run'], 'id'> {
  const starts = runs.map(({ manifest }) => manifest.startedAt).sort();
  const ends = judged.map(({ finishedAt }) => finishedAt).sort();
  return { startedAt: starts[0] ?? '', finishedAt: ends.at(-1) ?? '', complete: judged.every(({ complete }) => complete) };
}
