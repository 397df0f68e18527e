import { describe, expect, it } from 'vitest';
import { check as dualCheck } from '../../../src/checks/dns/ns-dual-stack.ts';
import { check as countCheck } from '../../../src/checks/dns/ns-ipv6-count.ts';
import { check as tcpCheck } from '../../../src/checks/dns/ns-tcp-ipv6.ts';
import { check as udpCheck } from '../../../src/checks/dns/ns-udp-ipv6.ts';
import { unknown } from '../../../src/facts/fact.ts';
import type { NameServerFact, NameServers } from '../../../src/facts/name-servers.ts';
import type { TransportSummary } from '../../../src/facts/transport-summary.ts';
import { addressSetFact, ns1v4, ns1v6, ns2v4, ns2v6, serverFact, zone, zoneSubject } from '../../support/dns-context.ts';

const lost = { ipv6: unknown('dns-servfail') };
const v4Only = (name: string, parts: Partial<NameServerFact> = {}) => serverFact(name, [ns1v4], parts);
const dual = (name: string, v6 = ns1v6, parts: Partial<NameServerFact> = {}) => serverFact(name, [v6, ns1v4], parts);
const childOnly = { inParent: false };
const parentOnly = { inChild: false };

function zoneOf(servers: NameServerFact[], parts: Partial<NameServers> = {}): NameServers {
  return { zone, parentVisible: true, childVisible: true, servers, ...parts };
}

const count = (nameServers: NameServers) => countCheck.evaluate({ nameServers }, zoneSubject());

describe('ns-ipv6-count', () => {
  it.each([
    ['none', [v4Only('a'), v4Only('b')], 'no-ipv6-name-server', { without: ['a', 'b'], view: 'parent', unusable: [] }],
    ['one', [dual('a'), v4Only('b')], 'one-ipv6-name-server', { servers: ['a'], without: ['b'] }],
    [
      'two',
      [dual('a'), dual('b', ns2v6)],
      'enough-ipv6-name-servers',
      { count: 2, servers: ['a', 'b'], addresses: [ns2v6, ns1v6].sort(), prefixes: 2 },
    ],
    ['three', [dual('a'), dual('b', ns2v6), dual('c')], 'enough-ipv6-name-servers', { count: 3 }],
    [
      'D17 two names with one AAAA are two names on one address',
      [dual('a'), dual('b')],
      'enough-ipv6-name-servers',
      { count: 2, addresses: [ns1v6], prefixes: 1 },
    ],
    [
      'D17 one name with three AAAA is one name',
      [serverFact('a', [ns1v6, ns2v6, '2001:dc8:2::1'])],
      'one-ipv6-name-server',
      { servers: ['a'] },
    ],
    [
      'D19 parent 3, child 2, of which one has IPv6: the lower decides',
      [dual('a'), v4Only('b'), dual('c', ns2v6, parentOnly)],
      'one-ipv6-name-server',
      { view: 'child', servers: ['a'], without: ['b'] },
    ],
    [
      'D19 only the child has IPv6',
      [v4Only('a'), dual('b', ns1v6, childOnly), dual('c', ns2v6, childOnly)],
      'no-ipv6-name-server',
      { view: 'parent', without: ['a'] },
    ],
    ['two sure and one unknown', [dual('a'), dual('b'), v4Only('c', lost)], 'enough-ipv6-name-servers', { count: 2 }],
    [
      'A6 unusable AAAA are named and do not count',
      [serverFact('a', [ns1v4], { ipv6: addressSetFact(6, [], [{ address: 'fd00::1', scope: 'unique-local' }]) })],
      'no-ipv6-name-server',
      { unusable: ['a [fd00::1]: unique-local'], without: ['a'] },
    ],
  ])('%s', (_title, servers, message, values) => {
    expect(count(zoneOf(servers))).toMatchObject({ message, values: { zone, ...values } });
  });

  it.each([
    ['one sure, one failed', zoneOf([dual('a'), v4Only('b', lost)]), { atLeast: 1, atMost: 2, unknown: ['b'] }, 'dns-servfail'],
    ['none sure, one failed', zoneOf([v4Only('a'), v4Only('b', lost)]), { atLeast: 0, atMost: 1, unknown: ['b'] }, 'dns-servfail'],
    [
      'the child set is not known',
      zoneOf([dual('a'), dual('b')], { childVisible: false }),
      { atLeast: 0, atMost: 2, unknown: [`NS ${zone}`] },
      'dns-timeout',
    ],
    [
      'neither set is known',
      zoneOf([], { childVisible: false, parentVisible: false }),
      { atLeast: 0, atMost: 0, unknown: [`NS ${zone}`] },
      'dns-timeout',
    ],
  ])('%s is inconclusive', (_title, nameServers, values, cause) => {
    expect(count(nameServers)).toEqual({ message: 'lookup-failed', values: { zone, ...values }, cause });
  });

  it('0 in the parent set decides even when the child set is not known', () => {
    expect(count(zoneOf([v4Only('a')], { childVisible: false })).message).toBe('no-ipv6-name-server');
  });

  it('the child set alone decides where the parent shows none', () => {
    expect(count(zoneOf([dual('a', ns1v6, childOnly), v4Only('b', childOnly)], { parentVisible: false }))).toMatchObject({
      message: 'one-ipv6-name-server',
      values: { view: 'child' },
    });
  });
});

describe('ns-dual-stack', () => {
  it.each([
    ['all', [dual('a'), dual('b')], 'all-dual-stack', { total: 2 }],
    [
      'some',
      [dual('a'), v4Only('b'), serverFact('c', [ns2v6]), serverFact('d', [])],
      'some-single-family',
      { count: 1, total: 4, ipv4Only: ['b'], ipv6Only: ['c'], none: ['d'] },
    ],
    ['none', [v4Only('a')], 'some-single-family', { count: 0, total: 1, ipv4Only: ['a'] }],
    ['one single-family beside an unknown', [v4Only('a'), v4Only('b', lost)], 'some-single-family', { count: 0, ipv4Only: ['a'] }],
    ['one unknown beside dual-stack', [dual('a'), v4Only('b', lost)], 'lookup-failed', { unknown: ['b'] }],
    ['no name', [], 'lookup-failed', { unknown: [] }],
  ])('%s', (_title, servers, message, values) => {
    expect(dualCheck.evaluate({ nameServers: zoneOf(servers) }, zoneSubject())).toMatchObject({ message, values: { zone, ...values } });
  });

  it('names the cause of an unknown address', () => {
    expect(dualCheck.evaluate({ nameServers: zoneOf([v4Only('b', lost)]) }, zoneSubject()).cause).toBe('dns-servfail');
    expect(dualCheck.evaluate({ nameServers: zoneOf([dual('a', ns1v6, { ipv4: unknown('dns-timeout') })]) }, zoneSubject()).cause).toBe(
      'dns-timeout',
    );
  });
});

const nothing: TransportSummary = {
  good: [],
  unstable: [],
  bad: [],
  badCause: 'dns-refused',
  unmeasured: [],
  unmeasuredCause: 'vantage-no-ipv6',
};
const g = [`a [${ns1v6}]`];
const bad = [`b [${ns2v6}]: REFUSED`];
const open = [`c [${ns2v4}]: vantage-no-ipv6`];

describe.each([
  ['ns-udp-ipv6', udpCheck, 'udp'],
  ['ns-tcp-ipv6', tcpCheck, 'tcp'],
] as const)('%s', (_id, check, transport) => {
  it.each([
    ['all good', { good: g }, 'all-answer', undefined],
    ['some good', { good: g, bad }, 'some-answer', 'dns-refused'],
    ['some good, some bad, some open', { good: g, bad, unmeasured: open }, 'some-answer', 'dns-refused'],
    ['unstable beside bad', { unstable: ['a [::]: 5/10'], bad }, 'some-answer', 'dns-refused'],
    ['D13 unstable is a warning', { good: g, unstable: ['b [::]: 5/10'] }, 'unstable', 'unstable'],
    ['none good', { bad }, 'none-answer', 'dns-refused'],
    ['none good, one open', { bad, unmeasured: open }, 'not-judged', 'vantage-no-ipv6'],
    ['all good but one open', { good: g, unmeasured: open }, 'not-judged', 'vantage-no-ipv6'],
  ] as const)('%s', (_title, parts, message, cause) => {
    const summary = { ...nothing, ...parts } as TransportSummary;
    const facts = { ipv6Transports: { zone, udp: nothing, tcp: nothing, [transport]: summary } };
    const values = { zone, addresses: summary.good, unstable: summary.unstable, bad: summary.bad, unmeasured: summary.unmeasured };
    expect(check.evaluate(facts, zoneSubject())).toEqual({ message, values, ...(cause ? { cause } : {}) });
  });

  it('no usable AAAA: not applicable', () => {
    expect(check.evaluate({ ipv6Transports: { zone, udp: nothing, tcp: nothing } }, zoneSubject())).toEqual({
      message: 'no-ipv6-address',
      values: { zone },
    });
  });
});
