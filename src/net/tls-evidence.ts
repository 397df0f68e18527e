import { createHash, type X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Certificate, TlsEvidence } from '../model/observation.ts';
import { certificateServiceUrls } from './certificate-service-urls.ts';
import { chainTrust, issued } from './chain-trust.ts';
import { subjectAltDnsNames } from './subject-alt-names.ts';
import type { TrustStore } from './trust-store.ts';

const maxChain = 10;
const maxNames = 100;
const maxNameLength = 500;

/**
 * What a finished handshake showed. The socket must have been made with `rejectUnauthorized: false` and with a
 * `checkServerIdentity` that says nothing, so that `authorizationError` speaks of the chain alone (faults W8, W9).
 */
export function tlsEvidence(socket: TLSSocket, serverName: string, store: TrustStore): TlsEvidence {
  const chain = sentChain(socket);
  const [leaf] = chain;
  const datesValid = leaf !== undefined && isWithinDates(leaf, Date.now());
  const trust = chainTrust({ chain, leafDatesValid: datesValid, verifyError: verifyError(socket), store });
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher()?.name ?? '',
    alpn: typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null,
    chain: chain.map((certificate, depth) => describe(certificate, depth === 0)),
    chainTrusted: leaf !== undefined && trust.trusted,
    chainError: leaf === undefined ? 'UNABLE_TO_GET_ISSUER_CERT' : trust.error,
    nameMatches: leaf !== undefined && matches(leaf, serverName),
    datesValid,
  };
}

/** Typed as an Error, but Node sets OpenSSL's code. */
function verifyError(socket: TLSSocket): string | null {
  if (socket.authorized) return null;
  const error: unknown = socket.authorizationError;
  return typeof error === 'string' ? error : error instanceof Error ? error.message.slice(0, maxNameLength) : 'UNSPECIFIED';
}

/** Certificates as sent, leaf first; at most ten, and no certificate twice. */
function sentChain(socket: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = [];
  const seen = new Set<string>();
  let next = socket.getPeerX509Certificate();
  while (next !== undefined && chain.length < maxChain && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256);
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

function isWithinDates(certificate: X509Certificate, now: number): boolean {
  return Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
}

/** Names in the subject alone (CN) do not count: no browser has taken them since 2017 (RFC 9525 §2). */
function matches(leaf: X509Certificate, name: string): boolean {
  try {
    if (isIP(name) !== 0) return leaf.checkIP(name) !== undefined;
    return leaf.checkHost(name, { subject: 'never', partialWildcards: false }) !== undefined;
  } catch {
    return false;
  }
}

/** A host shows the same chain at every connection, and most hosts the same issuers: by fingerprint, and whether as a leaf. */
const described = new Map<string, Certificate>();
const mostDescribed = 500;

function describe(certificate: X509Certificate, isLeaf: boolean): Certificate {
  const key = `${certificate.fingerprint256} ${isLeaf}`;
  const known = described.get(key);
  if (known !== undefined) return known;
  const made = describeAnew(certificate, isLeaf);
  if (described.size >= mostDescribed) described.clear();
  described.set(key, made);
  return made;
}

function describeAnew(certificate: X509Certificate, isLeaf: boolean): Certificate {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: subjectAltDnsNames(certificate.subjectAltName ?? '', maxNames),
    validFrom: isoDate(certificate.validFrom),
    validTo: isoDate(certificate.validTo),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    keyFingerprint: keyFingerprint(certificate),
    selfSigned: issued(certificate, certificate),
    serviceUrls: isLeaf ? certificateServiceUrls(certificate) : [],
  };
}

/** Node writes one attribute a line; a certificate without a subject gives undefined. */
function oneLine(text: string | undefined): string {
  return (text ?? '').replaceAll('\n', ', ').slice(0, maxNameLength);
}

function isoDate(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text.slice(0, maxNameLength) : new Date(time).toISOString();
}

function keyFingerprint(certificate: X509Certificate): string {
  try {
    return createHash('sha256')
      .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex');
  } catch {
    return '';
  }
}
