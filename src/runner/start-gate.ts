import { pause } from '../net/pause.ts';

/** So many agencies are under way whatever the event loop says: others may keep this machine busy for as long as they like. */
const alwaysUnderWay = 8;
/** Between two looks at the loop; as well the shortest time between two starts beyond those. */
const lookMs = 4;
/** A look that came so late shows a loop with more to do than it can. */
const busyMs = 10;
/** Longest wait of the first in the row: a start a second is less than any machine can do. */
const mostWaitMs = 1_000;

/**
 * Holds back agencies while the event loop is late: begun all at once, two hundred of them only wait for one processor, with everything
 * that they have learnt in memory and every timer behind its time. Those that merely wait for others hold up nobody.
 */
export interface StartGate {
  /** Runs `work` when its turn has come, first come, first served. */
  enter<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createStartGate(signal: AbortSignal): StartGate {
  let underWay = 0;
  let row: Promise<unknown> = Promise.resolve();

  async function turn(): Promise<void> {
    for (const since = performance.now(); underWay >= alwaysUnderWay && !signal.aborted; ) {
      const lookedAt = performance.now();
      await pause(lookMs, signal);
      const now = performance.now();
      if (now - lookedAt - lookMs < busyMs || now - since > mostWaitMs) break;
    }
    underWay += 1;
  }

  return {
    async enter(work) {
      const mine = row.then(turn);
      row = mine;
      await mine;
      try {
        return await work();
      } finally {
        underWay -= 1;
      }
    },
  };
}
