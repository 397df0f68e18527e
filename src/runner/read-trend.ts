import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { reportSchema } from '../model/report.ts';
import { runSummarySchema } from '../model/run-summary.ts';
import type { Trend } from '../model/trend.ts';
import { findHolder } from './lock.ts';
import { locateRun, readManifest } from './open-run.ts';
import { parseStored, readStoredText } from './read-stored.ts';
import type { RunFolder } from './run-folder.ts';
import { summarizeRun, summaryFile } from './run-summary.ts';
import { RunUseError } from './run-use-error.ts';
import { createTrend, startMs, type TrendRun } from './trend.ts';

/** A run of a trend; `named`: by the user himself, so that a fault in it ends the command instead of leaving it out. */
interface Source {
  folder: RunFolder;
  named: boolean;
}

/**
 * Reads runs one after the other and keeps of each what a trend needs: memory does not grow with the size of a run. A name is a run, or a
 * folder of runs. Throws `RunUseError` for a run named by itself; one that lies in a folder is left out and told.
 */
export async function readTrend(names: readonly string[], runDir: string): Promise<Trend> {
  const sources = await expand(names, runDir);
  // Ids of runs begin with their time; where folders have other names the second pass has the right order.
  const first = await readAll(sources);
  return (first.inOrder ? first : await readAll(byStart(sources, first.starts))).trend;
}

async function expand(names: readonly string[], runDir: string): Promise<Source[]> {
  const found = new Map<string, Source>();
  for (const name of names) {
    const within = await runsWithin(name);
    if (within === null) {
      const folder = await locateRun({ name, runDir });
      found.set(folder.path, { folder, named: true });
    } else for (const folder of within) if (!found.has(folder.path)) found.set(folder.path, { folder, named: false });
  }
  return [...found.values()].sort((a, b) => (a.folder.id < b.folder.id ? -1 : 1));
}

/** Runs of a folder of runs; null when `path` is a run itself, or no folder. */
async function runsWithin(path: string): Promise<RunFolder[] | null> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (entries === null || entries.some(({ name }) => name === 'run.json' || name === 'report.json')) return null;
  const folders: RunFolder[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const folder = await locateRun({ name: join(path, entry.name), runDir: path }).catch(() => null);
    if (folder !== null) folders.push(folder);
  }
  return folders;
}

async function readAll(sources: readonly Source[]): Promise<{ trend: Trend; inOrder: boolean; starts: Map<Source, number> }> {
  const trend = createTrend();
  const leftOut: Trend['leftOut'] = [];
  const starts = new Map<Source, number>();
  const seen = new Set<string>();
  for (const source of sources) {
    try {
      const run = await readRun(source.folder);
      const { id, startedAt } = 'summary' in run ? run.summary.run : run.manifest;
      if (seen.has(id)) {
        leftOut.push({ path: source.folder.path, problem: 'twice', detail: id });
        continue;
      }
      seen.add(id);
      starts.set(source, startMs({ startedAt }));
      trend.add(run);
    } catch (error) {
      if (!(error instanceof RunUseError) || source.named) throw error;
      leftOut.push({ path: error.path, problem: error.problem, detail: error.detail });
    }
  }
  return { trend: trend.finish(leftOut), inOrder: trend.isInOrder(), starts };
}

const byStart = (sources: readonly Source[], starts: ReadonlyMap<Source, number>): Source[] =>
  sources.toSorted((a, b) => (starts.get(a) ?? 0) - (starts.get(b) ?? 0));

const summary = { schema: runSummarySchema, current: 'ipv6gov.run-summary/1' };
const report = { schema: reportSchema, current: 'ipv6gov.report/1' };

/** The summary; where there is none, from the report; without a report the manifest says that a run began. Throws `RunUseError`. */
export async function readRun(folder: RunFolder): Promise<TrendRun> {
  const small = await readStoredText(summaryFile(folder));
  if (small !== null) return { summary: parseStored(small, summaryFile(folder), summary) };
  const whole = await readStoredText(folder.report);
  if (whole !== null) return { summary: summarizeRun(parseStored(whole, folder.report, report)) };
  const manifest = await readManifest(folder);
  const holder = await findHolder(folder);
  if (holder !== null) throw new RunUseError('locked', folder.path, `${holder.pid} ${holder.host}`);
  return { manifest };
}
