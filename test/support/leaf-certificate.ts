import type { Certificate, ObservationOf, Round, TlsEvidence } from '../../src/model/observation.ts';
import { observationId } from '../../src/net/network.ts';
import { goodTls } from './web-evidence.ts';

/** A leaf certificate of the test agency. */
export function leafOf(changes: Partial<Certificate> = {}): Certificate {
  return {
    subject: 'C=VN, O=Bo X, CN=bo.gov.vn',
    issuer: 'C=VN, O=CA, CN=CA 1',
    names: ['bo.gov.vn', 'www.bo.gov.vn'],
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2027-01-01T00:00:00.000Z',
    fingerprint: 'f1',
    keyFingerprint: 'k1',
    selfSigned: false,
    serviceUrls: [],
    ...changes,
  };
}

/** TLS evidence with this leaf alone. */
export const withLeaf = (changes: Partial<Certificate> = {}, tls: Partial<TlsEvidence> = {}): { tls: Partial<TlsEvidence> } => ({
  tls: { chain: [leafOf(changes)], ...tls },
});

/** The extra handshake of `web-protocols`; `alpn` null: it failed. */
export function offer(host: string, address: string, alpn: string | null, round: Round = '1'): ObservationOf<'tls-handshake'> {
  const family = address.includes(':') ? 6 : 4;
  const request = { family, address, port: 443, round, serverName: host, alpn: ['h2', 'http/1.1'] } as const;
  const operation = { op: 'tls-handshake' as const, request: { ...request, alpn: [...request.alpn] } };
  const failure = alpn === null ? ({ code: 'reset', step: 'tls', synchronous: false, detail: '' } as const) : null;
  const startedAt = '2026-01-01T00:00:00.000Z';
  return {
    ...operation,
    id: observationId(operation),
    startedAt,
    elapsedMs: 10,
    peer: null,
    tries: [{ startedAt, elapsedMs: 10, failure, loopDelayMs: 0 }],
    failure,
    response: alpn === null ? null : { ...goodTls, alpn },
  };
}
