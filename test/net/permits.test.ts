import { describe, expect, it } from 'vitest';
import { createPermits } from '../../src/net/permits.ts';

describe('permits', () => {
  it('hands out the limit at once, then in the order of asking', async () => {
    const permits = createPermits(2);
    const first = await permits.acquire();
    await permits.acquire();
    const order: string[] = [];
    const third = permits.acquire().then((release) => {
      order.push('third');
      return release;
    });
    const fourth = permits.acquire().then(() => order.push('fourth'));
    expect(permits.waiting()).toBe(2);
    first();
    (await third)();
    await fourth;
    expect(order).toEqual(['third', 'fourth']);
    expect(permits.inUse()).toBe(2);
  });

  it('counts a release once', async () => {
    const permits = createPermits(1);
    const release = await permits.acquire();
    release();
    release();
    await permits.acquire();
    expect(permits.inUse()).toBe(1);
    const late = permits.acquire();
    release();
    expect(permits.waiting()).toBe(1);
    void late;
  });

  it.each([0, -1, Number.NaN])('refuses a limit of %s', (limit) => {
    expect(() => createPermits(limit)).toThrow(RangeError);
  });
});
