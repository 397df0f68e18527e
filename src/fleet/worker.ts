import { randomBytes } from 'node:crypto';
import type { JsMsg } from '@nats-io/jetstream';
import type { Agency } from '../model/agency.ts';
import type { EvidenceRecord } from '../model/evidence.ts';
import { expectManyListeners, pause } from '../net/pause.ts';
import type { LiveOptions } from '../runner/network-stack.ts';
import { crashRecord } from '../runner/run-course.ts';
import { asEngineError, type Engine, EngineError, fetchSome, isRefusal } from './engine.ts';
import { type Beat, jobSchema, read, runMessageSchema } from './messages.ts';
import { consumers, streams, subjects } from './names.ts';
import { beatMs, listenToBeats, mayWork, sendBeat } from './presence.ts';
import { createSender } from './send-result.ts';
import { openVantageRun, type VantageRun, type VantageRunInput } from './vantage-run.ts';

export interface WorkerOptions {
  engine: Engine;
  vantage: string;
  version: string;
  /** Workers of this vantage that share its limits. */
  of: number;
  /** Agencies measured at once. */
  inFlight: number;
  live: LiveOptions;
  /** Runs that ask for addresses which are not public are refused without it: whoever submits must not reach into this network. */
  allowPrivate: boolean;
  /** Aborted by the first signal: nothing new is taken, what is under way goes back. */
  signal: AbortSignal;
  onEvent: (event: WorkerEvent) => void;
  /** Measures one agency; left out but in tests. */
  collect?: VantageRunInput['collect'];
  /** Left out but in tests, as all workers of a vantage must agree. */
  times?: WorkerTimes;
}

export interface WorkerTimes {
  ackWaitMs: number;
  beatMs: number;
}

export type WorkerEvent =
  | { kind: 'state'; state: Beat['state'] }
  | { kind: 'refused'; reason: string }
  | { kind: 'done'; run: string; agency: string; done: number };

/** A job is given to another worker after so long without a word from the first. */
export const ackWaitMs = 30_000;
/** A job that took its worker with it so often is not tried again: it becomes a record that says so (faults F7). */
export const maxDeliveries = 4;
/** A job that came so often is measured with no other beside it, so that it does not take others with it each time. */
const suspectDeliveries = 3;
const pullMs = 2_000;
const restMs = 50;
/** Runs that a worker takes part in at the same time; the one unused for longest is closed. */
const openRuns = 4;
/** A refused job waits so many times longer before it is offered again, to somebody who takes it. */
const mostRefusalWaits = 16;

/** Serves the jobs of one vantage until it is drained or stopped. Knows no check (design §8). */
export async function serve(options: WorkerOptions): Promise<void> {
  const { engine, vantage, signal, times = { ackWaitMs, beatMs } } = options;
  expectManyListeners(signal);
  const worker = randomBytes(4).toString('hex');
  const runs = new Map<string, Promise<VantageRun | string>>();
  const running = new Set<Promise<void>>();
  const beats = listenToBeats(engine, subjects.beat(vantage), times.beatMs);
  const state: Pick<Beat, 'state' | 'done' | 'refusing' | 'ipv6'> = { state: 'standby', done: 0, refusing: null, ipv6: 'inconclusive' };
  let draining = false;
  let fatal: EngineError | null = null;
  const send = createSender({ engine, vantage, worker, signal });
  const control = engine.connection.subscribe(subjects.control(vantage), {
    callback(error, message) {
      if (error === null && message.string() === 'drain') draining = true;
    },
  });
  const beat = (): void =>
    sendBeat(engine, {
      ...state,
      schema: 'ipv6gov.beat/1',
      vantage,
      worker,
      version: options.version,
      of: options.of,
      clockMs: Date.now(),
      running: running.size,
    });
  const timer = setInterval(beat, times.beatMs);
  const become = (next: Beat['state']): void => {
    if (state.state === next) return;
    state.state = next;
    options.onEvent({ kind: 'state', state: next });
    beat();
  };
  const refuse = (reason: string): void => {
    if (state.refusing === reason) return;
    state.refusing = reason;
    options.onEvent({ kind: 'refused', reason });
  };

  async function runOf(id: string): Promise<VantageRun | string> {
    const known = runs.get(id);
    if (known !== undefined) {
      runs.delete(id);
      runs.set(id, known);
      return known;
    }
    const opening = openRun(options, id);
    // Could not be read now: asked for again with the next job.
    opening.catch(() => runs.delete(id));
    runs.set(id, opening);
    const [oldest] = runs.keys();
    if (runs.size > openRuns && oldest !== undefined) {
      const old = runs.get(oldest);
      runs.delete(oldest);
      old?.then(
        (run) => typeof run !== 'string' && run.close(),
        () => undefined,
      );
    }
    return opening;
  }

  async function work(message: JsMsg): Promise<void> {
    const alive = setInterval(() => answer(() => message.working()), times.ackWaitMs / 4);
    // Each time it is refused, longer: whoever only refuses must not make it look like a job that kills.
    const giveBack = (): void => {
      const waits = Math.min(2 ** (message.info.deliveryCount - 1), mostRefusalWaits);
      answer(() => message.nak(times.ackWaitMs * waits));
    };
    try {
      const job = read(message.data, jobSchema);
      if (job === null || job.vantage !== vantage) {
        refuse(`job of another version: ${schemaOf(message.data)}`);
        giveBack();
        return;
      }
      const run = await runOf(job.run);
      if (typeof run === 'string') {
        refuse(run);
        giveBack();
        return;
      }
      state.refusing = null;
      const isPoison = message.info.deliveryCount > maxDeliveries;
      const record = isPoison ? poisoned(job.agency) : await run.measure(job.agency);
      if (signal.aborted) {
        answer(() => message.nak());
        return;
      }
      state.ipv6 = run.ipv6();
      // The evidence is safe before the job is acknowledged; a job done twice is dropped where it is collected.
      if (!(await send(job, { record, proofs: run.takeProofs() }))) return;
      // Not confirmed: it may come again, and is dropped where it is collected.
      await message.ackAck().catch((error: unknown) => {
        if (isRefusal(error)) throw error;
      });
      state.done += 1;
      options.onEvent({ kind: 'done', run: job.run, agency: job.agency.id, done: state.done });
    } finally {
      clearInterval(alive);
    }
  }

  /** Begins with a job; a suspect one waits until no other is under way, and nothing is begun beside it. */
  async function admit(message: JsMsg): Promise<void> {
    const isSuspect = message.info.deliveryCount >= suspectDeliveries;
    if (isSuspect && running.size > 0) {
      const alive = setInterval(() => answer(() => message.working()), times.ackWaitMs / 4);
      await Promise.all(running);
      clearInterval(alive);
    }
    const job = work(message)
      .catch((error: unknown) => {
        if (error instanceof EngineError || isRefusal(error)) fatal = asEngineError(error);
        answer(() => message.nak(times.ackWaitMs));
      })
      .finally(() => running.delete(job));
    running.add(job);
    if (isSuspect) await job;
  }

  try {
    beat();
    // Who else is there is known after two beats.
    await pause(2.25 * times.beatMs, signal);
    while (!signal.aborted && !draining && fatal === null) {
      if (!mayWork({ worker, state: state.state }, options.of, beats.alive())) {
        become('standby');
        await pause(times.beatMs, signal);
        continue;
      }
      become('working');
      const free = options.inFlight - running.size;
      if (free <= 0) {
        await Promise.race([...running, pause(pullMs, signal)]);
        continue;
      }
      const from = { stream: streams.jobs, consumer: consumers.work(vantage), waitMs: pullMs, signal };
      // One alone, and more only if that is new: what comes again comes first, and not all at once, as one of them may end this worker.
      let isNew = false;
      for await (const message of fetchSome(engine, { ...from, most: 1 })) {
        isNew = message.info.deliveryCount === 1;
        await admit(message);
      }
      // Who refuses tries one now and then, and leaves the others to whoever takes them.
      if (isNew && free > 1 && state.refusing === null)
        for await (const message of fetchSome(engine, { ...from, most: free - 1, onlyNew: true })) await admit(message);
      await pause(state.refusing === null ? restMs : pullMs, signal);
    }
    if (draining) become('draining');
    await Promise.all(running);
    if (fatal !== null) throw fatal;
  } finally {
    clearInterval(timer);
    control.unsubscribe();
    beats.stop();
    for (const opening of runs.values()) {
      const run = await opening.catch(() => '');
      if (typeof run !== 'string') run.close();
    }
  }
}

/** Cut off for good, nobody hears the answer; the job goes to another worker after its time. */
function answer(say: () => void): void {
  try {
    say();
  } catch {
    // Told by whatever is asked of the engine next.
  }
}

/** Takes part in a run, or says why not. */
async function openRun({ engine, live, of, allowPrivate, signal, collect }: WorkerOptions, id: string): Promise<VantageRun | string> {
  const stored = await engine.manager.streams.getMessage(streams.runs, { last_by_subj: subjects.run(id) });
  const message = stored === null ? null : read(stored.data, runMessageSchema);
  if (message === null) return `run ${id} is of another version, or not there`;
  const { manifest } = message;
  const isPublic = manifest.addressPolicy === 'public' && manifest.resolution.mode === 'iterative';
  if (!isPublic && !allowPrivate) return `run ${id} asks for addresses that are not public`;
  return openVantageRun({ manifest, live: { ...live, labRates: live.labRates / of }, signal, collect });
}

const poisoned = (agency: Agency): EvidenceRecord =>
  crashRecord(agency, 'main', new Error(`${maxDeliveries} workers did not come to its end`));

/** What a job that is none of ours calls itself. */
function schemaOf(bytes: Uint8Array): string {
  const match = /"schema":"([a-z0-9./-]{1,40})"/.exec(Buffer.from(bytes.subarray(0, 200)).toString());
  return match?.[1] ?? 'unknown';
}
