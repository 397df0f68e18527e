import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-connect.ts';
import type { FailureCode } from '../../../src/model/failure.ts';
import type { Observation } from '../../../src/model/observation.ts';
import { withUnprovenIpv4 } from '../../support/dns-context.ts';
import { apex, connect, find, healthy, http, v4, v6, v6b, type WebParts } from '../../support/web-evidence.ts';

const dual = { [apex]: { 6: [v6], 4: [v4] } };
const two = { [apex]: { 6: [v6, v6b], 4: [v4] } };
const ok4 = [connect(v4, 443), connect(v4, 80)];
const ports = (address: string, fails?: FailureCode): Observation[] =>
  [443, 80].flatMap((port) => {
    const said = fails === undefined ? {} : { fails };
    return [connect(address, port, said), ...(fails === 'timeout' ? [connect(address, port, { fails, round: 'retest' })] : [])];
  });
const shaky = Array.from({ length: 2 }, (_, index) => connect(v6, 443, index === 0 ? {} : { fails: 'timeout', round: 'retest', tries: 9 }));

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
    title: 'both ports',
    parts: { hosts: dual, observations: [...healthy(apex, v6), ...healthy(apex, v4)] },
    status: 'pass',
    message: 'all-reached',
    values: { ports: ['443', '80'], addresses: [v6] },
  },
  {
    title: 'W7 port 80 closed in both families is no finding',
    parts: {
      hosts: dual,
      observations: [connect(v6, 443), connect(v4, 443), connect(v6, 80, { fails: 'refused' }), connect(v4, 80, { fails: 'refused' })],
    },
    status: 'pass',
    message: 'all-reached',
    values: { ports: ['443'] },
  },
  {
    title: 'W7 port 80 dropped in both families is no finding',
    parts: {
      hosts: dual,
      observations: [
        connect(v6, 443),
        connect(v4, 443),
        ...[v6, v4].flatMap((address) => [
          connect(address, 80, { fails: 'timeout' }),
          connect(address, 80, { fails: 'timeout', round: 'retest' }),
        ]),
      ],
    },
    status: 'pass',
    message: 'all-reached',
    values: { ports: ['443'] },
  },
  {
    title: 'port 80 refused over IPv6 only',
    parts: { hosts: dual, observations: [...ok4, connect(v6, 443), connect(v6, 80, { fails: 'refused' })] },
    status: 'fail',
    message: 'refused',
    cause: 'refused',
    values: { port: 80, failing: [v6] },
  },
  {
    title: 'one try lost, one answered',
    parts: {
      hosts: dual,
      observations: [...ok4, connect(v6, 80), connect(v6, 443, { fails: 'timeout' }), connect(v6, 443, { round: 'retest' })],
    },
    status: 'pass',
    message: 'all-reached',
    values: { tries: 5, answered: 2 },
  },
  {
    title: 'W23 one of two addresses dead',
    parts: { hosts: two, observations: [...ok4, ...ports(v6), ...ports(v6b, 'refused')] },
    status: 'warn',
    message: 'some-addresses-fail',
    cause: 'refused',
    values: { failing: [v6b], addresses: [v6] },
  },
  {
    title: 'one of two addresses not measured',
    parts: { hosts: two, observations: [...ok4, ...ports(v6)] },
    status: 'pass',
    message: 'all-measured-reached',
    values: { unmeasured: [v6b] },
  },
  {
    title: '1 of 10 tries',
    parts: { hosts: dual, observations: [...ok4, connect(v6, 80), ...shaky] },
    status: 'warn',
    message: 'unstable',
    cause: 'unstable',
    values: { answered: 1, tries: 10 },
  },
  {
    title: 'refused',
    parts: { hosts: dual, observations: [...ok4, ...ports(v6, 'refused')] },
    status: 'fail',
    message: 'refused',
    cause: 'refused',
    values: { port: 443, failing: [v6] },
  },
  {
    title: 'reset',
    parts: { hosts: dual, observations: [...ok4, ...ports(v6, 'reset')] },
    status: 'fail',
    message: 'reset',
    cause: 'reset',
  },
  {
    title: 'W11 dead AAAA fails IPv6 and not IPv4',
    parts: { hosts: dual, observations: [...ok4, ...ports(v6, 'timeout')] },
    status: 'fail',
    message: 'timeout',
    cause: 'timeout',
    values: { tries: 6, answered: 0 },
  },
  {
    title: 'a timeout that was not retested',
    parts: { hosts: dual, observations: [...ok4, connect(v6, 443, { fails: 'timeout' })] },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'not-attempted',
  },
  {
    title: 'host unreachable',
    parts: { hosts: dual, observations: [...ok4, ...ports(v6, 'host-unreachable')] },
    status: 'fail',
    message: 'unreachable',
    cause: 'host-unreachable',
  },
  {
    title: 'prohibited',
    parts: { hosts: dual, observations: [...ok4, ...ports(v6, 'admin-prohibited')] },
    status: 'fail',
    message: 'unreachable',
    cause: 'admin-prohibited',
  },
  {
    title: 'no A published',
    parts: { hosts: { [apex]: { 6: [v6] } }, observations: ports(v6, 'refused') },
    status: 'fail',
    message: 'no-other-way-in',
    cause: 'refused',
  },
  {
    title: 'no A published and port 80 closed',
    parts: { hosts: { [apex]: { 6: [v6] } }, observations: [connect(v6, 443), connect(v6, 80, { fails: 'refused' })] },
    status: 'pass',
    message: 'all-reached',
    values: { ports: ['443'] },
  },
  {
    title: 'nothing offered',
    parts: { hosts: dual, observations: [...ports(v6, 'refused'), ...ports(v4, 'refused')] },
    status: 'not-applicable',
    message: 'not-offered',
  },
  { title: 'no AAAA', parts: { hosts: { [apex]: { 4: [v4] } } }, status: 'not-applicable', message: 'no-ipv6-address' },
  { title: 'no address', parts: { hosts: {} }, status: 'not-applicable', message: 'no-address' },
  {
    title: 'dead in both families',
    parts: { hosts: dual, observations: [...ports(v6, 'timeout'), ...ports(v4, 'timeout')] },
    status: 'inconclusive',
    message: 'both-families-down',
    cause: 'both-families-down',
  },
  {
    title: 'IPv4 not measurable here',
    parts: { hosts: dual, observations: [...ports(v6, 'refused'), ...ports(v4, 'no-route')] },
    status: 'inconclusive',
    message: 'ipv4-not-measurable',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'dead in both families, from a place whose IPv4 proved nothing',
    parts: { hosts: dual, observations: [...ports(v6, 'timeout'), ...ports(v4, 'timeout')], run: withUnprovenIpv4 },
    status: 'inconclusive',
    message: 'ipv4-not-measurable',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'our IPv6 unproven',
    parts: { hosts: dual, observations: [...ok4, ...ports(v6, 'refused')], run: { provenAround: () => false } },
    status: 'inconclusive',
    message: 'vantage-unproven',
    cause: 'vantage-web-unproven',
  },
  {
    title: 'no route of our own',
    parts: { hosts: dual, observations: [...ok4, ...ports(v6, 'no-route')] },
    status: 'inconclusive',
    message: 'vantage-unproven',
    cause: 'local-no-route',
  },
  {
    title: 'prefix suspect',
    parts: { hosts: dual, observations: [...ok4, ...ports(v6, 'timeout')], run: { prefixSuspect: () => true } },
    status: 'inconclusive',
    message: 'prefix-suspect',
    cause: 'prefix-suspect',
  },
];

describe('web-connect', () => {
  it.each(rows)('$title: $message', ({ parts, status, message, cause = null, values = {} }) => {
    const finding = find(check, parts);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });

  it('W1 a connection on which nobody speaks is a connection', () => {
    const observations = [http(`https://${apex}/`, v6, { fails: 'timeout', step: 'tls' }), connect(v6, 80), ...ok4];
    expect(find(check, { hosts: dual, observations })).toMatchObject({ status: 'pass', message: 'all-reached' });
  });
});
