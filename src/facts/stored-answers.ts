import { dnsRequest, exchange } from '../iteration/exchange.ts';
import type { Iteration, ServerQuestion } from '../iteration/types.ts';
import { ourFailures } from '../model/failure.ts';
import type { DnsQueryRequest, ObservationOf, Round } from '../model/observation.ts';
import type { AgencyContext } from './context.ts';

type DnsObservation = ObservationOf<'dns-query'>;

/** The first pass speaks first; repeats of it count before the second looks that compare servers. */
const roundOrder: readonly Round[] = ['1', 'retest', 'remeasure', '2', '3'];

/** A response in whatever round beats a failure; a failure of the target beats one of ours, which is no evidence. */
function rank(observation: DnsObservation): number {
  const quality =
    observation.failure === null && observation.response !== null
      ? 0
      : observation.failure !== null && ourFailures.has(observation.failure.code)
        ? 2
        : 1;
  return quality * roundOrder.length + roundOrder.indexOf(observation.request.round);
}

function isSameRequest(left: DnsQueryRequest, right: DnsQueryRequest): boolean {
  return (
    left.address === right.address &&
    left.transport === right.transport &&
    left.udpPayloadBytes === right.udpPayloadBytes &&
    left.port === right.port &&
    left.recursionDesired === right.recursionDesired &&
    left.checkingDisabled === right.checkingDisabled &&
    left.dnssecOk === right.dnssecOk
  );
}

function stored(context: AgencyContext, request: DnsQueryRequest): DnsObservation | null {
  let best: DnsObservation | null = null;
  for (const observation of context.evidence.dnsQuestions(request.name, request.type)) {
    if (!isSameRequest(observation.request, request)) continue;
    if (best === null || rank(observation) < rank(best)) best = observation;
  }
  return best;
}

/** The settled observation of a question in the evidence, or null when it was never put. */
export function storedAnswer(
  context: AgencyContext,
  question: ServerQuestion,
  asking: { recursionDesired?: boolean; checkingDisabled?: boolean } = {},
): DnsObservation | null {
  const steps = exchange(dnsRequest(question, { ...asking, udpPayloadBytes: context.manifest.settings.dns.udpPayloadBytes }));
  let state = steps.next();
  while (state.done !== true) state = steps.next(stored(context, state.value));
  return state.value;
}

/** Runs an iteration over the evidence: the same logic that asked the questions reads the answers. */
export function replay<Result>(iteration: Iteration<Result>, answer: (question: ServerQuestion) => DnsObservation | null): Result {
  // The first `next` of a generator takes no value.
  let state = iteration.next([]);
  while (state.done !== true) state = iteration.next(state.value.map(answer));
  return state.value;
}
