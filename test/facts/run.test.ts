import { describe, expect, it } from 'vitest';
import { createRunFacts } from '../../src/facts/run.ts';
import type { Agency } from '../../src/model/agency.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import type { Observation } from '../../src/model/observation.ts';
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
    const own = record('x.gov.vn', connectSeen('2001:db8:1::1', 443, { atSeconds: 90 }), connectSeen('2001:db8:1::1', 80, { atSeconds: 110 }));
    expect(factsOf(own).provenAround(window)).toBe(false);
  });

  it('a proof of the run itself counts, unless its address serves the subject alone', () => {
    const bare = record(null, other(90), other(110));
    expect(factsOf(bare).provenAround(window)).toBe(true);
    const subjects = record('x.gov.vn', connectSeen('2001:db8:2::1', 443, { fail: 'refused' }));
    expect(factsOf(bare, subjects).provenAround(window)).toBe(false);
  });

  it('IPv4 proves nothing about IPv6, and the web nothing about DNS', () => {
    const ipv4 = record('other.gov.vn', connectSeen('192.0.2.2', 443, { atSeconds: 90 }), connectSeen('192.0.2.2', 443, { atSeconds: 110 }));
    expect(factsOf(ipv4).provenAround(window)).toBe(false);
    expect(factsOf(proofs(90, 110)).provenAround({ ...window, class: 'dns' })).toBe(false);
  });
});

describe('vantage', () => {
  const noRoute = { fail: 'no-route', synchronous: true } as const;
  it.each([
    ['proven by an answer', [rootAnswerSeen('2001:db8:53::1')], 'proven', 'ok'],
    ['V1 absent: no route of our own', [rootAnswerSeen('2001:db8:53::1', noRoute)], 'absent', 'absent'],
    ['V1 silent: unproven, not absent', [rootAnswerSeen('2001:db8:53::1', { fail: 'timeout', step: 'answer' })], 'unproven', 'inconclusive'],
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
