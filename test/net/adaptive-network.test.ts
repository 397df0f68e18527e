import { expect, it } from 'vitest';
import { createAdaptiveNetwork } from '../../src/net/adaptive-network.ts';
import type { Network } from '../../src/net/network.ts';
import { observe } from '../../src/net/observe.ts';
import { liveContext } from '../support/live.ts';
import { type Outcome, observationOf, tcp } from './scripted-network.ts';

/** A machine that has so many descriptors: more operations at once fail for want of one. */
function machine(descriptors: number) {
  const seen = { open: 0, most: 0, refused: 0 };
  const inner = {
    async perform(operation: ReturnType<typeof tcp>) {
      seen.open += 1;
      seen.most = Math.max(seen.most, seen.open);
      const outcome: Outcome = seen.open > descriptors ? ['local-limit', 'connect'] : null;
      if (outcome !== null) seen.refused += 1;
      await new Promise((resolve) => setImmediate(resolve));
      seen.open -= 1;
      return observationOf(operation, outcome);
    },
  } as unknown as Network;
  return { inner, seen };
}

const ask = (network: Network, count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => network.perform(tcp(`2001:db8::${at.toString(16)}`))));

it('P7 has no limit of its own before something runs out', async () => {
  const { inner, seen } = machine(1_000);
  const network = createAdaptiveNetwork(inner);
  await ask(network, 500);
  expect([network.limit(), seen.most, seen.refused]).toEqual([Number.POSITIVE_INFINITY, 500, 0]);
});

it('P7 backs off to what there is, and nearly everything works from then on', async () => {
  const { inner, seen } = machine(40);
  const network = createAdaptiveNetwork(inner);
  await ask(network, 300);
  await ask(network, 500);
  const before = seen.refused;
  await ask(network, 2_000);
  expect(network.limit()).toBeLessThan(80);
  expect((seen.refused - before) / 2_000).toBeLessThan(0.1);
});

it('P7 P8 one shortage halves once, whoever it hits, and never below four', async () => {
  const { inner } = machine(0);
  const network = createAdaptiveNetwork(inner);
  await ask(network, 64);
  expect(network.limit()).toBe(32);
  await ask(network, 200);
  expect(network.limit()).toBe(4);
});

it('V9 timeouts that a late event loop made void leave the room as it is: black holes would hold what was left', async () => {
  const context = liveContext({ loop: { begin: () => () => 5_000 } });
  const timeout = { code: 'timeout', step: 'connect', synchronous: false, detail: 'no connection in 10000 ms' } as const;
  const inner: Network = {
    perform: (operation) => observe(operation, context, async () => ({ response: null, failure: timeout, peer: null })),
  };
  const network = createAdaptiveNetwork(inner);
  const answers = await ask(network, 64);
  expect(new Set(answers.map(({ failure }) => failure?.code))).toEqual(new Set(['local-limit']));
  expect(network.limit()).toBe(Number.POSITIVE_INFINITY);
});

it('P10 at shutdown nobody waits for room', async () => {
  const abort = new AbortController();
  const { inner } = machine(0);
  const stuck: Network = { perform: () => new Promise(() => {}) };
  let isStuck = false;
  const network = createAdaptiveNetwork({ perform: (operation) => (isStuck ? stuck : inner).perform(operation) }, { signal: abort.signal });
  await ask(network, 64);
  isStuck = true;
  // What runs does not end: who waits must not wait for its room.
  const ends = Array.from({ length: 200 }, () => network.perform(tcp('2001:db8::1')));
  abort.abort();
  const first = await Promise.race([Promise.all(ends.slice(32)), new Promise<null>((resolve) => setTimeout(resolve, 5_000, null))]);
  expect(first?.map(({ failure }) => failure?.code)).toEqual(Array(168).fill('cancelled'));
});
