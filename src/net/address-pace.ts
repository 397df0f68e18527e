import { createPermits } from './permits.ts';

/** Limits towards one address. Times in milliseconds. */
export interface PaceLimits {
  connections: number;
  smtpConnections: number;
  /** New connections that need not be spaced. */
  freeConnections: number;
  spacingMs: number;
  smtpSpacingMs: number;
  /** DNS queries started in any one second. */
  queriesPerSecond: number;
}

/** The pace at which one address is asked. Every wait of it lies before the operation starts. */
export interface AddressPace {
  /** Milliseconds until the next connection may start, once its permit is held; the returned `release` gives the permit back. */
  connection(kind: 'smtp' | 'other'): Promise<{ waitMs: number; release: () => void }>;
  /** Milliseconds until the next query may start; the slot is taken by asking. */
  queryWaitMs(): number;
  /**
   * To be called when the wait that `queryWaitMs` gave is over: milliseconds still to wait, 0 when the query starts now. A late event loop
   * ends the waits of seconds all at once, and what was spread out must not go out in one burst.
   */
  stillWaitMs(): number;
  /** Nothing is under way or waits here, and nothing has started for `forMs`. */
  isIdle(forMs: number): boolean;
}

/** From the start of a query until its packet has left, at most: of two queries the earlier may be the later sent. */
const sendingMs = 25;
const secondMs = 1_000;

export function createAddressPace(limits: PaceLimits): AddressPace {
  const permits = createPermits(limits.connections);
  const smtpPermits = createPermits(limits.smtpConnections);
  /** Start times of the queries of the last second and of those that wait, oldest first. */
  const queryStarts: number[] = [];
  /** When queries truly started, of the last second. */
  const started: number[] = [];
  let connectionsStarted = 0;
  let lastConnectionMs = Number.NEGATIVE_INFINITY;

  function connectionWaitMs(spacingMs: number): number {
    const now = performance.now();
    const startMs = connectionsStarted < limits.freeConnections ? now : Math.max(now, lastConnectionMs + spacingMs);
    connectionsStarted += 1;
    lastConnectionMs = startMs;
    return startMs - now;
  }

  return {
    async connection(kind) {
      // A mail session takes both permits, always in this order, so that nobody waits in a circle.
      const releaseSmtp = kind === 'smtp' ? await smtpPermits.acquire() : null;
      const releasePermit = await permits.acquire();
      const release = (): void => {
        releasePermit();
        releaseSmtp?.();
      };
      return { waitMs: connectionWaitMs(kind === 'smtp' ? limits.smtpSpacingMs : limits.spacingMs), release };
    },
    queryWaitMs() {
      const now = performance.now();
      while ((queryStarts[0] ?? now) <= now - secondMs) queryStarts.shift();
      const earlier = queryStarts.at(-limits.queriesPerSecond);
      const startMs = earlier === undefined ? now : Math.max(now, earlier + secondMs);
      queryStarts.push(startMs);
      return startMs - now;
    },
    stillWaitMs() {
      const now = performance.now();
      while ((started[0] ?? now) <= now - secondMs - sendingMs) started.shift();
      const earlier = started.at(-limits.queriesPerSecond);
      if (earlier !== undefined) return earlier + secondMs + sendingMs - now;
      started.push(now);
      return 0;
    },
    isIdle(forMs) {
      const busy = permits.inUse() + permits.waiting() + smtpPermits.inUse() + smtpPermits.waiting() > 0;
      return !busy && performance.now() - Math.max(lastConnectionMs, queryStarts.at(-1) ?? Number.NEGATIVE_INFINITY) > forMs;
    },
  };
}
