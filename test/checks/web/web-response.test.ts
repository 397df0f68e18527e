import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-response.ts';
import type { Observation } from '../../../src/model/observation.ts';
import { apex, find, type HttpSaid, healthy, http, v4, v6, v6b, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { [apex]: { 6: [v6], 4: [v4] } };
const rounds = (address: string, ...answers: HttpSaid[]): Observation[] =>
  answers.map((said, index) => http(url, address, { ...said, round: (['1', '2', 'retest'] as const)[index] ?? '3' }));
const s = (status: number, more: HttpSaid = {}): HttpSaid => ({ status, html: 'lỗi', ...more });
const seen = (six: HttpSaid[], four: HttpSaid[], more: Partial<WebParts> = {}): WebParts => ({
  hosts: dual,
  observations: [...rounds(v6, ...six), ...rounds(v4, ...four)],
  ...more,
});
const nginx = '<title>Welcome to nginx!</title><p>If you see this page, the nginx web server is successfully installed';
const challenge = '<title>Just a moment...</title><p>Checking your browser before accessing';
const hop = 'sso.bo.gov.vn';

interface Row {
  title: string;
  parts: WebParts;
  status: string;
  message: string;
  cause?: string | null;
  values?: object;
}
const rows: Row[] = [
  {
    title: '200 in both',
    parts: seen([{}, {}], [{}, {}]),
    status: 'pass',
    message: 'responds',
    values: { statuses: ['200', '200'], statusesIpv4: ['200', '200'] },
  },
  { title: '200 over IPv6, 500 over IPv4', parts: seen([{}, {}], [s(500), s(500)]), status: 'pass', message: 'responds' },
  { title: '200 over IPv6, IPv4 not measured', parts: seen([{}], []), status: 'pass', message: 'responds' },
  {
    title: 'W12 500 in both',
    parts: seen([s(500), s(500)], [s(500), s(500)]),
    status: 'warn',
    message: 'error-in-both',
    values: { statuses: ['500', '500'] },
  },
  { title: 'W12 404 over IPv6, 500 over IPv4', parts: seen([s(404), s(404)], [s(500), s(500)]), status: 'warn', message: 'error-in-both' },
  { title: 'W12 403 in both', parts: seen([s(403), s(403)], [s(403), s(403)]), status: 'warn', message: 'error-in-both' },
  {
    title: 'W12 500 over IPv6 in every round',
    parts: seen([s(500), s(500)], [{}, {}]),
    status: 'fail',
    message: 'status-worse-over-ipv6',
    cause: 'status-worse-over-ipv6',
  },
  { title: '500 over IPv6 seen once', parts: seen([s(500)], [{}]), status: 'inconclusive', message: 'seen-once', cause: 'unstable' },
  {
    title: '500 in one round of two',
    parts: seen([s(500), {}], [{}, {}]),
    status: 'warn',
    message: 'sometimes-worse',
    values: { statuses: ['500', '200'] },
  },
  {
    title: 'W12 403 over IPv6 in every round and the retest',
    parts: seen([s(403), s(403), s(403)], [{}, {}]),
    status: 'fail',
    message: 'status-worse-over-ipv6',
    cause: 'status-worse-over-ipv6',
    values: { statuses: ['403', '403', '403'] },
  },
  {
    title: 'W13 403 over IPv6 without a retest',
    parts: seen([s(403), s(403)], [{}, {}]),
    status: 'inconclusive',
    message: 'waf-challenge',
    cause: 'waf-challenge',
  },
  {
    title: 'W13 503 with Retry-After',
    parts: seen([s(503, { headers: [['retry-after', '5']] }), s(503), s(503)], [{}, {}]),
    status: 'inconclusive',
    message: 'waf-challenge',
    cause: 'waf-challenge',
  },
  {
    title: 'W13 403 with cf-mitigated',
    parts: seen([s(403, { headers: [['cf-mitigated', 'challenge']] }), s(403), s(403)], [{}, {}]),
    status: 'inconclusive',
    message: 'waf-challenge',
    cause: 'waf-challenge',
  },
  {
    title: 'W13 challenge page over IPv6 only',
    parts: seen([{ html: challenge }, { html: challenge }], [{}, {}]),
    status: 'inconclusive',
    message: 'waf-challenge',
    cause: 'waf-challenge',
  },
  {
    title: 'W14 429 over IPv6',
    parts: seen([s(429), s(429), s(429)], [{}, {}]),
    status: 'inconclusive',
    message: 'rate-limited',
    cause: 'rate-limited',
  },
  { title: 'W14 403 after a 200', parts: seen([{}, s(403)], [{}, {}]), status: 'pass', message: 'responds-then-limited' },
  {
    title: 'W13 403 in one retest that turned good',
    parts: seen([s(403), s(403), {}], [{}, {}]),
    status: 'pass',
    message: 'responds-then-limited',
  },
  {
    title: 'W16 default page over IPv6',
    parts: seen([{ html: nginx }, { html: nginx }], [{}, {}]),
    status: 'fail',
    message: 'default-page',
    values: { title: 'Welcome to nginx!' },
  },
  {
    title: 'default page in both',
    parts: seen([{ html: nginx }, { html: nginx }], [{ html: nginx }, { html: nginx }]),
    status: 'pass',
    message: 'responds',
  },
  {
    title: 'error without A',
    parts: seen([s(500), s(500)], [], { hosts: { [apex]: { 6: [v6] } } }),
    status: 'warn',
    message: 'error-without-ipv4',
  },
  {
    title: 'error with IPv4 not measured',
    parts: seen([s(500), s(500)], [{ fails: 'no-route' }]),
    status: 'inconclusive',
    message: 'ipv4-not-measurable',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'error with IPv4 down',
    parts: seen([s(500), s(500)], [{ fails: 'refused' }]),
    status: 'inconclusive',
    message: 'ipv4-not-measurable',
    cause: 'both-families-down',
  },
  {
    title: 'reset instead of an answer',
    parts: seen([{ fails: 'reset', step: 'headers' }], [{}]),
    status: 'fail',
    message: 'no-response',
    cause: 'reset',
    values: { step: 'headers' },
  },
  {
    title: 'W5 malformed headers',
    parts: seen([{ fails: 'protocol-error', step: 'headers' }], [{}]),
    status: 'fail',
    message: 'no-response',
    cause: 'protocol-error',
  },
  {
    title: 'W5 malformed headers in both',
    parts: seen([{ fails: 'protocol-error', step: 'headers' }], [{ fails: 'protocol-error', step: 'headers' }]),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'both-families-down',
  },
  { title: 'W11 dead over IPv6', parts: seen([{ fails: 'refused' }], [{}]), status: 'not-applicable', message: 'no-connection' },
  {
    title: 'dead over IPv6, unproven',
    parts: seen([{ fails: 'refused' }], [{}], { run: { provenAround: () => false } }),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-web-unproven',
  },
  {
    title: 'nothing offered',
    parts: {
      hosts: dual,
      observations: [v6, v4].flatMap((address) => [
        http(url, address, { fails: 'refused' }),
        http(`http://${apex}/`, address, { fails: 'refused' }),
      ]),
    },
    status: 'not-applicable',
    message: 'not-offered',
  },
  {
    title: 'redirect to an IPv4-only host',
    parts: {
      hosts: { ...dual, [hop]: { 4: ['203.162.0.9'] } },
      observations: [
        ...[v6, v4].map((address) => http(url, address, { location: `https://${hop}/` })),
        http(`https://${hop}/`, '203.162.0.9'),
      ],
    },
    status: 'not-applicable',
    message: 'redirect-broken',
  },
  {
    title: 'W19 silent at headers, 3 of 3',
    parts: { hosts: dual, observations: [http(url, v6, { fails: 'timeout', step: 'headers' }), ...healthy(apex, v4)] },
    status: 'inconclusive',
    message: 'path-mtu-suspected',
    cause: 'path-mtu-suspected',
    values: { step: 'headers' },
  },
  {
    title: 'W19 silent in the body, 3 of 3',
    parts: { hosts: dual, observations: [http(url, v6, { fails: 'timeout', step: 'body', partial: true }), ...healthy(apex, v4)] },
    status: 'inconclusive',
    message: 'path-mtu-suspected',
    cause: 'path-mtu-suspected',
    values: { step: 'body' },
  },
  { title: 'no AAAA', parts: { hosts: { [apex]: { 4: [v4] } } }, status: 'not-applicable', message: 'no-ipv6-address' },
  { title: 'no address', parts: { hosts: {} }, status: 'not-applicable', message: 'no-address' },
  {
    title: 'W23 one of two addresses errs',
    parts: {
      hosts: { [apex]: { 6: [v6, v6b], 4: [v4] } },
      observations: [...rounds(v6, {}, {}), http(url, v6b, s(500)), ...rounds(v4, {}, {})],
    },
    status: 'warn',
    message: 'sometimes-worse',
  },
];

describe('web-response', () => {
  it.each(rows)('$title: $message', ({ parts, status, message, cause = null, values = {} }) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });
});
