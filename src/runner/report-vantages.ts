import { mergeAgency } from '../merging/merge-agency.ts';
import { createSoundness } from '../merging/soundness.ts';
import type { View } from '../merging/view.ts';
import type { Report, ReportAgency } from '../model/report.ts';
import type { RunManifest } from '../model/run.ts';
import { createSummary } from '../scoring/counted.ts';
import { type JudgedRun, judgeFolder, type ReportInput } from './report-run.ts';
import type { RunFolder } from './run-folder.ts';
import { createViewSpool, type ViewSpool } from './view-spool.ts';

/** A run, and the place from which it was measured. */
export interface VantageRun {
  vantage: string;
  folder: RunFolder;
  manifest: RunManifest;
}

/** How runs of several vantages are judged; as one run is, but for what is the run's own. */
export type VantagesInput = Omit<ReportInput, 'folder' | 'manifest' | 'records' | 'onAgency'> & {
  /** Of different vantages, at least one; the first gives the report its name and its order. */
  runs: readonly [VantageRun, ...VantageRun[]];
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
    const agencies: ReportAgency[] = [];
    const summary = createSummary(input.rubric);
    for (const id of spool.ids()) {
      const [first, ...others] = await spool.read(id);
      if (first === undefined) continue;
      const agency = mergeAgency([first, ...others], new Set(aside.keys()), input.rubric);
      agencies.push(agency);
      summary.add(agency);
    }
    const [{ manifest }] = input.runs;
    const report: Report = {
      schema: 'ipv6gov.report/1',
      tool: manifest.tool,
      criteria: { name: input.rubric.name, version: input.rubric.version },
      run: { id: manifest.id, ...spanOf(input.runs, judged) },
      vantages: vantages.map((vantage) => {
        const setAside = aside.get(vantage.name);
        return setAside === undefined ? vantage : { ...vantage, setAside };
      }),
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

function spanOf(runs: readonly VantageRun[], judged: readonly JudgedRun[]): Omit<Report['run'], 'id'> {
  const starts = runs.map(({ manifest }) => manifest.startedAt).sort();
  const ends = judged.map(({ finishedAt }) => finishedAt).sort();
  return { startedAt: starts[0] ?? '', finishedAt: ends.at(-1) ?? '', complete: judged.every(({ complete }) => complete) };
}
