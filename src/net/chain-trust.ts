import type { X509Certificate } from 'node:crypto';
import type { TrustStore } from './trust-store.ts';

const maxDepth = 10;
const dateErrors: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** Trust in a chain with the leaf's dates and the name left aside; the error is OpenSSL's word, null exactly when trusted. */
export interface ChainTrust {
  trusted: boolean;
  error: string | null;
}

export interface ChainQuestion {
  /** As sent, leaf first. */
  chain: readonly X509Certificate[];
  leafDatesValid: boolean;
  /** What OpenSSL said of the handshake, null when it had nothing to say. */
  verifyError: string | null;
  store: TrustStore;
}

/**
 * OpenSSL names one error of several, and with an expired leaf it is the date: whether the chain would be good without it is
 * then found by walking the signatures ourselves. A date error beside a valid leaf is an expired intermediate and stays.
 */
export function chainTrust({ chain, leafDatesValid, verifyError, store }: ChainQuestion): ChainTrust {
  if (verifyError === null) return { trusted: true, error: null };
  if (leafDatesValid || !dateErrors.has(verifyError)) return { trusted: false, error: verifyError };
  const error = walkToAnchor(chain, store);
  return { trusted: error === null, error };
}

function walkToAnchor(chain: readonly X509Certificate[], store: TrustStore): string | null {
  const [leaf] = chain;
  if (leaf === undefined) return 'UNABLE_TO_GET_ISSUER_CERT';
  const unused = new Set(chain.slice(1, maxDepth));
  let current = leaf;
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const certificate = current;
    const anchors = [...(store.anchors().get(certificate.issuer) ?? []), ...(store.anchors().get(certificate.subject) ?? [])];
    if (anchors.some((anchor) => anchor.fingerprint256 === certificate.fingerprint256 || issued(anchor, certificate))) return null;
    const next = [...unused].find((candidate) => candidate.ca && issued(candidate, certificate));
    if (next === undefined) return endError(certificate, leaf);
    unused.delete(next);
    current = next;
  }
  return 'CERT_CHAIN_TOO_LONG';
}

function endError(last: X509Certificate, leaf: X509Certificate): string {
  if (issued(last, last)) return last === leaf ? 'DEPTH_ZERO_SELF_SIGNED_CERT' : 'SELF_SIGNED_CERT_IN_CHAIN';
  return last === leaf ? 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' : 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY';
}

/** True when `issuer` names itself as the issuer of `subject` and its key made the signature. */
export function issued(issuer: X509Certificate, subject: X509Certificate): boolean {
  try {
    return subject.checkIssued(issuer) && subject.verify(issuer.publicKey);
  } catch {
    // A key type that OpenSSL cannot read signs nothing.
    return false;
  }
}
