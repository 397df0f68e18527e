import { exitCodeOf } from './exit-codes.ts';
import type { Io } from './io.ts';

export type EndSignal = 'SIGINT' | 'SIGTERM';

/** How a run is stopped from outside (faults P1). */
export interface Stopper {
  /** Aborted by the first signal. */
  signal: AbortSignal;
  /** Which one came first, or null. */
  stoppedBy(): EndSignal | null;
  release(): void;
}

/**
 * First SIGINT or SIGTERM: say so (`onFirst`, before anything that may hang), abort, and end at the latest after `shutdownMs`. Second: end
 * at once.
 */
export function listenForSignals(io: Pick<Io, 'onSignal' | 'exitNow'>, shutdownMs: number, onFirst: () => void = () => undefined): Stopper {
  const abort = new AbortController();
  let first: EndSignal | null = null;
  let timer: NodeJS.Timeout | undefined;
  const end = (signal: EndSignal): void => io.exitNow(exitCodeOf({ signal, troubles: [], gateFailed: false }));
  const unlisten = io.onSignal((signal) => {
    if (first !== null) {
      end(signal);
      return;
    }
    first = signal;
    onFirst();
    timer = setTimeout(end, shutdownMs, signal);
    abort.abort();
  });
  return {
    signal: abort.signal,
    stoppedBy: () => first,
    release() {
      clearTimeout(timer);
      unlisten();
    },
  };
}
