import type { Failure } from '../model/failure.ts';
import type { ObservationOf, Operation, TlsEvidence } from '../model/observation.ts';
import type { LiveContext } from './live-context.ts';
import { observationId } from './network.ts';

/** What the body of one try found. */
export interface TryResult<Response> {
  response: Response | null;
  failure: Failure | null;
  peer: { address: string; port: number } | null;
  /** Milliseconds of the try spent waiting for permits: on nobody's clock. */
  waitedMs?: number;
  /** Of an HTTP exchange without a response: the handshake that ended before. */
  handshake?: TlsEvidence;
  /** Lets a late event loop be said of failures that the response holds, too. */
  revise?: (late: (failure: Failure | null) => Failure | null) => void;
}

type ResponseOf<Asked extends Operation> = NonNullable<ObservationOf<Asked['op']>['response']>;

/**
 * Performs one try of an operation and wraps it as an observation: gate first, then the body, timed by the monotonic clock,
 * with the event loop watched. A timeout under a late loop becomes `local-limit`. A throw of the body is a fault of our own
 * code and becomes `internal-error`.
 */
export async function observe<Asked extends Operation>(
  operation: Asked,
  context: LiveContext,
  body: () => Promise<TryResult<ResponseOf<Asked>>>,
): Promise<ObservationOf<Asked['op']>> {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  const refusal = context.gate(operation.request.address);
  const endLoopWatch = context.loop.begin();
  const result = refusal === null ? await body().catch(crashed) : { response: null, failure: refusal, peer: null };
  const loopDelayMs = Math.round(endLoopWatch());
  const elapsedMs = Math.max(0, Math.round((performance.now() - start - (result.waitedMs ?? 0)) * 10) / 10);
  const late = (failure: Failure | null): Failure | null => lateLoop(failure, loopDelayMs, context);
  const failure = late(result.failure);
  result.revise?.(late);
  const observation = {
    id: observationId(operation),
    op: operation.op,
    request: operation.request,
    startedAt,
    elapsedMs,
    peer: result.peer,
    tries: [{ startedAt, elapsedMs, failure, loopDelayMs }],
    response: result.response,
    failure,
    ...(result.handshake === undefined ? {} : { handshake: result.handshake }),
  };
  return observation as unknown as ObservationOf<Asked['op']>;
}

function crashed(error: unknown): TryResult<never> {
  const detail = error instanceof Error ? error.message : String(error);
  return {
    response: null,
    peer: null,
    failure: { code: 'internal-error', step: 'connect', synchronous: false, detail: detail.slice(0, 200) },
  };
}

function lateLoop(failure: Failure | null, loopDelayMs: number, context: LiveContext): Failure | null {
  if (failure?.code !== 'timeout' || loopDelayMs < context.settings.run.loopLagMs) return failure;
  return { ...failure, code: 'local-limit', detail: `${lateLoopWords} ${loopDelayMs} ms late` };
}

const lateLoopWords = 'event loop';

/** Was it a timeout that a late event loop made void, and not something of this machine that ran out? */
export function isOfLateLoop({ code, detail }: Failure): boolean {
  return code === 'local-limit' && detail.startsWith(lateLoopWords);
}
