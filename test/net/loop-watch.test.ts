import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createLoopWatch } from '../../src/net/loop-watch.ts';

let watch = createLoopWatch();
afterEach(() => {
  watch.stop();
  watch = createLoopWatch();
});

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('createLoopWatch', () => {
  it('V9 sees a busy loop that ended before the try did', async () => {
    const end = watch.begin();
    await sleep(5);
    block(200);
    await sleep(60);
    const worst = end();
    expect(worst).toBeGreaterThan(140);
    // The machine may add its own.
    expect(worst).toBeLessThan(5_000);
  });

  it('V9 sees a busy loop that is still going on', () => {
    const end = watch.begin();
    block(150);
    expect(end()).toBeGreaterThan(100);
  });

  it('V9 counts nothing from before the try', async () => {
    await sleep(5);
    block(1_500);
    const end = watch.begin();
    await sleep(0);
    expect(end()).toBeLessThan(1_000);
  });
});
