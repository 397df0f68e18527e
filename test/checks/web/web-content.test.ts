import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-content.ts';
import type { Likeness } from '../../../src/facts/page-likeness.ts';
import type { WebPages } from '../../../src/facts/web-pages.ts';
import type { Observation } from '../../../src/model/observation.ts';
import { portalPage } from '../../support/body-evidence.ts';
import { apex, find, type HttpSaid, healthy, hostSubject, http, v4, v6, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { [apex]: { 6: [v6], 4: [v4] } };
const rounds = (address: string, ...answers: HttpSaid[]): Observation[] =>
  answers.map((said, index) => http(url, address, { ...said, round: index === 0 ? '1' : '2' }));
const seen = (six: HttpSaid[], four: HttpSaid[]): WebParts => ({
  hosts: dual,
  observations: [...rounds(v6, ...six), ...rounds(v4, ...four)],
});
const page = (options: Parameters<typeof portalPage>[0]): HttpSaid => ({ html: portalPage(options) });
const nginx: HttpSaid = { html: '<title>Welcome to nginx!</title><p>If you see this page, the nginx web server is successfully installed' };
const small: HttpSaid = { html: '<title>a</title><p>Ngắn' };
const other = page({ seed: 9, title: 'Công ty khác' });

interface Row {
  title: string;
  parts: WebParts;
  status: string;
  message: string;
  cause?: string | null;
  values?: object;
}
const rows: Row[] = [
  { title: 'same', parts: seen([{}, {}], [{}, {}]), status: 'pass', message: 'same', values: { signal: 0, noise: 0 } },
  {
    title: 'another site',
    parts: seen([other, other], [{}, {}]),
    status: 'fail',
    message: 'different',
    values: { title: 'Công ty khác', titleIpv4: 'Cổng thông tin điện tử' },
  },
  {
    title: 'W15 another site, seen once',
    parts: seen([other], [{}]),
    status: 'inconclusive',
    message: 'content-unstable',
    cause: 'content-unstable',
  },
  {
    title: 'other news under the same title',
    parts: seen([page({ seed: 9 }), page({ seed: 9 })], [{}, {}]),
    status: 'warn',
    message: 'differs-but-same-title',
  },
  {
    title: 'W15 page that changes with every load',
    parts: seen([page({ seed: 3 }), page({ seed: 4, items: 3, title: 'x' })], [{}, {}]),
    status: 'inconclusive',
    message: 'content-unstable',
    cause: 'content-unstable',
  },
  {
    title: 'W16 default page over IPv6',
    parts: seen([nginx, nginx], [{}, {}]),
    status: 'fail',
    message: 'default-page',
    values: { title: 'Welcome to nginx!' },
  },
  {
    title: 'W15 tiny page in both',
    parts: seen([small, small], [small, small]),
    status: 'inconclusive',
    message: 'content-too-small',
    cause: 'content-too-small',
  },
  { title: 'empty over IPv6', parts: seen([small, small], [{}, {}]), status: 'fail', message: 'empty-over-ipv6', values: { title: 'a' } },
  {
    title: 'W13 challenge over IPv6',
    parts: seen([{ html: '<title>Just a moment...</title>' }], [{}, {}]),
    status: 'inconclusive',
    message: 'waf-challenge',
    cause: 'waf-challenge',
  },
  {
    title: 'W13 403 over IPv6',
    parts: seen([{ status: 403 }], [{}, {}]),
    status: 'inconclusive',
    message: 'waf-challenge',
    cause: 'waf-challenge',
  },
  {
    title: 'W14 429 over IPv4',
    parts: seen([{}, {}], [{ status: 429 }]),
    status: 'inconclusive',
    message: 'rate-limited',
    cause: 'rate-limited',
  },
  {
    title: '500 over IPv6',
    parts: seen([{ status: 500 }, { status: 500 }], [{}, {}]),
    status: 'not-applicable',
    message: 'no-page',
    values: { statuses: ['500', '500'] },
  },
  {
    title: '500 over IPv4 alone does not put IPv6 in doubt',
    parts: seen([{}, {}], [{ status: 500 }]),
    status: 'not-applicable',
    message: 'ipv4-no-page',
    values: { statusesIpv4: ['500'] },
  },
  {
    title: 'refused over IPv4 alone does not put IPv6 in doubt',
    parts: seen([{}, {}], [{ fails: 'refused' }]),
    status: 'not-applicable',
    message: 'ipv4-no-page',
  },
  {
    title: 'IPv4 not measured',
    parts: seen([{}, {}], []),
    status: 'inconclusive',
    message: 'ipv4-not-measurable',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'IPv6 only',
    parts: { hosts: { [apex]: { 6: [v6] } }, observations: rounds(v6, {}, {}) },
    status: 'not-applicable',
    message: 'ipv4-not-published',
  },
  {
    title: 'body cut by a reset',
    parts: seen([{ fails: 'reset', step: 'body', partial: true }], [{}, {}]),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'content-unstable',
  },
  {
    title: 'W3 body cut by our cap',
    parts: seen([{ fails: 'too-large', step: 'body', partial: true }], [{}]),
    status: 'pass',
    message: 'same',
  },
  {
    title: 'dead over IPv6',
    parts: { hosts: dual, observations: [http(url, v6, { fails: 'refused' }), http(url, v4)] },
    status: 'not-applicable',
    message: 'no-page',
  },
  {
    title: 'dead over IPv6, unproven',
    parts: { hosts: dual, observations: [http(url, v6, { fails: 'refused' }), http(url, v4)], run: { provenAround: () => false } },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-web-unproven',
  },
  {
    title: 'W19 stall, 3 of 3',
    parts: { hosts: dual, observations: [http(url, v6, { fails: 'timeout', step: 'body', partial: true }), ...healthy(apex, v4)] },
    status: 'inconclusive',
    message: 'path-mtu-suspected',
    cause: 'path-mtu-suspected',
    values: { step: 'body' },
  },
  { title: 'no AAAA', parts: { hosts: { [apex]: { 4: [v4] } } }, status: 'not-applicable', message: 'no-ipv6-address' },
  { title: 'no address', parts: { hosts: {} }, status: 'not-applicable', message: 'no-address' },
];

const side = {
  url,
  statuses: [200, 200],
  retested: false,
  rateLimited: false,
  challenged: false,
  defaultPage: false,
  bodies: [],
  title: 't',
};
const pages = (likeness: Partial<Likeness>): WebPages => ({
  ...{
    host: apex,
    presence: 'published',
    ipv4Published: true,
    reach: 'page',
    cause: null,
    step: null,
    ipv6: side,
    ipv4: side,
    ipv4State: 'page',
    ipv4Cause: 'vantage-no-ipv4',
    stalled: false,
  },
  likeness: { verdict: 'same', signal: 0.1234, noise: 0.05, titleEqual: true, canonicalEqual: true, ...likeness },
});

describe('web-content', () => {
  it.each(rows)('$title: $message', ({ parts, status, message, cause = null, values = {} }) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });

  it('shows distances with two digits and tells a slight difference', () => {
    const outcome = check.evaluate({ webPages: pages({ verdict: 'differs-slightly' }) }, hostSubject(apex));
    expect(outcome).toMatchObject({ message: 'differs-slightly', values: { signal: 0.12, noise: 0.05 } });
  });
});
