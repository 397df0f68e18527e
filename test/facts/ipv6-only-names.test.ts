import { describe, expect, it } from 'vitest';
import { unknown } from '../../src/facts/fact.ts';
import { ipv6OnlyNamesOf } from '../../src/facts/ipv6-only-names.ts';
import type { Resolution } from '../../src/iteration/types.ts';
import type { Subject } from '../../src/model/subject.ts';
import {
  addressSetFact,
  type ContextParts,
  type DnsObservation,
  dns,
  dnsContext,
  mx,
  ns1v4,
  ns1v6,
  ns2v6,
  zone,
  zoneCut,
  zoneSubject,
} from '../support/dns-context.ts';

const host = `www.${zone}`;
const service: Subject = { ...zoneSubject(host), kind: 'service', service: 'public-services' };
const own = zoneCut(zone, 'gov.vn', { [`ns1.${zone}`]: [ns1v6], [`ns2.${zone}`]: [ns2v6] });
const ipv4Cut = zoneCut(zone, 'gov.vn', { 'ns1.provider.vn': [ns1v4], 'ns2.provider.vn': [] });

function resolution(name: string, policy: Resolution['policy'], parts: Partial<Resolution> = {}): Resolution {
  const cuts = parts.cuts ?? [own];
  const hops = [{ name, zone: cuts.at(-1)?.zone ?? '', cuts, perServer: [] }];
  return {
    name,
    type: 'AAAA',
    policy,
    outcome: 'answer',
    records: [],
    aliases: [],
    cuts,
    cause: null,
    brokenCut: null,
    perServer: [],
    hops,
    observations: [],
    ...parts,
  };
}

type Pair = [only: Partial<Resolution>, dual?: Partial<Resolution>];

function names(table: Record<string, Pair>, parts: ContextParts & { subject?: Subject } = {}) {
  const { subject = service, ...rest } = parts;
  const resolutions = Object.entries(table).flatMap(([key, [only, dual = {}]]) => {
    const [name = '', type = 'AAAA'] = key.split(' ');
    return [
      [`${name} ${type} ipv6-only`, resolution(name, 'ipv6-only', { type, ...only })],
      [`${name} ${type} both`, resolution(name, 'both', { type, ...dual })],
    ];
  });
  const fact = ipv6OnlyNamesOf(dnsContext({ ...rest, resolutions: Object.fromEntries(resolutions) }), subject);
  if (!fact.known) throw new Error(fact.cause);
  return fact.value.names;
}

const broken: Partial<Resolution> = { outcome: 'broken', cause: 'dns-lame', brokenCut: zone, cuts: [ipv4Cut] };

describe('names under IPv6 alone', () => {
  it.each([
    ['resolves', [{}, {}], { state: 'resolves', cause: null, oneServerCuts: [] }],
    ['NODATA resolves too', [{ outcome: 'nodata' }, {}], { state: 'resolves' }],
    ['does not exist', [{ outcome: 'nxdomain' }, { outcome: 'nxdomain' }], { state: 'absent' }],
    [
      'an IPv4-only zone breaks it; the cut and who runs it are named',
      [broken, { cuts: [ipv4Cut] }],
      { state: 'broken', cause: null, brokenCut: zone, operators: ['provider.vn'] },
    ],
    [
      'broken with both families',
      [broken, { outcome: 'broken', cause: 'dns-servfail' }],
      { state: 'broken-everywhere', cause: 'dns-servfail' },
    ],
    ['never asked', [{ ...broken, cause: 'not-attempted' }, {}], { state: 'unknown', cause: 'not-attempted' }],
    ['our budget', [{ ...broken, cause: 'budget-exhausted' }, {}], { state: 'unknown', cause: 'budget-exhausted' }],
  ] as [string, Pair, object][])('%s', (_title, pair, expected) => {
    const resolved = { 'ns1.provider.vn': [{}, {}] as Pair, 'ns2.provider.vn': [{}, {}] as Pair };
    expect(names({ [host]: pair, ...resolved })[0]).toMatchObject({ name: host, role: 'host', ...expected });
  });

  it.each([
    ['one server with IPv6, the other known to have none', addressSetFact(6, []), [zone]],
    ['the other has IPv6 by its own data', addressSetFact(6, [ns2v6]), []],
    ['the other is not known', unknown('dns-timeout'), []],
  ] as const)('%s', (_title, set, oneServerCuts) => {
    const cut = zoneCut(zone, 'gov.vn', { [`ns1.${zone}`]: [ns1v6], [`ns2.${zone}`]: [] });
    const found = names({ [host]: [{ cuts: [cut] }, { cuts: [cut] }] }, { addresses: { [`ns2.${zone} 6`]: set } });
    expect(found[0]).toMatchObject({ state: 'resolves', oneServerCuts });
  });

  it('CNAME targets, out-of-domain NS names and an existing sibling are in scope', () => {
    const outside = zoneCut(zone, 'gov.vn', { 'ns.provider.vn': [ns1v6] });
    const apex = zone;
    const table: Record<string, Pair> = {
      [host]: [{}, { aliases: ['x.cdn.vn'], cuts: [outside] }],
      'x.cdn.vn': [{}, {}],
      'ns.provider.vn': [broken, {}],
      [`${apex} AAAA`]: [{}, { cuts: [outside] }],
    };
    const found = names(table, {
      subject: { ...service, service: 'portal' },
      addresses: { 'ns.provider.vn 6': addressSetFact(6, [ns1v6]) },
    });
    expect(found.map(({ name, role, state }) => [name, role, state])).toEqual([
      [host, 'host', 'resolves'],
      ['x.cdn.vn', 'alias', 'resolves'],
      ['ns.provider.vn', 'name-server', 'broken'],
      [apex, 'sibling', 'resolves'],
    ]);
  });

  it('a mail service: the domain and its exchangers', () => {
    const table: Record<string, Pair> = { [`${zone} MX`]: [{}, { records: [mx(`mail.${zone}`)] }], [`mail.${zone}`]: [{}, {}] };
    expect(names(table, { subject: { ...service, name: zone, service: 'mail' } }).map(({ name, role }) => [name, role])).toEqual([
      [zone, 'mail-domain'],
      [`mail.${zone}`, 'exchanger'],
    ]);
  });

  it('D25 the control by both families never makes an IPv6-only failure good', () => {
    expect(names({ [host]: [broken, { outcome: 'answer' }] })[0]?.state).toBe('broken');
  });
});

describe('failures that speak of us', () => {
  const silent = dns(ns1v6, `${host} AAAA`, { failure: 'timeout' });
  const judge = (observation: DnsObservation, run: ContextParts['run'] = {}) =>
    names({ [host]: [{ ...broken, cause: 'dns-timeout', observations: [observation.id] }, {}] }, { observations: [observation], run })[0];
  it.each([
    ['proven', silent, {}, 'broken', 'dns-timeout'],
    ['our IPv6 not proven', silent, { provenAround: () => false }, 'unknown', 'vantage-no-ipv6'],
    ['the server answered in this run', silent, { answeredInRun: () => true }, 'unknown', 'rate-limited'],
    ['suspect prefix', silent, { prefixSuspect: () => true }, 'unknown', 'prefix-suspect'],
    ['no route of our own', dns(ns1v6, `${host} AAAA`, { failure: 'no-route' }), {}, 'unknown', 'local-no-route'],
  ] as [string, DnsObservation, ContextParts['run'], string, string][])('%s', (_title, observation, run, state, cause) => {
    expect(judge(observation, run)).toMatchObject({ state, cause });
  });

  it('resolver mode cannot tell', () => {
    expect(ipv6OnlyNamesOf(dnsContext({ mode: 'resolver' }), service)).toMatchObject({ known: false, cause: 'vantage-dns-intercepted' });
  });
});
