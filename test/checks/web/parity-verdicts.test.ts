import { describe, expect, it } from 'vitest';
import { check as agreement } from '../../../src/checks/web/web-address-agreement.ts';
import { check as certificates } from '../../../src/checks/web/web-certificate-parity.ts';
import { check as headers } from '../../../src/checks/web/web-header-parity.ts';
import { check as latency } from '../../../src/checks/web/web-latency.ts';
import { check as protocols } from '../../../src/checks/web/web-protocols.ts';
import { check as redirects } from '../../../src/checks/web/web-redirects.ts';
import { check as webTls } from '../../../src/checks/web/web-tls.ts';
import type { AddressPage, DifferingAddress, WebAddressAgreement } from '../../../src/facts/web-address-agreement.ts';
import type { OtherLeaf, WebCertificateParity } from '../../../src/facts/web-certificate-parity.ts';
import type { AddressTls, WebCertificates } from '../../../src/facts/web-certificates.ts';
import type { WebHeaderParity } from '../../../src/facts/web-header-parity.ts';
import type { WebLatency } from '../../../src/facts/web-latency.ts';
import type { ShownLeaf } from '../../../src/facts/web-leaves.ts';
import type { WebProtocols } from '../../../src/facts/web-protocols.ts';
import type { ChainJudgement, WebRedirects } from '../../../src/facts/web-redirects.ts';
import type { Certificate } from '../../../src/model/observation.ts';
import { apex, hostSubject, v4, v6, v6b } from '../../support/web-evidence.ts';

const subject = hostSubject(apex);
const certificate: Certificate = {
  ...{ subject: 'CN=a', issuer: 'CN=ca', names: [apex], validFrom: '2026-01-01T00:00:00Z', validTo: '2027-01-01T00:00:00Z' },
  ...{ fingerprint: 'f', keyFingerprint: 'k', selfSigned: false, serviceUrls: [] },
};
const leaf = (address: string, more: Partial<ShownLeaf> = {}): ShownLeaf => ({
  ...{ address, observation: 'o', valid: true, nameMatches: true, keyFingerprint: 'k', names: [apex], issuer: 'CN=ca' },
  ...{ organisation: null, certificate },
  ...more,
});

describe('web-address-agreement of what was seen', () => {
  const page = (address: string, more: Partial<AddressPage> = {}): AddressPage => ({
    ...{ address, status: 200, guarded: null, leaf: leaf(address), title: 't', bodies: [] },
    ...more,
  });
  const fact = (more: Partial<WebAddressAgreement>): WebAddressAgreement => ({
    ...{ host: apex, presence: 'published', published: [v6, v6b], pages: [page(v6), page(v6b)], silent: [], provenDead: [] },
    ...{ connection: 'reached', cause: null, differing: [], varies: false },
    ...more,
  });
  const differs = (kind: DifferingAddress['kind'], address: string): DifferingAddress => ({
    kind,
    page: page(address),
    reference: page(v6),
  });
  it.each<[string, Partial<WebAddressAgreement>, string, object]>([
    ['offered in neither family', { connection: 'not-offered' }, 'no-connection', {}],
    [
      'the gravest difference alone is shown',
      { differing: [differs('title', '2001:db8::3'), differs('status', v6b)] },
      'status-differs',
      { failing: [`${v6b} (200)`] },
    ],
    [
      'issuer and date of a certificate are shown',
      { differing: [differs('certificate', v6b)] },
      'certificate-differs',
      { failing: [`${v6b} (CN=ca, 2027-01-01T00:00:00Z)`] },
    ],
    [
      'none answers, all proven dead',
      { pages: [], silent: [v6, v6b], provenDead: [v6, v6b], cause: 'reset' },
      'undecided',
      { cause: 'reset' },
    ],
    ['one answers, the other proven dead', { pages: [page(v6)], silent: [v6b], provenDead: [v6b] }, 'one-answers', {}],
  ])('%s', (_title, parts, message, values) => {
    expect(agreement.evaluate({ webAddressAgreement: fact(parts) }, subject)).toMatchObject({ message, values });
  });
});

describe('web-certificate-parity of what was seen', () => {
  const fact = (more: Partial<WebCertificateParity>): WebCertificateParity => ({
    ...{ host: apex, presence: 'published', ipv4Published: true, connection: 'reached', cause: null, stalled: false, noTls: false },
    ...{ ipv6: [leaf(v6)], ipv4: [leaf(v4)], others: [] },
    ...more,
  });
  const other = (six: Partial<ShownLeaf>, four: Partial<ShownLeaf> = {}, address = v6): OtherLeaf => ({
    ...{ ipv6: leaf(address, six), ipv4: leaf(v4, four), differences: ['key'] },
  });
  it.each<[string, Partial<WebCertificateParity>, string, object]>([
    ['an organisation over IPv6 alone is no other one', { others: [other({ organisation: 'A' })] }, 'other-certificate', {}],
    ['an organisation over IPv4 alone is no other one', { others: [other({}, { organisation: 'A' })] }, 'other-certificate', {}],
    ['one organisation in two spellings', { others: [other({ organisation: 'a' }, { organisation: 'A' })] }, 'other-certificate', {}],
    ['the gravest alone is shown', { others: [other({}), other({ valid: false }, {}, v6b)] }, 'invalid-over-ipv6', { failing: [v6b] }],
    ['names are shown', { others: [other({ names: ['a', 'b', 'c', 'd'] })] }, 'other-certificate', { leaf: 'a, b, c; CN=ca; 2027-01-01' }],
    ['the subject where there are no names', { others: [other({ names: [] })] }, 'other-certificate', { leaf: 'CN=a; CN=ca; 2027-01-01' }],
    ['no TLS over IPv6', { ipv6: [], noTls: true }, 'no-connection', {}],
    ['no certificate over IPv6, for a reason', { ipv6: [], cause: 'reset' }, 'undecided', { cause: 'reset' }],
    ['no certificate over IPv4, one address without TLS over IPv6', { ipv4: [], noTls: true, cause: 'vantage-no-ipv4' }, 'undecided', {}],
  ])('%s', (_title, parts, message, values) => {
    expect(certificates.evaluate({ webCertificateParity: fact(parts) }, subject)).toMatchObject({ message, values });
  });
});

describe('web-header-parity of what was seen', () => {
  const fact = (more: Partial<WebHeaderParity>): WebHeaderParity => ({
    ...{ host: apex, presence: 'published', reach: 'page', cause: null, ipv4State: 'page', ipv4Cause: 'vantage-no-ipv4', url: '' },
    ...{ answers: { 6: 2, 4: 2 }, otherPlace: false, guarded: null, missing: ['Strict-Transport-Security'], weaker: [] },
    ...more,
  });
  it.each<[string, Partial<WebHeaderParity>, string, string | undefined]>([
    ['missing in two answers against two', {}, 'missing-over-ipv6', undefined],
    ['missing in one answer', { answers: { 6: 1, 4: 2 } }, 'weaker', undefined],
    ['missing against one answer', { answers: { 6: 2, 4: 1 } }, 'weaker', undefined],
    ['IPv4 not measured, a page over IPv6', { answers: { 6: 2, 4: 0 }, ipv4State: 'not-measured' }, 'undecided', 'vantage-no-ipv4'],
    [
      'A records not looked up',
      { answers: { 6: 2, 4: 0 }, ipv4State: 'not-measured', ipv4Cause: 'dns-servfail' },
      'undecided',
      'dns-servfail',
    ],
    ['IPv4 not measured, silent over IPv6', { answers: { 6: 0, 4: 0 }, ipv4State: 'not-measured', reach: 'silent' }, 'no-page', undefined],
  ])('%s', (_title, parts, message, cause) => {
    const outcome = headers.evaluate({ webHeaderParity: fact(parts) }, subject);
    expect({ message: outcome.message, cause: outcome.cause }).toEqual({ message, cause });
  });
});

describe('web-protocols and web-latency of what was seen', () => {
  const side = { alpn: 'h2', cause: null, http3: 'never' } as const;
  const fact = (more: Partial<WebProtocols>): WebProtocols => ({
    ...{ host: apex, presence: 'published', ipv4Published: true, connection: 'reached', connectionCause: null, noTls: false },
    ...{ ipv6: side, ipv4: side },
    ...more,
  });
  it.each<[string, Partial<WebProtocols>, string, object]>([
    ['no connection, whatever was once seen', { connection: 'fails' }, 'no-connection', {}],
    ['a page that does not come, after a handshake that ends', { noTls: true }, 'same', {}],
    ['no protocol chosen', { ipv6: { ...side, alpn: '' }, ipv4: { ...side, alpn: '' } }, 'same', { alpn: '-' }],
    [
      'a protocol over IPv4 alone',
      { ipv6: { ...side, alpn: '', http3: null } },
      'alpn-differs',
      { alpn: '-', alpnIpv4: 'h2', http3: '-', http3Ipv4: 'never' },
    ],
    [
      'connection unknown',
      { connection: 'unknown', connectionCause: 'vantage-no-ipv6', ipv6: { ...side, alpn: null, cause: 'reset' } },
      'undecided',
      { cause: 'vantage-no-ipv6' },
    ],
    ['no handshake over IPv6', { ipv6: { ...side, alpn: null, cause: 'reset' } }, 'undecided', { cause: 'reset' }],
  ])('%s', (_title, parts, message, values) => {
    expect(protocols.evaluate({ webProtocols: fact(parts) }, subject)).toMatchObject({ message, values });
  });

  it('latency of a port that neither family offers', () => {
    const seen: WebLatency = {
      ...{ host: apex, presence: 'published', ipv4Published: true, connection: 'not-offered', cause: null, samples: 0, medianMs: null },
    };
    expect(latency.evaluate({ webLatency: seen }, subject).message).toBe('no-connection');
  });
});

describe('web-redirects of what was seen', () => {
  const chain = (more: Partial<ChainJudgement> = {}): ChainJudgement => ({
    ...{
      start: '',
      verdict: 'complete',
      kind: null,
      proven: false,
      url: '',
      host: apex,
      cause: null,
      step: null,
      hops: ['a'],
      observations: [],
    },
    ...more,
  });
  const walked = { family: 6, start: '', hops: [], end: 'page', cause: null, reason: null, observations: [] } as const;
  const fact = (primary: ChainJudgement, plain: ChainJudgement | null = null): WebRedirects => ({
    ...{ host: apex, presence: 'published', ipv4Published: true, scheme: 'https', primary, plain, endsInScript: false },
    ...{ ipv6: { ...walked, hops: [], observations: [] }, ipv4: { ...walked, family: 4, hops: [], observations: [] } },
  });
  const first = (more: Partial<ChainJudgement>): ChainJudgement => chain({ verdict: 'first-hop', kind: 'dead', ...more });
  it.each<[string, WebRedirects, string, string | undefined]>([
    ['the first hop, unproven', fact(first({ cause: 'timeout' })), 'undecided', 'timeout'],
    ['the first hop, proven', fact(first({ proven: true, cause: 'timeout' })), 'first-hop-dead', undefined],
    ['the first hop, refused in both families', fact(first({ cause: 'refused' })), 'first-hop-dead', undefined],
    ['the first hop has no address', fact(first({ kind: 'ipv4-only' })), 'first-hop-dead', undefined],
    ['a later hop is dead, not yet proven', fact(chain({ verdict: 'fails', kind: 'dead', cause: 'timeout' })), 'hop-dead', 'timeout'],
    ['a later hop is a loop', fact(chain({ verdict: 'fails', kind: 'loop' })), 'loop', undefined],
    ['plain http leads to a literal', fact(chain(), chain({ verdict: 'fails', kind: 'literal' })), 'plain-http-hop-ipv4-only', undefined],
    [
      'plain http leads to an IPv4-only host',
      fact(chain(), chain({ verdict: 'fails', kind: 'ipv4-only' })),
      'plain-http-hop-ipv4-only',
      undefined,
    ],
    [
      'plain http leads to a dead host',
      fact(chain(), chain({ verdict: 'fails', kind: 'dead', cause: 'refused' })),
      'plain-http-hop-dead',
      'refused',
    ],
  ])('%s', (_title, webRedirects, message, cause) => {
    const outcome = redirects.evaluate({ webRedirects }, subject);
    expect({ message: outcome.message, cause: outcome.cause }).toEqual({ message, cause });
    expect('cause' in outcome).toBe(cause !== undefined);
  });
});

describe('web-tls of what was seen', () => {
  const at = (address: string, state: AddressTls['state'], more: Partial<AddressTls> = {}): AddressTls => ({
    ...{ address, state, fault: null, detail: '', protocol: 'TLSv1.3', chainLength: 2, keyFingerprint: 'k', cause: null, step: null },
    ...more,
  });
  const fact = (ipv6: AddressTls[], ipv4: AddressTls[]): WebCertificates => ({
    ...{
      host: apex,
      presence: 'published',
      ipv4Published: true,
      connection: 'reached',
      connectionCause: null,
      ipv6,
      ipv4,
      stalledAt: null,
    },
    stalled: false,
  });
  const faulty = at(v6, 'faulty', { fault: 'expired' });
  it.each<[string, AddressTls[], AddressTls[], string, string | undefined]>([
    ['a fault, and IPv4 fails', [faulty], [at(v4, 'fails')], 'fault-without-control', 'both-families-down'],
    ['a fault, and nothing of IPv4', [faulty], [], 'fault-without-control', 'vantage-no-ipv4'],
    ['a fault, and IPv4 unknown', [faulty], [at(v4, 'unknown')], 'fault-without-control', 'vantage-no-ipv4'],
    [
      'one fails while another is not measured',
      [at(v6, 'fails', { cause: 'reset' }), at(v6b, 'unknown', { cause: 'opted-out' })],
      [at(v4, 'valid')],
      'undecided',
      'opted-out',
    ],
    ['silence after the connect', [at(v6, 'fails', { cause: 'timeout' })], [at(v4, 'valid')], 'path-mtu-suspected', 'path-mtu-suspected'],
    ['an alert', [at(v6, 'fails', { cause: 'tls-handshake' })], [at(v4, 'valid')], 'handshake-fails', 'tls-handshake'],
    ['older, but IPv4 is not valid', [at(v6, 'valid', { protocol: 'TLSv1.2' })], [at(v4, 'faulty')], 'valid', undefined],
    [
      'a shorter chain of another key',
      [at(v6, 'valid', { chainLength: 1 })],
      [at(v4, 'valid', { keyFingerprint: 'other' })],
      'valid',
      undefined,
    ],
    ['a shorter chain of the same key', [at(v6, 'valid', { chainLength: 1 })], [at(v4, 'valid')], 'shorter-chain', undefined],
  ])('%s', (_title, ipv6, ipv4, message, cause) => {
    const outcome = webTls.evaluate({ webCertificates: fact(ipv6, ipv4) }, subject);
    expect({ message: outcome.message, cause: outcome.cause }).toEqual({ message, cause });
  });
});
