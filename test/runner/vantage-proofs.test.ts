import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Observation, Operation } from '../../src/model/observation.ts';
import { createVantageProofs, type VantageProofOptions } from '../../src/runner/vantage-proofs.ts';
import { dns, http, type Outcome, observationOf, scriptedNetwork, smtp, tcp } from '../net/scripted-network.ts';

const roots = { 4: ['192.0.2.1', '192.0.2.2'], 6: ['2001:db8:f::1', '2001:db8:f::2', '2001:db8:f::3'] };
const timeout: Outcome = ['timeout', 'connect'];

function setUp(script: (operation: Operation) => Outcome | Promise<Outcome> = () => null, changes: Partial<VantageProofOptions> = {}) {
  const network = scriptedNetwork(script);
  const recorded: Observation[] = [];
  const proofs = createVantageProofs({
    network,
    rootAddresses: roots,
    webControls: () => [],
    smtpControls: () => [],
    record: (observation) => recorded.push(observation),
    now: () => Date.now(),
    maxAgeBeforeMs: 10_000,
    ...changes,
  });
  const asked = (): string[] => network.asked.map(({ op, request }) => `${op} ${request.address} ${request.port}`);
  return { proofs, network, recorded, asked };
}

const ago = (ms: number): { startedAt: string; elapsedMs: number } => ({
  startedAt: new Date(Date.now() - ms).toISOString(),
  elapsedMs: 0,
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('DNS', () => {
  it('asks a root server of the family for the SOA of the root, another one each time, and records it', async () => {
    const { proofs, network, recorded, asked } = setUp();
    for (let turn = 0; turn < 4; turn += 1) {
      await proofs.confirm(dns('2001:db8::53'));
      await vi.advanceTimersByTimeAsync(3_000);
    }
    expect(asked()).toEqual(
      ['2001:db8:f::1', '2001:db8:f::2', '2001:db8:f::3', '2001:db8:f::1'].map((address) => `dns-query ${address} 53`),
    );
    expect(network.asked[0]?.request).toMatchObject({ name: '', type: 'SOA', transport: 'udp', family: 6 });
    expect(recorded).toHaveLength(4);
  });

  it.each<[string, Outcome[], number]>([
    ['the first answers', [null], 1],
    ['the second answers', [timeout, null], 2],
    ['nobody answers', [timeout, timeout], 2],
  ])('%s', async (_title, outcomes, questions) => {
    const { proofs, recorded } = setUp(() => outcomes.shift() ?? null);
    await proofs.confirm(dns('2001:db8::53', { transport: 'tcp' }));
    expect(recorded).toHaveLength(questions);
  });

  it.each<[string, number, number, boolean]>([
    ['once', 1, 2, false],
    ['five times', 5, 6, false],
    ['for good: then the other server, and it is silence', 12, 12, true],
  ])('P7 what ran out here is no answer of the vantage: asked again, %s', async (_title, shortages, questions, silence) => {
    let left = shortages;
    const { proofs, recorded, asked } = setUp(() => {
      left -= 1;
      return left >= 0 ? ['local-limit', 'connect'] : null;
    });
    const ended = proofs.confirm(dns('2001:db8::53'));
    await vi.advanceTimersByTimeAsync(20_000);
    await ended;
    expect(recorded).toHaveLength(questions);
    expect(new Set(asked()).size).toBe(silence ? 2 : 1);
    expect(proofs.sawSilence()).toBe(silence);
  });

  it('P10 a shutdown ends the repeats', async () => {
    const aborting = new AbortController();
    const { proofs, recorded } = setUp(() => ['local-limit', 'connect'], { signal: aborting.signal });
    const ended = proofs.confirm(dns('2001:db8::53'));
    await vi.advanceTimersByTimeAsync(600);
    aborting.abort();
    await ended;
    expect(recorded).toHaveLength(2);
  });

  it('does not ask the target itself', async () => {
    const { proofs, asked } = setUp();
    await proofs.confirm(dns('2001:db8:f::1', { name: 'vn' }));
    expect(asked()).toEqual(['dns-query 2001:db8:f::2 53']);
  });
});

describe('what spares a question', () => {
  const other = http('2001:db8::2', { host: 'www.mof.gov.vn' });

  it.each<[string, Operation, Outcome, number, number]>([
    ['a success of another domain', other, null, 1_900, 0],
    ['a stall after the connection stood', other, ['timeout', 'headers'], 1_900, 0],
    ['not an older one', other, null, 2_100, 1],
    ['not a failure', other, timeout, 100, 1],
    ['not the target', http('2001:db8::1', { host: 'www.mof.gov.vn' }), null, 100, 1],
    ['not a sibling of the subject', http('2001:db8::2', { host: 'www.moh.gov.vn' }), null, 100, 1],
    ['not the other family', http('192.0.2.7', { host: 'www.mof.gov.vn' }), null, 100, 1],
    ['not another class', smtp('2001:db8::2', { host: 'mail.mof.gov.vn' }), null, 100, 1],
  ])('%s', async (_title, success, outcome, ageMs, questions) => {
    const { proofs, network, recorded } = setUp(() => null, {
      webControls: () => [{ address: '2001:db8:c::1', family: 6, name: 'control.example' }],
    });
    const name = success.op === 'http-request' ? success.request.host : '';
    proofs.noteSuccess(observationOf(success, outcome, ago(ageMs)), name.replace('www.', ''));
    await proofs.confirm(http('2001:db8::1', { host: 'moh.gov.vn' }));
    expect(network.asked).toHaveLength(questions);
    // P2: what spared the question is recorded, once, as the record of its agency may never come.
    await proofs.confirm(http('2001:db8::1', { host: 'moh.gov.vn' }));
    expect(recorded).toHaveLength(1);
  });

  it.each<[string, number, number]>([
    ['after a given time', -500, 0],
    ['not before it', 500, 1],
  ])('a success that ended %s', async (_title, sinceMs, questions) => {
    const { proofs, network } = setUp(() => null, {
      webControls: () => [{ address: '2001:db8:c::1', family: 6, name: 'control.example' }],
    });
    const at = Date.now();
    proofs.noteSuccess(observationOf(other, null, ago(0)), 'mof.gov.vn');
    await vi.advanceTimersByTimeAsync(1_000);
    await proofs.confirm(http('2001:db8::1'), at + sinceMs);
    expect(network.asked).toHaveLength(questions);
  });

  it('V5 no success from before the clock was set back', async () => {
    const { proofs, network } = setUp(() => null, {
      webControls: () => [{ address: '2001:db8:c::1', family: 6, name: 'control.example' }],
    });
    proofs.noteSuccess(observationOf(other, null, ago(-3_600_000)), 'mof.gov.vn');
    await proofs.confirm(http('2001:db8::1', { host: 'moh.gov.vn' }));
    expect(network.asked).toHaveLength(1);
  });

  it('nothing older than the greatest age, whatever is asked', async () => {
    const { proofs, recorded } = setUp(() => null, {
      webControls: () => [{ address: '2001:db8:c::1', family: 6, name: 'control.example' }],
    });
    proofs.noteSuccess(observationOf(other, null, ago(10_001)), 'mof.gov.vn');
    await proofs.confirm(http('2001:db8::1'), 0);
    expect(recorded).toHaveLength(1);
  });
});

describe('web', () => {
  it('asks nobody when nobody is known', async () => {
    const { proofs, recorded } = setUp();
    await proofs.confirm(http('2001:db8::1'));
    await proofs.confirm(tcp('2001:db8::1', { port: 8443 }));
    expect(recorded).toEqual([]);
  });

  it('asks servers that answered other domains, two at most', async () => {
    const { proofs, asked } = setUp(() => timeout);
    for (const [index, domain] of ['moh.gov.vn', 'mof.gov.vn', 'moj.gov.vn', 'moit.gov.vn'].entries()) {
      proofs.noteSuccess(observationOf(http(`2001:db8::${index + 1}`, { host: domain }), null, ago(60_000 - index)), domain);
    }
    await proofs.confirm(http('2001:db8::99', { host: 'moh.gov.vn' }));
    expect(asked()).toEqual(['tcp-connect 2001:db8::4 443', 'tcp-connect 2001:db8::3 443']);
  });

  it('a bare connect does not say whose it is: two domains must answer, or a control', async () => {
    const { proofs, asked } = setUp();
    for (const [index, domain] of ['moh.gov.vn', 'mof.gov.vn', 'moj.gov.vn'].entries()) {
      proofs.noteSuccess(observationOf(http(`2001:db8::${index + 1}`, { host: domain }), null, ago(60_000)), domain);
    }
    await proofs.confirm(tcp('2001:db8::99'));
    expect(asked()).toHaveLength(2);
    const controlled = setUp(() => null, { webControls: () => [{ address: '2001:db8:c::1', family: 6, name: 'control.example' }] });
    await controlled.proofs.confirm(tcp('2001:db8::99'));
    expect(controlled.asked()).toEqual(['tcp-connect 2001:db8:c::1 443']);
  });

  it('tries port 80 of a control after its 443', async () => {
    const { proofs, asked } = setUp(({ request }) => (request.port === 443 ? ['refused', 'connect'] : null), {
      webControls: () => [
        { address: '192.0.2.9', family: 4, name: 'control.example' },
        { address: '2001:db8:c::1', family: 6, name: 'control.example' },
      ],
    });
    await proofs.confirm(http('2001:db8::1'));
    expect(asked()).toEqual(['tcp-connect 2001:db8:c::1 443', 'tcp-connect 2001:db8:c::1 80']);
  });

  it('keeps 16 servers', async () => {
    const { proofs, network } = setUp(() => timeout);
    for (let index = 0; index < 100; index += 1) {
      proofs.noteSuccess(
        observationOf(http(`2001:db8::${index + 1}`, { host: `a${index}.gov.vn` }), null, ago(60_000 + index)),
        `a${index}.gov.vn`,
      );
    }
    for (let turn = 0; turn < 60; turn += 1) {
      await proofs.confirm(http('2001:db8::ffff'));
      await vi.advanceTimersByTimeAsync(2_500);
    }
    expect(new Set(network.asked.map(({ request }) => request.address)).size).toBe(16);
  });
});

describe('many askers', () => {
  it('one question serves those who ask at the same time', async () => {
    const { proofs, recorded } = setUp(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return null;
    });
    const askers = Promise.all(Array.from({ length: 100 }, (_, index) => proofs.confirm(dns(`2001:db8::${index + 1}`))));
    await vi.runAllTimersAsync();
    await askers;
    expect(recorded).toHaveLength(1);
  });

  it('V1 without IPv6 they do not ask one after the other', async () => {
    const { proofs, recorded } = setUp(async () => {
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      return timeout;
    });
    const askers = Promise.all(Array.from({ length: 100 }, (_, index) => proofs.confirm(dns(`2001:db8::${index + 1}`))));
    await vi.runAllTimersAsync();
    await askers;
    expect(recorded).toHaveLength(2);
  });

  it('who is related to the answer of another asks for himself', async () => {
    const { proofs, asked } = setUp();
    for (const [index, domain] of ['moh.gov.vn', 'mof.gov.vn'].entries()) {
      proofs.noteSuccess(observationOf(http(`2001:db8::${index + 1}`, { host: domain }), null, ago(60_000)), domain);
    }
    const both = [
      proofs.confirm(http('2001:db8::91', { host: 'moh.gov.vn' })),
      proofs.confirm(http('2001:db8::92', { host: 'mof.gov.vn' })),
    ];
    await Promise.all(both);
    expect(asked()).toEqual(['tcp-connect 2001:db8::2 443', 'tcp-connect 2001:db8::1 443']);
  });
});

describe('mail', () => {
  it('asks a server once in 20 s, and waits for that', async () => {
    const { proofs, recorded } = setUp(() => null, { smtpControls: () => [{ address: '2001:db8:c::25', family: 6, name: 'mx.example' }] });
    await proofs.confirm(smtp('2001:db8::25'));
    await vi.advanceTimersByTimeAsync(3_000);
    const second = proofs.confirm(smtp('2001:db8::25'));
    await vi.advanceTimersByTimeAsync(16_900);
    expect(recorded).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    await second;
    expect(recorded.map(({ startedAt }) => Date.parse(startedAt) - Date.parse(recorded[0]?.startedAt ?? ''))).toEqual([0, 20_000]);
    expect(recorded[0]?.request).toMatchObject({ host: 'mx.example', port: 25 });
  });

  it('P10 does not wait after the shutdown', async () => {
    const controller = new AbortController();
    const { proofs, recorded } = setUp(() => null, {
      smtpControls: () => [{ address: '2001:db8:c::25', family: 6, name: 'mx.example' }],
      signal: controller.signal,
    });
    await proofs.confirm(smtp('2001:db8::25'));
    await vi.advanceTimersByTimeAsync(3_000);
    const second = proofs.confirm(smtp('2001:db8::25'));
    controller.abort();
    await second;
    expect(recorded).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
