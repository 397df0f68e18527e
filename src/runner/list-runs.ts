import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunListing } from '../model/run-listing.ts';
import { findHolder } from './lock.ts';
import { locateRun, readManifest } from './open-run.ts';
import { readRun } from './read-trend.ts';
import type { RunFolder } from './run-folder.ts';
import { RunUseError } from './run-use-error.ts';

/** Run folders under `dir`, youngest first; those that cannot be read at the end, told. Folders that are no runs are not listed. */
export async function listRuns(dir: string): Promise<RunListing[]> {
  const listings: RunListing[] = [];
  for (const folder of await runFolders(dir)) {
    const listing = await listRun(folder);
    if (listing !== null) listings.push(listing);
  }
  const age = ({ startedAt }: RunListing): number => (startedAt === null ? 0 : Date.parse(startedAt));
  return listings.sort((a, b) => age(b) - age(a) || (a.id < b.id ? 1 : -1));
}

/** Throws `RunUseError` (`missing`) when there is no such folder. Links are not followed. */
async function runFolders(dir: string): Promise<RunFolder[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => null);
  if (entries === null) throw new RunUseError('missing', dir, '');
  const folders: RunFolder[] = [];
  for (const entry of entries) {
    const folder = entry.isDirectory() ? await locateRun({ name: join(dir, entry.name), runDir: dir }).catch(() => null) : null;
    if (folder !== null) folders.push(folder);
  }
  return folders;
}

/** Null: no run folder. */
export async function listRun(folder: RunFolder): Promise<RunListing | null> {
  const base = { id: folder.id, path: folder.path, bytes: await sizeOf(folder.path) };
  const nothing = { startedAt: null, vantage: null, criteria: null, agencies: null, conforming: null, counted: null };
  try {
    const manifest = await readManifest(folder);
    const locked = (await findHolder(folder)) !== null;
    const known = {
      startedAt: manifest.startedAt,
      vantage: manifest.vantage,
      criteria: `${manifest.criteria.name}/${manifest.criteria.version}`,
      agencies: manifest.input.agencies,
    };
    try {
      if (locked) return { ...base, ...nothing, ...known, state: 'locked', problem: null, detail: '' };
      return { ...base, ...nothing, ...known, ...(await resultOf(folder)), problem: null, detail: '' };
    } catch (error) {
      return { ...base, ...nothing, ...known, ...problemOf(error) };
    }
  } catch (error) {
    const problem = problemOf(error);
    return problem.problem === 'not-a-run' ? null : { ...base, ...nothing, ...problem };
  }
}

async function resultOf(folder: RunFolder): Promise<Pick<RunListing, 'state' | 'conforming' | 'counted'>> {
  const run = await readRun(folder);
  if (!('summary' in run)) return { state: 'incomplete', conforming: null, counted: null };
  const groups = Object.values(run.summary.summary.denominators);
  return {
    state: run.summary.run.complete ? 'complete' : 'incomplete',
    conforming: groups.reduce((sum, { conforming }) => sum + conforming, 0),
    counted: groups.reduce((sum, { agencies }) => sum + agencies, 0),
  };
}

function problemOf(error: unknown): Pick<RunListing, 'state' | 'problem' | 'detail'> {
  if (!(error instanceof RunUseError)) throw error;
  return { state: 'unusable', problem: error.problem, detail: error.detail };
}

/** Bytes of the files in a run folder; it has no folders of its own, and deeper ones are not counted. */
async function sizeOf(path: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(path).catch(() => [])) {
    bytes += await stat(join(path, name)).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    );
  }
  return bytes;
}
