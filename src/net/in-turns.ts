import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Slices } from '../parsers/slices.ts';

/** How long slices run before the event loop gets its turn: far below what would make a timeout late (`run.loopLagMs`). */
const turnMs = 5;

/** The last of the works under way. There is one event loop in a process, hence one row. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs work in slices with a turn of the event loop wherever they took some milliseconds: no message, however large, makes our own
 * timers late (faults V9). One work after the other, so that what lies half done in memory is that of one.
 */
export function inTurns<Result>(slices: Slices<Result>): Promise<Result> {
  const result = last.then(() => run(slices));
  last = result.catch(() => undefined);
  return result;
}

async function run<Result>(slices: Slices<Result>): Promise<Result> {
  let since = performance.now();
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < turnMs) continue;
    await nextTurn();
    since = performance.now();
  }
}
