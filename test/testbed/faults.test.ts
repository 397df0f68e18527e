import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Family } from '../../src/model/observation.ts';
import { planAddress } from '../../src/testbed/address-plan.ts';
import { loadScenarios, type Scenario, scenarioSchema } from '../../src/testbed/scenario.ts';
import { startTestbed, type Testbed } from '../../src/testbed/testbed.ts';
import { answerTcp, answerUdp, askUdp, get, handshake, talk } from '../support/testbed-client.ts';

const machines = { ns1: 0, ns2: 1, web: 2, mail: 3 } as const;

/** Scenarios made for this file: one for each fault, in the language of fixtures/scenarios. */
function made(id: string, slot: number, changes: unknown): Scenario {
  const agency = { name: { vi: id, en: id }, domain: 'healthy.gov.vn'.replace('healthy', id) };
  return scenarioSchema.parse({ id, slot, title: { vi: id, en: id }, agency, changes, expect: [] });
}

const dnsActions = [
  'refused',
  'servfail',
  'nxdomain',
  'notimp',
  'formerr',
  'nodata',
  'no-aa',
  'upward-referral',
  'truncate',
  'short-address',
] as const;
const www = 'www.dns-actions.gov.vn';
const scenarios = [
  made('dns-actions', 1, {
    add: dnsActions.map((action) => `${action} AAAA $web.6`),
    dns: dnsActions.map((action) => ({ name: action, do: action })),
  }),
  made('dns-sockets', 2, {
    endpoints: [
      { node: 'ns1', family: 6, port: 'dns-udp', do: 'drop' },
      { node: 'ns1', family: 6, port: 'dns-tcp', do: 'refuse' },
      { node: 'ns2', family: 6, port: 'dns-tcp', do: 'reset' },
    ],
    dns: [
      { node: 'ns1', family: 4, every: 2, do: 'drop' },
      { node: 'ns2', family: 4, transport: 'udp', do: 'wrong-id-first' },
      { node: 'ns2', family: 4, transport: 'tcp', do: 'cut-after-length' },
      { node: 'ns2', family: 6, edns: true, do: 'formerr' },
    ],
  }),
  made('web-sockets', 3, {
    endpoints: [
      { node: 'web', family: 6, port: '443', do: 'drop' },
      { node: 'web', family: 4, port: '443', do: 'drop' },
      { node: 'web', family: 6, port: '80', do: 'reset' },
      { node: 'web', family: 4, port: '80', do: 'silent' },
      { node: 'mail', family: 6, do: 'unreachable' },
      { node: 'mail', family: 4, do: 'prohibited' },
    ],
  }),
  made('web-replies', 4, {
    web: [
      { path: '/dung-dau', do: { stall: 'headers' } },
      { host: '@', do: { stall: 'body' } },
      { path: '/lon', do: { stall: 'headers', whenHeadersOver: 2500, page: 'tiny' } },
      { host: 'www', first: 1, do: { status: 429, page: 'error', headers: { 'retry-after': '60' } } },
      { host: 'www', do: { gzip: true } },
      { path: '/cat', do: { reset: true } },
    ],
  }),
  made('smtp-replies', 5, {
    smtp: [
      { family: 4, first: 1, do: { banner: '554 5.7.1 no' } },
      { family: 4, first: 1, do: { bannerDelayMs: 250 } },
      { family: 4, first: 1, do: { ehlo: 'no-starttls' } },
      { family: 4, first: 1, do: { startTls: 'injected' } },
      { family: 4, first: 1, do: { startTls: '454' } },
      { family: 6, first: 1, do: { silent: true } },
    ],
  }),
];

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ scenarios });
});
afterAll(() => testbed.stop());

const at = (slot: number, machine: keyof typeof machines, family: Family): string => planAddress(slot, machines[machine], family);

describe('DNS actions', () => {
  const expected: Record<(typeof dnsActions)[number], object> = {
    refused: { rcode: 'REFUSED', answers: [] },
    servfail: { rcode: 'SERVFAIL', answers: [] },
    nxdomain: { rcode: 'NXDOMAIN', flag_aa: true, answers: [] },
    notimp: { rcode: 'NOTIMP', answers: [] },
    formerr: { rcode: 'FORMERR', answers: [] },
    nodata: { rcode: 'NOERROR', flag_aa: true, answers: [] },
    'no-aa': { rcode: 'NOERROR', flag_aa: false, answers: [{ type: 'AAAA' }] },
    'upward-referral': { rcode: 'NOERROR', flag_aa: false, answers: [], authorities: [{ type: 'NS', name: '.' }] },
    truncate: { flag_tc: true, answers: [] },
    'short-address': { rcode: 'NOERROR' },
  };
  for (const action of dnsActions) {
    it(`D26 ${action}`, async () => {
      const [message] = await askUdp(testbed, { address: at(1, 'ns1', 6), name: `${action}.dns-actions.gov.vn`, type: 'AAAA' });
      if (action === 'short-address') expect(message?.toString('hex')).toContain('001c00010000012c000420010db8');
      else
        expect(await answerUdp(testbed, { address: at(1, 'ns1', 6), name: `${action}.dns-actions.gov.vn`, type: 'AAAA' })).toMatchObject(
          expected[action],
        );
    });
  }

  it('leave other names alone', async () => {
    expect(await answerUdp(testbed, { address: at(1, 'ns1', 4), name: www, type: 'A' })).toMatchObject({
      rcode: 'NOERROR',
      answers: [{ data: at(1, 'web', 4) }],
    });
  });
});

describe('DNS sockets', () => {
  const soa = { name: 'dns-sockets.gov.vn', type: 'SOA', waitMs: 800 };
  it('drop over UDP is silence, and TCP refuses or resets', async () => {
    expect(await askUdp(testbed, { ...soa, address: at(2, 'ns1', 6) })).toEqual([]);
    expect((await talk(testbed, { address: at(2, 'ns1', 6), port: 53 })).end).toBe('ECONNREFUSED');
    expect((await talk(testbed, { address: at(2, 'ns2', 6), port: 53, send: 'x' })).end).toBe('ECONNRESET');
  });

  it('D8 every second query is lost', async () => {
    const got: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) got.push((await askUdp(testbed, { ...soa, address: at(2, 'ns1', 4) })).length);
    expect(got).toEqual([1, 0, 1, 0]);
  });

  it('D3 a forged id comes before the true answer', async () => {
    const messages = await askUdp(testbed, { ...soa, address: at(2, 'ns2', 4) });
    expect(messages.map((message) => message.readUInt16BE(0) === 4711)).toEqual([false, true]);
  });

  it('D4 TCP stalls after the length bytes', async () => {
    const query = Buffer.from('001e00000100000100000000000003777777036e696300', 'hex');
    const { bytes, end } = await talk(testbed, {
      address: at(2, 'ns2', 4),
      port: 53,
      send: Buffer.concat([query, Buffer.from('0000010001', 'hex'), Buffer.alloc(8)]),
    });
    expect(end).toBe('open');
    expect(bytes.length).toBeLessThanOrEqual(2);
    expect(await answerTcp(testbed, { ...soa, address: at(2, 'ns2', 4) })).toBeNull();
  });

  it('D5 FORMERR for a query with EDNS, an answer without', async () => {
    expect(await answerUdp(testbed, { ...soa, address: at(2, 'ns2', 6) })).toMatchObject({ rcode: 'FORMERR' });
    expect(await answerUdp(testbed, { ...soa, address: at(2, 'ns2', 6), edns: false })).toMatchObject({ rcode: 'NOERROR', flag_aa: true });
  });
});

describe('connections', () => {
  for (const family of [4, 6] as const) {
    it(`a dropped SYN is never answered, over IPv${family}`, async () => {
      expect(testbed.notes.filter((note) => note.includes('kernel'))).toEqual([]);
      expect((await talk(testbed, { address: at(3, 'web', family), port: 443, waitMs: 1_200 })).end).toBe('no-connect');
    });
  }

  it('reset and silent', async () => {
    expect((await talk(testbed, { address: at(3, 'web', 6), port: 80, send: 'GET / HTTP/1.1\r\n\r\n' })).end).toBe('ECONNRESET');
    expect(await talk(testbed, { address: at(3, 'web', 4), port: 80, send: 'GET / HTTP/1.1\r\n\r\n' })).toMatchObject({
      end: 'open',
      bytes: Buffer.alloc(0),
    });
  });

  it('a made-up router says unreachable or prohibited, not at once', () => {
    const look = (family: Family): unknown => testbed.endpoints.lookup({ transport: 'tcp', address: at(3, 'mail', family), port: 25 });
    expect(look(6)).toMatchObject({ failure: { code: 'host-unreachable', synchronous: false } });
    expect(look(4)).toMatchObject({ failure: { code: 'admin-prohibited', synchronous: false } });
  });
});

describe('web replies', () => {
  const host = 'web-replies.gov.vn';
  const address = at(4, 'web', 6);

  it('W2 stalls before the headers, and in the body after less than a packet', async () => {
    expect(await get(testbed, { address, host, path: '/dung-dau', waitMs: 800 })).toBe('');
    const [head = '', body = ''] = (await get(testbed, { address, host, waitMs: 1_500 })).split('\r\n\r\n');
    expect(Number(/content-length: (\d+)/.exec(head)?.[1])).toBeGreaterThan(8_192);
    expect(Buffer.byteLength(body)).toBeGreaterThan(1_000);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(1_203);
  });

  it('W19 stalls on large request headers only', async () => {
    expect(await get(testbed, { address, host, path: '/lon', headers: `X-Pad: ${'a'.repeat(3_000)}\r\n`, waitMs: 800 })).toBe('');
    expect(await get(testbed, { address, host, path: '/lon', waitMs: 4_000 })).toMatch(/^HTTP\/1\.1 404/);
  });

  it('W14 refuses the first request, then compresses', async () => {
    expect(await get(testbed, { address, host: `www.${host}` })).toMatch(/^HTTP\/1\.1 429 [\s\S]*retry-after: 60/);
    expect(await get(testbed, { address, host: `www.${host}` })).toMatch(/^HTTP\/1\.1 200 [\s\S]*content-encoding: gzip/);
  });

  it('cuts a connection in the middle of a request', async () => {
    expect(await get(testbed, { address, host, path: '/cat', waitMs: 300 })).toBe('');
  });
});

describe('SMTP replies', () => {
  const address = at(5, 'mail', 4);
  const session = async (send: string, waitMs = 1_200): Promise<string> =>
    (await talk(testbed, { address, port: 25, send, waitMs })).bytes.toString();

  it('M6 554, M1 a slow banner and early talk, M5 no STARTTLS, M4 injection, 454', async () => {
    expect(await session('')).toBe('554 5.7.1 no\r\n');
    const slow = performance.now();
    expect(await session('EHLO som\r\n', 1_500)).toContain('220 mail.smtp-replies.gov.vn ESMTP');
    expect(performance.now() - slow).toBeGreaterThan(240);
    expect(testbed.requestLog.filter((entry) => entry.detail === 'early-talk')).toHaveLength(1);
    const plain = await session('EHLO a\r\nQUIT\r\n');
    expect(plain).toContain('250-SIZE');
    expect(plain).not.toContain('STARTTLS');
    expect(plain).toContain('221 ');
    expect(await session('EHLO a\r\nSTARTTLS\r\n')).toContain('220 ready\r\n250 injected\r\n');
    expect(await session('EHLO a\r\nSTARTTLS\r\n')).toContain('454 ');
  });

  it('M1 silent over IPv6', async () => {
    expect(await talk(testbed, { address: at(5, 'mail', 6), port: 25 })).toMatchObject({ end: 'open', bytes: Buffer.alloc(0) });
  });
});

describe('W8 certificates of the shipped scenarios', () => {
  const rows = [
    { id: 'tls-expired-ipv6', refusal: 'CERT_HAS_EXPIRED' },
    { id: 'tls-wrong-name-ipv6', refusal: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    { id: 'tls-chain-incomplete-ipv6', refusal: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
  ];
  for (const { id, refusal } of rows) {
    it(`${id}: ${refusal} over IPv6 and none over IPv4`, async () => {
      const all = (await loadScenarios()).filter((scenario) => scenario.id === id);
      const [scenario] = all;
      if (scenario === undefined) throw new Error(`no scenario ${id}`);
      const own = await startTestbed({ scenarios: all });
      const shown = async (family: Family): Promise<string | null> => {
        const { socket, refusal: seen } = await handshake(own, { address: at(scenario.slot, 'web', family), host: scenario.agency.domain });
        socket.destroy();
        return seen;
      };
      expect([await shown(6), await shown(4)]).toEqual([refusal, null]);
      await own.stop();
    });
  }
});
