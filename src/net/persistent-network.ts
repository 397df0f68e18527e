import { type Failure, ourFailures } from '../model/failure.ts';
import type { Observation, ObservationOf, Operation, Try } from '../model/observation.ts';
import type { Settings } from '../model/settings.ts';
import { createEndpointMemory, type EndpointMemory } from './endpoint-memory.ts';
import { localPauseMs, localRepeats } from './local-repeats.ts';
import type { Network } from './network.ts';
import { expectManyListeners, pause } from './pause.ts';
import { fullTries, isFinal, isSilence, plannedTries, spacingMs } from './try-rules.ts';

export { answeredSomething } from './endpoint-memory.ts';

export interface PersistenceOptions {
  settings: Settings;
  /**
   * Asks the vantage for a proof of itself around a would-be failure over IPv6: before the last planned try, and after the last
   * failed one; then `endedSinceMs` (epoch ms) says from when on a success still counts as one after it.
   */
  confirmVantage?: (operation: Operation, endedSinceMs?: number) => Promise<void>;
  signal?: AbortSignal;
}

/** A success that ended this shortly before a failed try did, but after it began, is as good as one after it (as in facts/run). */
const proofSlackMs = 2_000;

/** The tries of one operation so far. */
interface Course {
  tries: Try[];
  startedAt: string;
  elapsedMs: number;
  peer: Observation['peer'];
  /** Failed tries that count: those that did not fail for our own limits. */
  failed: number;
  /** All of them timed out before anything came back. */
  silent: boolean;
  localLimits: number;
  planned: number;
}

interface Parts {
  inner: Network;
  options: PersistenceOptions;
  memory: EndpointMemory;
}

/**
 * Makes the tries of one operation (design §5, `try-rules`) and hands them out as one observation: all tries listed, the last
 * one decides. Its `elapsedMs` is the tries and the pauses between them; waits for permits and for proofs of the vantage are on
 * nobody's clock. A `local-limit` is no try: it is repeated up to five times, with growing pauses.
 */
export function createPersistentNetwork(inner: Network, options: PersistenceOptions): Network {
  const parts: Parts = { inner, options, memory: createEndpointMemory() };
  expectManyListeners(options.signal);
  return {
    async perform<Asked extends Operation>(operation: Asked): Promise<ObservationOf<Asked['op']>> {
      return (await persist(operation, parts)) as ObservationOf<Asked['op']>;
    },
  };
}

async function persist(operation: Operation, { inner, options, memory }: Parts): Promise<Observation> {
  const { settings, signal } = options;
  const silentBefore = memory.isSilent(operation);
  const course: Course = { tries: [], startedAt: '', elapsedMs: 0, peer: null, failed: 0, silent: true, localLimits: 0, planned: 1 };
  for (;;) {
    const latest: Observation = await inner.perform(operation);
    memory.note(latest);
    add(course, latest);
    const { failure } = latest;
    if (failure === null) return merge(course, latest);
    const endpoint = { answered: memory.hasAnswered(operation), silent: silentBefore };
    const waitMs = nextPauseMs(course, failure, () => plan(operation, { failure, settings, endpoint, course }));
    if (waitMs === null) {
      if (course.silent && !endpoint.answered && course.failed >= fullTries(operation, settings)) memory.noteSilent(operation);
      if (speaksOfTarget(operation, failure)) await options.confirmVantage?.(operation, proofSinceMs(latest));
      return merge(course, latest);
    }
    course.elapsedMs += await timedPause(waitMs, signal);
    if (signal?.aborted === true)
      return { ...merge(course, latest), failure: { ...failure, code: 'cancelled', detail: 'shutdown between tries' } };
    if (course.failed + 1 === course.planned && speaksOfTarget(operation, failure)) await options.confirmVantage?.(operation);
  }
}

/** Milliseconds until the next try, or null when the last one decided. */
function nextPauseMs(course: Course, failure: Failure, planNext: () => number): number | null {
  if (failure.code === 'local-limit') {
    course.localLimits += 1;
    return course.localLimits > localRepeats ? null : localPauseMs(course.localLimits - 1);
  }
  course.failed += 1;
  const waitMs = planNext();
  return isFinal(failure) || course.failed >= course.planned ? null : waitMs;
}

interface Plan {
  failure: Failure;
  settings: Settings;
  endpoint: { answered: boolean; silent: boolean };
  course: Course;
}

/** Different failures one after the other: the one that deserves most tries says how many. */
function plan(operation: Operation, { failure, settings, endpoint, course }: Plan): number {
  course.silent &&= isSilence(operation, failure);
  course.planned = Math.max(course.planned, plannedTries(operation, failure, { settings, endpoint }));
  return spacingMs(operation, failure, settings);
}

function add(course: Course, latest: Observation): void {
  if (course.startedAt === '') course.startedAt = latest.startedAt;
  course.tries.push(...latest.tries);
  course.elapsedMs += latest.elapsedMs;
  course.peer = latest.peer ?? course.peer;
}

function merge(course: Course, latest: Observation): Observation {
  return {
    ...latest,
    startedAt: course.startedAt,
    elapsedMs: Math.round(course.elapsedMs * 10) / 10,
    peer: course.peer,
    tries: course.tries,
  };
}

const speaksOfTarget = (operation: Operation, failure: Failure): boolean =>
  operation.request.family === 6 && !ourFailures.has(failure.code) && failure.step !== 'gate';

function proofSinceMs({ tries, startedAt, elapsedMs }: Observation): number {
  const last = tries.at(-1) ?? { startedAt, elapsedMs };
  const fromMs = Date.parse(last.startedAt);
  return Math.max(fromMs, fromMs + last.elapsedMs - proofSlackMs);
}

async function timedPause(ms: number, signal: AbortSignal | undefined): Promise<number> {
  const startMs = performance.now();
  await pause(ms, signal);
  return performance.now() - startMs;
}
