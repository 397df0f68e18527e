import type { Failure, FailureStep } from '../model/failure.ts';
import { onAbort } from './on-abort.ts';

/** The one absolute deadline of an exchange, with what ended it. */
export interface ExchangeClock {
  /** The step the exchange is in; a deadline that expires names it. */
  step: FailureStep;
  /** What ended the exchange from our side: a deadline, a stall, the shutdown. Null while it may go on. */
  readonly ended: Failure | null;
  /** Ends the exchange; the first end counts. */
  end(code: Failure['code'], detail: string): void;
  /** Runs a wait that is on nobody's clock: the deadline moves by what it took. */
  pause<Result>(wait: () => Promise<Result>): Promise<Result>;
  /** Milliseconds spent in `pause`. */
  readonly waitedMs: number;
  /** Settles when the exchange has been ended by `end`; never rejects. */
  readonly whenEnded: Promise<Failure>;
  /** Releases the timer and the listener. */
  stop(): void;
}

/** Starts an exchange of at most `totalMs`, without pauses. */
export function startExchangeClock(totalMs: number, signal: AbortSignal, step: FailureStep): ExchangeClock {
  let announce: (failure: Failure) => void = () => {};
  let ended: Failure | null = null;
  let waitedMs = 0;
  let stopped = false;
  let leftMs = totalMs;
  let since = performance.now();
  let timer = setTimeout(expire, totalMs);
  const stopListening = onAbort(signal, () => clock.end('cancelled', 'shutdown'));
  const whenEnded = new Promise<Failure>((resolve) => {
    announce = resolve;
  });

  function expire(): void {
    clock.end('timeout', `not finished in ${totalMs} ms`);
  }

  const clock: ExchangeClock = {
    step,
    whenEnded,
    get ended() {
      return ended;
    },
    get waitedMs() {
      return waitedMs;
    },
    end(code, detail) {
      if (ended !== null) return;
      ended = { code, step: clock.step, synchronous: false, detail };
      clearTimeout(timer);
      announce(ended);
    },
    async pause(wait) {
      const pausedAt = performance.now();
      clearTimeout(timer);
      leftMs -= pausedAt - since;
      try {
        return await wait();
      } finally {
        since = performance.now();
        waitedMs += since - pausedAt;
        if (ended === null && !stopped) timer = setTimeout(expire, Math.max(0, leftMs));
      }
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      stopListening();
    },
  };
  if (signal.aborted) clock.end('cancelled', 'shutdown');
  return clock;
}
