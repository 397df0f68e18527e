import { describe, expect, it } from 'vitest';
import { createStartGate } from '../../src/runner/start-gate.ts';

const never = new AbortController().signal;

/** Work that ends when it is told to, and who has begun. */
function works(count: number, signal = never): { begun: number[]; end(): void; all: Promise<unknown> } {
  const gate = createStartGate(signal);
  const begun: number[] = [];
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const numbers = Array.from({ length: count }, (_, index) => index);
  const all = Promise.all(
    numbers.map((number) =>
      gate.enter(async () => {
        begun.push(number);
        await ended;
        return number;
      }),
    ),
  );
  return { begun, end, all };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Keeps the event loop late until it is told to stop: every turn has more to do than a look at the loop allows. */
function busyLoop(): () => void {
  let going = true;
  const turn = (): void => {
    for (const since = performance.now(); performance.now() - since < 40; );
    if (going) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    going = false;
  };
}

describe('start gate', () => {
  it('lets those that wait for others pass, in the order in which they came', async () => {
    const { begun, end, all } = works(30);
    for (let looks = 0; begun.length < 30 && looks < 100; looks += 1) await sleep(20);
    expect(begun).toEqual(Array.from({ length: 30 }, (_, index) => index));
    end();
    expect(await all).toHaveLength(30);
  });

  it('V9 holds back what would begin while the loop is late, but for the first eight and one a second', async () => {
    const stop = busyLoop();
    const { begun, end, all } = works(30);
    await sleep(600);
    const whileLate = begun.length;
    await sleep(1_000);
    const aSecondLater = begun.length;
    stop();
    end();
    await all;
    expect(whileLate).toBe(8);
    expect(aSecondLater).toBeGreaterThan(8);
    expect(aSecondLater).toBeLessThan(12);
  });

  it('goes on in the order of the row when one fails, and holds nobody back at shutdown', async () => {
    const aborter = new AbortController();
    const gate = createStartGate(aborter.signal);
    await expect(gate.enter(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.enter(async () => 'next')).toBe('next');
    const stop = busyLoop();
    const { begun, end, all } = works(30, aborter.signal);
    aborter.abort();
    await sleep(200);
    stop();
    end();
    await all;
    expect(begun).toHaveLength(30);
  });
});
