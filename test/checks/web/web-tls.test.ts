import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-tls.ts';
import type { Certificate, TlsEvidence } from '../../../src/model/observation.ts';
import { withUnprovenIpv4 } from '../../support/dns-context.ts';
import { apex, connect, find, goodTls, healthy, http, v4, v6, v6b, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { [apex]: { 6: [v6], 4: [v4] } };
const two = { [apex]: { 6: [v6, v6b], 4: [v4] } };
const leaf: Certificate = {
  subject: 'CN=other.vn',
  issuer: 'CN=CA',
  names: ['other.vn'],
  validFrom: 'a',
  validTo: 'b',
  fingerprint: 'f',
  keyFingerprint: 'k',
  selfSigned: false,
  serviceUrls: [],
};
const chainOf = (length: number): Partial<TlsEvidence> => ({ chain: Array.from({ length }, () => leaf) });
const faults = {
  wrongName: { nameMatches: false, chain: [leaf] },
  untrusted: { chainTrusted: false, chainError: 'SELF_SIGNED_CERT_IN_CHAIN', chain: [leaf] },
  expired: { datesValid: false, chain: [leaf] },
};
const against = (tls: Partial<TlsEvidence>, tls4: Partial<TlsEvidence> = goodTls): WebParts => ({
  hosts: dual,
  observations: [http(url, v6, { tls }), http(url, v4, { tls: tls4 })],
});

interface Row {
  title: string;
  parts: WebParts;
  status: string;
  message: string;
  cause?: string | null;
  values?: object;
}
const stall = { fails: 'timeout', step: 'tls' } as const;
const rows: Row[] = [
  { title: 'valid', parts: against({}), status: 'pass', message: 'valid', values: { addresses: [v6], protocol: 'TLSv1.3' } },
  {
    title: 'W9 wrong name on IPv6 only',
    parts: against(faults.wrongName),
    status: 'fail',
    message: 'wrong-name',
    cause: 'tls-name-mismatch',
    values: { failing: [v6], detail: 'other.vn' },
  },
  {
    title: 'W9 untrusted on IPv6 only',
    parts: against(faults.untrusted),
    status: 'fail',
    message: 'untrusted',
    cause: 'tls-untrusted',
    values: { detail: 'SELF_SIGNED_CERT_IN_CHAIN' },
  },
  {
    title: 'W9 expired on IPv6 only',
    parts: against(faults.expired),
    status: 'fail',
    message: 'expired',
    cause: 'tls-expired',
    values: { detail: 'a - b' },
  },
  ...Object.entries(faults).map(
    ([fault, tls]): Row => ({
      title: `W8 ${fault} in both families is not blamed on IPv6`,
      parts: against(tls, tls),
      status: 'info',
      message: 'same-fault-both-families',
      values: { failing: [v6] },
    }),
  ),
  { title: 'W8 fault over IPv4 only', parts: against({}, faults.expired), status: 'pass', message: 'valid' },
  {
    title: 'fault without IPv4 published',
    parts: { hosts: { [apex]: { 6: [v6] } }, observations: [http(url, v6, { tls: faults.expired })] },
    status: 'fail',
    message: 'expired',
    cause: 'tls-expired',
  },
  {
    title: 'fault with IPv4 not measurable',
    parts: { hosts: dual, observations: [http(url, v6, { tls: faults.expired })] },
    status: 'inconclusive',
    message: 'fault-without-control',
    cause: 'vantage-no-ipv4',
    values: { fault: 'expired' },
  },
  {
    title: 'fault with IPv4 down',
    parts: { hosts: dual, observations: [http(url, v6, { tls: faults.expired }), http(url, v4, { fails: 'refused' })] },
    status: 'inconclusive',
    message: 'fault-without-control',
    cause: 'both-families-down',
  },
  {
    title: 'fault, and IPv4 fails where it proved nothing',
    parts: {
      hosts: dual,
      observations: [http(url, v6, { tls: faults.expired }), http(url, v4, { fails: 'timeout' })],
      run: withUnprovenIpv4,
    },
    status: 'inconclusive',
    message: 'fault-without-control',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'older protocol',
    parts: against({ protocol: 'TLSv1.2' }),
    status: 'warn',
    message: 'older-protocol',
    values: { protocol: 'TLSv1.2', protocolIpv4: 'TLSv1.3' },
  },
  { title: 'newer protocol', parts: against({}, { protocol: 'TLSv1.2' }), status: 'pass', message: 'valid' },
  {
    title: 'shorter chain of the same key',
    parts: against(chainOf(1), chainOf(2)),
    status: 'warn',
    message: 'shorter-chain',
    values: { chainLength: 1, chainLengthIpv4: 2 },
  },
  { title: 'equal chains', parts: against(chainOf(2), chainOf(2)), status: 'pass', message: 'valid' },
  {
    title: 'handshake fails',
    parts: { hosts: dual, observations: [http(url, v6, { fails: 'tls-handshake', step: 'tls' }), http(url, v4)] },
    status: 'fail',
    message: 'handshake-fails',
    cause: 'tls-handshake',
    values: { failing: [v6], step: 'tls' },
  },
  {
    title: 'V9 no cipher in common in either family (we offer no finite-field DHE, as browsers) is not held against IPv6',
    parts: {
      hosts: dual,
      observations: [http(url, v6, { fails: 'tls-alert', step: 'tls' }), http(url, v4, { fails: 'tls-alert', step: 'tls' })],
    },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'both-families-down',
  },
  {
    title: 'handshake fails on one address',
    parts: { hosts: two, observations: [http(url, v6), http(url, v6b, { fails: 'tls-alert', step: 'tls' }), http(url, v4)] },
    status: 'warn',
    message: 'some-handshakes-fail',
    cause: 'tls-alert',
    values: { failing: [v6b], addresses: [v6] },
  },
  {
    title: 'W8 a reset after the handshake: its certificate was seen',
    parts: {
      hosts: dual,
      observations: [http(url, v6, { fails: 'reset', step: 'headers', handshake: {} }), http(url, v4)],
    },
    status: 'pass',
    message: 'valid',
  },
  {
    title: 'W8 a reset after a handshake with a certificate of another name',
    parts: {
      hosts: dual,
      observations: [http(url, v6, { fails: 'reset', step: 'headers', handshake: { nameMatches: false } }), http(url, v4)],
    },
    status: 'fail',
    message: 'wrong-name',
    cause: 'tls-name-mismatch',
  },
  {
    title: 'a reset after the handshake, in evidence that says no more',
    parts: { hosts: dual, observations: [http(url, v6, { fails: 'reset', step: 'headers' }), http(url, v4)] },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'reset',
  },
  {
    title: 'handshake fails in both',
    parts: { hosts: dual, observations: [v6, v4].map((address) => http(url, address, { fails: 'tls-alert', step: 'tls' })) },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'both-families-down',
  },
  {
    title: 'one address unmeasured',
    parts: {
      hosts: two,
      observations: [http(url, v6), http(url, v6b, { fails: 'tls-alert', step: 'tls' }), http(url, v4)],
      run: { provenAround: () => false },
    },
    status: 'pass',
    message: 'valid-where-measured',
    values: { unmeasured: [v6b] },
  },
  {
    title: 'shaky handshake',
    parts: {
      hosts: dual,
      observations: [http(url, v6), http(url, v6, { fails: 'reset', step: 'tls', round: 'retest', tries: 9 }), http(url, v4)],
    },
    status: 'warn',
    message: 'unstable',
    cause: 'unstable',
    values: { failing: [v6] },
  },
  {
    title: 'no HTTPS in either',
    parts: { hosts: dual, observations: [v6, v4].flatMap((address) => [connect(address, 80), http(url, address, { fails: 'refused' })]) },
    status: 'not-applicable',
    message: 'no-https',
  },
  {
    title: 'refused over IPv6',
    parts: { hosts: dual, observations: [http(url, v6, { fails: 'refused' }), http(url, v4)] },
    status: 'not-applicable',
    message: 'no-connection',
  },
  {
    title: 'unproven connection',
    parts: { hosts: dual, observations: [http(url, v6, { fails: 'refused' }), http(url, v4)], run: { provenAround: () => false } },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-web-unproven',
  },
  {
    title: 'W1 W19 silence after the connect, 3 of 3',
    parts: { hosts: dual, observations: [http(url, v6, stall), ...healthy(apex, v4)] },
    status: 'inconclusive',
    message: 'path-mtu-suspected',
    cause: 'path-mtu-suspected',
    values: { step: 'tls' },
  },
  { title: 'no AAAA', parts: { hosts: { [apex]: { 4: [v4] } } }, status: 'not-applicable', message: 'no-ipv6-address' },
  { title: 'no address', parts: { hosts: {} }, status: 'not-applicable', message: 'no-address' },
];

describe('web-tls', () => {
  it.each(rows)('$title: $message', ({ parts, status, message, cause = null, values = {} }) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });
});
