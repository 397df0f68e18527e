/** One listener a signal, whatever waits on it: thousands of operations share the run's, and Node warns of a leak from eleven on. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls `stop` when the run is aborted; the returned function ends the listening, so that a long run gathers no listeners. */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  // An entry of its own, so that the same function may be given twice.
  const entry = (): void => stop();
  const entries = waiting.get(signal) ?? listen(signal);
  entries.add(entry);
  return () => {
    entries.delete(entry);
  };
}

function listen(signal: AbortSignal): Set<() => void> {
  const entries = new Set<() => void>();
  waiting.set(signal, entries);
  signal.addEventListener(
    'abort',
    () => {
      for (const stop of entries) stop();
      entries.clear();
    },
    { once: true },
  );
  return entries;
}
