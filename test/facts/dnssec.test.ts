import { describe, expect, it } from 'vitest';
import { dnssecAaaaOf } from '../../src/facts/dnssec.ts';
import type { DnsRecord, DnsResponse } from '../../src/model/dns.ts';
import type { DnsQueryRequest } from '../../src/model/observation.ts';
import type { RunManifest } from '../../src/model/run.ts';
import { probeAddresses } from '../../src/probes/addresses.ts';
import { discoverZone } from '../../src/probes/delegation.ts';
import { probeDnssec, probeResolverValidation } from '../../src/probes/dnssec.ts';
import { type FaultFunction, fakeAgencyContext, fakeInternet, fakeManifest, fakeProbeContext } from '../support/fake-dns.ts';
import { emptyResponse, type FakeZones } from '../support/fake-zones.ts';
import { aaaa, dsOf, makeKey, nsec, signed, type ZoneKey } from '../support/signed-zone.ts';

const zones: FakeZones = {
  '': { servers: { 'a.root': ['2001:db8::1', '192.0.2.1'] } },
  vn: { servers: { 'a.vn': ['2001:db8::2', '192.0.2.2'] } },
  'gov.vn': { servers: { 'a.gov.vn': ['2001:db8::3', '192.0.2.3'] } },
  'x.gov.vn': {
    servers: { 'ns1.x.gov.vn': ['2001:db8::4', '192.0.2.4'] },
    records: ['@ AAAA 2001:db8::80', 'www AAAA 2001:db8::80', '@ A 192.0.2.80'],
  },
};
const keys = { '': makeKey('', 8), vn: makeKey('vn'), 'gov.vn': makeKey('gov.vn'), 'x.gov.vn': makeKey('x.gov.vn', 15) };
const parents: Readonly<Record<string, ZoneKey>> = { vn: keys[''], 'gov.vn': keys.vn, 'x.gov.vn': keys['gov.vn'] };

type Change = (question: string, honest: DnsResponse) => DnsResponse | null;

const authoritative = (answers: DnsRecord[], authorities: DnsRecord[] = []): DnsResponse => ({
  ...emptyResponse,
  authoritative: true,
  answers,
  authorities,
});

/** Every server signs what it is asked with DO. */
function signedBy(change: Change): FaultFunction {
  return (request: DnsQueryRequest, honest) => {
    if (!request.dnssecOk) return null;
    const changed = change(`${request.type} ${request.name}`, honest);
    if (changed !== null) return changed;
    const key = Object.entries(keys).find(([zone]) => zone === request.name)?.[1];
    if (request.type === 'DNSKEY' && key !== undefined) return authoritative(signed([key.record], { key }));
    const parent = parents[request.name];
    if (request.type === 'DS' && parent !== undefined && key !== undefined) return authoritative(signed([dsOf(key)], { key: parent }));
    if (request.type === 'AAAA' && honest.answers.length > 0) return authoritative(signed(honest.answers, { key: keys['x.gov.vn'] }));
    return null;
  };
}

async function audited(change: Change = () => null, manifestParts: Partial<RunManifest> = { trustAnchors: [dsOf(keys[''])] }) {
  const habit = signedBy(change);
  const faults = Object.fromEntries(
    Object.values(zones).flatMap(({ servers }) =>
      Object.values(servers)
        .flat()
        .map((address) => [address, habit]),
    ),
  );
  const internet = fakeInternet(zones, faults);
  const context = fakeProbeContext(internet);
  const hosts = ['x.gov.vn', 'www.x.gov.vn'];
  const [found] = await Promise.all(hosts.map((host) => discoverZone(context, host)));
  await Promise.all(hosts.map((host) => probeAddresses(context, host)));
  const before = internet.asked.length;
  await probeDnssec(context, found?.hops[0]?.cuts ?? [], hosts);
  const asked = internet.asked.slice(before).map((text) => text.replace(/ @.*/, ''));
  const facts = fakeAgencyContext(internet, { manifest: { ...fakeManifest(internet.resolution), ...manifestParts } });
  return { fact: dnssecAaaaOf(facts, 'x.gov.vn'), asked, observations: internet.observations };
}

const named = (state: string, reason = '') => ['x.gov.vn', 'www.x.gov.vn'].map((name) => ({ name, state, reason }));

describe('validation over what the probe asked', () => {
  it('a signed zone is valid from the given anchor down; two servers are asked for each link', async () => {
    const { fact, asked, observations } = await audited();
    expect(fact).toMatchObject({ known: true, value: { state: 'signed', names: named('valid'), cause: null } });
    const twice = [
      'DNSKEY ',
      'DS vn',
      'DNSKEY vn',
      'DS gov.vn',
      'DNSKEY gov.vn',
      'DS x.gov.vn',
      'DNSKEY x.gov.vn',
      'AAAA x.gov.vn',
      'AAAA www.x.gov.vn',
    ];
    expect(asked).toEqual(twice.flatMap((question) => [question, question]));
    expect(fact.observations.length).toBe(asked.length);
    expect(observations.filter(({ id }) => fact.observations.includes(id))).toHaveLength(asked.length);
  });

  it('an unsigned zone is proven unsigned by its parent, and asked no further', async () => {
    const denial = signed([nsec('x.gov.vn', 'z.gov.vn', [2, 46, 47])], { key: keys['gov.vn'] });
    const { fact, asked } = await audited((question) => (question === 'DS x.gov.vn' ? authoritative([], denial) : null));
    expect(fact).toMatchObject({ known: true, value: { state: 'unsigned', at: 'x.gov.vn', how: 'nsec' } });
    expect(asked.filter((question) => question.endsWith('x.gov.vn'))).toEqual(['DS x.gov.vn', 'DS x.gov.vn']);
  });

  it('D20 an expired signature over the AAAA is bogus, not a missing AAAA', async () => {
    const old = signed([aaaa('www.x.gov.vn', '2001:db8::80')], { key: keys['x.gov.vn'], until: -86_400 });
    const { fact } = await audited((question) => (question === 'AAAA www.x.gov.vn' ? authoritative(old) : null));
    const [apex] = named('valid');
    expect(fact).toMatchObject({ value: { state: 'signed', names: [apex, { name: 'www.x.gov.vn', state: 'bogus', reason: 'expired' }] } });
  });

  it('D20 a DS that fits no key makes every AAAA of the zone bogus', async () => {
    const stale = signed([dsOf(makeKey('x.gov.vn'))], { key: keys['gov.vn'] });
    const { fact } = await audited((question) => (question === 'DS x.gov.vn' ? authoritative(stale) : null));
    expect(fact).toMatchObject({ value: { state: 'signed', at: 'x.gov.vn', names: named('bogus', 'ds-matches-no-key') } });
  });

  it('a chain that breaks above the agency is nothing it did', async () => {
    const { fact } = await audited((question) => (question === 'DNSKEY gov.vn' ? authoritative([keys['gov.vn'].record]) : null));
    expect(fact).toMatchObject({ value: { state: 'broken-above', at: 'gov.vn', how: 'no-signature', cause: 'dns-bogus', names: [] } });
  });

  it('without an answer it is open, with the cause', async () => {
    const refused = { ...emptyResponse, rcode: 'SERVFAIL' };
    const { fact } = await audited((question) => (question === 'DNSKEY x.gov.vn' ? refused : null));
    expect(fact).toMatchObject({ value: { state: 'missing', at: 'x.gov.vn', cause: 'dns-servfail' } });
  });

  it('own root servers and no anchor: not judged; one question each and no more where the root has no key', async () => {
    const bare = await audited((question) => (question === 'DNSKEY ' ? authoritative([]) : null), {});
    expect(bare.fact).toMatchObject({ known: true, value: { state: 'no-anchor' } });
    expect(bare.asked).toEqual(['DNSKEY ', 'DNSKEY ']);
  });

  it('D11 a root that has an anchor and shows no key is somebody else', async () => {
    const { fact } = await audited((question) => (question === 'DNSKEY ' ? authoritative([]) : null));
    expect(fact).toMatchObject({ known: false, cause: 'vantage-dns-intercepted' });
  });
});

describe('through a resolver', () => {
  const resolver = '2001:db8::53';

  async function asked(says: (request: DnsQueryRequest) => Partial<DnsResponse>) {
    const internet = fakeInternet({}, { [resolver]: (request) => ({ ...emptyResponse, recursionAvailable: true, ...says(request) }) });
    const context = { ...fakeProbeContext(internet), resolution: { mode: 'resolver' as const, resolvers: [resolver] } };
    await Promise.all(['x.gov.vn', 'www.x.gov.vn'].map((host) => probeAddresses(context, host)));
    await probeResolverValidation(context, ['x.gov.vn', 'www.x.gov.vn']);
    return dnssecAaaaOf(fakeAgencyContext({ ...internet, resolution: context.resolution }), 'x.gov.vn');
  }

  const records = ({ name, type }: DnsQueryRequest): Partial<DnsResponse> =>
    type === 'AAAA' ? { answers: [aaaa(name, '2001:db8::80')] } : {};

  it('that does not validate nothing can be said', async () => {
    expect(await asked(records)).toMatchObject({ known: false, cause: 'no-validator' });
  });

  it('that validates: valid, and D20 bogus where SERVFAIL becomes an answer with CD', async () => {
    const fact = await asked((request) => {
      if (request.name === 'www.x.gov.vn' && !request.checkingDisabled) return { rcode: 'SERVFAIL' };
      return { ...records(request), authenticData: !request.checkingDisabled };
    });
    const [apex] = named('valid');
    expect(fact).toMatchObject({ value: { names: [apex, { name: 'www.x.gov.vn', state: 'bogus', reason: 'resolver-says-bogus' }] } });
  });
});
