import type { LoopWatch } from './live-context.ts';

const tickMs = 25;

interface Watched {
  startedAt: number;
  worstMs: number;
}

/**
 * Measures how late the event loop is by the drift of one shared interval, which does not keep the process alive. A try costs an
 * entry in a set and no timer. `stop` ends the interval; tries begun later see no delay.
 */
export function createLoopWatch(): LoopWatch & { stop(): void } {
  const watched = new Set<Watched>();
  let dueAt = performance.now() + tickMs;
  const timer = setInterval(() => {
    const now = performance.now();
    note(watched, now, now - dueAt);
    dueAt = now + tickMs;
  }, tickMs);
  timer.unref();
  let stopped = false;

  return {
    begin() {
      const entry: Watched = { startedAt: performance.now(), worstMs: 0 };
      watched.add(entry);
      return () => {
        // The try may end in the very turn that was late, before the interval had its own: the tick that is overdue counts too.
        const now = performance.now();
        if (!stopped) note([entry], now, now - dueAt);
        watched.delete(entry);
        return entry.worstMs;
      };
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

/** A delay that began before the try counts only for the part the try saw. */
function note(entries: Iterable<Watched>, now: number, lateMs: number): void {
  if (lateMs <= 0) return;
  for (const entry of entries) {
    const seen = Math.min(lateMs, now - entry.startedAt);
    if (seen > entry.worstMs) entry.worstMs = seen;
  }
}
