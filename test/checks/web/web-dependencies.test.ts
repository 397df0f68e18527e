import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-dependencies.ts';
import { portalPage } from '../../support/body-evidence.ts';
import { apex, find, type HostAddresses, type HttpSaid, http, v4, v6, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { 6: [v6], 4: [v4] };
const only4 = { 4: [v4] };
const script = (host: string): string => `<script src="https://${host}/a.js"></script>`;
const image = (host: string): string => `<img src="https://${host}/a.png">`;
const shown = (extra: string, hosts: Record<string, HostAddresses>, said: HttpSaid = {}): WebParts => ({
  hosts: { [apex]: dual, ...hosts },
  observations: [http(url, v6, { html: portalPage({ extra }), ...said })],
});

interface Row {
  title: string;
  parts: WebParts;
  status: string;
  message: string;
  cause?: string | null;
  values?: object;
}
const rows: Row[] = [
  { title: 'own host only', parts: shown('', {}), status: 'pass', message: 'none', values: { count: 0 } },
  {
    title: 'script host with IPv6',
    parts: shown(script('cdn.example'), { 'cdn.example': dual }),
    status: 'pass',
    message: 'all-have-ipv6',
    values: { count: 1 },
  },
  {
    title: 'W22 IPv4-only style sheet',
    parts: shown('<link rel="stylesheet" href="https://cdn.example/a.css">', { 'cdn.example': only4 }),
    status: 'fail',
    message: 'important-missing',
    values: { missing: ['cdn.example (style; third-party)'] },
  },
  {
    title: 'W22 IPv4-only tracker',
    parts: shown(script('www.google-analytics.com'), { 'www.google-analytics.com': only4 }),
    status: 'warn',
    message: 'unimportant-missing',
    values: { missing: ['www.google-analytics.com (script; third-party)'] },
  },
  {
    title: 'W22 a look-alike of a tracker is no tracker',
    parts: shown(script('google-analytics.com.example'), { 'google-analytics.com.example': only4 }),
    status: 'fail',
    message: 'important-missing',
  },
  {
    title: 'IPv4-only image of another site',
    parts: shown(image('img.example'), { 'img.example': only4 }),
    status: 'warn',
    message: 'unimportant-missing',
  },
  {
    title: 'IPv4-only font of another site',
    parts: shown('<link rel="preload" as="font" href="https://fonts.example/a.woff2">', { 'fonts.example': only4 }),
    status: 'warn',
    message: 'unimportant-missing',
  },
  {
    title: 'IPv4-only image of the same site',
    parts: shown(image('static.bo.gov.vn'), { 'static.bo.gov.vn': only4 }),
    status: 'fail',
    message: 'important-missing',
    values: { missing: ['static.bo.gov.vn (image; same-site)'] },
  },
  {
    title: 'IPv4-only frame of the same organisation',
    parts: {
      ...shown('<iframe src="https://dvc.khac.gov.vn/"></iframe>', { 'dvc.khac.gov.vn': only4 }),
      agency: { servicesDomain: 'dvc.khac.gov.vn' },
    },
    status: 'fail',
    message: 'important-missing',
    values: { missing: ['dvc.khac.gov.vn (frame; organisation)'] },
  },
  {
    title: 'Link header',
    parts: shown('', { 'cdn.example': only4 }, { headers: [['link', '<https://cdn.example/a.css>; rel=stylesheet']] }),
    status: 'warn',
    message: 'unimportant-missing',
  },
  {
    title: 'one level of CSS',
    parts: {
      hosts: { [apex]: dual, 'fonts.example': only4 },
      observations: [http(url, v6), http(`${url}css/main.css`, v6, { css: '@font-face { src: url(https://fonts.example/a.woff2) }' })],
    },
    status: 'warn',
    message: 'unimportant-missing',
  },
  {
    title: 'W21 canonical to an IPv4-only host',
    parts: shown('', { 'old.example': only4 }, { html: portalPage({ head: '<link rel="canonical" href="https://old.example/">' }) }),
    status: 'pass',
    message: 'none',
  },
  {
    title: 'W21 empty shell page',
    parts: { hosts: { [apex]: dual }, observations: [http(url, v6, { html: '<div id="app"></div><script src="/app.js"></script>' })] },
    status: 'inconclusive',
    message: 'needs-script',
    cause: 'needs-script',
  },
  {
    title: 'W21 empty shell with an IPv4-only script',
    parts: { hosts: { [apex]: dual, 'cdn.example': only4 }, observations: [http(url, v6, { html: script('cdn.example') })] },
    status: 'fail',
    message: 'important-missing',
  },
  {
    title: 'host dead in both families',
    parts: shown(script('gone.example'), { 'gone.example': {} }),
    status: 'pass',
    message: 'all-have-ipv6',
  },
  {
    title: 'important host not looked up',
    parts: shown(script('cdn.example'), { 'cdn.example': { unknown6: 'dns-servfail' } }),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'dns-servfail',
    values: { unmeasured: ['cdn.example'] },
  },
  {
    title: 'minor host not looked up',
    parts: shown(image('img.example'), { 'img.example': { unknown6: 'dns-timeout' } }),
    status: 'pass',
    message: 'part-has-ipv6',
    values: { unmeasured: ['img.example'] },
  },
  { title: 'no address', parts: { hosts: {} }, status: 'not-applicable', message: 'no-address' },
];

describe('web-dependencies', () => {
  it.each(rows)('$title: $message', ({ parts, status, message, cause = null, values = {} }) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });
});
