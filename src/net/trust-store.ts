import { constants, X509Certificate } from 'node:crypto';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/** Trust anchors with the TLS settings of every handshake. */
export interface TrustStore {
  secureContext: SecureContext;
  /** Anchors by subject, parsed at first use: only chains with a date problem need them. */
  anchors(): ReadonlyMap<string, readonly X509Certificate[]>;
}

/**
 * No finite-field Diffie-Hellman, neither as a cipher suite (up to TLS 1.2) nor as a group (TLS 1.3): the server chooses the
 * size of the numbers, OpenSSL reckons with them on our only thread, and a prime of 8,192 bits stops the event loop for 0.3 s (measured).
 * Chrome (since 2016), Firefox (since 78), Go and BoringSSL offer none either. ECDHE and RSA stay, of every age; the groups are
 * OpenSSL's own without `ffdhe*`. Security level 0 must stand last.
 */
const ciphers = 'DEFAULT:!kDHE:@SECLEVEL=0';
const groups = 'X25519:P-256:X448:P-521:P-384';

const stores = new WeakMap<readonly string[], TrustStore>();

/** The store for a set of extra CA certificates (PEM) beside the built-in roots. Kept for the process: reading the roots is costly. */
export function trustStore(extraCertificates: readonly string[]): TrustStore {
  const known = stores.get(extraCertificates);
  if (known !== undefined) return known;
  const store = buildStore(extraCertificates);
  stores.set(extraCertificates, store);
  return store;
}

/** Old TLS is evidence, not an obstacle (design §5): whatever a browser of the last ten years reaches is reached. */
function buildStore(extraCertificates: readonly string[]): TrustStore {
  const ca = [...rootCertificates, ...extraCertificates];
  let anchors: Map<string, X509Certificate[]> | null = null;
  return {
    secureContext: createSecureContext({
      ca,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.3',
      ciphers,
      ecdhCurve: groups,
      secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
    }),
    anchors() {
      anchors ??= bySubject(ca.map((pem) => new X509Certificate(pem)));
      return anchors;
    },
  };
}

function bySubject(certificates: readonly X509Certificate[]): Map<string, X509Certificate[]> {
  const found = new Map<string, X509Certificate[]>();
  for (const certificate of certificates) {
    found.set(certificate.subject, [...(found.get(certificate.subject) ?? []), certificate]);
  }
  return found;
}
