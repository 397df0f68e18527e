import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-certificate-parity.ts';
import type { Certificate, TlsEvidence } from '../../../src/model/observation.ts';
import { withUnprovenIpv4 } from '../../support/dns-context.ts';
import { leafOf, withLeaf } from '../../support/leaf-certificate.ts';
import { apex, find, http, v4, v6, v6b, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { [apex]: { 6: [v6], 4: [v4] } };
const against = (
  six: Partial<Certificate>,
  four: Partial<Certificate> = {},
  tls: [Partial<TlsEvidence>?, Partial<TlsEvidence>?] = [],
): WebParts => ({
  hosts: dual,
  observations: [http(url, v6, withLeaf(six, tls[0])), http(url, v4, withLeaf(four, tls[1]))],
});
const other: Partial<Certificate> = { keyFingerprint: 'k2', fingerprint: 'f2', issuer: 'C=US, O=CA, CN=CA 2' };
const bad = { nameMatches: false };
const stall = { fails: 'timeout', step: 'tls' } as const;

const rows: [title: string, parts: WebParts, status: string, message: string, cause: string | null, values?: object][] = [
  ['same leaf', against({}), 'pass', 'same', null, { issuer: leafOf().issuer }],
  ['renewed with the same key', against({ fingerprint: 'f9', validTo: '2028-01-01T00:00:00.000Z' }), 'pass', 'same', null],
  ['another key', against({ keyFingerprint: 'k2' }), 'warn', 'other-certificate', null, { failing: [v6], differences: ['key'] }],
  ['another issuer and key', against(other), 'warn', 'other-certificate', null, { differences: ['key', 'issuer'] }],
  ['other names', against({ names: ['bo.gov.vn'] }), 'warn', 'other-certificate', null, { differences: ['names'] }],
  ['names in another order', against({ names: ['www.bo.gov.vn', 'bo.gov.vn'] }), 'pass', 'same', null],
  ['W9 invalid over IPv6', against(other, {}, [bad]), 'fail', 'invalid-over-ipv6', null, { failing: [v6] }],
  ['W8 the same faulty one in both families', against({}, {}, [bad, bad]), 'pass', 'same', null],
  ['W8 different and faulty in both', against(other, {}, [bad, bad]), 'warn', 'other-invalid-both', null],
  ['faulty over IPv4 only', against(other, {}, [{}, bad]), 'warn', 'other-certificate', null],
  [
    'another organisation',
    against({ ...other, subject: 'C=US, O=CDN Inc, CN=bo.gov.vn' }),
    'fail',
    'other-organisation',
    null,
    { organisation: 'CDN Inc', organisationIpv4: 'Bo X' },
  ],
  ['no organisation on one side', against({ ...other, subject: 'CN=bo.gov.vn' }), 'warn', 'other-certificate', null],
  [
    'one of two addresses',
    {
      hosts: { [apex]: { 6: [v6, v6b], 4: [v4] } },
      observations: [http(url, v6, withLeaf()), http(url, v6b, withLeaf(other)), http(url, v4, withLeaf())],
    },
    'warn',
    'other-certificate',
    null,
    { failing: [v6b] },
  ],
  ['IPv4 was not asked', { hosts: dual, observations: [http(url, v6, withLeaf())] }, 'inconclusive', 'undecided', 'vantage-no-ipv4'],
  [
    'IPv4 is down',
    { hosts: dual, observations: [http(url, v6, withLeaf()), http(url, v4, { fails: 'timeout' })] },
    'inconclusive',
    'undecided',
    'timeout',
  ],
  [
    'IPv4 fails, which proved nothing here',
    { hosts: dual, observations: [http(url, v6, withLeaf()), http(url, v4, { fails: 'timeout' })], run: withUnprovenIpv4 },
    'inconclusive',
    'undecided',
    'vantage-no-ipv4',
  ],
  [
    'TLS fails over IPv6',
    { hosts: dual, observations: [http(url, v6, { fails: 'tls-handshake', step: 'tls' }), http(url, v4, withLeaf())] },
    'not-applicable',
    'no-connection',
    null,
  ],
  [
    'no connection over IPv6',
    { hosts: dual, observations: [http(url, v6, { fails: 'refused' }), http(url, v4, withLeaf())] },
    'not-applicable',
    'no-connection',
    null,
  ],
  [
    'no https in either family',
    {
      hosts: dual,
      observations: [
        http(url, v6, { fails: 'refused' }),
        http(url, v4, { fails: 'refused' }),
        http(`http://${apex}/`, v6),
        http(`http://${apex}/`, v4),
      ],
    },
    'not-applicable',
    'no-https',
    null,
  ],
  [
    'W19 stalls over IPv6',
    { hosts: dual, observations: [http(url, v6, stall), http(url, v6, { ...stall, round: 'retest' }), http(url, v4, withLeaf())] },
    'inconclusive',
    'path-mtu-suspected',
    'path-mtu-suspected',
  ],
  [
    'IPv6 only',
    { hosts: { [apex]: { 6: [v6] } }, observations: [http(url, v6, withLeaf())] },
    'not-applicable',
    'ipv4-not-published',
    null,
  ],
  ['no AAAA', { hosts: { [apex]: { 4: [v4] } }, observations: [] }, 'not-applicable', 'no-ipv6-address', null],
  ['no address', { hosts: {} }, 'not-applicable', 'no-address', null],
];

describe('web-certificate-parity', () => {
  it.each(rows)('%s', (_, parts, status, message, cause, values = {}) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });
});
