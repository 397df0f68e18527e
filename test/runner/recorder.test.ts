import { describe, expect, it } from 'vitest';
import type { ObservationOf, Operation } from '../../src/model/observation.ts';
import type { Network } from '../../src/net/network.ts';
import { createIntervalUnion } from '../../src/runner/interval-union.ts';
import { createRecorder } from '../../src/runner/recorder.ts';
import { http, type Outcome, observationOf, scriptedNetwork, sequence } from '../net/scripted-network.ts';

const start = Date.parse('2026-11-24T03:15:00.000Z');

/** Each operation runs [from, from + length] seconds by the script. */
function timedNetwork(spans: [fromS: number, lengthS: number][], outcome: Outcome = null): Network & { calls: number } {
  const network = {
    calls: 0,
    async perform<Asked extends Operation>(operation: Asked): Promise<ObservationOf<Asked['op']>> {
      const [fromS, lengthS] = spans[network.calls] ?? [0, 0];
      network.calls += 1;
      const time = { startedAt: new Date(start + fromS * 1000).toISOString(), elapsedMs: lengthS * 1000 };
      return observationOf(operation, outcome, time) as ObservationOf<Asked['op']>;
    },
  };
  return network;
}

const page = (index: number): ReturnType<typeof http> => http('2001:db8::1', { host: `a${index}.gov.vn` });

describe('interval union', () => {
  it.each<[string, [number, number][], number]>([
    ['nothing', [], 0],
    [
      'apart',
      [
        [0, 10],
        [20, 30],
      ],
      20,
    ],
    [
      'overlapping',
      [
        [0, 10],
        [5, 15],
      ],
      15,
    ],
    [
      'inside',
      [
        [0, 100],
        [10, 20],
      ],
      100,
    ],
    [
      'touching',
      [
        [0, 10],
        [10, 20],
      ],
      20,
    ],
    [
      'a bridge over two',
      [
        [0, 10],
        [20, 30],
        [5, 25],
      ],
      30,
    ],
    [
      'out of order',
      [
        [50, 60],
        [0, 10],
        [20, 30],
      ],
      30,
    ],
    [
      'reversed and empty',
      [
        [10, 0],
        [5, 5],
      ],
      0,
    ],
    ['no number', [[Number.NaN, 5]], 0],
  ])('%s', (_title, spans, length) => {
    const union = createIntervalUnion();
    for (const [from, to] of spans) union.add(from, to);
    expect(union.lengthMs()).toBe(length);
  });
});

describe('recorder', () => {
  it('records each observation once, and gives it again', async () => {
    const inner = scriptedNetwork(() => null);
    const recorder = createRecorder(inner, { budgetMs: 1_000 });
    const first = await recorder.perform(page(1));
    expect(await recorder.perform(page(1))).toBe(first);
    await recorder.perform(page(2));
    expect(recorder.observations().map(({ id }) => id)).toHaveLength(2);
    expect(inner.asked).toHaveLength(2);
    expect(recorder.budgetExhausted()).toBe(false);
  });

  it('time that passed twice at once counts once', async () => {
    const network = timedNetwork([
      [0, 100],
      [50, 100],
      [60, 60],
    ]);
    const recorder = createRecorder(network, { budgetMs: 151_000 });
    for (const index of [1, 2, 3, 4]) await recorder.perform(page(index));
    expect(network.calls).toBe(4);
    expect(recorder.budgetExhausted()).toBe(false);
  });

  it.each([
    [100_000, 'spent', 'not-attempted'],
    [100_001, 'left', undefined],
  ])('after 100 s a budget of %i ms is %s', async (budgetMs, _word, code) => {
    const network = timedNetwork([[0, 100]]);
    const recorder = createRecorder(network, { budgetMs });
    await recorder.perform(page(1));
    const second = await recorder.perform(page(2));
    expect(second.failure?.code).toBe(code);
    expect(recorder.budgetExhausted()).toBe(code !== undefined);
    expect(network.calls).toBe(code === undefined ? 2 : 1);
    if (code !== undefined) expect(second.failure?.detail).toBe('agency budget');
    expect(recorder.observations()).toHaveLength(2);
    expect((await recorder.perform(page(1))).failure).toBeNull();
  });

  it('V9 our own limits spend no budget and do not stay recorded', async () => {
    const limited = createRecorder(timedNetwork([[0, 500]], ['local-limit', 'connect']), { budgetMs: 1_000 });
    await limited.perform(page(1));
    await limited.perform(page(2));
    expect(limited.budgetExhausted()).toBe(false);
    const recovered = createRecorder(scriptedNetwork(sequence(['local-limit', 'connect'], null)), { budgetMs: 1_000 });
    await recovered.perform(page(1));
    await recovered.perform(page(1));
    expect(recovered.observations().map(({ failure }) => failure)).toEqual([null]);
  });
});
