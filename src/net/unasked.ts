import type { Failure, FailureCode } from '../model/failure.ts';
import type { Observation, ObservationOf, Operation } from '../model/observation.ts';
import { observationId } from './network.ts';

/** The observation of an operation that was not performed: no try, no response. `startedAt` is ISO 8601. */
export function unaskedObservation<Asked extends Operation>(
  operation: Asked,
  failure: Pick<Failure, 'code' | 'detail'>,
  startedAt: string,
): ObservationOf<Asked['op']> {
  const observation = {
    id: observationId(operation),
    op: operation.op,
    request: operation.request,
    startedAt,
    elapsedMs: 0,
    peer: null,
    tries: [],
    response: null,
    failure: { ...failure, step: 'gate', synchronous: false },
  };
  return observation as unknown as ObservationOf<Asked['op']>;
}

const saysNothing: ReadonlySet<FailureCode> = new Set(['local-limit', 'cancelled', 'not-attempted', 'internal-error']);

/** True when the operation may just as well be asked again: the failure is a moment of our own, not a state of the route or the target. */
export function isWorthAskingAgain(observation: Observation): boolean {
  return observation.failure !== null && saysNothing.has(observation.failure.code);
}
