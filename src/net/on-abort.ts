/** Calls `stop` when the run is aborted; the returned function ends the listening, so that a long run gathers no listeners. */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  signal.addEventListener('abort', stop, { once: true });
  return () => signal.removeEventListener('abort', stop);
}
