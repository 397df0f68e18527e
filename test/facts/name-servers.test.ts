import { describe, expect, it } from 'vitest';
import { delegationOf } from '../../src/facts/delegation.ts';
import { known, unknown } from '../../src/facts/fact.ts';
import { glueMatchOf } from '../../src/facts/glue-match.ts';
import { delegationViewOf, nameServersOf } from '../../src/facts/name-servers.ts';
import { ipv6TransportsOf } from '../../src/facts/transport-summary.ts';
import {
  address,
  addressSetFact,
  type ContextParts,
  type DnsObservation,
  dns,
  dnsContext,
  ns,
  ns1v6,
  ns2v6,
  soa,
  zone,
  zoneCut,
} from '../support/dns-context.ts';

const ns1 = `ns1.${zone}`;
const ns2 = `ns2.${zone}`;
const parentAddress = '2001:dcd:1::1';

interface Shape {
  glue?: Record<string, string[]>;
  parentNames?: string[];
  childNames?: string[];
  addresses?: Record<string, string[]>;
  tcpReferral?: boolean;
  more?: DnsObservation[];
  alive?: string[];
  serves?: boolean;
  /** Addresses that serve the parent and are glue of the zone. */
  shared?: string[];
}

function context(
  { glue = {}, parentNames = [ns1, ns2], childNames = [ns1, ns2], addresses = { [ns1]: [ns1v6], [ns2]: [ns2v6] }, ...rest }: Shape = {},
  parts: ContextParts = {},
) {
  const { tcpReferral = true, more = [], alive = [ns1v6, ns2v6], serves = false, shared = [] } = rest;
  const additionals = Object.entries(glue).flatMap(([name, list]) => list.map((value) => address(name, value)));
  const said = { authoritative: false, authorities: parentNames.map((name) => ns(name)), additionals };
  const referrals = [
    dns(parentAddress, `${zone} NS`, said),
    ...(tcpReferral ? [dns(parentAddress, `${zone} NS`, { ...said, transport: 'tcp' as const })] : []),
  ];
  const servers = alive.flatMap((each) => [
    dns(each, `${zone} NS`, { answers: childNames.map((name) => ns(name)) }),
    dns(each, `${zone} SOA`, { answers: [soa()] }),
    dns(each, `${zone} SOA`, { answers: [soa()], transport: 'tcp' }),
  ]);
  const cut = zoneCut(
    zone,
    'gov.vn',
    Object.fromEntries(parentNames.map((name) => [name, glue[name] ?? []])),
    referrals.slice(0, 1).map(({ id }) => id),
  );
  const parent = zoneCut('gov.vn', 'vn', { 'a.dns-servers.vn': [parentAddress, ...shared] });
  const place = { zone, cut: { ...cut, parentServesChild: serves }, parentChain: [parent] };
  const sets = Object.entries(addresses).flatMap(([name, list]) => [
    [`${name} 6`, addressSetFact(6, list)],
    [`${name} 4`, addressSetFact(4, [])],
  ]);
  return dnsContext({
    observations: [...referrals, ...servers, ...more],
    places: { [zone]: known(place) },
    addresses: Object.fromEntries(sets),
    ...parts,
  });
}

function valueIn<Value>(fact: { known: true; value: Value } | { known: false; cause: string }): Value {
  if (!fact.known) throw new Error(fact.cause);
  return fact.value;
}

describe('delegation', () => {
  it('D19 both views are read and shown', () => {
    const delegation = valueIn(delegationOf(context({ parentNames: [ns1, ns2, 'ns3.other.vn'], childNames: [ns1, ns2] }), zone));
    expect(delegation).toMatchObject({
      parent: 'gov.vn',
      parentNames: [ns1, ns2, 'ns3.other.vn'],
      childNames: [ns1, ns2],
      referrals: { udp: 1, tcp: 1 },
    });
    expect(delegation.childSets).toEqual([{ names: [ns1, ns2], addresses: [ns1v6, ns2v6] }]);
  });

  it('a lame child that refers to itself is not taken for the parent', () => {
    const self = dns(ns1v6, `www.${zone} A`, { authoritative: false, authorities: [ns('ns9.x.vn')], additionals: [] });
    expect(valueIn(delegationOf(context({ glue: { [ns1]: [ns1v6] }, more: [self], shared: [ns1v6] }), zone)).parentNames).toEqual([
      ns1,
      ns2,
    ]);
  });

  it('a parent that serves the child hides its view', () => {
    expect(valueIn(delegationOf(context({ serves: true }), zone))).toMatchObject({ parentNames: null, glue: [] });
  });

  it('a name that the parent denies does not exist; its servers are unknown', () => {
    const missing = dnsContext({ places: { [zone]: unknown('domain-not-found') } });
    expect(valueIn(delegationViewOf(missing, zone))).toMatchObject({ exists: false, nameServers: null });
    expect(nameServersOf(missing, zone)).toMatchObject({ known: false, cause: 'domain-not-found' });
  });

  it.each([
    ['resolver mode', { mode: 'resolver' as const }],
    ['an intercepted path', { dnsPath: 'intercepted' as const }],
  ])('%s says nothing about authoritative servers', (_title, parts) => {
    for (const fact of [delegationOf, nameServersOf, glueMatchOf]) {
      expect(fact(context({}, parts), zone)).toMatchObject({ known: false, cause: 'vantage-dns-intercepted' });
    }
  });
});

describe('name servers', () => {
  it('D18 14 names of which only the last two have AAAA: all are looked at', () => {
    const names = Array.from({ length: 14 }, (_, index) => `ns${String(index + 1).padStart(2, '0')}.other.vn`);
    const addresses = Object.fromEntries(names.map((name, index) => [name, index >= 12 ? [index === 12 ? ns1v6 : ns2v6] : []]));
    const { servers } = valueIn(nameServersOf(context({ parentNames: names, childNames: names, addresses }), zone));
    expect(servers.filter(({ ipv6 }) => ipv6.known && ipv6.value.usable.length > 0).map(({ name }) => name)).toEqual(names.slice(12));
  });

  it('D19 a server that one side alone names is looked at too', () => {
    const [before, after] = ['ns0.other.vn', 'ns9.other.vn'];
    const addresses = { [ns1]: [ns1v6], [before]: [ns2v6], [after]: [ns2v6] };
    const { servers } = valueIn(nameServersOf(context({ parentNames: [before, ns1], childNames: [ns1, after], addresses }), zone));
    expect(servers.map(({ name, inParent, inChild }) => [name, inParent, inChild])).toEqual([
      [before, true, false],
      [ns1, true, true],
      [after, false, true],
    ]);
  });

  it('D17 one address of two names is asked and shown once', () => {
    const fact = context({ addresses: { [ns1]: [ns1v6], [ns2]: [ns1v6] } });
    expect(valueIn(nameServersOf(fact, zone)).servers).toHaveLength(2);
    expect(valueIn(ipv6TransportsOf(fact, zone)).udp.good).toEqual([`${ns1} [${ns1v6}]`]);
  });

  it('glue that is not published is asked, but left out of the transport checks', () => {
    const fact = context({ glue: { [ns1]: [ns1v6, '2001:dc8:9::1'] } });
    const [server] = valueIn(nameServersOf(fact, zone)).servers;
    expect(server?.addresses.map((each) => [each.address, each.published])).toEqual([
      [ns1v6, true],
      ['2001:dc8:9::1', false],
    ]);
    expect(valueIn(ipv6TransportsOf(fact, zone)).udp).toMatchObject({ bad: [], unmeasured: [] });
  });

  it('a look-up that failed leaves the transport unmeasured', () => {
    const fact = context(
      {},
      {
        addresses: {
          [`${ns1} 6`]: unknown('dns-timeout'),
          [`${ns1} 4`]: unknown('dns-timeout'),
          [`${ns2} 6`]: addressSetFact(6, []),
          [`${ns2} 4`]: addressSetFact(4, []),
        },
      },
    );
    expect(valueIn(ipv6TransportsOf(fact, zone)).tcp).toMatchObject({ good: [], unmeasured: [ns1], unmeasuredCause: 'dns-timeout' });
  });
});

describe('glue', () => {
  const extra = '2001:dc8:9::1';
  const stale = [dns(extra, `${zone} SOA`, { rcode: 'REFUSED' }), dns(extra, `${zone} SOA`, { rcode: 'REFUSED', transport: 'tcp' })];
  const live = [dns(extra, `${zone} SOA`, { answers: [soa()] })];
  it.each([
    ['equal', { glue: { [ns1]: [ns1v6] } }, 'equal'],
    ['the child has more', { glue: { [ns1]: [ns1v6] }, addresses: { [ns1]: [ns1v6, extra], [ns2]: [] } }, 'child-has-more'],
    ['extra glue that is dead, beside good glue', { glue: { [ns1]: [ns1v6, extra] }, more: stale }, 'stale'],
    ['extra glue that serves the zone', { glue: { [ns1]: [ns1v6, extra] }, more: live }, 'differs'],
    ['other glue that serves the zone', { glue: { [ns1]: [extra] }, more: live }, 'differs'],
    ['other glue that is dead', { glue: { [ns1]: [extra] }, more: stale }, 'dead'],
    ['glue that nobody could use', { glue: { [ns1]: ['fd00::1'] } }, 'dead'],
    ['other glue that was not asked', { glue: { [ns1]: [extra] } }, 'unknown'],
    ['missing over UDP and TCP', { glue: {} }, 'missing'],
    ['missing over UDP, TCP not read', { glue: {}, tcpReferral: false }, 'unknown'],
    ['no AAAA at all', { glue: {}, addresses: { [ns1]: [], [ns2]: [] } }, 'none'],
  ] as [string, Shape, string][])('%s', (_title, shape, state) => {
    const { names } = valueIn(glueMatchOf(context(shape), zone));
    expect(names[0]).toMatchObject({ name: ns1, relation: 'in-domain', state });
  });

  it('sibling names are judged, names elsewhere are not', () => {
    const sibling = 'ns1.so.gov.vn';
    const shape = {
      parentNames: [sibling, 'ns.example.net'],
      childNames: [sibling],
      addresses: { [sibling]: [ns1v6], 'ns.example.net': [ns2v6] },
    };
    expect(valueIn(glueMatchOf(context(shape), zone)).names).toMatchObject([{ name: sibling, relation: 'sibling', state: 'missing' }]);
  });
});
