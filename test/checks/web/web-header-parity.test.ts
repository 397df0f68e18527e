import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-header-parity.ts';
import { apex, find, type HttpSaid, http, v4, v6, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { [apex]: { 6: [v6], 4: [v4] } };
type Headers = [string, string][];
const both = (said: HttpSaid, address: string) => [http(url, address, said), http(url, address, { ...said, round: '2' })];
const against = (six: Headers, four: Headers): WebParts => ({
  hosts: dual,
  observations: [...both({ headers: six }, v6), ...both({ headers: four }, v4)],
});
const hsts = (value = 'max-age=31536000; includeSubDomains'): [string, string] => ['strict-transport-security', value];
const csp = (value = "default-src 'self'; frame-ancestors 'none'"): [string, string] => ['content-security-policy', value];
const cookie = (value: string): [string, string] => ['set-cookie', value];
const many: Headers = Array.from({ length: 100 }, (_, index) => [`x-${index}`, '1']);

const rows: [title: string, parts: WebParts, status: string, message: string, cause: string | null, values?: object][] = [
  ['equal', against([hsts(), csp()], [hsts(), csp()]), 'pass', 'equal', null, { url }],
  ['none on either side', against([], []), 'pass', 'equal', null],
  ['stronger over IPv6', against([hsts(), csp()], []), 'pass', 'equal', null],
  ['no HSTS over IPv6', against([csp()], [hsts(), csp()]), 'fail', 'missing-over-ipv6', null, { missing: ['Strict-Transport-Security'] }],
  ['HSTS switched off over IPv6', against([hsts('max-age=0')], [hsts()]), 'fail', 'missing-over-ipv6', null],
  ['no CSP over IPv6', against([hsts()], [hsts(), csp()]), 'fail', 'missing-over-ipv6', null, { missing: ['Content-Security-Policy'] }],
  [
    'HSTS missing in one answer of two only',
    { hosts: dual, observations: [http(url, v6), http(url, v6, { headers: [hsts()], round: '2' }), ...both({ headers: [hsts()] }, v4)] },
    'pass',
    'equal',
    null,
  ],
  [
    'HSTS missing in the only answer',
    { hosts: dual, observations: [http(url, v6), http(url, v4, { headers: [hsts()] })] },
    'warn',
    'weaker',
    null,
    { weaker: ['- Strict-Transport-Security'] },
  ],
  ['more headers than are kept', against(many, [hsts()]), 'not-applicable', 'no-page', null],
  [
    'shorter HSTS',
    against([hsts('max-age=300')], [hsts('max-age=301')]),
    'warn',
    'weaker',
    null,
    { weaker: ['Strict-Transport-Security: max-age 300 < 301'] },
  ],
  ['HSTS as long', against([hsts('max-age=301')], [hsts('max-age=301')]), 'pass', 'equal', null],
  [
    'HSTS without subdomains',
    against([hsts('max-age=31536000')], [hsts()]),
    'warn',
    'weaker',
    null,
    { weaker: ['Strict-Transport-Security: includeSubDomains'] },
  ],
  [
    'a CSP directive less',
    against([csp("default-src 'self'")], [csp()]),
    'warn',
    'weaker',
    null,
    { weaker: ['Content-Security-Policy: - frame-ancestors'] },
  ],
  ['unsafe-inline more', against([csp("default-src 'self' 'unsafe-inline'; frame-ancestors 'none'")], [csp()]), 'warn', 'weaker', null],
  ['another nonce', against([csp("script-src 'nonce-a'")], [csp("script-src 'nonce-b'")]), 'pass', 'equal', null],
  [
    'SAMEORIGIN for DENY',
    against([['x-frame-options', 'SAMEORIGIN']], [['x-frame-options', 'deny']]),
    'warn',
    'weaker',
    null,
    { weaker: ['X-Frame-Options: SAMEORIGIN < DENY'] },
  ],
  ['no X-Frame-Options', against([], [['x-frame-options', 'DENY']]), 'warn', 'weaker', null],
  [
    'weaker Referrer-Policy',
    against([['referrer-policy', 'unsafe-url']], [['referrer-policy', 'no-referrer, strict-origin']]),
    'warn',
    'weaker',
    null,
    { weaker: ['Referrer-Policy: unsafe-url < strict-origin'] },
  ],
  [
    'cookie without Secure',
    against([cookie('sid=1; HttpOnly')], [cookie('sid=2; HttpOnly; Secure')]),
    'warn',
    'weaker',
    null,
    { weaker: ['Set-Cookie: sid: - Secure'] },
  ],
  ['another cookie', against([cookie('lb6=1')], [cookie('lb4=1; Secure')]), 'pass', 'equal', null],
  [
    'HSTS over plain http counts for nothing',
    {
      hosts: dual,
      observations: [v6, v4].flatMap((address) => [
        http(url, address, { fails: 'refused' }),
        http(`http://${apex}/`, address, address === v4 ? { headers: [hsts()] } : {}),
      ]),
    },
    'pass',
    'equal',
    null,
  ],
  [
    'another place by family',
    {
      hosts: { ...dual, 'cdn.vn': { 6: [v6], 4: [v4] } },
      observations: [http(url, v6, { location: 'https://cdn.vn/' }), http('https://cdn.vn/', v6), http(url, v4, { headers: [hsts()] })],
    },
    'not-applicable',
    'other-place',
    null,
  ],
  [
    'error page over IPv6',
    { hosts: dual, observations: [...both({ status: 500 }, v6), ...both({ headers: [hsts()] }, v4)] },
    'not-applicable',
    'no-page',
    null,
  ],
  [
    'no connection',
    { hosts: dual, observations: [http(url, v6, { fails: 'refused' }), ...both({}, v4)] },
    'not-applicable',
    'no-page',
    null,
  ],
  [
    'W14 429 over IPv6',
    { hosts: dual, observations: [...both({ status: 429 }, v6), ...both({}, v4)] },
    'inconclusive',
    'rate-limited',
    'rate-limited',
  ],
  [
    'W13 challenge over IPv6',
    { hosts: dual, observations: [...both({ status: 403, headers: [['cf-mitigated', 'challenge']] }, v6), ...both({}, v4)] },
    'inconclusive',
    'waf-challenge',
    'waf-challenge',
  ],
  ['IPv4 was not measured', { hosts: dual, observations: both({}, v6) }, 'inconclusive', 'undecided', 'vantage-no-ipv4'],
  [
    'V1 own IPv6 unproven',
    { hosts: dual, observations: [http(url, v6, { fails: 'refused' }), ...both({}, v4)], run: { provenAround: () => false } },
    'inconclusive',
    'undecided',
    'vantage-web-unproven',
  ],
  ['IPv6 only', { hosts: { [apex]: { 6: [v6] } }, observations: both({}, v6) }, 'not-applicable', 'ipv4-not-published', null],
  ['no AAAA', { hosts: { [apex]: { 4: [v4] } }, observations: both({}, v4) }, 'not-applicable', 'no-ipv6-address', null],
  ['no address', { hosts: {} }, 'not-applicable', 'no-address', null],
];

describe('web-header-parity', () => {
  it.each(rows)('%s', (_, parts, status, message, cause, values = {}) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });
});
