import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-literals.ts';
import { portalPage } from '../../support/body-evidence.ts';
import { apex, find, type HttpSaid, http, v4, v6, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { [apex]: { 6: [v6], 4: [v4] } };
const shown = (extra: string, more: HttpSaid = {}): WebParts => ({
  hosts: dual,
  observations: [http(url, v6, { html: portalPage({ extra }), ...more })],
});
const literal = 'http://203.162.0.7/x';
const css = (text: string): WebParts => ({ hosts: dual, observations: [http(url, v6), http(`${url}css/main.css`, v6, { css: text })] });

interface Row {
  title: string;
  parts: WebParts;
  status: string;
  message: string;
  cause?: string | null;
  values?: object;
}
const fail = (title: string, extra: string, place: string): Row => ({
  title,
  parts: shown(extra),
  status: 'fail',
  message: 'in-working-places',
  values: { literals: [`${place}: ${literal}`] },
});
const warn = (title: string, extra: string, place: string): Row => ({
  title,
  parts: shown(extra),
  status: 'warn',
  message: 'in-plain-places',
  values: { literals: [`${place}: ${literal}`] },
});
const rows: Row[] = [
  { title: 'none', parts: shown(''), status: 'pass', message: 'none', values: { url } },
  fail('script', `<script src="${literal}"></script>`, 'script'),
  fail('style', `<link rel="stylesheet" href="${literal}">`, 'style'),
  fail('frame', `<iframe src="${literal}"></iframe>`, 'frame'),
  fail('form', `<form action="${literal}"></form>`, 'form'),
  warn('image', `<img src="${literal}">`, 'image'),
  warn('link', `<a href="${literal}">x</a>`, 'anchor'),
  { title: 'IPv6 literal', parts: shown('<script src="http://[2001:db8::1]/x"></script>'), status: 'pass', message: 'none' },
  {
    title: 'policy header',
    parts: shown('', { headers: [['content-security-policy', "img-src 'self' 203.162.0.7"]] }),
    status: 'warn',
    message: 'in-plain-places',
    values: { literals: [`policy-header: ${url}`] },
  },
  { title: 'style sheet', parts: css(`body { background: url(${literal}) }`), status: 'warn', message: 'in-plain-places' },
  {
    title: 'style sheet of another page',
    parts: { hosts: dual, observations: [http(url, v6), http(`${url}css/other.css`, v6, { css: `a { background: url(${literal}) }` })] },
    status: 'pass',
    message: 'none',
  },
  {
    title: 'redirect',
    parts: { hosts: dual, observations: [http(url, v6, { location: literal })] },
    status: 'fail',
    message: 'in-working-places',
    values: { literals: [`redirect: ${literal}`] },
  },
  {
    title: 'page over IPv4 only',
    parts: {
      hosts: { [apex]: { 4: [v4] } },
      observations: [http(url, v4, { html: portalPage({ extra: `<form action="${literal}"></form>` }) })],
    },
    status: 'fail',
    message: 'in-working-places',
  },
  {
    title: 'W13 challenge page',
    parts: { hosts: dual, observations: [http(url, v6, { html: '<title>Just a moment...</title>' })] },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'waf-challenge',
  },
  {
    title: 'no page',
    parts: { hosts: dual, observations: [http(url, v6, { fails: 'refused' }), http(url, v4, { fails: 'reset' })] },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'both-families-down',
  },
  {
    title: 'no AAAA, and no IPv4 of our own to read the page over',
    parts: { hosts: { [apex]: { 4: [v4] } }, observations: [http(url, v4, { fails: 'no-route' })] },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'vantage-no-ipv4',
  },
  { title: 'no address', parts: { hosts: {} }, status: 'not-applicable', message: 'no-address' },
];

describe('web-literals', () => {
  it.each(rows)('$title: $message', ({ parts, status, message, cause = null, values = {} }) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });

  it('says that the list was cut', () => {
    const many = Array.from({ length: 250 }, (_, index) => `<img src="https://h${index}.example/x">`).join('');
    expect(find(check, shown(many))).toMatchObject({ status: 'pass', message: 'none-in-part' });
  });
});
