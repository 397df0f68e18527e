import type { Observation, ObservationOf, Operation } from '../model/observation.ts';
import { type Network, operationKey } from './network.ts';
import { isWorthAskingAgain } from './unasked.ts';

/**
 * Asks each question once (R7): the same operation, asked again or while it is under way, gives the same observation to
 * everybody. Keeps the `maxEntries` used last. What only a moment of ours made fail (local limit, cancelled, not attempted,
 * internal error) is not kept.
 */
export function createMemoNetwork(inner: Network, { maxEntries }: { maxEntries: number }): Network {
  const kept = new Map<string, Observation>();
  const underWay = new Map<string, Promise<Observation>>();

  function keep(key: string, observation: Observation): void {
    kept.delete(key);
    kept.set(key, observation);
    for (const oldest of kept.keys()) {
      if (kept.size <= maxEntries) break;
      kept.delete(oldest);
    }
  }

  async function ask(key: string, operation: Operation): Promise<Observation> {
    try {
      const observation = await inner.perform(operation);
      if (!isWorthAskingAgain(observation)) keep(key, observation);
      return observation;
    } finally {
      underWay.delete(key);
    }
  }

  return {
    perform<Asked extends Operation>(operation: Asked): Promise<ObservationOf<Asked['op']>> {
      const key = operationKey(operation);
      const known = kept.get(key);
      if (known !== undefined) keep(key, known);
      let answer: Promise<Observation> | undefined = known === undefined ? underWay.get(key) : Promise.resolve(known);
      if (answer === undefined) {
        answer = ask(key, operation);
        underWay.set(key, answer);
      }
      return answer as Promise<ObservationOf<Asked['op']>>;
    },
  };
}
