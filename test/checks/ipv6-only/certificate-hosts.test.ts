import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/ipv6-only/certificate-hosts.ts';
import { withLeaf } from '../../support/leaf-certificate.ts';
import { apex, connect, find, http, serviceSubject, v4, v6, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const ocsp = 'http://ocsp.ca.example/';
const crl = 'http://crl.ca.example/x.crl';
const six = '2001:ee0::c';
const six2 = '2001:ee0::d';
const four = '203.162.0.9';
const has6 = { 6: [six], 4: [four] };

function named(urls: string[], hosts: WebParts['hosts'], observations: WebParts['observations'] = []): WebParts {
  return {
    hosts: { [apex]: { 6: [v6], 4: [v4] }, ...hosts },
    observations: [http(url, v6, withLeaf({ serviceUrls: urls })), ...observations],
  };
}

const rows: [title: string, parts: WebParts, status: string, message: string, cause: string | null, values?: object][] = [
  [
    'answers, with whatever status',
    named([ocsp], { 'ocsp.ca.example': has6 }, [http(ocsp, six, { status: 404 })]),
    'pass',
    'reachable',
    null,
    { hosts: ['ocsp.ca.example'] },
  ],
  [
    'two URLs on one host',
    named([ocsp, `${ocsp}x`], { 'ocsp.ca.example': has6 }, [http(ocsp, six)]),
    'pass',
    'reachable',
    null,
    { hosts: ['ocsp.ca.example'] },
  ],
  ['no AAAA', named([ocsp], { 'ocsp.ca.example': { 4: [four] } }), 'warn', 'ipv4-only', null, { failing: ['ocsp.ca.example'] }],
  [
    'one of two without AAAA',
    named([ocsp, crl], { 'ocsp.ca.example': has6, 'crl.ca.example': { 4: [four] } }, [http(ocsp, six)]),
    'warn',
    'ipv4-only',
    null,
    { failing: ['crl.ca.example'], hosts: ['ocsp.ca.example'] },
  ],
  [
    'silent over IPv6',
    named([ocsp], { 'ocsp.ca.example': has6 }, [http(ocsp, six, { fails: 'refused' }), http(ocsp, four)]),
    'warn',
    'silent-over-ipv6',
    'refused',
  ],
  [
    'V1 silent, own IPv6 unproven',
    {
      ...named([ocsp], { 'ocsp.ca.example': has6 }, [http(ocsp, six, { fails: 'refused' }), http(ocsp, four)]),
      run: { provenAround: () => false },
    },
    'inconclusive',
    'undecided',
    'vantage-web-unproven',
  ],
  [
    'one of two was not asked',
    named([ocsp, crl], { 'ocsp.ca.example': has6, 'crl.ca.example': { 6: [six2] } }, [http(ocsp, six)]),
    'pass',
    'reachable-where-measured',
    null,
    { unmeasured: ['crl.ca.example'] },
  ],
  ['SERVFAIL', named([ocsp], { 'ocsp.ca.example': { unknown6: 'dns-servfail' } }), 'inconclusive', 'undecided', 'dns-servfail'],
  [
    'gone in both families',
    named([ocsp], { 'ocsp.ca.example': {} }),
    'inconclusive',
    'undecided',
    'both-families-down',
    { unmeasured: ['ocsp.ca.example'] },
  ],
  ['names no host', named([], {}), 'not-applicable', 'none-named', null],
  [
    'W6 names address literals and other schemes only',
    named(['http://192.0.2.1/x', 'ldap://ca.example/x'], {}),
    'not-applicable',
    'none-named',
    null,
  ],
  ['no https', { hosts: { [apex]: { 6: [v6] } }, observations: [http(`http://${apex}/`, v6)] }, 'not-applicable', 'no-certificate', null],
  [
    'the page itself was not measured',
    {
      hosts: { [apex]: { 6: [v6], 4: [v4] } },
      observations: [443, 80].flatMap((port) => [v6, v4].map((address) => connect(address, port, { fails: 'opted-out' }))),
    },
    'inconclusive',
    'undecided',
    'opted-out',
    { unmeasured: [apex] },
  ],
  ['no address', { hosts: {} }, 'not-applicable', 'no-address', null],
];

describe('certificate-hosts', () => {
  it.each(rows)('%s', (_, parts, status, message, cause, values = {}) => {
    const finding = find(check, parts, serviceSubject());
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });

  it('a mail service has no page', () => {
    expect(find(check, { hosts: {} }, { ...serviceSubject(), service: 'mail' })).toMatchObject({
      status: 'not-applicable',
      message: 'no-web-service',
    });
  });
});
