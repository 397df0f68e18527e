import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inParallel } from '../../src/runner/schedule.ts';

describe('inParallel', () => {
  it('P9 a stream is read as far as there is room, and no further', async () => {
    let read = 0;
    const ends: ((value: number) => void)[] = [];
    function* items(): Generator<number> {
      for (let item = 0; item < 100; item += 1) {
        read += 1;
        yield item;
      }
    }
    const results = inParallel(items(), 3, () => new Promise<number>((resolve) => ends.push(resolve)));
    for (let taken = 0; taken < 4; taken += 1) {
      const next = results.next();
      await nextTurn();
      expect([read, ends.length]).toEqual([3 + taken, 3 + taken]);
      ends[taken]?.(taken);
      expect((await next).value).toBe(taken);
    }
    await results.return(undefined);
    expect(read).toBe(6);
  });
});
