import type { Observation, ObservationOf, Operation } from '../model/observation.ts';
import { type Network, operationKey } from '../net/network.ts';
import { isWorthAskingAgain, unaskedObservation } from '../net/unasked.ts';
import { createIntervalUnion } from './interval-union.ts';

/** A network that remembers what one agency's probes used, and ends when the agency's time is spent. */
export interface Recorder extends Network {
  /** Each observation once, in the order in which it was first asked for and answered. */
  observations(): Observation[];
  /** True once an operation was turned away because the budget was spent. */
  budgetExhausted(): boolean;
}

/**
 * The budget is spent by the tries of the observations used, side by side counted once; waits for permits and spacing and
 * the pauses between tries are in nobody's budget (faults §1, `run.agencyBudgetMs`). After it an operation gives
 * `not-attempted`, 'agency budget'. An operation asked twice gives what was recorded, so that a replay sees what the probes saw.
 */
export function createRecorder(network: Network, { budgetMs }: { budgetMs: number }): Recorder {
  // By the key and not by the id, which is a digest of it.
  const recorded = new Map<string, Observation>();
  const spent = createIntervalUnion();
  let turnedAway = false;

  function record<Kind extends Observation>(key: string, observation: Kind): Kind {
    const known = recorded.get(key);
    if (known !== undefined && !isWorthAskingAgain(known)) return known as Kind;
    recorded.set(key, observation);
    for (const { startedAt, elapsedMs, failure } of observation.tries) {
      // A late event loop or a used-up port is our own trouble.
      if (failure?.code === 'local-limit') continue;
      const fromMs = Date.parse(startedAt);
      spent.add(fromMs, fromMs + elapsedMs);
    }
    return observation;
  }

  return {
    async perform<Asked extends Operation>(operation: Asked): Promise<ObservationOf<Asked['op']>> {
      const key = operationKey(operation);
      const known = recorded.get(key);
      if (known !== undefined && !isWorthAskingAgain(known)) return known as ObservationOf<Asked['op']>;
      if (spent.lengthMs() < budgetMs) return record<ObservationOf<Asked['op']>>(key, await network.perform(operation));
      turnedAway = true;
      if (known !== undefined) return known as ObservationOf<Asked['op']>;
      return record<ObservationOf<Asked['op']>>(
        key,
        unaskedObservation(operation, { code: 'not-attempted', detail: 'agency budget' }, new Date().toISOString()),
      );
    },
    observations: () => [...recorded.values()],
    budgetExhausted: () => turnedAway,
  };
}
