import { describe, expect, it } from 'vitest';
import { inTurns } from '../../src/net/in-turns.ts';
import type { Slices } from '../../src/parsers/slices.ts';

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

function* work(name: string, slices: number, said: string[] = []): Slices<string> {
  for (let slice = 0; slice < slices; slice += 1) {
    block(8);
    said.push(`${name}${slice}`);
    yield;
  }
  return name;
}

describe('inTurns', () => {
  it('V9 lets the event loop have its turns while it works', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    expect(await inTurns(work('a', 20))).toBe('a');
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });

  it('does one work after the other, so that half of one is all that lies in memory', async () => {
    const said: string[] = [];
    const done = await Promise.all([inTurns(work('a', 3, said)), inTurns(work('b', 2, said)), inTurns(work('c', 0, said))]);
    expect(done).toEqual(['a', 'b', 'c']);
    expect(said).toEqual(['a0', 'a1', 'a2', 'b0', 'b1']);
  });

  it('a work that throws fails itself only', async () => {
    const broken = (function* (): Slices<never> {
      yield;
      throw new RangeError('broken');
    })();
    const [first, second] = await Promise.allSettled([inTurns(broken), inTurns(work('b', 1))]);
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'broken' } });
    expect(second).toEqual({ status: 'fulfilled', value: 'b' });
  });
});
