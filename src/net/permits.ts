/** A counting semaphore, first come first served. */
export interface Permits {
  /** Resolves when a permit is free. Call the returned function once when done; more calls do nothing. */
  acquire(): Promise<() => void>;
  /** Permits held now. */
  inUse(): number;
  /** Callers in the queue now. */
  waiting(): number;
}

/** @param limit permits held at the same time, at least 1 */
export function createPermits(limit: number): Permits {
  if (!(limit >= 1)) throw new RangeError(`a semaphore needs at least one permit, not ${limit}`);
  const queue: (() => void)[] = [];
  let held = 0;

  function releaseOnce(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = queue.shift();
      // The permit goes straight to the next in the queue, so that a newcomer cannot overtake.
      if (next === undefined) held -= 1;
      else next();
    };
  }

  return {
    acquire() {
      if (held >= limit) return new Promise((resolve) => queue.push(() => resolve(releaseOnce())));
      held += 1;
      return Promise.resolve(releaseOnce());
    },
    inUse: () => held,
    waiting: () => queue.length,
  };
}
