import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-protocols.ts';
import { offer } from '../../support/leaf-certificate.ts';
import { apex, find, http, v4, v6, type WebParts } from '../../support/web-evidence.ts';

const url = `https://${apex}/`;
const dual = { [apex]: { 6: [v6], 4: [v4] } };
const h3: [string, string] = ['alt-svc', 'h3=":443"; ma=86400'];

function against(alpn: [string | null, string | null], headers: [[string, string][], [string, string][]] = [[], []]): WebParts {
  return {
    hosts: dual,
    observations: [
      http(url, v6, { headers: headers[0] }),
      http(url, v4, { headers: headers[1] }),
      offer(apex, v6, alpn[0]),
      offer(apex, v4, alpn[1]),
    ],
  };
}

const rows: [title: string, parts: WebParts, status: string, message: string, cause: string | null, values?: object][] = [
  ['h2 in both', against(['h2', 'h2']), 'pass', 'same', null, { alpn: 'h2', http3: 'never', http3Ipv4: 'never' }],
  ['h2 and h3 in both', against(['h2', 'h2'], [[h3], [h3]]), 'pass', 'same', null, { http3: 'always' }],
  ['no ALPN in either', against(['', '']), 'pass', 'same', null, { alpn: '-' }],
  ['h2 over IPv4 only', against(['http/1.1', 'h2']), 'warn', 'alpn-differs', null, { alpn: 'http/1.1', alpnIpv4: 'h2' }],
  ['h3 over IPv4 only', against(['h2', 'h2'], [[], [h3]]), 'warn', 'http3-differs', null, { http3: 'never', http3Ipv4: 'always' }],
  ['a draft of h3', against(['h2', 'h2'], [[['alt-svc', 'h3-29=":443"']], [h3]]), 'pass', 'same', null],
  [
    'Alt-Svc of other protocols, or cleared',
    against(['h2', 'h2'], [[['alt-svc', 'clear']], [['alt-svc', 'h2=":8443"']]]),
    'pass',
    'same',
    null,
  ],
  [
    'h3 now and then is no difference',
    { ...against(['h2', 'h2']), observations: [...(against(['h2', 'h2'], [[], [h3]]).observations ?? []), http(url, v4, { round: '2' })] },
    'pass',
    'same',
    null,
    { http3Ipv4: 'sometimes' },
  ],
  ['the handshake over IPv6 failed', against([null, 'h2']), 'inconclusive', 'undecided', 'reset'],
  [
    'no such handshake in the evidence',
    { hosts: dual, observations: [http(url, v6), http(url, v4)] },
    'inconclusive',
    'undecided',
    'not-attempted',
  ],
  [
    'V1 no IPv4 of our own',
    { hosts: dual, observations: [http(url, v6), http(url, v4, { fails: 'no-route' }), offer(apex, v6, 'h2')] },
    'inconclusive',
    'undecided',
    'vantage-no-ipv4',
  ],
  [
    'no TLS over IPv6',
    { hosts: dual, observations: [http(url, v6, { fails: 'tls-handshake', step: 'tls' }), http(url, v4), offer(apex, v4, 'h2')] },
    'not-applicable',
    'no-connection',
    null,
  ],
  [
    'no https',
    {
      hosts: dual,
      observations: [v6, v4].flatMap((address) => [http(url, address, { fails: 'refused' }), http(`http://${apex}/`, address)]),
    },
    'not-applicable',
    'no-https',
    null,
  ],
  ['IPv6 only', { hosts: { [apex]: { 6: [v6] } }, observations: [http(url, v6)] }, 'not-applicable', 'ipv4-not-published', null],
  ['no AAAA', { hosts: { [apex]: { 4: [v4] } } }, 'not-applicable', 'no-ipv6-address', null],
  ['no address', { hosts: {} }, 'not-applicable', 'no-address', null],
];

describe('web-protocols', () => {
  it.each(rows)('%s', (_, parts, status, message, cause, values = {}) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });
});
