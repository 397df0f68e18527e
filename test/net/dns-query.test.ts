import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Failure } from '../../src/model/failure.ts';
import { type DnsQueryRequest, observationSchema } from '../../src/model/observation.ts';
import { testbedSettings } from '../../src/model/settings.ts';
import { dnsQuery } from '../../src/net/dns-query.ts';
import type { EndpointMap, LiveContext } from '../../src/net/live-context.ts';
import { observationId } from '../../src/net/network.ts';
import { u16, wireMessage, wireName, wireRecord } from '../support/dns-wire.ts';

const AAAA = wireRecord({ type: 28, rdata: Buffer.from('20010db8000000000000000000000001', 'hex') });
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function fakeContext(overrides: Partial<LiveContext> = {}): LiveContext {
  const settings = testbedSettings();
  return {
    settings: { ...settings, run: { ...settings.run, loopLagMs: 10_000 } },
    endpoints: null,
    gate: () => null,
    loop: { begin: () => () => 0 },
    tlsPermit: async () => () => {},
    extraCertificates: [],
    helo: 'test.example',
    userAgent: 'test',
    keepBodies: false,
    signal: new AbortController().signal,
    ...overrides,
  };
}

const withDns = (dns: Partial<LiveContext['settings']['dns']>, overrides: Partial<LiveContext> = {}): LiveContext => {
  const context = fakeContext(overrides);
  return { ...context, settings: { ...context.settings, dns: { ...context.settings.dns, ...dns } } };
};

const base: Omit<DnsQueryRequest, 'port'> = {
  family: 4,
  address: '127.0.0.1',
  round: '1',
  transport: 'udp',
  name: 'a.vn',
  type: 'AAAA',
  recursionDesired: false,
  checkingDisabled: false,
  dnssecOk: false,
  udpPayloadBytes: 1232,
};
const ask = (request: Partial<DnsQueryRequest> & { port: number }, context = fakeContext()) =>
  dnsQuery({ op: 'dns-query', request: { ...base, ...request } }, context);

type Reply = (message: Buffer) => void;
type Habit = (query: Buffer, reply: Reply, server: UdpSocket) => void;

function udpServer(habit: Habit, address = '127.0.0.1'): Promise<number> {
  const server = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  closers.push(() => server.close());
  server.on('message', (query, from) => habit(query, (message) => server.send(message, from.port, from.address), server));
  return new Promise((resolve) => server.bind(0, address, () => resolve(server.address().port)));
}

/** The habit gets the query without its length bytes. */
function tcpServer(habit: (query: Buffer, socket: Socket) => void): Promise<number> {
  const server: Server = createServer((socket) => {
    closers.push(() => socket.destroy());
    socket.on('error', () => {});
    socket.once('data', (data) => habit(data.subarray(2), socket));
  });
  closers.push(() => server.close());
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

const idOf = (query: Buffer): number => query.readUInt16BE(0);
const answerTo = (query: Buffer, parts: Parameters<typeof wireMessage>[0] = {}) =>
  wireMessage({ id: idOf(query), answers: [AAAA], ...parts });
const framed = (message: Buffer) => Buffer.concat([u16(message.length), message]);
const failureAt = (code: Failure['code'], step: Failure['step'], synchronous = false) => ({ code, step, synchronous });

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('dnsQuery over UDP', () => {
  it('gives the answer as a valid observation', async () => {
    let sent: Buffer = Buffer.alloc(0);
    const port = await udpServer((query, reply) => {
      sent = query;
      reply(answerTo(query));
    });
    const observation = await ask({ port, dnssecOk: true, checkingDisabled: true });
    expect(observationSchema.parse(observation)).toEqual(observation);
    expect(observation).toMatchObject({ failure: null, peer: { address: '127.0.0.1', port } });
    expect(observation.id).toBe(observationId({ op: 'dns-query', request: observation.request }));
    expect(observation.response).toMatchObject({ rcode: 'NOERROR', mismatches: 0, answers: [{ type: 'AAAA', address: '2001:db8::1' }] });
    expect(sent.subarray(2).toString('hex')).toBe('0010000100000000000101610276' + '6e00001c0001' + '00002904d0000080000000');
  });

  it('D3 asks with a fresh port and id each time', async () => {
    const seen = new Set<number>();
    const ports = new Set<number>();
    const server = createSocket('udp4');
    closers.push(() => server.close());
    server.on('message', (query, from) => {
      seen.add(idOf(query));
      ports.add(from.port);
      server.send(answerTo(query), from.port, from.address);
    });
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
    await Promise.all(Array.from({ length: 20 }, () => ask({ port: server.address().port })));
    expect(seen.size).toBeGreaterThan(17);
    expect(ports.size).toBeGreaterThan(10);
  });

  it.each<[string, (query: Buffer, at: number) => Buffer]>([
    ['ids', (query, at) => answerTo(query, { id: (idOf(query) + 1 + at) & 0xffff, flags: 0x8403, answers: [] })],
    ['questions', (query, at) => answerTo(query, { question: { name: wireName(`x${at}.vn`), type: 28 } })],
    ['types', (query) => answerTo(query, { question: { name: wireName('a.vn'), type: 1 } })],
    ['directions', (query) => Buffer.from(query)],
  ])('D3 1,000 forgeries with wrong %s first leave the verdict, and are counted', async (_, forge) => {
    const port = await udpServer((query, reply) => {
      let at = 0;
      const flood = (): void => {
        for (let burst = 0; burst < 50; burst += 1) reply(forge(query, at++));
        if (at < 1_000) setTimeout(flood, 1);
        else setTimeout(() => reply(answerTo(query)), 20);
      };
      flood();
    });
    const { response, failure } = await ask({ port }, withDns({ tryTimeoutMs: 3_000 }));
    expect(failure).toBeNull();
    expect(response).toMatchObject({ rcode: 'NOERROR', answers: [{ address: '2001:db8::1' }] });
    expect(response?.mismatches).toBe(1_000);
  });

  it('D3 1,000 answers from a wrong port are never heard', async () => {
    const forger = createSocket('udp4');
    closers.push(() => forger.close());
    const server = createSocket('udp4');
    closers.push(() => server.close());
    server.on('message', (query, from) => {
      for (let at = 0; at < 1_000; at += 1) forger.send(answerTo(query, { flags: 0x8403, answers: [] }), from.port, from.address);
      setTimeout(() => server.send(answerTo(query), from.port, from.address), 50);
    });
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
    const { response } = await ask({ port: server.address().port }, withDns({ tryTimeoutMs: 3_000 }));
    expect(response).toMatchObject({ rcode: 'NOERROR', mismatches: 0 });
  });

  it('D3 only forgeries end as answer-mismatch', async () => {
    const port = await udpServer((query, reply) => reply(answerTo(query, { id: idOf(query) ^ 1 })));
    const observation = await ask({ port }, withDns({ tryTimeoutMs: 80 }));
    expect(observation).toMatchObject({ response: null, peer: null, failure: failureAt('answer-mismatch', 'answer') });
  });

  it('D22 silence is a timeout at the answer, at the deadline', async () => {
    const port = await udpServer(() => {});
    const observation = await ask({ port }, withDns({ tryTimeoutMs: 120 }));
    expect(observation).toMatchObject({ response: null, peer: null, failure: failureAt('timeout', 'answer') });
    expect(observation.elapsedMs).toBeGreaterThanOrEqual(115);
    expect(observation.elapsedMs).toBeLessThan(5_000);
  });

  it('D22 a port without a server is refused, not silent', async () => {
    const observation = await ask({ port: await closedPort() });
    expect(observation).toMatchObject({ response: null, peer: null, failure: failureAt('refused', 'answer') });
  });

  it('D4 an answer with TC is a response', async () => {
    const port = await udpServer((query, reply) => reply(answerTo(query, { flags: 0x8600, answers: [] })));
    expect(await ask({ port })).toMatchObject({ failure: null, response: { truncated: true, answers: [] } });
  });

  it.each([
    ['FORMERR', 0x8001],
    ['SERVFAIL', 0x8002],
    ['NXDOMAIN', 0x8003],
    ['NOTIMP', 0x8004],
    ['REFUSED', 0x8005],
  ])('D5 D22 %s is a response', async (rcode, flags) => {
    const port = await udpServer((query, reply) => reply(answerTo(query, { flags, answers: [] })));
    expect(await ask({ port })).toMatchObject({ failure: null, response: { rcode, edns: null } });
  });

  it('D5 so is a FORMERR of twelve bytes', async () => {
    const port = await udpServer((query, reply) => reply(wireMessage({ id: idOf(query), flags: 0x8001, question: null })));
    expect(await ask({ port })).toMatchObject({ failure: null, response: { rcode: 'FORMERR', messageBytes: 12 } });
  });

  it.each<[string, (query: Buffer) => Buffer]>([
    ['five bytes', (query) => Buffer.concat([query.subarray(0, 2), Buffer.from([0x84, 0, 0])])],
    ['a cut question', (query) => answerTo(query).subarray(0, 15)],
  ])('D1 %s are malformed', async (_, broken) => {
    const port = await udpServer((query, reply) => reply(broken(query)));
    const observation = await ask({ port });
    expect(observation).toMatchObject({ response: null, peer: { port }, failure: failureAt('malformed', 'answer') });
  });

  it('D1 a broken record does not cost the others', async () => {
    const bad = wireRecord({ type: 28, rdata: Buffer.alloc(4) });
    const port = await udpServer((query, reply) => reply(answerTo(query, { answers: [bad, AAAA] })));
    expect(await ask({ port })).toMatchObject({
      failure: null,
      response: { answers: [{ address: '2001:db8::1' }], malformed: [{ rrType: 'AAAA' }] },
    });
  });

  it.each([512, 4_000, 60_000])('takes an answer of about %i bytes', async (size) => {
    const answers = Array<Buffer>(Math.floor(size / AAAA.length)).fill(AAAA);
    const port = await udpServer((query, reply) => reply(answerTo(query, { answers })));
    const { response } = await ask({ port });
    expect(response?.answers).toHaveLength(answers.length);
  });

  it('refuses more than the cap', async () => {
    const port = await udpServer((query, reply) => reply(answerTo(query)));
    expect(await ask({ port }, withDns({ maxMessageBytes: 40 }))).toMatchObject({
      response: null,
      failure: failureAt('too-large', 'answer'),
    });
  });

  it('asks over IPv6', async () => {
    const port = await udpServer((query, reply) => reply(answerTo(query)), '::1');
    expect(await ask({ port, family: 6, address: '::1' })).toMatchObject({
      failure: null,
      peer: { address: '::1', port },
      response: { rcode: 'NOERROR' },
    });
  });

  it('holds at most maxOpenSockets open, and the wait is on no clock', async () => {
    let open = 0;
    let most = 0;
    const port = await udpServer((query, reply) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        reply(answerTo(query));
      }, 300);
    });
    // All of them one after the other take longer than one may.
    const context = withDns({ maxOpenSockets: 3, tryTimeoutMs: 1_200 });
    const observations = await Promise.all(Array.from({ length: 15 }, () => ask({ port }, context)));
    expect(most).toBe(3);
    expect(observations.map(({ failure }) => failure)).toEqual(Array(15).fill(null));
    for (const { elapsedMs } of observations) expect(elapsedMs).toBeLessThan(1_200);
  });
});

describe('dnsQuery over TCP', () => {
  const tcp = { transport: 'tcp' } as const;

  it('gives the answer', async () => {
    const port = await tcpServer((query, socket) => socket.end(framed(answerTo(query))));
    const observation = await ask({ ...tcp, port });
    expect(observationSchema.parse(observation)).toEqual(observation);
    expect(observation).toMatchObject({
      failure: null,
      peer: { address: '127.0.0.1', port },
      response: { answers: [{ address: '2001:db8::1' }] },
    });
  });

  it('takes an answer of 65,535 bytes in single bytes at the length and in pieces after it', async () => {
    const port = await tcpServer((query, socket) => {
      const padding = wireRecord({ owner: wireName(''), type: 10, rdata: Buffer.alloc(65_535 - answerTo(query).length - 11) });
      const message = framed(answerTo(query, { additionals: [padding] }));
      socket.setNoDelay(true);
      socket.write(message.subarray(0, 1));
      setTimeout(() => socket.write(message.subarray(1, 2)), 10);
      setTimeout(() => socket.write(message.subarray(2, 30_000)), 20);
      setTimeout(() => socket.end(message.subarray(30_000)), 30);
    });
    expect(await ask({ ...tcp, port })).toMatchObject({
      failure: null,
      response: { messageBytes: 65_535, answers: [{ address: '2001:db8::1' }] },
    });
  });

  it('D4 refused', async () => {
    const observation = await ask({ ...tcp, port: await closedPort() });
    expect(observation).toMatchObject({ response: null, peer: null, failure: { code: 'refused', step: 'connect' } });
  });

  it.each<[string, (query: Buffer) => Buffer, string]>([
    ['at once', () => Buffer.alloc(0), '0 of 2 length bytes'],
    ['after the length bytes', (query) => u16(answerTo(query).length), '0 of 50 bytes'],
    ['inside the message', (query) => framed(answerTo(query)).subarray(0, 22), '20 of 50 bytes'],
  ])('D4 a stall %s is a timeout at the answer', async (_, part, state) => {
    const port = await tcpServer((query, socket) => socket.write(part(query)));
    const observation = await ask({ ...tcp, port }, withDns({ tcpExchangeTimeoutMs: 120 }));
    expect(observation).toMatchObject({ response: null, peer: { port }, failure: failureAt('timeout', 'answer') });
    expect(observation.failure?.detail).toBe(`${state} after 120 ms`);
  });

  it('the deadline is absolute: dripping does not move it', async () => {
    const port = await tcpServer((query, socket) => {
      const message = framed(answerTo(query));
      let at = 0;
      const timer = setInterval(() => socket.write(message.subarray(at, ++at)), 20);
      closers.push(() => clearInterval(timer));
      socket.on('close', () => clearInterval(timer));
    });
    const observation = await ask({ ...tcp, port }, withDns({ tcpExchangeTimeoutMs: 200 }));
    expect(observation).toMatchObject({ failure: failureAt('timeout', 'answer') });
    expect(observation.elapsedMs).toBeLessThan(5_000);
  });

  it.each<[string, (query: Buffer, socket: Socket) => void, Partial<Failure>]>([
    ['an end before the answer', (_, socket) => socket.end(), { code: 'reset', detail: 'connection ended, 0 of 2 length bytes' }],
    [
      'an end inside the answer',
      (query, socket) => socket.end(framed(answerTo(query)).subarray(0, 30)),
      { code: 'reset', detail: 'connection ended, 28 of 50 bytes' },
    ],
    ['a reset', (_, socket) => socket.resetAndDestroy(), { code: 'reset' }],
    ['a message of no bytes', (_, socket) => socket.end(u16(0)), { code: 'malformed' }],
    ['a cut question', (query, socket) => socket.end(framed(answerTo(query).subarray(0, 15))), { code: 'malformed' }],
    ['another id', (query, socket) => socket.end(framed(answerTo(query, { id: idOf(query) ^ 1 }))), { code: 'answer-mismatch' }],
  ])('%s', async (_, habit, failure) => {
    const port = await tcpServer(habit);
    expect(await ask({ ...tcp, port })).toMatchObject({
      response: null,
      peer: { port },
      failure: { step: 'answer', synchronous: false, ...failure },
    });
  });

  it('refuses a length over the cap without waiting for the bytes', async () => {
    const port = await tcpServer((_, socket) => socket.write(u16(0xffff)));
    expect(await ask({ ...tcp, port }, withDns({ maxMessageBytes: 1_000 }))).toMatchObject({ failure: failureAt('too-large', 'answer') });
  });
});

describe('dnsQuery obeys its context', () => {
  it.each(['udp', 'tcp'] as const)('a shutdown ends a query over %s as cancelled', async (transport) => {
    const port = transport === 'udp' ? await udpServer(() => {}) : await tcpServer(() => {});
    const controller = new AbortController();
    const context = withDns({ maxOpenSockets: 2 }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 40);
    const observations = await Promise.all(Array.from({ length: 6 }, () => ask({ port, transport }, context)));
    expect(observations.map(({ failure }) => failure?.code)).toEqual(Array(6).fill('cancelled'));
    expect((await ask({ port, transport }, context)).failure).toMatchObject({ code: 'cancelled' });
  });

  it('dials where the endpoint map says and reports the address asked for', async () => {
    const port = await udpServer((query, reply) => reply(answerTo(query)));
    const asked: unknown[] = [];
    const lookup: EndpointMap['lookup'] = (endpoint) => {
      asked.push(endpoint);
      return { address: '127.0.0.1', port };
    };
    const observation = await ask({ port: 53, family: 6, address: '2001:db8::53' }, fakeContext({ endpoints: { lookup } }));
    expect(asked).toEqual([{ transport: 'udp', address: '2001:db8::53', port: 53 }]);
    expect(observation).toMatchObject({ failure: null, peer: { address: '2001:db8::53', port: 53 }, response: { rcode: 'NOERROR' } });
  });

  it('ends with the failure of the endpoint map', async () => {
    const failure: Failure = { code: 'no-route', step: 'connect', synchronous: true, detail: 'unmapped' };
    expect(await ask({ port: 53 }, fakeContext({ endpoints: { lookup: () => ({ failure }) } }))).toMatchObject({
      response: null,
      peer: null,
      failure,
    });
  });

  it('asks the gate first', async () => {
    const failure: Failure = { code: 'address-refused', step: 'gate', synchronous: false, detail: 'loopback' };
    let asked = 0;
    const port = await udpServer(() => {
      asked += 1;
    });
    expect(await ask({ port }, fakeContext({ gate: () => failure }))).toMatchObject({ response: null, failure });
    expect(asked).toBe(0);
  });

  it.each([
    ['a host name as address', { address: 'localhost' }],
    ['an address of the other family', { family: 6 as const }],
    ['a name that cannot be sent', { name: 'a..vn' }],
    ['a type that does not exist', { type: 'NONSENSE' }],
  ])('%s is a fault of ours', async (_, request) => {
    expect(await ask({ port: 53, ...request })).toMatchObject({ response: null, failure: { code: 'internal-error' } });
  });

  // The broadcast address needs a socket option that we never set: the kernel itself refuses, as with a prohibit route.
  it('what our own kernel refuses at once is synchronous and no-route', async () => {
    const observation = await ask({ port: 53, address: '255.255.255.255' });
    expect(observation).toMatchObject({ response: null, failure: failureAt('no-route', 'connect', true) });
  });
});
