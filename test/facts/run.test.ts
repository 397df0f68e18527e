import { describe, expect, it } from 'vitest';
import { createRunFacts } from '../../src/facts/run.ts';
import { dns64Canary, interceptionCanary } from '../../src/iteration/canaries.ts';
import type { Agency } from '../../src/model/agency.ts';
import type { DnsRecord, DnsResponse } from '../../src/model/dns.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import type { Observation, ObservationOf } from '../../src/model/observation.ts';
import type { RunManifest } from '../../src/model/run.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { connectSeen, rootAnswerSeen } from '../support/observations.ts';

const start = Date.UTC(2026, 0, 1);
const manifest = {
  vantage: 'here',
  settings: defaultSettings,
  resolution: { mode: 'iterative', rootServers: [{ name: 'a', addresses: ['2001:db8:53::1', '192.0.2.53'] }] },
} as unknown as RunManifest;

function record(domain: string | null, ...observations: Observation[]): EvidenceRecord {
  const agency = domain === null ? null : ({ id: domain, domain } as Agency);
  return { schema: 'ipv6gov.evidence/1', agency, part: 'main', observations, crashes: [], budgetExhausted: false };
}

function factsOf(...records: EvidenceRecord[]) {
  const builder = createRunFacts(manifest);
  for (const one of records) builder.add(one);
  return builder.finish();
}

const window = { class: 'web', family: 6, fromMs: start + 100_000, toMs: start + 101_000, subject: 'x.gov.vn' } as const;
const other = (atSeconds: number): Observation => connectSeen('2001:db8:2::1', 443, { atSeconds, elapsedMs: 0 });
const proofs = (...seconds: number[]): EvidenceRecord => record('other.gov.vn', ...seconds.map(other));

describe('provenAround', () => {
  it.each([
    ['a success on either side', [90, 110], true],
    ['30 s before and after are inside the window', [70, 131], true],
    ['V2 more than 30 s before', [68, 110], false],
    ['V2 more than 30 s after', [90, 133], false],
    ['only before', [90], false],
    ['only after', [110], false],
  ])('%s', (_, seconds, expected) => {
    expect(factsOf(proofs(...seconds)).provenAround(window)).toBe(expected);
  });

  it('the subject’s own success proves nothing about the vantage', () => {
    const own = record(
      'x.gov.vn',
      connectSeen('2001:db8:1::1', 443, { atSeconds: 90 }),
      connectSeen('2001:db8:1::1', 80, { atSeconds: 110 }),
    );
    expect(factsOf(own).provenAround(window)).toBe(false);
  });

  it('a proof of the run itself counts, unless its address serves the subject alone', () => {
    const bare = record(null, other(90), other(110));
    expect(factsOf(bare).provenAround(window)).toBe(true);
    const subjects = record('x.gov.vn', connectSeen('2001:db8:2::1', 443, { fail: 'refused' }));
    expect(factsOf(bare, subjects).provenAround(window)).toBe(false);
  });

  it('IPv4 proves nothing about IPv6, and the web nothing about DNS', () => {
    const ipv4 = record(
      'other.gov.vn',
      connectSeen('192.0.2.2', 443, { atSeconds: 90 }),
      connectSeen('192.0.2.2', 443, { atSeconds: 110 }),
    );
    expect(factsOf(ipv4).provenAround(window)).toBe(false);
    expect(factsOf(proofs(90, 110)).provenAround({ ...window, class: 'dns' })).toBe(false);
  });
});

describe('vantage', () => {
  const noRoute = { fail: 'no-route', synchronous: true } as const;
  it.each([
    ['proven by an answer', [rootAnswerSeen('2001:db8:53::1')], 'proven', 'ok'],
    ['V1 absent: no route of our own', [rootAnswerSeen('2001:db8:53::1', noRoute)], 'absent', 'absent'],
    [
      'V1 silent: unproven, not absent',
      [rootAnswerSeen('2001:db8:53::1', { fail: 'timeout', step: 'answer' })],
      'unproven',
      'inconclusive',
    ],
    ['nothing asked', [], 'unproven', 'inconclusive'],
  ])('%s', (_, observations, dns6, ipv6) => {
    const { vantage } = factsOf(record(null, ...observations));
    expect(vantage.dns['6']).toBe(dns6);
    expect(vantage.ipv6).toBe(ipv6);
  });
});

describe('V8 prefixSuspect', () => {
  const silent = (domain: string, address: string): EvidenceRecord => record(domain, connectSeen(address, 443, { fail: 'timeout' }));
  const two = [silent('a.gov.vn', '2001:db8:1::1'), silent('b.gov.vn', '2001:db8:2::1')];
  const third = silent('c.gov.vn', '2001:db8:3::1');
  it('two silent agencies in a /32 are no pattern, three are', () => {
    expect(factsOf(...two).prefixSuspect('2001:db8:1::1')).toBe(false);
    expect(factsOf(...two, third).prefixSuspect('2001:db8:1::1')).toBe(true);
  });
  it('one answer in the /32 clears it', () => {
    expect(factsOf(...two, third, record('d.gov.vn', connectSeen('2001:db8:4::1', 443))).prefixSuspect('2001:db8:1::1')).toBe(false);
  });
  it('subdomains of one agency are one', () => {
    const same = ['a.x.gov.vn', 'b.x.gov.vn', 'c.x.gov.vn'].map((name) => silent(name, '2001:db8:1::1'));
    expect(factsOf(...same).prefixSuspect('2001:db8:1::1')).toBe(false);
  });
});

describe('answeredInRun', () => {
  it.each([
    ['D4 a connect over TCP that hangs is something, but no DNS message', { fail: 'timeout', step: 'answer' }, true, false],
    ['a DNS message over TCP is both', {}, true, true],
    ['a connect that never completed is neither', { fail: 'timeout', step: 'connect' }, false, false],
  ] as const)('%s', (_, said, tcp, dnsOverTcp) => {
    const seen = rootAnswerSeen('2001:db8:53::1', said) as ObservationOf<'dns-query'>;
    const facts = factsOf(record(null, { ...seen, request: { ...seen.request, transport: 'tcp' } }));
    expect(facts.answeredInRun('2001:db8:53::1', 'tcp/53')).toBe(tcp);
    expect(facts.answeredInRun('2001:db8:53::1', 'dns-tcp/53')).toBe(dnsOverTcp);
  });
});

describe('V4 D11 D21 what a path or resolver does to DNS', () => {
  const address = '192.0.2.53';
  const asked = (name: string, type: string, response: Partial<DnsResponse>): Observation => {
    const seen = rootAnswerSeen(address) as ObservationOf<'dns-query'>;
    const merged = { ...(seen.response as DnsResponse), ...response };
    return { ...seen, id: `${name} ${type}`, request: { ...seen.request, name, type, recursionDesired: resolverMode }, response: merged };
  };
  let resolverMode = false;
  const pathOf = (mode: 'iterative' | 'resolver', observe: () => Observation): string => {
    resolverMode = mode === 'resolver';
    const resolution = mode === 'resolver' ? { mode, resolvers: [address] } : manifest.resolution;
    const builder = createRunFacts({ ...manifest, id: 'r1', resolution } as RunManifest);
    builder.add(record(null, observe()));
    return builder.finish().vantage.dnsPath;
  };
  const ipv4: DnsRecord = { type: 'A', name: 'x', ttl: 60, address: '192.0.2.9' };
  const canary = interceptionCanary('r1');
  it.each<[string, 'iterative' | 'resolver', () => Observation, string]>([
    ['a root server that refers', 'iterative', () => asked(canary, 'A', { authoritative: false }), 'direct'],
    ['a root server that answers a name it does not serve', 'iterative', () => asked(canary, 'A', { answers: [ipv4] }), 'intercepted'],
    ['a root server that offers recursion', 'iterative', () => asked(canary, 'A', { recursionAvailable: true }), 'intercepted'],
    ['a denial without authority', 'iterative', () => asked(canary, 'A', { rcode: 'NXDOMAIN', authoritative: false }), 'intercepted'],
    ['a resolver that denies what does not exist', 'resolver', () => asked(canary, 'A', { rcode: 'NXDOMAIN' }), 'resolver-only'],
    ['a resolver that answers everything', 'resolver', () => asked(canary, 'A', { answers: [ipv4] }), 'intercepted'],
    ['a resolver that filters AAAA', 'resolver', () => asked('a.root-servers.net', 'AAAA', {}), 'intercepted'],
    ['a resolver that fails for the canary', 'resolver', () => asked('a.root-servers.net', 'AAAA', { rcode: 'SERVFAIL' }), 'resolver-only'],
  ])('%s', (_, mode, observe, expected) => {
    expect(pathOf(mode, observe)).toBe(expected);
  });
});

describe('V3 DNS64 at the vantage, by the name that has A records only (RFC 7050)', () => {
  const seen = rootAnswerSeen('192.0.2.53') as ObservationOf<'dns-query'>;
  const said = (type: string, answers: DnsRecord[]): Observation => ({
    ...seen,
    request: { ...seen.request, name: dns64Canary, type, recursionDesired: true },
    response: { ...(seen.response as DnsResponse), answers },
  });
  const dns64Of = (observation: Observation): boolean => factsOf(record(null, observation)).vantage.dns64;
  const made: DnsRecord = { type: 'AAAA', name: dns64Canary, ttl: 60, address: '64:ff9b::c000:aa' };
  const own: DnsRecord = { ...made, address: '2001:db8:64::c000:aa' };
  const plain: DnsRecord = { type: 'A', name: dns64Canary, ttl: 60, address: '192.0.0.170' };

  it.each<[string, Observation, boolean]>([
    ['the well-known prefix', said('AAAA', [made]), true],
    ['a prefix of its own', said('AAAA', [own]), true],
    ['no AAAA', said('AAAA', []), false],
    ['A records', said('A', [plain]), false],
  ])('V3 %s', (_title, observation, expected) => {
    expect(dns64Of(observation)).toBe(expected);
  });
});
