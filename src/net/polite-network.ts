import type { ObservationOf, Operation } from '../model/observation.ts';
import type { Settings } from '../model/settings.ts';
import { type AddressPace, createAddressPace, type PaceLimits } from './address-pace.ts';
import type { Network } from './network.ts';
import { expectManyListeners, pause } from './pause.ts';
import { createPermits } from './permits.ts';
import { unaskedObservation } from './unasked.ts';

export interface PolitenessOptions {
  settings: Settings;
  /** Factor by which all limits are widened: `--lab-rates`, own labs only. */
  labRates?: number;
  /** At shutdown nobody waits any longer: what has not begun ends as `cancelled`. */
  signal?: AbortSignal;
}

/** An address not used for so long is forgotten; longer than any spacing, so that forgetting never hurries anything. */
const forgetAfterMs = 60_000;

/**
 * Keeps every address, over all agencies of the run, at a polite pace (design §5, faults L1): so many connections at once,
 * spaced after the first few, so many DNS queries a second (UDP and TCP together; DNS over TCP is no web connection). The
 * waits lie before `inner.perform`, on nobody's clock.
 */
export function createPoliteNetwork(inner: Network, options: PolitenessOptions): Network {
  const limits = limitsOf(options.settings, options.labRates ?? 1);
  const { signal } = options;
  const paces = new Map<string, AddressPace>();
  const sockets = createPermits(Math.max(1, options.settings.dns.maxOpenSockets));
  let lastSweepMs = performance.now();
  expectManyListeners(signal);

  function paceOf(address: string): AddressPace {
    sweep();
    const known = paces.get(address);
    if (known !== undefined) return known;
    const pace = createAddressPace(limits);
    paces.set(address, pace);
    return pace;
  }

  function sweep(): void {
    if (performance.now() - lastSweepMs < forgetAfterMs) return;
    lastSweepMs = performance.now();
    for (const [address, pace] of paces) if (pace.isIdle(forgetAfterMs)) paces.delete(address);
  }

  async function performAfter<Asked extends Operation>(operation: Asked, waitMs: number): Promise<ObservationOf<Asked['op']>> {
    if (waitMs > 0) await pause(waitMs, signal);
    if (signal?.aborted !== true) return inner.perform(operation);
    return unaskedObservation(operation, { code: 'cancelled', detail: 'shutdown' }, new Date().toISOString());
  }

  /**
   * Waits until a query may start, with a socket free for it: one that waited for a socket after its turn would go out together with
   * those whose turn comes later. Gives the socket back through the function returned.
   */
  async function turnOf(pace: AddressPace): Promise<() => void> {
    let waitMs = pace.queryWaitMs();
    for (;;) {
      // Rounded up, as a timer that fires a moment early would have to wait again.
      if (waitMs > 0) await pause(Math.ceil(waitMs), signal);
      const release = await sockets.acquire();
      // In a turn of its own: sending takes some ticks, which come after all promises that are ready, and those may take half a second.
      if (signal?.aborted !== true) await new Promise<void>((resolve) => setImmediate(resolve));
      waitMs = signal?.aborted === true ? 0 : pace.stillWaitMs();
      if (waitMs <= 0) return release;
      release();
    }
  }

  return {
    async perform(operation) {
      const pace = paceOf(operation.request.address);
      if (operation.op === 'dns-query') {
        const release = await turnOf(pace);
        try {
          return await performAfter(operation, 0);
        } finally {
          release();
        }
      }
      const { waitMs, release } = await pace.connection(isMail(operation) ? 'smtp' : 'other');
      try {
        return await performAfter(operation, waitMs);
      } finally {
        release();
      }
    },
  };
}

const isMail = (operation: Operation): boolean => operation.op === 'smtp-session' || operation.request.port === 25;

function limitsOf({ run, dns }: Settings, factor: number): PaceLimits {
  const widened = (count: number): number => Math.max(1, Math.round(count * factor));
  return {
    connections: widened(run.connectionsPerAddress),
    smtpConnections: widened(run.connectionsPerSmtpServer),
    freeConnections: widened(run.freeConnectionsPerHost),
    spacingMs: run.connectionSpacingMs / factor,
    smtpSpacingMs: run.smtpSpacingMs / factor,
    queriesPerSecond: widened(dns.queriesPerSecondPerServer),
  };
}
