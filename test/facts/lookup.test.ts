import { describe, expect, test } from 'vitest';
import { addressSet, lookup, resolveUnder, zoneOf } from '../../src/facts/lookup.ts';
import { iterate } from '../../src/iteration/iterate.ts';
import type { FamilyPolicy } from '../../src/iteration/types.ts';
import { addressScope } from '../../src/model/address-registry.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { probeAddresses } from '../../src/probes/addresses.ts';
import { drive } from '../../src/probes/ask.ts';
import { discoverZone } from '../../src/probes/delegation.ts';
import { country, ministry } from '../support/fake-country.ts';
import { type Fault, fakeAgencyContext, fakeInternet, fakeProbeContext, observed } from '../support/fake-dns.ts';
import { emptyResponse, type FakeZones } from '../support/fake-zones.ts';

async function audited(host: string, zones: FakeZones = { 'x.gov.vn': ministry }, faults: Record<string, Fault> = {}) {
  const internet = fakeInternet(country(zones), faults);
  const probe = fakeProbeContext(internet);
  await probeAddresses(probe, host);
  await discoverZone(probe, host);
  return internet;
}

const everyServer = (fault: Fault): Record<string, Fault> =>
  Object.fromEntries(Object.values(ministry.servers).flatMap((list) => list.map((address) => [address, fault])));

describe('the same engine over stored evidence', () => {
  const aliasZones: FakeZones = {
    'x.gov.vn': { servers: ministry.servers, records: ['www CNAME edge.cdn.vn.'] },
    'cdn.vn': { servers: { 'ns.dns.vn.example': ['2001:db8:b::1', '192.0.2.101'] }, records: ['edge AAAA 2001:db8:d::80'] },
    example: { servers: { 'a.nic.example': ['2001:db8:0:4::1', '198.51.100.31'] } },
    'dns.vn.example': { servers: { 'ns.dns.vn.example': ['2001:db8:b::1', '192.0.2.101'] } },
  };
  const policies: FamilyPolicy[] = ['both', 'ipv6-only', 'ipv4-only'];
  const rows: [string, FakeZones, Record<string, Fault>][] = [
    ['in good order', { 'x.gov.vn': ministry }, {}],
    ['through an alias and resolved servers', aliasZones, {}],
    [
      'with one server failing and one dropping EDNS',
      { 'x.gov.vn': ministry },
      { '192.0.2.1': 'servfail', '2001:db8:a::2': ({ udpPayloadBytes }) => (udpPayloadBytes === null ? null : 'timeout') },
    ],
    [
      'with truncated answers',
      { 'x.gov.vn': ministry },
      everyServer(({ transport }, honest) => (transport === 'udp' ? { ...honest, truncated: true, answers: [] } : null)),
    ],
    ['broken at the parent over IPv6', { 'x.gov.vn': ministry }, { '2001:db8:0:3::1': 'timeout', '2001:db8:0:3::2': 'refuse' }],
  ];

  test.each(rows.flatMap(([title, zones, faults]) => policies.map((policy) => ({ title, zones, faults, policy }))))(
    '$title, $policy',
    async ({ zones, faults, policy }) => {
      const internet = fakeInternet(country(zones), faults);
      const roots = internet.resolution.mode === 'iterative' ? internet.resolution.rootServers : [];
      const isUsable = (address: string): boolean => addressScope(address, 'documentation-is-global').usable;
      const options = { roots, policy, limits: defaultSettings.dns, isUsable, seed: 'run-1' };
      const live = await drive(internet.network, iterate(options, 'www.x.gov.vn', 'AAAA'), { settings: defaultSettings });
      expect(resolveUnder(fakeAgencyContext(internet), 'www.x.gov.vn', 'AAAA', policy)).toEqual(live);
    },
  );
});

describe('rounds', () => {
  const retest = 'retest' as const;

  test('a retest with a response wins over a failed first round', async () => {
    const internet = await audited('www.x.gov.vn', undefined, everyServer('timeout'));
    expect(lookup(fakeAgencyContext(internet), 'www.x.gov.vn', 'AAAA')).toMatchObject({ known: false, cause: 'dns-timeout' });
    const healthy = fakeInternet(country({ 'x.gov.vn': ministry }));
    for (const observation of [...internet.observations]) {
      if (observation.op !== 'dns-query' || observation.failure === null) continue;
      internet.observations.push(await healthy.network.perform({ op: 'dns-query', request: { ...observation.request, round: retest } }));
    }
    expect(lookup(fakeAgencyContext(internet), 'www.x.gov.vn', 'AAAA')).toMatchObject({ known: true, value: { outcome: 'answer' } });
  });

  test('a failed retest does not undo an answer', async () => {
    const internet = await audited('www.x.gov.vn');
    for (const observation of [...internet.observations])
      if (observation.op === 'dns-query') internet.observations.push(observed({ ...observation.request, round: retest }, 'timeout'));
    expect(lookup(fakeAgencyContext(internet), 'www.x.gov.vn', 'AAAA')).toMatchObject({
      known: true,
      value: { outcome: 'answer', zone: 'x.gov.vn' },
    });
  });
});

describe('lookup', () => {
  test('names the cause and the evidence of what is unknown', async () => {
    const internet = await audited('www.x.gov.vn', undefined, everyServer('servfail'));
    const found = lookup(fakeAgencyContext(internet), 'www.x.gov.vn', 'AAAA');
    expect(found).toMatchObject({ known: false, cause: 'dns-servfail' });
    expect(found.observations.length).toBeGreaterThan(4);
  });

  test.each([
    [{ crashes: [{ probe: 'addresses', detail: '' }] }, 'probe-error'],
    [{ budgetExhausted: true }, 'budget-exhausted'],
    [{}, 'not-attempted'],
  ])('nothing asked: %o is %s', (changes, cause) => {
    const internet = fakeInternet(country({ 'x.gov.vn': ministry }));
    expect(lookup(fakeAgencyContext(internet, changes), 'www.x.gov.vn', 'AAAA')).toMatchObject({ known: false, cause });
  });

  test('V4 an intercepted path makes even answers unknown', async () => {
    const context = fakeAgencyContext(await audited('www.x.gov.vn'), { vantage: { dnsPath: 'intercepted' } });
    expect(lookup(context, 'www.x.gov.vn', 'AAAA')).toMatchObject({ known: false, cause: 'vantage-dns-intercepted' });
    expect(zoneOf(context, 'www.x.gov.vn')).toMatchObject({ known: false, cause: 'vantage-dns-intercepted' });
  });

  test('V1 silence without any proof of our DNS is ours', async () => {
    const internet = await audited('www.x.gov.vn', undefined, everyServer('timeout'));
    const context = fakeAgencyContext(internet, { vantage: { dns: { '4': 'unproven', '6': 'unproven' } } });
    expect(lookup(context, 'www.x.gov.vn', 'AAAA')).toMatchObject({ known: false, cause: 'vantage-no-ipv4' });
  });
});

describe('addressSet', () => {
  test('tells usable from unusable addresses', async () => {
    const records = ['www AAAA 2001:db8:a::80', 'www AAAA fe80::1', 'www AAAA ::1'];
    const internet = await audited('www.x.gov.vn', { 'x.gov.vn': { servers: ministry.servers, records } });
    expect(addressSet(fakeAgencyContext(internet), 'www.x.gov.vn', 6)).toMatchObject({
      known: true,
      value: {
        outcome: 'answer',
        usable: ['2001:db8:a::80'],
        unusable: [{ address: '::1', scope: 'loopback' }, { address: 'fe80::1' }],
        onAllServers: true,
        zone: 'x.gov.vn',
      },
    });
    expect(addressSet(fakeAgencyContext(internet), 'www.x.gov.vn', 4)).toMatchObject({
      known: true,
      value: { outcome: 'nodata', usable: [] },
    });
  });

  test('records on some servers only are said to be so', async () => {
    const denies: Fault = (request, honest) => (request.type === 'AAAA' ? { ...honest, answers: [] } : null);
    const context = fakeAgencyContext(await audited('www.x.gov.vn', undefined, { '192.0.2.1': denies }));
    expect(addressSet(context, 'www.x.gov.vn', 6)).toMatchObject({
      known: true,
      value: { usable: ['2001:db8:a::80'], onAllServers: false },
    });
    expect(addressSet(context, 'www.x.gov.vn', 4)).toMatchObject({ known: true, value: { onAllServers: true } });
  });
});

describe('resolver mode', () => {
  async function viaFake(answer: Fault) {
    const internet = fakeInternet(country({ 'x.gov.vn': ministry }), { '192.0.2.53': answer });
    internet.resolution = { mode: 'resolver', resolvers: ['192.0.2.53'] };
    await probeAddresses(fakeProbeContext(internet), 'www.x.gov.vn');
    return internet;
  }
  const answers: Fault = ({ name, type }) => ({
    ...emptyResponse,
    recursionAvailable: true,
    answers: [
      { type: 'CNAME', name, ttl: 1, target: 'edge.cdn.vn' },
      ...(type === 'AAAA' ? [{ type: 'AAAA' as const, name: 'edge.cdn.vn', ttl: 1, address: '2001:db8:d::80' }] : []),
    ],
  });

  test("the resolver's answer decides, and there are no zones", async () => {
    const context = fakeAgencyContext(await viaFake(answers), { vantage: { dnsPath: 'resolver-only' } });
    expect(addressSet(context, 'www.x.gov.vn', 6)).toMatchObject({
      known: true,
      value: { usable: ['2001:db8:d::80'], aliases: ['edge.cdn.vn'], onAllServers: true, zone: '' },
    });
    expect(addressSet(context, 'www.x.gov.vn', 4)).toMatchObject({ known: true, value: { outcome: 'nodata' } });
    expect(zoneOf(context, 'www.x.gov.vn')).toMatchObject({ known: false, cause: 'vantage-dns-intercepted' });
  });

  test('D21 V3 an AAAA that DNS64 may have made up does not count', async () => {
    const context = fakeAgencyContext(await viaFake(answers), { vantage: { dnsPath: 'resolver-only', dns64: true } });
    expect(addressSet(context, 'www.x.gov.vn', 6)).toMatchObject({ known: false, cause: 'vantage-dns-intercepted' });
    expect(addressSet(context, 'www.x.gov.vn', 4).known).toBe(true);
  });

  test.each([
    [6, 'fd00::80'],
    [6, 'fec0::80'],
    [6, '::1'],
    [4, '10.1.2.3'],
    [4, '100.64.0.1'],
  ] as const)('A7 IPv%i: the private %s of a resolver may be the inside of a split horizon: no finding', async (family, address) => {
    const inside: Fault = ({ name, type }) => ({
      ...emptyResponse,
      recursionAvailable: true,
      answers:
        type === (family === 6 ? 'AAAA' : 'A')
          ? [
              { type, name, ttl: 1, address },
              { type, name, ttl: 1, address: family === 6 ? '2001:db8:d::80' : '192.0.2.80' },
            ]
          : [],
    });
    const internet = await viaFake(inside);
    const context = fakeAgencyContext(internet, { vantage: { dnsPath: 'resolver-only' } });
    expect(addressSet(context, 'www.x.gov.vn', family)).toMatchObject({ known: false, cause: 'vantage-dns-intercepted' });
    // Who allows private addresses measures the inside on purpose.
    const lab = fakeAgencyContext(internet, { vantage: { dnsPath: 'resolver-only' } });
    lab.manifest.addressPolicy = 'allow-private';
    expect(addressSet(lab, 'www.x.gov.vn', family).known).toBe(true);
  });

  test('A7 the same private address from the authoritative servers is published to all', async () => {
    const internet = await audited('www.x.gov.vn', { 'x.gov.vn': { servers: ministry.servers, records: ['www AAAA fd00::80'] } });
    expect(addressSet(fakeAgencyContext(internet), 'www.x.gov.vn', 6)).toMatchObject({
      known: true,
      value: { usable: [], unusable: [{ address: 'fd00::80', scope: 'unique-local' }] },
    });
  });

  test.each<[Fault, string]>([
    ['servfail', 'dns-servfail'],
    ['timeout', 'dns-timeout'],
    ['refuse', 'dns-refused'],
    ['lame', 'dns-lame'],
  ])('D22 a resolver that %s decides nothing', async (fault, cause) => {
    expect(addressSet(fakeAgencyContext(await viaFake(fault)), 'www.x.gov.vn', 6)).toMatchObject({ known: false, cause });
  });
});

describe('zoneOf', () => {
  test('gives the cut and the cuts above, of the host and not of its alias', async () => {
    const zones: FakeZones = { 'x.gov.vn': { servers: ministry.servers, records: ['www CNAME www.dns.vn.'] } };
    const found = zoneOf(fakeAgencyContext(await audited('www.x.gov.vn', zones)), 'www.x.gov.vn');
    expect(found).toMatchObject({ known: true, value: { zone: 'x.gov.vn', cut: { zone: 'x.gov.vn', parent: 'gov.vn' } } });
    expect(found.known && found.value.parentChain.map(({ zone }) => zone)).toEqual(['', 'vn', 'gov.vn']);
  });

  test.each([
    ['nowhere.gov.vn', 'domain-not-found'],
    ['www.nowhere.gov.vn', 'domain-not-found'],
    ['no.x.gov.vn', null],
  ])('%s: %s', async (host, cause) => {
    const found = zoneOf(fakeAgencyContext(await audited(host)), host);
    expect(found.known ? null : found.cause).toBe(cause);
  });

  test.each(['x.gov.vn', 'www.x.gov.vn'])('the zone of %s is known though its servers are silent', async (host) => {
    const found = zoneOf(fakeAgencyContext(await audited(host, undefined, everyServer('timeout'))), host);
    expect(found).toMatchObject({ known: true, value: { zone: 'x.gov.vn' } });
  });

  test('a broken parent leaves the zone unknown', async () => {
    const dead = Object.fromEntries(
      ['2001:db8:0:3::1', '2001:db8:0:3::2', '198.51.100.21', '198.51.100.22'].map((address) => [address, 'timeout' as const]),
    );
    const found = zoneOf(fakeAgencyContext(await audited('x.gov.vn', undefined, dead)), 'x.gov.vn');
    expect(found).toMatchObject({ known: false, cause: 'dns-timeout' });
  });
});
