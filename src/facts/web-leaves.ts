import type { Certificate, Family, TlsEvidence } from '../model/observation.ts';
import { organisationOf } from '../parsers/distinguished-name.ts';
import type { AgencyContext } from './context.ts';
import { webCertificates } from './web-certificates.ts';
import { tlsEvidenceOf } from './web-requests.ts';

/** The certificate that one address showed for a host. */
export interface ShownLeaf {
  address: string;
  observation: string;
  /** Chain, name and dates are good. */
  valid: boolean;
  nameMatches: boolean;
  keyFingerprint: string;
  /** Sorted. */
  names: string[];
  issuer: string;
  organisation: string | null;
  certificate: Certificate;
}

/** Leaf certificates of a host on port 443 over one family, one an address: that of the earliest handshake that showed one. */
export function shownLeaves(context: AgencyContext, host: string, family: Family): ShownLeaf[] {
  const leaves = new Map<string, ShownLeaf>();
  for (const observation of context.evidence.httpRequests(host, family)) {
    const { request, id } = observation;
    const tls = request.scheme === 'https' && request.port === 443 ? tlsEvidenceOf(observation) : null;
    const leaf = tls === null ? null : leafOf(tls, request.address, id);
    if (leaf !== null && !leaves.has(request.address)) leaves.set(request.address, leaf);
  }
  return [...leaves.values()];
}

function leafOf(tls: TlsEvidence, address: string, observation: string): ShownLeaf | null {
  const [certificate] = tls.chain;
  if (certificate === undefined) return null;
  return {
    address,
    observation,
    valid: tls.chainTrusted && tls.nameMatches && tls.datesValid,
    nameMatches: tls.nameMatches,
    keyFingerprint: certificate.keyFingerprint,
    names: certificate.names.toSorted(),
    issuer: certificate.issuer,
    organisation: organisationOf(certificate.subject),
    certificate,
  };
}

export type LeafPart = 'key' | 'names' | 'issuer';

/** What of two leaf certificates is not the same: key, names or issuer. A new certificate for the same key is the same. */
export function leafDifferences(one: ShownLeaf, other: ShownLeaf): LeafPart[] {
  const differ: [LeafPart, boolean][] = [
    ['key', one.keyFingerprint !== other.keyFingerprint],
    ['names', one.names.join(' ') !== other.names.join(' ')],
    ['issuer', one.issuer !== other.issuer],
  ];
  return differ.flatMap(([part, is]) => (is ? [part] : []));
}

/** Every address that took a connection is proven to make no TLS on it, or falls silent then. */
export function hasNoTls(context: AgencyContext, host: string): boolean {
  const certificates = webCertificates(context, host);
  if (!certificates.known) return false;
  const { ipv6, stalled } = certificates.value;
  return stalled || (ipv6.length > 0 && ipv6.every(({ state }) => state === 'fails'));
}
