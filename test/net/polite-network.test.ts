import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Operation } from '../../src/model/observation.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { createPermits } from '../../src/net/permits.ts';
import { createPoliteNetwork } from '../../src/net/polite-network.ts';
import { dns, http, scriptedNetwork, smtp, tcp } from './scripted-network.ts';

const settings = defaultSettings;

/** An inner network where each operation takes a while; tells when each began and how many ran at once. */
function slowNetwork(takesMs: number) {
  const starts: number[] = [];
  const began = performance.now();
  let running = 0;
  let most = 0;
  const network = scriptedNetwork(async () => {
    starts.push(Math.round(performance.now() - began));
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    running -= 1;
    return null;
  });
  return { network, starts, most: () => most };
}

async function all(operations: Operation[], network: { perform(operation: Operation): Promise<unknown> }): Promise<void> {
  const done = Promise.all(operations.map((operation) => network.perform(operation)));
  await vi.runAllTimersAsync();
  await done;
}

describe('polite network', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('L1 A8 500 names on one address never have more than 2 connections at once', async () => {
    const inner = slowNetwork(700);
    const names = Array.from({ length: 500 }, (_, index) => http('2001:db8::1', { host: `a${index}.gov.vn` }));
    await all(names, createPoliteNetwork(inner.network, { settings }));
    expect(inner.starts).toHaveLength(500);
    expect(inner.most()).toBe(2);
  });

  it('L1 a mail server has one connection at a time, which also counts towards its address', async () => {
    const inner = slowNetwork(3_000);
    const polite = createPoliteNetwork(inner.network, { settings });
    await all([smtp('2001:db8::1'), smtp('2001:db8::1', { host: 'b' }), tcp('2001:db8::1', { port: 25 })], polite);
    expect(inner.most()).toBe(1);
    expect(inner.starts).toEqual([0, 3_000, 6_000]);
  });

  it('L1 a loop that was late does not send the queries of its lost seconds in one burst', async () => {
    const starts: number[] = [];
    const inner = scriptedNetwork(async () => {
      starts.push(performance.now());
      return null;
    });
    const polite = createPoliteNetwork(inner, { settings });
    const queries = Array.from({ length: 120 }, (_, index) => polite.perform(dns('2001:db8::53', { name: `a${index}.gov.vn` })));
    await vi.advanceTimersByTimeAsync(500);
    // The clock goes on and no timer comes to its turn: what a blocked loop looks like from inside.
    const late = performance.now() + 3_000;
    const now = vi.spyOn(performance, 'now').mockImplementation(() => late);
    await vi.advanceTimersByTimeAsync(3_000);
    now.mockRestore();
    expect(starts.filter((at) => at === late)).toHaveLength(20);
    await vi.runAllTimersAsync();
    await Promise.all(queries);
    expect(starts).toHaveLength(120);
  });

  it('L1 queries that waited for a free socket do not go out together with those whose turn comes then', async () => {
    const starts: number[] = [];
    const sockets = createPermits(10);
    const inner = scriptedNetwork(async ({ request }) => {
      const release = await sockets.acquire();
      if (request.address === '2001:db8::53') starts.push(performance.now());
      else await new Promise((resolve) => setTimeout(resolve, 2_500));
      release();
      return null;
    });
    const few = { ...settings, dns: { ...settings.dns, maxOpenSockets: 10 } };
    const polite = createPoliteNetwork(inner, { settings: few });
    const slow = Array.from({ length: 10 }, (_, index) => polite.perform(dns('2001:db8::5', { name: `b${index}.gov.vn` })));
    const queries = Array.from({ length: 60 }, (_, index) => polite.perform(dns('2001:db8::53', { name: `a${index}.gov.vn` })));
    await vi.advanceTimersByTimeAsync(2_600);
    expect(starts.length).toBeGreaterThan(0);
    await vi.runAllTimersAsync();
    await Promise.all([...slow, ...queries]);
    expect(starts).toHaveLength(60);
    for (const start of starts) expect(starts.filter((at) => at >= start && at < start + 1_000).length).toBeLessThanOrEqual(20);
  });

  it('spaces new connections after the first four', async () => {
    const inner = slowNetwork(10);
    await all(
      Array.from({ length: 7 }, (_, index) => http('2001:db8::1', { host: `a${index}` })),
      createPoliteNetwork(inner.network, { settings }),
    );
    expect(inner.starts).toEqual([0, 0, 10, 10, 260, 510, 760]);
  });

  it('spaces mail sessions wider', async () => {
    const inner = slowNetwork(10);
    await all(
      Array.from({ length: 6 }, (_, index) => smtp('2001:db8::1', { host: `a${index}` })),
      createPoliteNetwork(inner.network, { settings }),
    );
    expect(inner.starts).toEqual([0, 10, 20, 30, 2_030, 4_030]);
  });

  it('starts at most 20 queries to a name server in any second, UDP and TCP together', async () => {
    const inner = slowNetwork(1);
    const queries = Array.from({ length: 50 }, (_, index) =>
      dns('2001:db8::53', { name: `a${index}`, transport: index % 2 === 0 ? 'udp' : 'tcp' }),
    );
    await all(queries, createPoliteNetwork(inner.network, { settings }));
    for (const start of inner.starts)
      expect(inner.starts.filter((other) => other >= start && other < start + 1_000).length).toBeLessThanOrEqual(20);
    // Three twenties, each a second and the time of sending after the one before.
    expect(Math.max(...inner.starts)).toBe(2_050);
  });

  it('does not hold up one address for another, nor connections for queries', async () => {
    const inner = slowNetwork(1_000);
    const polite = createPoliteNetwork(inner.network, { settings });
    await all(
      [http('2001:db8::1'), http('2001:db8::1', { host: 'b' }), http('2001:db8::2'), dns('2001:db8::1', { transport: 'tcp' })],
      polite,
    );
    expect(inner.starts).toEqual([0, 0, 0, 0]);
  });

  it('lab rates widen every limit', async () => {
    const inner = slowNetwork(1_000);
    await all(
      Array.from({ length: 100 }, (_, index) => http('2001:db8::1', { host: `a${index}` })),
      createPoliteNetwork(inner.network, { settings, labRates: 50 }),
    );
    expect(inner.most()).toBe(100);
  });

  it.each([
    [59_000, 1_010],
    [61_000, 270],
  ])('an address idle for %i ms: its next five connections take %i ms', async (idleMs, tookMs) => {
    const inner = slowNetwork(10);
    const polite = createPoliteNetwork(inner.network, { settings });
    const five = Array.from({ length: 5 }, (_, index) => http('2001:db8::1', { host: `a${index}` }));
    await all(five, polite);
    await vi.advanceTimersByTimeAsync(idleMs);
    const from = performance.now();
    await all(five, polite);
    // Forgotten, it has a first four again: the fifth alone is spaced.
    expect(performance.now() - from).toBe(tookMs);
  });

  it('a failing inner network gives its permit back', async () => {
    const polite = createPoliteNetwork({ perform: () => Promise.reject(new Error('our fault')) }, { settings });
    for (let index = 0; index < 4; index += 1) await expect(polite.perform(http('2001:db8::1'))).rejects.toThrow('our fault');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('P10 at shutdown what waits ends as cancelled, without a timer left', async () => {
    const controller = new AbortController();
    const inner = slowNetwork(10);
    const polite = createPoliteNetwork(inner.network, { settings, signal: controller.signal });
    const waiting = Array.from({ length: 30 }, (_, index) => polite.perform(dns('2001:db8::53', { name: `a${index}` })));
    await vi.advanceTimersByTimeAsync(20);
    controller.abort();
    const codes = (await Promise.all(waiting)).map(({ failure }) => failure?.code ?? null);
    expect(codes.filter((code) => code === 'cancelled')).toHaveLength(10);
    expect(inner.starts).toHaveLength(20);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('L1 V9 queries whose sending has to wait for other work of ours do not meet those of the next second', async () => {
  const sent: number[] = [];
  const inner = scriptedNetwork(async () => {
    // As a socket does: what sends comes after all promises that are ready.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    sent.push(performance.now());
    return null;
  });
  const polite = createPoliteNetwork(inner, { settings });
  const queries = Array.from({ length: 40 }, (_, index) => polite.perform(dns('2001:db8::53', { name: `a${index}.gov.vn` })));
  const busy = Promise.resolve().then(() => {
    const end = performance.now() + 300;
    while (performance.now() < end);
  });
  await Promise.all([...queries, busy]);
  expect(sent).toHaveLength(40);
  for (const first of sent) expect(sent.filter((at) => at >= first && at < first + 1_000).length).toBeLessThanOrEqual(20);
});
