import { describe, expect, it } from 'vitest';
import { createMemoNetwork } from '../../src/net/memo-network.ts';
import { dns, http, type Outcome, scriptedNetwork, sequence } from './scripted-network.ts';

describe('memo network', () => {
  it('R7 asks a question once, also while it is under way', async () => {
    const inner = scriptedNetwork(() => null);
    const memo = createMemoNetwork(inner, { maxEntries: 10 });
    const [first, second] = await Promise.all([memo.perform(dns('2001:db8::53')), memo.perform(dns('2001:db8::53'))]);
    const third = await memo.perform(dns('2001:db8::53'));
    expect(inner.asked).toHaveLength(1);
    expect(second).toBe(first);
    expect(third).toBe(first);
  });

  it('asks again in another round', async () => {
    const inner = scriptedNetwork(() => null);
    const memo = createMemoNetwork(inner, { maxEntries: 10 });
    await memo.perform(http('2001:db8::1'));
    await memo.perform(http('2001:db8::1', { round: 'retest' }));
    expect(inner.asked).toHaveLength(2);
  });

  it.each<[NonNullable<Outcome>[0], number]>([
    ['local-limit', 2],
    ['cancelled', 2],
    ['not-attempted', 2],
    ['internal-error', 2],
    ['timeout', 1],
    ['no-route', 1],
    ['opted-out', 1],
  ])('%s: %i questions for two askers', async (code, questions) => {
    const inner = scriptedNetwork(sequence([code, 'connect']));
    const memo = createMemoNetwork(inner, { maxEntries: 10 });
    await memo.perform(http('2001:db8::1'));
    await memo.perform(http('2001:db8::1'));
    expect(inner.asked).toHaveLength(questions);
  });

  it('keeps the entries used last', async () => {
    const inner = scriptedNetwork(() => null);
    const memo = createMemoNetwork(inner, { maxEntries: 2 });
    for (const host of ['a', 'b', 'a', 'c', 'a', 'b']) await memo.perform(http('2001:db8::1', { host }));
    expect(inner.asked.map((operation) => (operation.op === 'http-request' ? operation.request.host : ''))).toEqual(['a', 'b', 'c', 'b']);
  });

  it('forgets a fault of our own code', async () => {
    let calls = 0;
    const memo = createMemoNetwork(
      {
        perform: () => {
          calls += 1;
          return Promise.reject(new Error('our fault'));
        },
      },
      { maxEntries: 2 },
    );
    await expect(memo.perform(http('2001:db8::1'))).rejects.toThrow('our fault');
    await expect(memo.perform(http('2001:db8::1'))).rejects.toThrow('our fault');
    expect(calls).toBe(2);
  });
});
