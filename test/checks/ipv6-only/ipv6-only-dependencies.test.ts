import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/ipv6-only/ipv6-only-dependencies.ts';
import { portalPage } from '../../support/body-evidence.ts';
import { apex, find, type HostAddresses, http, serviceSubject, v4, v6, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { 6: [v6], 4: [v4] };
const cdn = 'cdn.example';
const cdn6 = '2001:ee0::c';
const script = `<script src="https://${cdn}/a.js"></script>`;
const image = `<img src="https://${cdn}/a.png">`;
const js = `https://${cdn}/a.js`;
const shown = (extra: string, addresses: HostAddresses, more: Partial<WebParts> = {}): WebParts => ({
  hosts: { [apex]: dual, [cdn]: addresses },
  ...more,
  observations: [http(url, v6, { html: portalPage({ extra }) }), ...(more.observations ?? [])],
});
const has6 = { 6: [cdn6], 4: [v4] };

interface Row {
  title: string;
  parts: WebParts;
  status: string;
  message: string;
  cause?: string | null;
  values?: object;
}
const rows: Row[] = [
  { title: 'own host only', parts: shown('', {}), status: 'pass', message: 'none' },
  {
    title: 'answers and resolves',
    parts: shown(script, has6, { observations: [http(js, cdn6)] }),
    status: 'pass',
    message: 'all-work',
    values: { count: 1 },
  },
  {
    title: 'any status is an answer',
    parts: shown(script, has6, { observations: [http(js, cdn6, { status: 404 })] }),
    status: 'pass',
    message: 'all-work',
  },
  {
    title: 'name not measured with IPv6 only',
    parts: shown(script, has6, { observations: [http(js, cdn6)], names: { [cdn]: { state: 'unknown', cause: 'not-attempted' } } }),
    status: 'pass',
    message: 'work-as-far-as-measured',
    values: { namesUnmeasured: [cdn] },
  },
  {
    title: 'W22 no AAAA, script',
    parts: shown(script, { 4: [v4] }),
    status: 'fail',
    message: 'important-missing',
    values: { missing: [`${cdn} (script; third-party; missing)`] },
  },
  { title: 'W22 no AAAA, image', parts: shown(image, { 4: [v4] }), status: 'warn', message: 'unimportant-missing' },
  {
    title: 'script refused over IPv6, works over IPv4',
    parts: shown(script, has6, { observations: [http(js, cdn6, { fails: 'refused' }), http(js, v4)] }),
    status: 'fail',
    message: 'important-missing',
    values: { missing: [`${cdn} (script; third-party; unreachable)`] },
  },
  {
    title: 'script refused over IPv6, IPv4 not asked',
    parts: shown(script, has6, { observations: [http(js, cdn6, { fails: 'refused' })] }),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-no-ipv4',
    values: { unmeasured: [cdn] },
  },
  {
    title: 'script refused, unproven',
    parts: shown(script, has6, { observations: [http(js, cdn6, { fails: 'refused' }), http(js, v4)], run: { provenAround: () => false } }),
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-web-unproven',
  },
  {
    title: 'image not asked',
    parts: shown(image, has6),
    status: 'pass',
    message: 'work-as-far-as-measured',
    values: { unmeasured: [cdn] },
  },
  {
    title: 'name broken with IPv6 only',
    parts: shown(script, has6, {
      observations: [http(js, cdn6)],
      names: { [cdn]: { state: 'broken', cause: 'dns-timeout', brokenCut: 'example' } },
    }),
    status: 'fail',
    message: 'important-missing',
    values: { missing: [`${cdn} (script; third-party; unresolvable)`] },
  },
  { title: 'dead in both families', parts: shown(script, {}), status: 'pass', message: 'all-work' },
  {
    title: 'W21 empty shell page',
    parts: { hosts: { [apex]: dual }, observations: [http(url, v6, { html: '<script src="/app.js"></script>' })] },
    status: 'inconclusive',
    message: 'needs-script',
    cause: 'needs-script',
  },
  {
    title: 'no page',
    parts: { hosts: { [apex]: dual }, observations: [http(url, v6, { fails: 'refused' })] },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'vantage-no-ipv4',
  },
  { title: 'no address', parts: { hosts: {} }, status: 'not-applicable', message: 'no-address' },
];

describe('ipv6-only-dependencies', () => {
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
