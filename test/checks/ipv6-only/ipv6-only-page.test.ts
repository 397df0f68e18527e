import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/ipv6-only/ipv6-only-page.ts';
import type { NameUnderIpv6Only } from '../../../src/facts/ipv6-only-names.ts';
import type { Observation } from '../../../src/model/observation.ts';
import {
  apex,
  connect,
  find,
  type HttpSaid,
  healthy,
  http,
  serviceSubject,
  v4,
  v6,
  v6b,
  type WebParts,
  www,
} from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { [apex]: { 6: [v6], 4: [v4] } };
const hop = 'sso.bo.gov.vn';
const well = [...healthy(apex, v6), ...healthy(apex, v4)];
const no80 = http(`http://${apex}/`, v6, { fails: 'refused' });
const seen = (six: HttpSaid[], more: Partial<WebParts> = {}): WebParts => ({
  hosts: dual,
  observations: [
    ...six.map((said, index): Observation => http(url, v6, { ...said, round: index === 0 ? '1' : '2' })),
    no80,
    ...healthy(apex, v4),
  ],
  ...more,
});
const unproven = { run: { provenAround: () => false } };
const nginx: HttpSaid = { html: '<title>Welcome to nginx!</title><p>If you see this page, the nginx web server is successfully installed' };
const broken: Partial<NameUnderIpv6Only> = { state: 'broken', cause: 'dns-timeout', brokenCut: 'gov.vn', operators: ['vnnic.vn'] };

interface Row {
  title: string;
  parts: WebParts;
  status: string;
  message: string;
  cause?: string | null;
  values?: object;
}
const rows: Row[] = [
  { title: 'everything over IPv6', parts: { hosts: dual, observations: well }, status: 'pass', message: 'loads', values: { url } },
  { title: 'no A published', parts: { hosts: { [apex]: { 6: [v6] } }, observations: healthy(apex, v6) }, status: 'pass', message: 'loads' },
  { title: 'IPv4 not measured', parts: { hosts: dual, observations: healthy(apex, v6) }, status: 'pass', message: 'loads' },
  {
    title: 'www in place of the apex',
    parts: { hosts: { [www]: { 6: [v6] } }, observations: healthy(www, v6) },
    status: 'pass',
    message: 'loads',
    values: { host: www },
  },
  {
    title: 'dead address beside a good one',
    parts: {
      hosts: { [apex]: { 6: [v6, v6b], 4: [v4] } },
      observations: [...well, http(url, v6b, { fails: 'refused' }), connect(v6b, 80)],
    },
    status: 'warn',
    message: 'some-addresses-dead',
    values: { failing: [v6b] },
  },
  {
    title: 'W8 certificate fault',
    parts: seen([{ tls: { datesValid: false } }]),
    status: 'warn',
    message: 'certificate-fault',
    values: { fault: 'expired' },
  },
  {
    title: 'W12 500 in both',
    parts: { hosts: dual, observations: [...healthy(apex, v6, { status: 500 }), ...healthy(apex, v4, { status: 500 })] },
    status: 'warn',
    message: 'error-status',
  },
  {
    title: 'W12 500 over IPv6 only',
    parts: seen([{ status: 500 }, { status: 500 }]),
    status: 'fail',
    message: 'worse-than-ipv4',
    cause: 'status-worse-over-ipv6',
  },
  { title: '500 over IPv6 seen once', parts: seen([{ status: 500 }]), status: 'inconclusive', message: 'undecided', cause: 'unstable' },
  {
    title: 'W13 403 over IPv6 only',
    parts: seen([{ status: 403 }, { status: 403 }]),
    status: 'inconclusive',
    message: 'limited',
    cause: 'waf-challenge',
  },
  { title: 'W14 429', parts: seen([{ status: 429 }, { status: 429 }]), status: 'inconclusive', message: 'limited', cause: 'rate-limited' },
  {
    title: 'W13 challenge with 200',
    parts: seen([{ html: '<title>Just a moment...</title>' }]),
    status: 'inconclusive',
    message: 'limited',
    cause: 'waf-challenge',
  },
  { title: 'default page', parts: seen([nginx, nginx]), status: 'fail', message: 'default-page' },
  {
    title: 'stalls once',
    parts: seen([{}, { fails: 'timeout', step: 'body', tries: 1, partial: true }]),
    status: 'warn',
    message: 'stalls-sometimes',
    cause: 'unstable',
  },
  {
    title: 'W19 stalls 3 of 3',
    parts: seen([{ fails: 'timeout', step: 'body', partial: true }]),
    status: 'fail',
    message: 'transfer-stalls',
    cause: 'path-mtu-suspected',
  },
  {
    title: 'W19 stalls, unproven',
    parts: seen([{ fails: 'timeout', step: 'body', partial: true }], unproven),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-web-unproven',
  },
  { title: 'no AAAA', parts: { hosts: { [apex]: { 4: [v4] } } }, status: 'fail', message: 'no-ipv6-address' },
  {
    title: 'name broken with IPv6 only',
    parts: { hosts: dual, observations: well, names: { [apex]: broken } },
    status: 'fail',
    message: 'name-not-resolvable',
    cause: 'dns-timeout',
    values: { names: [apex], cut: 'gov.vn', operators: ['vnnic.vn'] },
  },
  {
    title: 'name not measured with IPv6 only',
    parts: { hosts: dual, observations: well, names: { [apex]: { state: 'unknown', cause: 'vantage-no-ipv6' } } },
    status: 'inconclusive',
    message: 'names-not-measured',
    cause: 'vantage-no-ipv6',
    values: { names: [apex] },
  },
  { title: 'W11 refused over IPv6', parts: seen([{ fails: 'refused' }]), status: 'fail', message: 'no-connection', cause: 'refused' },
  {
    title: 'refused over IPv6, unproven',
    parts: seen([{ fails: 'refused' }], unproven),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-web-unproven',
  },
  {
    title: 'no IPv6 at this vantage',
    parts: seen([{ fails: 'no-route' }]),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'local-no-route',
  },
  {
    title: 'refused in both',
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
    title: 'W7 redirect to an IPv4-only host',
    parts: {
      hosts: { ...dual, [hop]: { 4: ['203.162.0.9'] } },
      observations: [
        ...[v6, v4].map((address) => http(url, address, { location: `https://${hop}/` })),
        no80,
        http(`https://${hop}/`, '203.162.0.9'),
      ],
    },
    status: 'fail',
    message: 'redirect-broken',
    values: { hop, kind: 'ipv4-only' },
  },
  {
    title: 'handshake fails',
    parts: seen([{ fails: 'tls-alert', step: 'tls' }]),
    status: 'fail',
    message: 'tls-fails',
    cause: 'tls-alert',
  },
  {
    title: 'breaks in the body',
    parts: seen([{ fails: 'reset', step: 'body', partial: true }]),
    status: 'fail',
    message: 'transfer-stalls',
    cause: 'reset',
    values: { step: 'body' },
  },
  {
    title: 'no answer',
    parts: seen([{ fails: 'reset', step: 'headers' }]),
    status: 'fail',
    message: 'no-response',
    cause: 'reset',
    values: { step: 'headers' },
  },
  { title: 'no address', parts: { hosts: {} }, status: 'not-applicable', message: 'no-address' },
  {
    title: 'AAAA unknown',
    parts: { hosts: { [apex]: { unknown6: 'dns-servfail' } } },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'dns-servfail',
  },
];

describe('ipv6-only-page', () => {
  it.each(rows)('$title: $message', ({ parts, status, message, cause = null, values = {} }) => {
    const finding = find(check, parts, serviceSubject());
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });

  it('has nothing to say about a mail service', () => {
    const finding = find(check, { hosts: { [apex]: { unknown6: 'dns-timeout' } } }, { ...serviceSubject(), service: 'mail' });
    expect(finding).toMatchObject({ status: 'not-applicable', message: 'no-web-service', values: { host: apex } });
  });
});
