import { createHash } from 'node:crypto';
import { type Agency, agencySchema } from '../model/agency.ts';
import type { RunManifest } from '../model/run.ts';
import { expectManyListeners } from '../net/pause.ts';
import { readFleet, writeFleet } from '../runner/fleet-folder.ts';
import type { RunFolder } from '../runner/run-folder.ts';
import { type Collected, collect } from './collect.ts';
import { type Engine, ensureStreams } from './engine.ts';
import { forgetRun } from './forget-run.ts';
import { submit } from './submit.ts';

export interface Coordination {
  engine: Engine;
  folder: RunFolder;
  manifest: RunManifest;
  /** The list, read anew at every call. */
  agencies: () => AsyncIterable<Agency>;
  /** Only submit: somebody collects later. */
  detach: boolean;
  /** ms from now on; what is not there then is missing. */
  deadlineMs: number;
  /** Aborted by the first signal to the process. */
  signal: AbortSignal;
  onCell: (collected: Collected) => void;
  /** After so long without a word from a worker its job is given to another. */
  ackWaitMs?: number;
}

/** A timer takes no more; about 24 days. */
const longestMs = 2 ** 31 - 1;

/** Short, as a list of a million has as many of them in memory. The schema gives the fields one order, whoever wrote them. */
const digestOf = (agency: Agency): string =>
  createHash('sha256')
    .update(JSON.stringify(agencySchema.parse(agency)))
    .digest('base64')
    .slice(0, 12);

/**
 * Submits a run and collects it, or goes on with one that was submitted before: what was submitted is not submitted again, what was collected
 * not collected again (faults F3). Null when it only submitted.
 */
export async function coordinate(options: Coordination): Promise<Collected | null> {
  const { engine, folder, manifest, agencies, detach } = options;
  const fleet = await readFleet(folder);
  if (fleet === null) throw new Error('no fleet run');
  const { vantages } = fleet;
  await ensureStreams(engine);
  const digests = new Map<string, string>();
  if (!detach) for await (const agency of agencies()) digests.set(agency.id, digestOf(agency));
  const isListed = (agency: Agency): boolean => digests.get(agency.id) === digestOf(agency);
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), Math.min(options.deadlineMs, longestMs));
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const submitted = { ...fleet.submitted };
  let noted = Promise.resolve();
  const onSubmitted = (vantage: string, count: number): Promise<void> => {
    submitted[vantage] = count;
    // One after the other: all write the same file.
    noted = noted.then(() => writeFleet(folder, { vantages, submitted }));
    return noted;
  };
  expectManyListeners(signal);
  const submitting = submit({
    engine,
    manifest,
    vantages,
    agencies,
    from: fleet.submitted,
    signal,
    onSubmitted,
    ackWaitMs: options.ackWaitMs,
  });
  try {
    if (detach) {
      await submitting;
      return null;
    }
    const collecting = collect({ engine, folder, manifest, vantages, isListed, onCell: options.onCell, signal });
    // What one of them throws must end the other, and both are at their end before anybody goes on.
    const both = [submitting, collecting].map((each) =>
      each.then(
        () => undefined,
        () => ended.abort(),
      ),
    );
    await Promise.all(both);
    const [, collected] = await Promise.all([submitting, collecting]);
    const cells = [...collected.cells.values()].reduce((sum, ids) => sum + ids.size, 0);
    if (cells === vantages.length * manifest.input.agencies) await forgetRun(engine, manifest.id);
    return collected;
  } finally {
    clearTimeout(timer);
    ended.abort();
  }
}
