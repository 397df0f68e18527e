import { readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunListing } from '../model/run-listing.ts';
import { listRuns } from './list-runs.ts';
import { acquireLock, LockedError } from './lock.ts';
import { runFolder } from './run-folder.ts';

export interface PruneInput {
  dir: string;
  /** How many of the youngest stay. */
  keep: number;
  /** Incomplete and locked runs are counted and deleted like complete ones. What cannot be read is never deleted. */
  force: boolean;
}

export interface Pruned {
  deleted: RunListing[];
  /** Old enough to go, and left alone: incomplete, or somebody works in it. */
  spared: RunListing[];
  kept: number;
}

/** A folder that is being deleted no longer counts as a run, even if deleting is interrupted. */
const doomed = '.deleting-';

/** Which runs go. Without `force` complete runs alone are counted, so that broken nights do not push out good ones. Pure. */
export function choosePruned(listings: readonly RunListing[], { keep, force }: Pick<PruneInput, 'keep' | 'force'>): Pruned {
  const usable = listings.filter(({ state, startedAt }) => state !== 'unusable' && startedAt !== null);
  const age = ({ startedAt }: RunListing): number => Date.parse(startedAt ?? '');
  const counted = usable.filter(({ state }) => force || state === 'complete').toSorted((a, b) => age(b) - age(a) || (a.id < b.id ? 1 : -1));
  const deleted = counted.slice(keep);
  const oldest = counted[keep - 1];
  const isOld = (listing: RunListing): boolean => oldest === undefined || age(listing) < age(oldest);
  const spared = usable.filter((listing) => !counted.includes(listing) && counted.length >= keep && isOld(listing));
  return { deleted, spared, kept: listings.length - deleted.length };
}

/** Deletes the oldest runs beyond `keep`. One that somebody began to work in meanwhile is spared. Throws `RunUseError` without such a folder. */
export async function pruneRuns(input: PruneInput): Promise<Pruned> {
  const listings = await listRuns(input.dir);
  await sweep(input.dir);
  const chosen = choosePruned(listings, input);
  const deleted: RunListing[] = [];
  const spared = [...chosen.spared];
  for (const listing of chosen.deleted) {
    if (await deleteRun(listing, input.force)) deleted.push(listing);
    else spared.push({ ...listing, state: 'locked' });
  }
  return { deleted, spared, kept: listings.length - deleted.length };
}

async function deleteRun({ path, id }: RunListing, force: boolean): Promise<boolean> {
  const dir = dirname(path);
  if (!force) {
    try {
      // Taken, never released: it goes with the folder.
      await acquireLock(runFolder({ dir, id }));
    } catch (error) {
      if (error instanceof LockedError) return false;
      throw error;
    }
  }
  const aside = join(dir, `${doomed}${id}`);
  await rename(path, aside);
  await rm(aside, { recursive: true, force: true });
  return true;
}

/** What an earlier, interrupted deletion left. */
async function sweep(dir: string): Promise<void> {
  for (const name of await readdir(dir)) if (name.startsWith(doomed)) await rm(join(dir, name), { recursive: true, force: true });
}
