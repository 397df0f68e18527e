import { describe, expect, it } from 'vitest';
import { check as dnssec } from '../../../src/checks/dns/dnssec-aaaa.ts';
import { check as https } from '../../../src/checks/dns/https-record.ts';
import { check as large } from '../../../src/checks/dns/large-answer-ipv6.ts';
import { check as diversity } from '../../../src/checks/dns/ns-diversity-ipv6.ts';
import { check as alias } from '../../../src/checks/dns/ns-name-alias.ts';
import type { DnssecAaaa } from '../../../src/facts/dnssec.ts';
import { unknown } from '../../../src/facts/fact.ts';
import type { HttpsRecord, HttpsRecords } from '../../../src/facts/https-records.ts';
import type { LargeAnswerAt, LargeAnswers } from '../../../src/facts/large-answers.ts';
import type { NameServerDiversity } from '../../../src/facts/name-server-diversity.ts';
import type { NameServerFact } from '../../../src/facts/name-servers.ts';
import { addressSetFact, ns1v6, ns2v6, serverFact, zone, zoneSubject } from '../../support/dns-context.ts';

const subject = zoneSubject();

describe('dnssec-aaaa', () => {
  const fact = (parts: Partial<DnssecAaaa>): DnssecAaaa => ({ zone, state: 'signed', at: zone, how: '', names: [], cause: null, ...parts });
  const name = (host: string, state: DnssecAaaa['names'][number]['state'], reason: DnssecAaaa['names'][number]['reason'] = '') => ({
    name: host,
    state,
    reason,
  });

  it.each<[string, Partial<DnssecAaaa>, string, object]>([
    ['all valid', { names: [name('a', 'valid'), name('b', 'absent')] }, 'valid', { values: { names: ['a'] } }],
    ['unsigned by proof', { state: 'unsigned', how: 'nsec' }, 'unsigned', { values: { how: 'nsec', at: zone } }],
    ['signed without AAAA', { names: [name('a', 'absent')] }, 'no-aaaa', {}],
    ['own roots without an anchor', { state: 'no-anchor', at: '' }, 'no-anchor', {}],
    [
      'D20 one bogus beside a valid one',
      { names: [name('a', 'valid'), name('b', 'bogus', 'expired'), name('c', 'unknown')] },
      'bogus',
      { cause: 'dns-bogus', values: { bogus: ['b (expired)'] } },
    ],
    [
      'broken at a zone above',
      { state: 'broken-above', at: '', how: 'expired' },
      'broken-above',
      { cause: 'dns-bogus', values: { at: '.' } },
    ],
    ['D10 too much work in the chain', { state: 'limit' }, 'too-much-work', { cause: 'budget-exhausted' }],
    ['D10 too much work for a name', { names: [name('a', 'limit'), name('b', 'valid')] }, 'too-much-work', { cause: 'budget-exhausted' }],
    ['nothing in the evidence', { state: 'missing', cause: 'dns-timeout' }, 'not-validated', { cause: 'dns-timeout' }],
    [
      'one name not asked',
      { names: [name('a', 'valid'), name('b', 'unknown')], cause: 'dns-servfail' },
      'not-validated',
      { cause: 'dns-servfail', values: { open: ['b'] } },
    ],
  ])('%s', (_title, parts, message, more) => {
    expect(dnssec.evaluate({ dnssecAaaa: fact(parts) }, subject)).toMatchObject({ message, ...more });
  });
});

describe('https-record', () => {
  const record = (parts: Partial<HttpsRecord> = {}): HttpsRecord => ({
    ...{ host: 'a', priority: 1, target: 'a', strayHints: [], unusableHints: [], ipv6Hints: [], ipv4Hints: [], hasAaaa: true, hasA: true },
    ...parts,
  });
  const fact = (records: HttpsRecord[], parts: Partial<HttpsRecords> = {}): HttpsRecords => ({
    ...{ zone, hosts: ['a', 'b'], records, unknown: [], cause: null },
    ...parts,
  });

  it.each<[string, HttpsRecords, string, object]>([
    [
      'hints that AAAA confirm',
      fact([record({ ipv6Hints: [ns1v6], ipv4Hints: ['9.9.9.9'] })]),
      'consistent',
      { values: { records: ['a → a'] } },
    ],
    ['a name without any address, and no hints', fact([record({ hasAaaa: false, hasA: false })]), 'consistent', {}],
    ['none', fact([]), 'no-record', { values: { hosts: ['a', 'b'] } }],
    [
      'D24 hint without AAAA, and IPv4 beside',
      fact([record({ hasAaaa: false, ipv6Hints: [ns1v6], strayHints: [ns1v6] })]),
      'target-ipv4-only',
      {},
    ],
    ['D24 stale hint', fact([record({ ipv6Hints: [ns1v6], strayHints: [ns1v6] })]), 'hints-stale', { values: { found: [`a: ${ns1v6}`] } }],
    ['D24 ipv4hint alone', fact([record({ ipv4Hints: ['9.9.9.9'] })]), 'ipv4-hint-alone', { values: { found: ['a: 9.9.9.9'] } }],
    [
      'ipv4hint of an IPv4-only target',
      fact([record({ ipv4Hints: ['9.9.9.9'], hasAaaa: false, target: 't' })]),
      'target-ipv4-only',
      { values: { found: ['a → t'] } },
    ],
    [
      'hint into private space',
      fact([record({ ipv6Hints: ['fd00::1'], unusableHints: ['fd00::1'], strayHints: ['fd00::1'] })]),
      'hint-unusable',
      {},
    ],
    ['one host not known', fact([record()], { unknown: ['b'], cause: 'dns-servfail' }), 'lookup-failed', { cause: 'dns-servfail' }],
    ['a fault beside one not known', fact([record({ hasAaaa: false })], { unknown: ['b'], cause: 'dns-servfail' }), 'target-ipv4-only', {}],
  ])('%s', (_title, httpsRecords, message, more) => {
    expect(https.evaluate({ httpsRecords }, subject)).toMatchObject({ message, ...more });
  });
});

describe('large-answer-ipv6', () => {
  const at = (shown: string, state: LargeAnswerAt['state'], cause: LargeAnswerAt['cause'] = null): LargeAnswerAt => ({
    shown,
    state,
    cause,
  });
  const fact = (servers: LargeAnswerAt[], parts: Partial<LargeAnswers> = {}): LargeAnswers => ({
    ...{ zone, type: 'DNSKEY', bytes: 1_600, isLarge: true, hasIpv6: true, servers },
    ...parts,
  });

  it.each<[string, LargeAnswers, string, object]>([
    ['from all', fact([at('a', 'arrives'), at('b', 'arrives')]), 'arrives', { values: { good: ['a', 'b'] } }],
    [
      'D6 4096 lost, 1232 or TCP works',
      fact([at('a', 'arrives'), at('b', 'udp-lost')]),
      'datagrams-lost',
      { cause: 'path-mtu-suspected', values: { lost: ['b'] } },
    ],
    ['D6 lost everywhere', fact([at('a', 'lost', 'timeout')]), 'lost', { cause: 'timeout' }],
    ['lost at some', fact([at('a', 'lost', 'timeout'), at('b', 'udp-lost')]), 'lost-at-some', { values: { lost: ['a'], good: ['b'] } }],
    [
      'lost at one, the other unmeasured',
      fact([at('a', 'lost', 'timeout'), at('b', 'unmeasured', 'vantage-no-ipv6')]),
      'not-judged',
      { cause: 'vantage-no-ipv6' },
    ],
    ['no live server', fact([]), 'not-judged', { cause: 'dns-timeout' }],
    ['small', fact([], { isLarge: false, bytes: 1_232 }), 'no-large-answer', { values: { bytes: 1_232 } }],
    ['no IPv6', fact([], { hasIpv6: false }), 'no-ipv6-address', {}],
  ])('%s', (_title, largeAnswers, message, more) => {
    expect(large.evaluate({ largeAnswers }, subject)).toMatchObject({ message, ...more });
  });
});

describe('ns-diversity-ipv6', () => {
  const fact = (sites: string[], parts: Partial<NameServerDiversity> = {}): NameServerDiversity => ({
    ...{ zone, addresses: [ns1v6], sites, announced: null, asns: null, unknown: [], cause: null },
    ...parts,
  });

  it.each<[string, NameServerDiversity, string, object]>([
    [
      'two',
      fact(['a', 'b'], { announced: ['p'], asns: ['AS1'] }),
      'several-sites',
      { values: { count: 2, announced: ['p'], asns: ['AS1'] } },
    ],
    ['two, and one name not known', fact(['a', 'b'], { unknown: ['n'], cause: 'dns-timeout' }), 'several-sites', {}],
    ['one', fact(['a']), 'one-site', { values: { count: 1, announced: [] } }],
    ['one, and one name not known', fact(['a'], { unknown: ['n'], cause: 'dns-servfail' }), 'lookup-failed', { cause: 'dns-servfail' }],
    ['none', fact([]), 'no-ipv6-address', {}],
  ])('%s', (_title, nameServerDiversity, message, more) => {
    expect(diversity.evaluate({ nameServerDiversity }, subject)).toMatchObject({ message, ...more });
  });
});

describe('ns-name-alias', () => {
  const aliased = addressSetFact(6, [ns1v6]);
  const viaAlias = aliased.known ? { ...aliased, value: { ...aliased.value, aliases: ['real.example'] } } : aliased;
  const lost = { ipv6: unknown('dns-servfail') };

  it.each<[string, NameServerFact[], string, object]>([
    ['own names and addresses', [serverFact('a', [ns1v6]), serverFact('b', [ns2v6])], 'real-names', { values: { servers: ['a', 'b'] } }],
    [
      'an alias',
      [serverFact('a', [ns1v6], { ipv6: viaAlias }), serverFact('b', [ns2v6], lost)],
      'alias',
      { values: { aliases: ['a → real.example'] } },
    ],
    [
      'D17 two names with one AAAA',
      [serverFact('a', [ns1v6]), serverFact('b', [ns1v6, ns2v6])],
      'shared-address',
      { values: { shared: [`a, b [${ns1v6}]`] } },
    ],
    ['D17 one name with three AAAA shares nothing', [serverFact('a', [ns1v6, ns2v6, '2001:dc8:2::1'])], 'real-names', {}],
    [
      'one name not known',
      [serverFact('a', [ns1v6]), serverFact('b', [], lost)],
      'lookup-failed',
      { cause: 'dns-servfail', values: { unknown: ['b'] } },
    ],
    ['no name at all', [], 'lookup-failed', { cause: 'dns-timeout' }],
  ])('%s', (_title, servers, message, more) => {
    const nameServers = { zone, parentVisible: true, childVisible: true, servers };
    expect(alias.evaluate({ nameServers }, subject)).toMatchObject({ message, ...more });
  });
});
