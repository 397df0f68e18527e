import type { Observation, ObservationOf, Operation } from '../model/observation.ts';
import type { Network } from './network.ts';
import { isOfLateLoop } from './observe.ts';
import { unaskedObservation } from './unasked.ts';

/** How many operations may be open at once: no limit of its own until this machine shows one. */
export interface AdaptiveLimit {
  /** Operations that may be open now; infinity as long as nothing of ours has run out. */
  limit(): number;
}

const fewest = 4;
/** From here on a limit says nothing any more, and is dropped. */
const most = 4_096;

/**
 * Backs off when this machine runs out of something (faults P7, P8: descriptors, ports, buffers): what fails for a
 * local limit halves the number of operations open at once, every full round of successes raises it by one. Those that wait are
 * on nobody's clock. One shortage hits everything that is open, so what began before the last halving halves nothing. A late event loop says
 * nothing here: what waits for a black hole costs no time of it, and would hold all the room that was left (agencies begin as the loop has
 * time for them, `runner/start-gate`).
 */
export function createAdaptiveNetwork(inner: Network, { signal }: { signal?: AbortSignal } = {}): Network & AdaptiveLimit {
  const queue: (() => void)[] = [];
  let limit = Number.POSITIVE_INFINITY;
  let open = 0;
  let halvings = 0;

  signal?.addEventListener('abort', () => {
    for (const start of queue.splice(0)) {
      open += 1;
      start();
    }
  });

  function startWaiting(): void {
    while (open < Math.floor(limit) && queue.length > 0) {
      open += 1;
      queue.shift()?.();
    }
  }

  function learn(observation: Observation, beganAfter: number, openThen: number): void {
    const { failure } = observation;
    if (failure !== null && isOfLateLoop(failure)) return;
    if (failure?.code === 'local-limit') {
      if (beganAfter < halvings) return;
      halvings += 1;
      limit = Math.max(fewest, Math.floor(Math.min(limit, Math.max(open, openThen)) / 2));
    } else if (limit < most) limit += 1 / limit;
    else limit = Number.POSITIVE_INFINITY;
  }

  async function perform(operation: Operation): Promise<Observation> {
    if (open >= Math.floor(limit)) await new Promise<void>((resolve) => queue.push(resolve));
    else open += 1;
    const [beganAfter, openThen] = [halvings, open];
    try {
      if (signal?.aborted === true)
        return unaskedObservation(operation, { code: 'cancelled', detail: 'shutdown' }, new Date().toISOString());
      const observation: Observation = await inner.perform(operation);
      learn(observation, beganAfter, openThen);
      return observation;
    } finally {
      open -= 1;
      startWaiting();
    }
  }

  return {
    limit: () => limit,
    perform: <Asked extends Operation>(operation: Asked) => perform(operation) as Promise<ObservationOf<Asked['op']>>,
  };
}
