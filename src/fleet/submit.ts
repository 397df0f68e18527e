import type { Agency } from '../model/agency.ts';
import type { RunManifest } from '../model/run.ts';
import { type Engine, ensureConsumer, publishSafely } from './engine.ts';
import type { Job, RunMessage } from './messages.ts';
import { consumers, jobKey, streams, subjects } from './names.ts';
import { ackWaitMs as usualAckWaitMs } from './worker.ts';

export interface Submission {
  engine: Engine;
  manifest: RunManifest;
  vantages: readonly string[];
  /** The list, read anew at every call. */
  agencies: () => AsyncIterable<Agency>;
  /** So many agencies were submitted to a vantage before, by a coordinator that ended. */
  from: Readonly<Record<string, number>>;
  signal: AbortSignal;
  /** Called once that vantage was asked for so many agencies of the list. */
  onSubmitted: (vantage: string, agencies: number) => Promise<void>;
  /** After so long without a word from a worker its job is given to another. */
  ackWaitMs?: number | undefined;
}

/** Agencies submitted side by side; what is between two notes is submitted again after a kill, and dropped by the engine. */
const batch = 50;
/** Jobs a vantage may have under way at once; more workers share them. */
const mostUnderWay = 2_000;

/**
 * Puts every agency of the list before every vantage. The engine takes so many jobs of each and no more, then that vantage's reading of the
 * list waits, and no other: one that is absent holds up nobody, and the list is never in anybody's memory. Ends early with the signal.
 */
export async function submit(submission: Submission): Promise<void> {
  const { engine, manifest, vantages, signal, ackWaitMs = usualAckWaitMs } = submission;
  const message: RunMessage = { schema: 'ipv6gov.fleet-run/1', manifest };
  const sent = await publishSafely(
    engine,
    { subject: subjects.run(manifest.id), data: Buffer.from(JSON.stringify(message)), id: `run/${manifest.id}` },
    signal,
  );
  if (!sent) return;
  for (const vantage of vantages) {
    const [name, filter] = [consumers.work(vantage), subjects.jobsOf(vantage)];
    await ensureConsumer(engine, { stream: streams.jobs, name, filter, ackWaitMs, most: mostUnderWay });
  }
  await Promise.all(vantages.map((vantage) => submitTo(vantage, submission)));
}

async function submitTo(vantage: string, { engine, manifest, agencies, from, signal, onSubmitted }: Submission): Promise<void> {
  let count = 0;
  let waiting: Agency[] = [];
  const flush = async (): Promise<void> => {
    const jobs = waiting.map((agency) => jobOf(manifest, vantage, agency));
    waiting = [];
    const done = await Promise.all(jobs.map((job) => publishJob(engine, job, signal)));
    if (done.every(Boolean)) await onSubmitted(vantage, count);
  };
  for await (const agency of agencies()) {
    if (signal.aborted) return;
    count += 1;
    if (count <= (from[vantage] ?? 0)) continue;
    waiting.push(agency);
    if (waiting.length >= batch) await flush();
  }
  if (waiting.length > 0) await flush();
}

const jobOf = ({ id }: RunManifest, vantage: string, agency: Agency): Job => ({ schema: 'ipv6gov.job/1', run: id, vantage, agency });

function publishJob(engine: Engine, job: Job, signal: AbortSignal): Promise<boolean> {
  const id = jobKey({ ...job, agency: job.agency.id });
  return publishSafely(engine, { subject: subjects.job(job.vantage, job.run), data: Buffer.from(JSON.stringify(job)), id }, signal);
}
