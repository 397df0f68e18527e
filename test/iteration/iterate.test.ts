import { describe, expect, test } from 'vitest';
import { iterate } from '../../src/iteration/iterate.ts';
import type { FamilyPolicy, Resolution } from '../../src/iteration/types.ts';
import { addressScope } from '../../src/model/address-registry.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { drive } from '../../src/probes/ask.ts';
import { country, ministry } from '../support/fake-country.ts';
import { type FakeInternet, type Fault, fakeInternet } from '../support/fake-dns.ts';
import type { FakeZones } from '../support/fake-zones.ts';

function resolve(internet: FakeInternet, name: string, type: string, policy: FamilyPolicy = 'both'): Promise<Resolution> {
  const roots = internet.resolution.mode === 'iterative' ? internet.resolution.rootServers : [];
  const isUsable = (address: string): boolean => addressScope(address, 'documentation-is-global').usable;
  return drive(internet.network, iterate({ roots, policy, limits: defaultSettings.dns, isUsable, seed: 'run-1' }, name, type), {
    settings: defaultSettings,
  });
}

async function look(
  zones: FakeZones,
  question: [name: string, type: string, policy?: FamilyPolicy],
  faults: Record<string, Fault> = {},
): Promise<Resolution> {
  return resolve(fakeInternet(country(zones), faults), ...question);
}

const addresses = ({ records }: Resolution): string[] =>
  records.flatMap((record) => (record.type === 'A' || record.type === 'AAAA' ? [record.address] : []));
const zones = ({ cuts }: Resolution): string[] => cuts.map(({ zone }) => zone);
const said = ({ perServer }: Resolution): string[] => perServer.map((server) => `${server.address} ${server.said}`).sort();
const provider = {
  servers: { 'ns1.dns.vn.example': ['2001:db8:b::1', '192.0.2.101'], 'ns2.dns.vn.example': ['2001:db8:b::2', '192.0.2.102'] },
};
const providerZones: FakeZones = {
  example: { servers: { 'a.nic.example': ['2001:db8:0:4::1', '198.51.100.31'] } },
  'dns.vn.example': provider,
};

describe('a zone in good order', () => {
  test('is found through its cuts and every server is asked', async () => {
    const found = await look({ 'x.gov.vn': ministry }, ['www.x.gov.vn', 'AAAA']);
    expect(found.outcome).toBe('answer');
    expect(addresses(found)).toEqual(['2001:db8:a::80']);
    expect(zones(found)).toEqual(['', 'vn', 'gov.vn', 'x.gov.vn']);
    expect(said(found)).toEqual(['192.0.2.1 answer', '192.0.2.2 answer', '2001:db8:a::1 answer', '2001:db8:a::2 answer']);
    expect(found.cuts.at(-1)).toMatchObject({
      parent: 'gov.vn',
      parentServesChild: false,
      servers: [{ name: 'ns1.x.gov.vn' }, { name: 'ns2.x.gov.vn' }],
    });
  });

  test.each([
    ['www.x.gov.vn', 'TXT', 'nodata', 'x.gov.vn'],
    ['no.x.gov.vn', 'A', 'nxdomain', 'x.gov.vn'],
    ['nowhere.gov.vn', 'SOA', 'nxdomain', 'gov.vn'],
    ['ent.x.gov.vn', 'A', 'nodata', 'x.gov.vn'],
    ['gov.vn', 'SOA', 'answer', 'gov.vn'],
    ['x.gov.vn', 'DS', 'nodata', 'gov.vn'],
    ['', 'SOA', 'answer', ''],
  ])('D22 %s %s is %s of %s', async (name, type, outcome, zone) => {
    const found = await look({ 'x.gov.vn': ministry }, [name, type]);
    expect([found.outcome, zones(found).at(-1), found.cause]).toEqual([outcome, zone, null]);
  });

  test('D16 a name three labels under gov.vn without a zone of its own belongs to gov.vn', async () => {
    const gov = country({})['gov.vn'];
    const found = await look({ 'gov.vn': { servers: gov?.servers ?? {}, records: ['www.so.tinh A 192.0.2.7'] } }, [
      'www.so.tinh.gov.vn',
      'A',
    ]);
    expect([found.outcome, found.hops[0]?.zone]).toEqual(['answer', 'gov.vn']);
  });

  test('D16 a zone cut below www is found', async () => {
    const gslb = { servers: { 'gslb.www.x.gov.vn': ['192.0.2.60'] }, records: ['@ A 192.0.2.61'] };
    const found = await look({ 'x.gov.vn': ministry, 'www.x.gov.vn': gslb }, ['www.x.gov.vn', 'A']);
    expect([found.outcome, found.hops[0]?.zone]).toEqual(['answer', 'www.x.gov.vn']);
  });

  test('agencies share the questions above their zones', async () => {
    const internet = fakeInternet(country({ 'x.gov.vn': ministry }));
    await resolve(internet, 'www.x.gov.vn', 'AAAA');
    expect(internet.asked.filter((line) => line.includes('@2001:db8:0:1:'))).toEqual([expect.stringMatching(/^NS vn @/)]);
    const before = internet.asked.length;
    await resolve(internet, 'www.x.gov.vn', 'A');
    expect(internet.asked.length - before).toBe(4);
  });
});

describe('name servers without usable glue', () => {
  test('names of another domain are resolved, both families', async () => {
    const found = await look({ ...providerZones, 'x.gov.vn': { ...provider, records: ['@ A 192.0.2.80'] } }, ['x.gov.vn', 'A']);
    expect(addresses(found)).toEqual(['192.0.2.80']);
    expect(said(found)).toHaveLength(4);
    expect(found.cuts.at(-1)?.servers[0]?.addresses.map(({ source }) => source)).toEqual(['resolved', 'resolved']);
  });

  test('glue of one server is the way to the address of the other', async () => {
    const mixed = { ...ministry, glue: 'none' as const, extraGlue: ['ns1.x.gov.vn 192.0.2.1'] };
    const found = await look({ 'x.gov.vn': mixed }, ['www.x.gov.vn', 'A']);
    expect(said(found)).toEqual(['192.0.2.1 answer', '192.0.2.2 answer', '2001:db8:a::2 answer']);
  });

  test('D9 a server inside its own zone without glue breaks it and does not loop', async () => {
    const found = await look({ 'x.gov.vn': { ...ministry, glue: 'none' } }, ['www.x.gov.vn', 'A']);
    expect([found.outcome, found.cause, found.brokenCut]).toEqual(['broken', 'dns-lame', 'x.gov.vn']);
  });

  test('D9 two zones that need each other break and do not loop', async () => {
    const found = await look(
      {
        'x.gov.vn': { glue: 'none', servers: { 'ns.y.vn': ['192.0.2.5'] } },
        'y.vn': { glue: 'none', servers: { 'ns.x.gov.vn': ['192.0.2.6'] } },
      },
      ['x.gov.vn', 'SOA'],
    );
    expect([found.outcome, found.cause, found.brokenCut]).toEqual(['broken', 'dns-lame', 'x.gov.vn']);
  });

  test('D9 a fan-out of 100 name servers stops at the budget', async () => {
    const fanOut = { servers: {}, parentNs: Array.from({ length: 100 }, (_, index) => `ns${index}.victim${index}.dns.vn.example`) };
    const internet = fakeInternet(country({ ...providerZones, 'x.gov.vn': fanOut }));
    const found = await resolve(internet, 'www.x.gov.vn', 'A');
    expect([found.outcome, found.cause]).toEqual(['broken', 'budget-exhausted']);
    expect(internet.asked.length).toBeLessThanOrEqual(defaultSettings.dns.maxQueriesPerQuestion);
  });

  test('D18 fourteen name servers are all asked', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 14 }, (_, index) => [`ns${index}.x.gov.vn`, [`192.0.2.${100 + index}`, `2001:db8:c::${index + 1}`]]),
    );
    const found = await look({ 'x.gov.vn': { servers: many, records: ['@ A 192.0.2.80'] } }, ['x.gov.vn', 'A']);
    expect(found.perServer.map((server) => server.said)).toEqual(Array.from({ length: 28 }, () => 'answer'));
  });

  test('special-purpose glue is never asked', async () => {
    const internet = fakeInternet(
      country({ 'x.gov.vn': { ...ministry, glue: 'none', extraGlue: ['ns1.x.gov.vn 127.0.0.1', 'ns2.x.gov.vn ::1'] } }),
    );
    const found = await resolve(internet, 'x.gov.vn', 'A');
    expect([found.outcome, found.cause]).toEqual(['broken', 'address-refused']);
    expect(internet.asked.filter((line) => /@(127\.0\.0\.1|::1) /.test(line))).toEqual([]);
  });

  test('D25 glue for a name outside the parent is not taken', async () => {
    const poison = { ...provider, extraGlue: ['ns1.dns.vn.example 203.0.113.66'], records: ['@ A 192.0.2.80'] };
    const internet = fakeInternet(country({ ...providerZones, 'x.gov.vn': poison }));
    const found = await resolve(internet, 'x.gov.vn', 'A');
    expect(addresses(found)).toEqual(['192.0.2.80']);
    expect(internet.asked.join()).not.toContain('203.0.113.66');
  });
});

describe('aliases', () => {
  const target: FakeZones = {
    'cdn.vn': {
      servers: { 'ns.cdn.vn': ['2001:db8:d::1', '192.0.2.151'] },
      records: ['edge AAAA 2001:db8:d::80', 'a CNAME b', 'b CNAME a'],
    },
  };
  const aliasing = (line: string): FakeZones => ({ ...target, 'x.gov.vn': { servers: ministry.servers, records: [line] } });

  test('a CNAME is followed into another zone, and both hops are kept', async () => {
    const found = await look(aliasing('www CNAME edge.cdn.vn.'), ['www.x.gov.vn', 'AAAA']);
    expect([found.outcome, found.aliases, addresses(found)]).toEqual(['answer', ['edge.cdn.vn'], ['2001:db8:d::80']]);
    expect(found.hops.map(({ name, zone, perServer }) => [name, zone, perServer.length])).toEqual([
      ['www.x.gov.vn', 'x.gov.vn', 4],
      ['edge.cdn.vn', 'cdn.vn', 2],
    ]);
    expect(zones(found)).toEqual(['', 'vn', 'cdn.vn']);
  });

  test('a DNAME is followed', async () => {
    const found = await look(aliasing('old DNAME cdn.vn.'), ['edge.old.x.gov.vn', 'AAAA']);
    expect([found.outcome, found.aliases]).toEqual(['answer', ['edge.cdn.vn']]);
  });

  test('a CNAME to nowhere is NXDOMAIN with its alias', async () => {
    const found = await look(aliasing('www CNAME gone.cdn.vn.'), ['www.x.gov.vn', 'AAAA']);
    expect([found.outcome, found.aliases]).toEqual(['nxdomain', ['gone.cdn.vn']]);
  });

  test('D23 a loop of two ends', async () => {
    const found = await look(aliasing('www CNAME a.cdn.vn.'), ['www.x.gov.vn', 'AAAA']);
    expect([found.outcome, found.cause, found.brokenCut]).toEqual(['broken', 'dns-inconsistent', 'cdn.vn']);
  });

  test.each([
    [8, 'answer', null],
    [9, 'broken', 'budget-exhausted'],
  ])('D23 a chain of %i is %s', async (length, outcome, cause) => {
    const chain = Array.from({ length }, (_, index) => `c${index} CNAME c${index + 1}`);
    const found = await look({ 'x.gov.vn': { servers: ministry.servers, records: [...chain, `c${length} A 192.0.2.80`] } }, [
      'c0.x.gov.vn',
      'A',
    ]);
    expect([found.outcome, found.cause]).toEqual([outcome, cause]);
  });
});

describe('a parent that serves the child too', () => {
  const shared = { 'a.dns.gov.vn': ['2001:db8:0:3::1', '198.51.100.21'], 'b.dns.gov.vn': ['2001:db8:0:3::2', '198.51.100.22'] };

  test('the cut is found and marked', async () => {
    const found = await look({ 'x.gov.vn': { servers: shared, records: ['www A 192.0.2.80'] } }, ['www.x.gov.vn', 'A']);
    expect(found.outcome).toBe('answer');
    expect(found.cuts.map(({ zone, parentServesChild }) => [zone, parentServesChild])).toEqual([
      ['', false],
      ['vn', false],
      ['gov.vn', false],
      ['x.gov.vn', true],
    ]);
    expect(found.perServer).toHaveLength(4);
  });

  test('names of servers inside the child are asked of the parent', async () => {
    const inside = { 'ns1.x.gov.vn': ['2001:db8:0:3::1', '198.51.100.21'], 'ns2.x.gov.vn': ['2001:db8:0:3::2', '198.51.100.22'] };
    const found = await look({ 'x.gov.vn': { servers: inside, records: ['www A 192.0.2.80'] } }, ['www.x.gov.vn', 'A']);
    expect([found.outcome, found.cuts.at(-1)?.parentServesChild, found.perServer.length]).toEqual(['answer', true, 4]);
  });

  test('a skipped cut shows by the owner of the SOA', async () => {
    const name = `${Array.from({ length: 30 }, () => 'a').join('.')}.x.gov.vn`;
    const found = await look({ 'x.gov.vn': { servers: shared, records: [] } }, [name, 'PTR']);
    expect([found.outcome, found.hops[0]?.zone]).toEqual(['nxdomain', 'x.gov.vn']);
  });
});

describe('IPv6 only', () => {
  test('only IPv6 sockets are used', async () => {
    const internet = fakeInternet(country({ 'x.gov.vn': ministry }));
    const found = await resolve(internet, 'www.x.gov.vn', 'A', 'ipv6-only');
    expect(addresses(found)).toEqual(['192.0.2.80']);
    expect(internet.observations.map(({ request }) => request.family)).toEqual(internet.observations.map(() => 6));
  });

  test('a middle cut without IPv6 is named', async () => {
    const found = await look({ 'gov.vn': { servers: { 'a.dns.gov.vn': ['198.51.100.21'] } }, 'x.gov.vn': ministry }, [
      'www.x.gov.vn',
      'AAAA',
      'ipv6-only',
    ]);
    expect([found.outcome, found.cause, found.brokenCut]).toEqual(['broken', 'dns-lame', 'gov.vn']);
    expect(zones(found)).toEqual(['', 'vn', 'gov.vn']);
  });

  test('a middle cut whose IPv6 is silent is named, while both families resolve', async () => {
    const dead: Record<string, Fault> = { '2001:db8:0:3::1': 'timeout', '2001:db8:0:3::2': 'timeout' };
    const only = await look({ 'x.gov.vn': ministry }, ['www.x.gov.vn', 'AAAA', 'ipv6-only'], dead);
    const both = await look({ 'x.gov.vn': ministry }, ['www.x.gov.vn', 'AAAA'], dead);
    expect([only.outcome, only.cause, only.brokenCut, both.outcome]).toEqual(['broken', 'dns-timeout', 'gov.vn', 'answer']);
  });

  test('D25 glue over IPv4 addresses and IPv4 glue do not help', async () => {
    const found = await look({ 'x.gov.vn': { ...ministry, glue: 'ipv4' } }, ['x.gov.vn', 'SOA', 'ipv6-only']);
    expect([found.outcome, found.brokenCut]).toEqual(['broken', 'x.gov.vn']);
  });

  test('a name server without glue over IPv6 is resolved over IPv6 through the other one', async () => {
    const found = await look({ 'x.gov.vn': { ...ministry, glue: 'none', extraGlue: ['ns1.x.gov.vn 2001:db8:a::1'] } }, [
      'x.gov.vn',
      'SOA',
      'ipv6-only',
    ]);
    expect(said(found)).toEqual(['2001:db8:a::1 answer', '2001:db8:a::2 answer']);
  });
});

describe('servers that fail', () => {
  const all = (fault: Fault): Record<string, Fault> =>
    Object.fromEntries(Object.values(ministry.servers).flatMap((list) => list.map((address) => [address, fault])));

  test.each<[Fault, string]>([
    ['timeout', 'dns-timeout'],
    ['servfail', 'dns-servfail'],
    ['refuse', 'dns-refused'],
    ['lame', 'dns-lame'],
    ['upward', 'dns-lame'],
    ['no-route', 'local-no-route'],
    ['not-attempted', 'budget-exhausted'],
    ['local-limit', 'local-limit'],
    ['refused', 'refused'],
  ])('D22 all %s is %s', async (fault, cause) => {
    const found = await look({ 'x.gov.vn': ministry }, ['www.x.gov.vn', 'A'], all(fault));
    expect([found.outcome, found.cause, found.brokenCut]).toEqual(['broken', cause, 'x.gov.vn']);
  });

  test('D7 SERVFAIL on one server and an answer on the other is an answer', async () => {
    const found = await look({ 'x.gov.vn': ministry }, ['www.x.gov.vn', 'A'], { '192.0.2.1': 'servfail', '2001:db8:a::1': 'timeout' });
    expect(found.outcome).toBe('answer');
    expect(said(found)).toEqual(['192.0.2.1 error', '192.0.2.2 answer', '2001:db8:a::1 silent', '2001:db8:a::2 answer']);
  });

  test('an answer wins over NODATA of another server, and both show', async () => {
    const denies: Fault = (request, honest) => (request.type === 'AAAA' ? { ...honest, answers: [] } : null);
    const found = await look({ 'x.gov.vn': ministry }, ['www.x.gov.vn', 'AAAA'], { '192.0.2.1': denies });
    expect([found.outcome, said(found)[0]]).toEqual(['answer', '192.0.2.1 nodata']);
  });

  test('a missing route of our own is not asked, and the other family decides', async () => {
    const noRoute = Object.fromEntries(
      ['2001:db8:0:1::1', '2001:db8:0:1::2', '2001:db8:a::1', '2001:db8:a::2'].map((address) => [address, 'no-route' as const]),
    );
    const found = await look({ 'x.gov.vn': ministry }, ['www.x.gov.vn', 'A'], noRoute);
    expect([found.outcome, said(found)]).toEqual([
      'answer',
      ['192.0.2.1 answer', '192.0.2.2 answer', '2001:db8:a::1 not-asked', '2001:db8:a::2 not-asked'],
    ]);
  });

  test('a parent that denies empty non-terminals does not hide the zone below', async () => {
    const denies: Fault = (request, honest) =>
      request.type === 'NS' && request.name === 'tinh.gov.vn' ? { ...honest, rcode: 'NXDOMAIN' } : null;
    const parents = Object.fromEntries(
      ['2001:db8:0:3::1', '2001:db8:0:3::2', '198.51.100.21', '198.51.100.22'].map((address) => [address, denies]),
    );
    const so = { servers: { 'ns.so.tinh.gov.vn': ['192.0.2.71'] }, records: ['www A 192.0.2.72'] };
    const found = await look({ 'so.tinh.gov.vn': so }, ['www.so.tinh.gov.vn', 'A'], parents);
    expect([found.outcome, found.hops[0]?.zone]).toEqual(['answer', 'so.tinh.gov.vn']);
  });

  test('D26 an AAAA record that cannot be read is no evidence of absence', async () => {
    const garbled: Fault = (request, honest) =>
      request.type === 'AAAA'
        ? { ...honest, answers: [], malformed: [{ section: 'answer', name: request.name, rrType: 'AAAA', reason: 'length 4', hex: '' }] }
        : null;
    const found = await look({ 'x.gov.vn': ministry }, ['www.x.gov.vn', 'AAAA'], all(garbled));
    expect([found.outcome, found.cause]).toEqual(['broken', 'malformed']);
  });
});
