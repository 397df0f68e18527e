import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/ipv6-only/dns64-safe.ts';
import { portalPage } from '../../support/body-evidence.ts';
import { withUnprovenIpv4 } from '../../support/dns-context.ts';
import { apex, find, http, serviceSubject, v4, v6, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { 6: [v6], 4: [v4] };
const page = (extra = ''): WebParts['observations'] => [http(url, v4, { html: portalPage({ extra }) })];
const bad = [{ address: '::ffff:203.162.0.1', scope: 'mapped' }];
const literal = 'http://203.162.0.7/x';

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
    title: 'dual stack',
    parts: { hosts: { [apex]: dual }, observations: [http(url, v6)] },
    status: 'pass',
    message: 'safe',
    values: { host: apex },
  },
  {
    title: 'IPv4 only, NODATA for AAAA',
    parts: { hosts: { [apex]: { 4: [v4] } }, observations: page() ?? [] },
    status: 'pass',
    message: 'safe',
  },
  {
    title: 'links cut',
    parts: {
      hosts: { [apex]: dual },
      observations: page(Array.from({ length: 250 }, (_, index) => `<img src="https://h${index}.example/x">`).join('')) ?? [],
    },
    status: 'pass',
    message: 'safe-in-part',
  },
  {
    title: 'D26 NXDOMAIN for AAAA beside A',
    parts: { hosts: { [apex]: { 4: [v4], outcome6: 'nxdomain' } }, observations: page() ?? [] },
    status: 'fail',
    message: 'wrong-nxdomain',
    values: { names: [apex] },
  },
  {
    title: 'bad AAAA and no good one',
    parts: { hosts: { [apex]: { 4: [v4], bad } }, observations: page() ?? [] },
    status: 'fail',
    message: 'bad-aaaa',
    values: { addresses: [`${apex}: ::ffff:203.162.0.1 (mapped)`] },
  },
  {
    title: 'bad AAAA beside a good one',
    parts: { hosts: { [apex]: { ...dual, bad } }, observations: page() ?? [] },
    status: 'pass',
    message: 'safe',
  },
  {
    title: 'literal in a script',
    parts: { hosts: { [apex]: dual }, observations: page(`<script src="${literal}"></script>`) ?? [] },
    status: 'fail',
    message: 'literals',
    values: { literals: [`script: ${literal}`] },
  },
  {
    title: 'literal in a plain link',
    parts: { hosts: { [apex]: dual }, observations: page(`<a href="${literal}">x</a>`) ?? [] },
    status: 'pass',
    message: 'safe',
  },
  {
    title: 'AAAA unknown',
    parts: { hosts: { [apex]: { unknown6: 'dns-timeout', 4: [v4] } } },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'dns-timeout',
  },
  {
    title: 'no page',
    parts: { hosts: { [apex]: dual }, observations: [http(url, v6, { fails: 'reset' }), http(url, v4, { fails: 'reset' })] },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'both-families-down',
  },
  {
    title: 'IPv4 only, and no IPv4 of our own to read the page over',
    parts: { hosts: { [apex]: { 4: [v4] } }, observations: [http(url, v4, { fails: 'no-route' })] },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'IPv4 only and silent, from a place whose IPv4 proved nothing',
    parts: { hosts: { [apex]: { 4: [v4] } }, observations: [http(url, v4, { fails: 'timeout' })], run: withUnprovenIpv4 },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'IPv4 only and silent',
    parts: { hosts: { [apex]: { 4: [v4] } }, observations: [http(url, v4, { fails: 'timeout' })] },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'both-families-down',
  },
  {
    title: 'refused over IPv6, and no IPv4 of our own',
    parts: { hosts: { [apex]: dual }, observations: [http(url, v6, { fails: 'refused' }), http(url, v4, { fails: 'no-route' })] },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'vantage-no-ipv4',
  },
  { title: 'no address', parts: { hosts: {} }, status: 'not-applicable', message: 'no-address' },
];

describe('dns64-safe', () => {
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
