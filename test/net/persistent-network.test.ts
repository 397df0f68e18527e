import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Observation, Operation } from '../../src/model/observation.ts';
import { observationSchema } from '../../src/model/observation.ts';
import { defaultSettings as settings } from '../../src/model/settings.ts';
import { answeredSomething, createPersistentNetwork, type PersistenceOptions } from '../../src/net/persistent-network.ts';
import { dns, http, type Outcome, observationOf, scriptedNetwork, sequence, smtp, tcp } from './scripted-network.ts';

const address = '2001:db8::1';
const timeout: Outcome = ['timeout', 'connect'];
const lost: Outcome = ['timeout', 'answer'];

async function settle<Value>(promise: Promise<Value>): Promise<Value> {
  await vi.runAllTimersAsync();
  return promise;
}

async function performOne(operation: Operation, outcomes: Outcome[], options: Partial<PersistenceOptions> = {}): Promise<Observation> {
  const network = createPersistentNetwork(scriptedNetwork(sequence(...outcomes)), { settings, ...options });
  return settle<Observation>(network.perform(operation));
}

const codes = ({ tries }: Observation): (string | null)[] => tries.map(({ failure }) => failure?.code ?? null);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('tries of one operation', () => {
  it.each<[string, Operation, Outcome, number]>([
    ['success', tcp(address), null, 1],
    ['refused', tcp(address), ['refused', 'connect'], 2],
    ['reset', http(address), ['reset', 'headers'], 2],
    ['host-unreachable', tcp(address), ['host-unreachable', 'connect'], 2],
    ['network-unreachable', dns(address), ['network-unreachable', 'connect'], 2],
    ['admin-prohibited', tcp(address), ['admin-prohibited', 'connect'], 2],
    ['tls-handshake', http(address), ['tls-handshake', 'tls'], 2],
    ['tls-alert', http(address), ['tls-alert', 'tls'], 2],
    ['protocol-error', http(address), ['protocol-error', 'headers'], 2],
    ['malformed', dns(address), ['malformed', 'answer'], 2],
    ['answer-mismatch', dns(address), ['answer-mismatch', 'answer'], 2],
    ['DNS timeout', dns(address), lost, 3],
    ['connect timeout', tcp(address), timeout, 3],
    ['stall in the handshake', http(address), ['timeout', 'tls'], 3],
    ['stall in the headers', http(address), ['timeout', 'headers'], 3],
    ['stall in the body', http(address), ['timeout', 'body'], 3],
    ['tarpit', smtp(address), ['timeout', 'banner'], 1],
    ['connect timeout of mail', smtp(address), timeout, 3],
    ['connect timeout at the retest', tcp(address, { round: 'retest' }), timeout, 1],
    ['stall at the remeasuring', http(address, { round: 'remeasure' }), ['timeout', 'headers'], 1],
    ['refused at the retest', tcp(address, { round: 'retest' }), ['refused', 'connect'], 2],
    ['no-route', tcp(address), ['no-route', 'connect'], 1],
    ['address-refused', tcp(address), ['address-refused', 'gate'], 1],
    ['opted-out', tcp(address), ['opted-out', 'gate'], 1],
    ['cancelled', tcp(address), ['cancelled', 'connect'], 1],
    ['not-attempted', tcp(address), ['not-attempted', 'gate'], 1],
    ['internal-error', tcp(address), ['internal-error', 'connect'], 1],
    ['too-large', http(address), ['too-large', 'headers'], 1],
  ])('%s', async (_title, operation, outcome, tries) => {
    const observation = await performOne(operation, [outcome]);
    expect(observation.tries).toHaveLength(tries);
    expect(observation.failure?.code ?? null).toBe(outcome?.[0] ?? null);
    expect(observationSchema.parse(observation)).toEqual(observation);
  });

  it('a success after failures keeps the response and shows the losses', async () => {
    const observation = await performOne(tcp(address), [timeout, ['refused', 'connect'], null]);
    expect(codes(observation)).toEqual(['timeout', 'refused', null]);
    expect(observation.failure).toBeNull();
    expect(observation.response).not.toBeNull();
  });

  it('the failure that deserves most tries says how many', async () => {
    const refusedFirst = await performOne(tcp(address), [['refused', 'connect'], timeout]);
    expect(codes(refusedFirst)).toEqual(['refused', 'timeout', 'timeout']);
  });

  it.each<[string, Operation, Outcome, number]>([
    ['DNS timeouts by 2 s', dns(address), lost, 2_000],
    ['connect timeouts by 5 s', tcp(address), timeout, 5_000],
    ['a refusal by the spacing of connections', tcp(address), ['refused', 'connect'], 250],
  ])('spaces %s', async (_title, operation, outcome, spacing) => {
    const observation = await performOne(operation, [outcome]);
    const starts = observation.tries.map(({ startedAt }) => Date.parse(startedAt) - Date.parse(observation.startedAt));
    expect(starts).toEqual(observation.tries.map((_, index) => index * spacing));
    const gaps = observation.tries.length - 1;
    expect(observation.elapsedMs).toBe(10 * observation.tries.length + spacing * gaps);
  });
});

describe('local limits', () => {
  it('P7 V9 are no tries: repeated with growing pauses, then the real try decides', async () => {
    const local: Outcome = ['local-limit', 'connect'];
    const observation = await performOne(tcp(address), [local, timeout, local, timeout, timeout]);
    expect(codes(observation)).toEqual(['local-limit', 'timeout', 'local-limit', 'timeout', 'timeout']);
    expect(observation.failure?.code).toBe('timeout');
  });

  it.each([
    [5, null],
    [6, 'local-limit'],
  ])('%i in a row', async (times, code) => {
    const outcomes: Outcome[] = [...Array.from({ length: times }, (): Outcome => ['local-limit', 'connect']), null];
    const observation = await performOne(tcp(address), outcomes);
    expect(observation.failure?.code ?? null).toBe(code);
    expect(observation.tries).toHaveLength(6);
  });
});

describe('loss and silence', () => {
  /** Answers `first` for the first operation, then the outcomes one after the other. */
  async function afterAnswer(first: Operation, operation: Operation, outcomes: Outcome[]): Promise<Observation> {
    const network = createPersistentNetwork(
      scriptedNetwork((_, index) => (index === 0 ? null : sequence(...outcomes)(operation, index - 1))),
      { settings },
    );
    await settle<Observation>(network.perform(first));
    return settle<Observation>(network.perform(operation));
  }

  it.each<[string, Operation, Operation, Outcome, number]>([
    ['D8 a name server that answered', dns(address), dns(address, { type: 'AAAA' }), lost, 10],
    ['D8 over the other transport only', dns(address, { transport: 'tcp' }), dns(address, { type: 'AAAA' }), lost, 3],
    ['a web server that answered', tcp(address), http(address), timeout, 10],
    ['on another port only', tcp(address, { port: 80 }), http(address), timeout, 3],
    ['on another address only', tcp('2001:db8::2'), http(address), timeout, 3],
    ['a stall after the connection is no loss', tcp(address), http(address), ['timeout', 'headers'], 3],
    ['at the retest too', tcp(address), http(address, { round: 'retest' }), timeout, 10],
  ])('%s', async (_title, first, operation, outcome, tries) => {
    expect((await afterAnswer(first, operation, [outcome])).tries).toHaveLength(tries);
  });

  it('D8 the tenth try succeeds: no failure, ten tries in the evidence', async () => {
    const outcomes: Outcome[] = [...Array.from({ length: 9 }, () => lost), null];
    const observation = await afterAnswer(dns(address), dns(address, { type: 'AAAA' }), outcomes);
    expect(observation.failure).toBeNull();
    expect(observation.tries).toHaveLength(10);
  });

  it('an answer to somebody else in between turns silence into loss', async () => {
    const inner = scriptedNetwork((operation) => (operation.op === 'tcp-connect' ? null : timeout));
    const network = createPersistentNetwork(inner, { settings });
    const page = network.perform(http(address));
    await vi.advanceTimersByTimeAsync(6_000);
    await network.perform(tcp(address));
    expect((await settle(page)).tries).toHaveLength(10);
  });

  it('an endpoint silent through full tries gets one try afterwards, until it answers', async () => {
    let up = false;
    const network = createPersistentNetwork(
      scriptedNetwork(() => (up ? null : timeout)),
      { settings },
    );
    const tries = async (operation: Operation): Promise<number> => (await settle<Observation>(network.perform(operation))).tries.length;
    expect(await tries(tcp(address))).toBe(3);
    expect(await tries(http(address))).toBe(1);
    expect(await tries(http('2001:db8::2'))).toBe(3);
    up = true;
    expect(await tries(http(address, { host: 'b' }))).toBe(1);
    up = false;
    expect(await tries(http(address, { host: 'c' }))).toBe(10);
  });

  it('D15 silence to an unusual question does not shorten the test of liveness', async () => {
    const network = createPersistentNetwork(scriptedNetwork(sequence(lost)), { settings });
    const tries = async (type: string): Promise<number> => (await settle(network.perform(dns(address, { type })))).tries.length;
    expect(await tries('TYPE65534')).toBe(3);
    expect(await tries('TYPE65534')).toBe(1);
    expect(await tries('A')).toBe(3);
    expect(await tries('AAAA')).toBe(1);
    expect(await tries('SOA')).toBe(3);
  });

  it.each<[string, Operation, Outcome, boolean]>([
    ['success', tcp(address), null, true],
    ['refusal', tcp(address), ['refused', 'connect'], false],
    ['connect timeout', tcp(address), timeout, false],
    ['stall', http(address), ['timeout', 'headers'], true],
    ['tarpit', smtp(address), ['timeout', 'banner'], true],
    ['unreadable datagram', dns(address), ['malformed', 'answer'], true],
    ['no datagram', dns(address), lost, false],
    ['DNS over TCP stalls after the connection', dns(address, { transport: 'tcp' }), lost, true],
    ['gate', tcp(address), ['address-refused', 'gate'], false],
    ['our limit', http(address), ['local-limit', 'headers'], false],
  ])('answered something: %s', (_title, operation, outcome, expected) => {
    expect(answeredSomething(observationOf(operation, outcome))).toBe(expected);
  });
});

describe('proofs of the vantage', () => {
  it.each<[string, Operation, Outcome[], string[]]>([
    ['V2 before the last try and after it', tcp(address), [timeout], ['try', 'try', 'before', 'try', 'after']],
    ['a refusal', tcp(address), [['refused', 'connect']], ['try', 'before', 'try', 'after']],
    ['a tarpit', smtp(address), [['timeout', 'banner']], ['try', 'after']],
    ['not for a success', tcp(address), [null], ['try']],
    ['not after a late success', tcp(address), [timeout, timeout, null], ['try', 'try', 'before', 'try']],
    ['not for IPv4', tcp('192.0.2.1'), [timeout], ['try', 'try', 'try']],
    ['not for our own failures', tcp(address), [['no-route', 'connect']], ['try']],
    ['not at the gate', tcp(address), [['address-refused', 'gate']], ['try']],
  ])('%s', async (_title, operation, outcomes, expected) => {
    const events: string[] = [];
    const inner = scriptedNetwork((asked, index) => {
      events.push('try');
      return sequence(...outcomes)(asked, index);
    });
    const confirmVantage = async (_operation: Operation, since?: number): Promise<void> => {
      events.push(since === undefined ? 'before' : 'after');
      await new Promise((resolve) => setTimeout(resolve, 777));
    };
    const network = createPersistentNetwork(inner, { settings, confirmVantage });
    const observation = await settle<Observation>(network.perform(operation));
    expect(events).toEqual(expected);
    expect(observation.elapsedMs % 10).toBe(0);
  });

  it('a success counts as one after a long try from two seconds before its end, after a short one from its start', async () => {
    const since: number[] = [];
    const elapsed = [10_000, 10];
    for (const elapsedMs of elapsed) {
      const startedAt = '2026-11-24T03:15:00.000Z';
      const network = createPersistentNetwork(
        { perform: async (operation) => observationOf(operation, ['timeout', 'banner'], { startedAt, elapsedMs }) as never },
        {
          settings,
          confirmVantage: async (_operation, sinceMs) => {
            if (sinceMs !== undefined) since.push(sinceMs - Date.parse(startedAt));
          },
        },
      );
      await settle<Observation>(network.perform(smtp(address)));
    }
    expect(since).toEqual([8_000, 0]);
  });
});

it('P10 at shutdown an operation between tries ends as cancelled', async () => {
  const controller = new AbortController();
  const network = createPersistentNetwork(scriptedNetwork(sequence(timeout)), { settings, signal: controller.signal });
  const pending = network.perform(tcp(address));
  await vi.advanceTimersByTimeAsync(100);
  controller.abort();
  const observation = await pending;
  expect(observation.failure?.code).toBe('cancelled');
  expect(observation.tries).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});
