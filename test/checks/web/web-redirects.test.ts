import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-redirects.ts';
import type { Observation } from '../../../src/model/observation.ts';
import { withUnprovenIpv4 } from '../../support/dns-context.ts';
import { apex, find, type HttpSaid, healthy, http, v4, v6, type WebParts, www } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const plain = `http://${apex}/`;
const hop = 'sso.bo.gov.vn';
const hop6 = '2001:ee0::9';
const hop4 = '203.162.0.9';
const dual = { [apex]: { 6: [v6], 4: [v4] } };
const both = (target: string, said: HttpSaid): Observation[] => [http(target, v6, said), http(target, v4, said)];
const toHop = both(url, { location: `https://${hop}/` });
const withHop = (addresses: { 6?: string[]; 4?: string[] }, observations: Observation[]): WebParts => ({
  hosts: { ...dual, [hop]: addresses },
  observations: [...toHop, ...observations],
});
/** `count` redirects from the start, then a page. */
const long = (address: string, count: number): Observation[] =>
  Array.from({ length: count + 1 }, (_, index) =>
    http(index === 0 ? url : `${url}${index}`, address, index < count ? { location: `/${index + 1}` } : {}),
  );
const script = '<html><body><script>location = "/vn"</script></body></html>';

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
    title: 'no redirect',
    parts: { hosts: dual, observations: [...healthy(apex, v6), ...healthy(apex, v4)] },
    status: 'pass',
    message: 'no-redirects',
    values: { start: url },
  },
  {
    title: 'two hops',
    parts: withHop({ 6: [hop6], 4: [hop4] }, [http(`https://${hop}/`, hop6), http(`https://${hop}/`, hop4)]),
    status: 'pass',
    message: 'all-hops',
    values: { hops: [url, `https://${hop}/`] },
  },
  {
    title: 'meta refresh is a hop',
    parts: {
      hosts: { ...dual, [hop]: { 4: [hop4] } },
      observations: [...both(url, { html: `<meta http-equiv="refresh" content="3; url=https://${hop}/">` }), http(`https://${hop}/`, hop4)],
    },
    status: 'fail',
    message: 'hop-ipv4-only',
  },
  {
    title: 'W7 redirect leaves IPv6',
    parts: withHop({ 4: [hop4] }, [http(`https://${hop}/`, hop4)]),
    status: 'fail',
    message: 'hop-ipv4-only',
    values: { hop, url: `https://${hop}/` },
  },
  {
    title: 'W7 IPv4-only hop that is dead over IPv4, too',
    parts: withHop({ 4: [hop4] }, [http(`https://${hop}/`, hop4, { fails: 'refused' })]),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'both-families-down',
  },
  {
    title: 'IPv4-only hop, no IPv4 of our own',
    parts: withHop({ 4: [hop4] }, [http(`https://${hop}/`, hop4, { fails: 'no-route' })]),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'IPv4-only hop that is silent, from a place whose IPv4 proved nothing',
    parts: { ...withHop({ 4: [hop4] }, [http(`https://${hop}/`, hop4, { fails: 'timeout' })]), run: withUnprovenIpv4 },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'IPv4-only hop, IPv4 not measured',
    parts: withHop({ 4: [hop4] }, []),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'hop whose AAAA is unknown',
    parts: {
      hosts: { ...dual, [hop]: { unknown6: 'dns-timeout', 4: [hop4] } as object },
      observations: [...toHop, http(`https://${hop}/`, hop4)],
    },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'dns-timeout',
  },
  {
    title: 'dead hop',
    parts: withHop({ 6: [hop6], 4: [hop4] }, [http(`https://${hop}/`, hop6, { fails: 'refused' }), http(`https://${hop}/`, hop4)]),
    status: 'fail',
    message: 'hop-dead',
    cause: 'refused',
    values: { hop, step: 'connect' },
  },
  {
    title: 'dead hop, IPv6 unproven',
    parts: {
      ...withHop({ 6: [hop6], 4: [hop4] }, [http(`https://${hop}/`, hop6, { fails: 'refused' }), http(`https://${hop}/`, hop4)]),
      run: { provenAround: () => false },
    },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-web-unproven',
  },
  {
    title: 'hop refused in both',
    parts: withHop({ 6: [hop6], 4: [hop4] }, [
      http(`https://${hop}/`, hop6, { fails: 'refused' }),
      http(`https://${hop}/`, hop4, { fails: 'refused' }),
    ]),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'both-families-down',
  },
  {
    title: 'W19 hop that falls silent',
    parts: withHop({ 6: [hop6], 4: [hop4] }, [
      http(`https://${hop}/`, hop6, { fails: 'timeout', step: 'tls' }),
      http(`https://${hop}/`, hop4),
    ]),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'path-mtu-suspected',
  },
  {
    title: 'W6 loop over IPv6 only',
    parts: { hosts: dual, observations: [http(url, v6, { location: plain }), http(plain, v6, { location: url }), ...healthy(apex, v4)] },
    status: 'fail',
    message: 'loop',
    values: { hops: [url, plain] },
  },
  {
    title: 'W6 loop in both',
    parts: { hosts: dual, observations: [...both(url, { location: plain }), ...both(plain, { location: url })] },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'both-families-down',
  },
  {
    title: 'W6 10 redirects',
    parts: { hosts: dual, observations: [...long(v6, 10), ...long(v4, 1)] },
    status: 'pass',
    message: 'all-hops',
  },
  {
    title: 'W6 11 redirects over IPv6 only',
    parts: { hosts: dual, observations: [...long(v6, 11), ...long(v4, 1)] },
    status: 'fail',
    message: 'too-long',
    values: { count: 10 },
  },
  {
    title: 'W6 Location that is no URL',
    parts: { hosts: dual, observations: [http(url, v6, { location: 'ftp://x/' }), http(url, v4)] },
    status: 'fail',
    message: 'bad-target',
    values: { reason: 'scheme' },
  },
  {
    title: 'W6 redirect to an IPv4 literal',
    parts: { hosts: dual, observations: [http(url, v6, { location: 'http://203.162.0.7/' }), http(url, v4)] },
    status: 'fail',
    message: 'hop-ipv4-literal',
    values: { url: 'http://203.162.0.7/' },
  },
  {
    title: 'W7 hop of plain http only is IPv4-only',
    parts: {
      hosts: { ...dual, [www]: { 4: [hop4] } },
      observations: [...both(url, {}), ...both(plain, { location: `http://${www}/` }), http(`http://${www}/`, hop4)],
    },
    status: 'warn',
    message: 'plain-http-hop-ipv4-only',
    values: { hop: www, start: plain },
  },
  {
    title: 'W7 hop of plain http only is dead',
    parts: {
      hosts: { ...dual, [www]: { 6: [hop6], 4: [hop4] } },
      observations: [
        ...both(url, {}),
        ...both(plain, { location: `http://${www}/` }),
        http(`http://${www}/`, hop6, { fails: 'reset' }),
        http(`http://${www}/`, hop4),
      ],
    },
    status: 'warn',
    message: 'plain-http-hop-dead',
    cause: 'reset',
  },
  {
    title: 'W7 port 80 closed',
    parts: { hosts: dual, observations: [...both(url, {}), ...both(plain, { fails: 'refused' })] },
    status: 'pass',
    message: 'no-redirects',
  },
  {
    title: 'W11 host dead over IPv6',
    parts: { hosts: dual, observations: [http(url, v6, { fails: 'refused' }), http(url, v4)] },
    status: 'not-applicable',
    message: 'first-hop-dead',
  },
  {
    title: 'host dead over IPv6, unproven',
    parts: { hosts: dual, observations: [http(url, v6, { fails: 'refused' }), http(url, v4)], run: { provenAround: () => false } },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-web-unproven',
  },
  {
    title: 'nothing offered',
    parts: { hosts: dual, observations: both(url, { fails: 'refused' }) },
    status: 'not-applicable',
    message: 'first-hop-dead',
  },
  {
    title: 'W21 redirect by script',
    parts: { hosts: dual, observations: both(url, { html: script }) },
    status: 'inconclusive',
    message: 'needs-script',
    cause: 'needs-script',
  },
  { title: 'no AAAA', parts: { hosts: { [apex]: { 4: [v4] } } }, status: 'not-applicable', message: 'no-ipv6-address' },
  { title: 'no address', parts: { hosts: {} }, status: 'not-applicable', message: 'no-address' },
];

describe('web-redirects', () => {
  it.each(rows)('$title: $message', ({ parts, status, message, cause = null, values = {} }) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });
});
