import type { Observation, ObservationOf, Operation } from '../model/observation.ts';
import { type Network, operationKey } from './network.ts';
import { isWorthAskingAgain, unaskedObservation } from './unasked.ts';

/** Nothing was asked at any time; a fixed one keeps replays of the same evidence equal. */
const never = new Date(0).toISOString();

/**
 * Answers from stored evidence, without a socket. An operation that is not in it gives `not-attempted`, 'not in the
 * evidence'. Of several observations of one operation the first that says something is used, as in the facts.
 */
export function createReplayNetwork(observations: Iterable<Observation>): Network {
  const stored = new Map<string, Observation>();
  for (const observation of observations) {
    const key = operationKey({ op: observation.op, request: observation.request } as Operation);
    const known = stored.get(key);
    if (known === undefined || isWorthAskingAgain(known)) stored.set(key, observation);
  }
  return {
    async perform<Asked extends Operation>(operation: Asked): Promise<ObservationOf<Asked['op']>> {
      const known = stored.get(operationKey(operation));
      if (known === undefined) return unaskedObservation(operation, { code: 'not-attempted', detail: 'not in the evidence' }, never);
      return known as ObservationOf<Asked['op']>;
    },
  };
}
