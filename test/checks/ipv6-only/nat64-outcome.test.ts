import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/ipv6-only/nat64-outcome.ts';
import { portalPage } from '../../support/body-evidence.ts';
import {
  apex,
  find,
  type HostAddresses,
  type HttpSaid,
  healthy,
  http,
  serviceSubject,
  v4,
  v6,
  type WebParts,
} from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { 6: [v6], 4: [v4] };
const cdn = 'cdn.example';
const cdn6 = '2001:ee0::c';
const js = `https://${cdn}/a.js`;
const script = `<script src="${js}"></script>`;
const bad = [{ address: '::ffff:203.162.0.1', scope: 'mapped' }];

function page(
  extra: string,
  more: { apex?: HostAddresses; cdn?: HostAddresses; said?: HttpSaid; observations?: WebParts['observations'] } = {},
): WebParts {
  const addresses = more.apex ?? dual;
  const shown: HttpSaid = { html: portalPage({ extra }), ...more.said };
  return {
    hosts: { [apex]: addresses, [cdn]: more.cdn ?? {} },
    observations: [
      ...(addresses[6] === undefined ? [] : healthy(apex, v6, shown)),
      ...healthy(apex, v4, { html: portalPage({ extra }) }),
      ...(more.observations ?? []),
    ],
  };
}
const dead = (fails: 'refused' | 'reset'): WebParts['observations'] => [
  ...['https', 'http'].map((scheme) => http(`${scheme}://${apex}/`, v6, { fails })),
  ...healthy(apex, v4),
];

const rows: [title: string, parts: WebParts, status: string, message: string, cause: string | null, values?: object][] = [
  ['all native', page(''), 'pass', 'native', null, { host: apex }],
  ['native with a native dependency', page(script, { cdn: { 6: [cdn6] }, observations: [http(js, cdn6)] }), 'pass', 'native', null],
  [
    'host over IPv4 only, and no IPv4 of our own',
    { hosts: { [apex]: { 4: [v4] } }, observations: [http(url, v4, { fails: 'no-route' })] },
    'inconclusive',
    'not-measured',
    'vantage-no-ipv4',
  ],
  [
    'redirect to a host over IPv4 only, and no IPv4 of our own',
    {
      hosts: { [apex]: dual, [cdn]: { 4: [v4] } },
      observations: [http(url, v6, { location: `https://${cdn}/` }), http(url, v4, { fails: 'no-route' })],
    },
    'inconclusive',
    'not-measured',
    'vantage-no-ipv4',
  ],
  ['host over IPv4 only', page('', { apex: { 4: [v4] } }), 'info', 'needs-translation', null, { translated: [apex] }],
  ['dependency over IPv4 only', page(script, { cdn: { 4: [v4] } }), 'info', 'needs-translation', null, { translated: [cdn] }],
  [
    'redirect to a host over IPv4 only',
    {
      hosts: { [apex]: dual, [cdn]: { 4: [v4] } },
      observations: [v6, v4].flatMap((address) => [
        http(url, address, { location: `https://${cdn}/` }),
        ...(address === v4 ? [http(`https://${cdn}/`, v4)] : []),
      ]),
    },
    'info',
    'needs-translation',
    null,
    { translated: [cdn] },
  ],
  [
    'literal in a script',
    page('<script src="http://203.162.0.7/x"></script>'),
    'warn',
    'broken-literals',
    null,
    { literals: ['script: http://203.162.0.7/x'] },
  ],
  ['literal in an image only', page('<img src="http://203.162.0.7/x">'), 'pass', 'native', null],
  [
    'D26 NXDOMAIN for AAAA beside A',
    page('', { apex: { 4: [v4], outcome6: 'nxdomain' } }),
    'warn',
    'broken-names',
    null,
    { names: [apex] },
  ],
  ['bad AAAA and no good one', page('', { apex: { 4: [v4], bad } }), 'warn', 'broken-names', null],
  [
    'AAAA that refuses while IPv4 works',
    { hosts: { [apex]: dual }, observations: dead('refused') ?? [] },
    'warn',
    'broken-dead-aaaa',
    null,
    { dead: [apex] },
  ],
  [
    'dependency whose AAAA refuses while IPv4 works',
    page(script, { cdn: { 6: [cdn6], 4: ['203.162.0.9'] }, observations: [http(js, cdn6, { fails: 'refused' }), http(js, '203.162.0.9')] }),
    'warn',
    'broken-dead-aaaa',
    null,
    { dead: [cdn] },
  ],
  [
    'V1 AAAA that refuses, own IPv6 unproven',
    { hosts: { [apex]: dual }, observations: dead('refused') ?? [], run: { provenAround: () => false } },
    'inconclusive',
    'undecided',
    'vantage-web-unproven',
  ],
  ['a dependency that was not asked', page(script, { cdn: { 6: [cdn6] } }), 'inconclusive', 'undecided', 'not-attempted'],
  [
    'no web port in either family',
    {
      hosts: { [apex]: dual },
      observations: ['https', 'http'].flatMap((scheme) =>
        [v6, v4].map((address) => http(`${scheme}://${apex}/`, address, { fails: 'refused' })),
      ),
    },
    'not-applicable',
    'not-offered',
    null,
  ],
  ['no address', { hosts: {} }, 'not-applicable', 'no-address', null],
];

describe('nat64-outcome', () => {
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
