import type { Cause } from '../model/cause.ts';
import { type FailureStep, ourFailures } from '../model/failure.ts';
import type { Family, Observation, TlsEvidence } from '../model/observation.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { ipv4DoubtOf } from './ipv4-doubt.ts';
import { compareFamilies } from './outcome.ts';
import { registrableDomain } from './registrable-domain.ts';
import { type Presence, type WebAddresses, webAddresses } from './web-addresses.ts';
import { connectionVerdict, webConnections } from './web-connections.ts';
import { idsOf, tcpReached, tlsEvidenceOf, tlsReached } from './web-requests.ts';
import { pathMtuSuspected } from './web-transfer.ts';

export type CertificateFault = 'wrong-name' | 'untrusted' | 'expired';

/** One address's handshake. */
export interface AddressTls {
  address: string;
  state: 'valid' | 'faulty' | 'fails' | 'unstable' | 'unknown' | 'not-offered';
  fault: CertificateFault | null;
  /** Names, issuer or date that show the fault. */
  detail: string;
  protocol: string;
  /** Certificates sent, the root left out: whether a server sends that too makes no difference. */
  chainLength: number;
  keyFingerprint: string;
  cause: Cause | null;
  step: FailureStep | null;
}

export interface WebCertificates {
  host: string;
  presence: Presence;
  ipv4Published: boolean;
  /** Of port 443: 'fails' is proven and judged by `web-connect`; 'not-offered': in neither family. */
  connection: 'reached' | 'fails' | 'not-offered' | 'unknown';
  connectionCause: Cause | null;
  ipv6: AddressTls[];
  ipv4: AddressTls[];
  /** The handshake or what follows it stalls on every address (`web-transfer`). */
  stalledAt: FailureStep | null;
  stalled: boolean;
}

/** Handshakes with SNI at every address of both families; chain, name and dates apart from reachability (faults W8, W9). */
export function webCertificates(context: AgencyContext, host: string): Fact<WebCertificates> {
  return cached(context, `webCertificates ${host}`, () => {
    const addresses = webAddresses(context, host);
    const connections = webConnections(context, host);
    if (!addresses.known) return unknown(addresses.cause, addresses.observations);
    if (!connections.known) return unknown(connections.cause, connections.observations);
    const { presence, ipv4Published } = addresses.value;
    const connection = presence === 'published' ? connectionVerdict(connections.value, 443) : { verdict: 'unknown' as const, cause: null };
    const handshakes = ([6, 4] as const).flatMap((family) => handshakesOf(context, host, family));
    const stall = pathMtuSuspected(context, host);
    return known(
      {
        host,
        presence,
        ipv4Published,
        connection: connection.verdict,
        connectionCause: connection.cause,
        ipv6: ipv6Handshakes(context, addresses.value),
        ipv4: (addresses.value.ipv4?.usable ?? []).flatMap((address) => ipv4Handshake(context, host, address)),
        stalledAt: stall?.step ?? null,
        stalled: stall !== null,
      },
      [...connections.observations, ...idsOf(handshakes)],
    );
  });
}

function handshakesOf(context: AgencyContext, host: string, family: Family): Observation[] {
  const requests = context.evidence
    .httpRequests(host, family)
    .filter(({ request }) => request.scheme === 'https' && request.port === 443 && request.shape === 'page');
  const addresses = new Set(requests.map(({ request }) => request.address));
  const bare = [...addresses].flatMap((address) =>
    context.evidence
      .dialled(address, 443)
      .filter((observation) => observation.op === 'tls-handshake' && observation.request.serverName === host),
  );
  return [...requests, ...bare];
}

function ipv6Handshakes(context: AgencyContext, { host, ipv6, ipv4Published }: WebAddresses): AddressTls[] {
  const [own, twin] = [handshakesOf(context, host, 6), handshakesOf(context, host, 4)];
  return ipv6.usable.flatMap((address) => {
    const asked = own.filter(({ request }) => request.address === address);
    // An address that takes no connection is web-connect's matter.
    if (!asked.some(tcpReached)) return [];
    const comparison = compareFamilies(context, {
      proofClass: 'web',
      ipv6: asked.map(withoutConnects),
      ipv4: twin,
      ipv4Published,
      reached: tlsReached,
      subject: registrableDomain(host),
    });
    const seen = { cause: comparison.cause, step: comparison.step };
    if (comparison.verdict !== 'works' && comparison.verdict !== 'unstable')
      return [{ ...blank(address), ...seen, state: comparison.verdict }];
    const shown = describe(address, asked);
    return [comparison.verdict === 'unstable' && shown.state === 'valid' ? { ...shown, ...seen, state: 'unstable' } : shown];
  });
}

/** Tries that took no connection say nothing of TLS; they are web-connect's matter. */
function withoutConnects<Seen extends Observation>(observation: Seen): Seen {
  const tries = observation.tries.filter(({ failure }, at, all) => failure?.step !== 'connect' || at === all.length - 1);
  return { ...observation, tries };
}

function ipv4Handshake(context: AgencyContext, host: string, address: string): AddressTls[] {
  const asked = handshakesOf(context, host, 4).filter(({ request }) => request.address === address);
  if (asked.length === 0) return [];
  if (asked.some(tlsReached)) return [describe(address, asked)];
  const failure = asked.findLast(({ failure: each }) => each !== null && !ourFailures.has(each.code))?.failure ?? null;
  // Failures of our own are no control: nothing was measured.
  if (failure === null || ipv4DoubtOf(context, 'web', asked) !== null) return [];
  return [{ ...blank(address), state: 'fails', cause: failure.code, step: failure.step }];
}

function blank(address: string): AddressTls {
  return { address, state: 'unknown', fault: null, detail: '', protocol: '', chainLength: 0, keyFingerprint: '', cause: null, step: null };
}

function describe(address: string, asked: Observation[]): AddressTls {
  const tls = asked.map(tlsEvidenceOf).find((evidence) => evidence !== null) ?? null;
  if (tls === null) {
    const fault = faultOfCode(asked);
    // The handshake ended and the request on it failed; evidence of before does not say what the certificate was.
    const failure = asked.findLast((observation) => observation.failure !== null)?.failure ?? null;
    return {
      ...blank(address),
      state: fault === null ? 'unknown' : 'faulty',
      fault,
      cause: fault === null ? (failure?.code ?? 'unknown') : null,
    };
  }
  const fault = faultOf(tls);
  return {
    ...blank(address),
    state: fault === null ? 'valid' : 'faulty',
    fault,
    detail: detailOf(tls, fault),
    protocol: tls.protocol,
    chainLength: tls.chain.filter(({ selfSigned }) => !selfSigned).length,
    keyFingerprint: tls.chain[0]?.keyFingerprint ?? '',
  };
}

function faultOf(tls: TlsEvidence): CertificateFault | null {
  if (!tls.nameMatches) return 'wrong-name';
  if (!tls.datesValid) return 'expired';
  return tls.chainTrusted ? null : 'untrusted';
}

function faultOfCode(asked: Observation[]): CertificateFault | null {
  const codes = asked.map(({ failure }) => failure?.code);
  if (codes.includes('tls-name-mismatch')) return 'wrong-name';
  if (codes.includes('tls-expired')) return 'expired';
  return codes.includes('tls-untrusted') ? 'untrusted' : null;
}

function detailOf(tls: TlsEvidence, fault: CertificateFault | null): string {
  const leaf = tls.chain[0];
  if (leaf === undefined || fault === null) return '';
  if (fault === 'wrong-name') return leaf.names.slice(0, 5).join(', ') || leaf.subject;
  if (fault === 'expired') return `${leaf.validFrom} - ${leaf.validTo}`;
  return tls.chainError ?? leaf.issuer;
}
