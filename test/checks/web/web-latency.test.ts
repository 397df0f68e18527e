import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-latency.ts';
import type { HttpResponse, ObservationOf } from '../../../src/model/observation.ts';
import { withUnprovenIpv4 } from '../../support/dns-context.ts';
import { apex, find, type HttpSaid, http, v4, v6, v6b, type WebParts } from '../../support/web-evidence.ts';

const dual = { [apex]: { 6: [v6], 4: [v4] } };
type Timed = ObservationOf<'http-request'>;

function timed(path: string, address: string, ms: number | null, said: HttpSaid & { lateMs?: number } = {}): Timed {
  const asked = http(`https://${apex}${path}`, address, said);
  const timing: HttpResponse['timing'] = { connectMs: null, tlsMs: null, firstByteMs: ms };
  const tries = asked.tries.map((each) => ({ ...each, loopDelayMs: said.lateMs ?? 0 }));
  return { ...asked, tries, response: asked.response === null ? null : { ...asked.response, timing } };
}
/** First bytes of the same pages over both families. */
const paired = (six: number[], four: number[]): WebParts => ({
  hosts: dual,
  observations: [...six.map((ms, index) => timed(`/${index}`, v6, ms)), ...four.map((ms, index) => timed(`/${index}`, v4, ms))],
});
const observationsOf = (parts: WebParts): Timed[] => (parts.observations ?? []) as Timed[];

const rows: [title: string, parts: WebParts, status: string, message: string, cause: string | null, values?: object][] = [
  ['as fast', paired([10, 20, 30], [10, 20, 30]), 'pass', 'as-fast', null, { median: 20, medianIpv4: 20, samples: 3 }],
  ['faster over IPv6', paired([10, 10, 10], [500, 500, 500]), 'pass', 'as-fast', null],
  ['100 ms slower', paired([120, 120, 120], [20, 20, 20]), 'pass', 'as-fast', null],
  ['101 ms slower', paired([121, 121, 121], [20, 20, 20]), 'info', 'somewhat-slower', null],
  ['250 ms slower', paired([270, 270, 270], [20, 20, 20]), 'info', 'somewhat-slower', null],
  ['251 ms slower', paired([271, 271, 271], [20, 20, 20]), 'warn', 'much-slower', null, { median: 271, medianIpv4: 20 }],
  ['one slow answer of three says nothing', paired([5_000, 20, 20], [20, 20, 20]), 'pass', 'as-fast', null],
  ['two samples', paired([500, 500], [20, 20]), 'inconclusive', 'too-few-samples', 'not-attempted', { samples: 2 }],
  ['three over IPv6, two of them over IPv4', paired([500, 500, 500], [20, 20]), 'inconclusive', 'too-few-samples', 'not-attempted'],
  [
    'V9 samples while our own loop was late do not count',
    {
      hosts: dual,
      observations: observationsOf(paired([900, 20, 20], [20, 20, 20])).map((seen, index) =>
        index === 0 ? timed('/0', v6, 900, { lateMs: 251 }) : seen,
      ),
    },
    'inconclusive',
    'too-few-samples',
    'not-attempted',
  ],
  [
    'two addresses, one of them slow',
    {
      hosts: { [apex]: { 6: [v6, v6b], 4: [v4] } },
      observations: [...observationsOf(paired([20, 20, 20], [20, 20, 20])), ...[0, 1, 2].map((index) => timed(`/${index}`, v6b, 120))],
    },
    'pass',
    'as-fast',
    null,
    { median: 70 },
  ],
  [
    'nothing over IPv4',
    { hosts: dual, observations: [timed('/', v6, 20), http(`https://${apex}/`, v4, { fails: 'timeout' })] },
    'inconclusive',
    'undecided',
    'timeout',
  ],
  [
    'nothing over IPv4, which proved nothing here',
    { hosts: dual, observations: [timed('/', v6, 20), http(`https://${apex}/`, v4, { fails: 'timeout' })], run: withUnprovenIpv4 },
    'inconclusive',
    'undecided',
    'vantage-no-ipv4',
  ],
  [
    'V1 no IPv4 of our own',
    { hosts: dual, observations: [timed('/', v6, 20), http(`https://${apex}/`, v4, { fails: 'no-route' })] },
    'inconclusive',
    'undecided',
    'vantage-no-ipv4',
  ],
  [
    'no connection',
    {
      hosts: dual,
      observations: ['https', 'http'].flatMap((scheme) => [
        http(`${scheme}://${apex}/`, v6, { fails: 'refused' }),
        http(`${scheme}://${apex}/`, v4),
      ]),
    },
    'not-applicable',
    'no-connection',
    null,
  ],
  ['IPv6 only', { hosts: { [apex]: { 6: [v6] } }, observations: [timed('/', v6, 1)] }, 'not-applicable', 'ipv4-not-published', null],
  ['no AAAA', { hosts: { [apex]: { 4: [v4] } } }, 'not-applicable', 'no-ipv6-address', null],
  ['no address', { hosts: {} }, 'not-applicable', 'no-address', null],
];

describe('web-latency', () => {
  it.each(rows)('%s', (_, parts, status, message, cause, values = {}) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });
});
