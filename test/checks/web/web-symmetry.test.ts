import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/web/web-symmetry.ts';
import type { TwinState } from '../../../src/facts/web-symmetry.ts';
import type { Subject } from '../../../src/model/subject.ts';
import { apex, find, healthy, hostSubject, http, v4, v6, v6b, type WebParts, www } from '../../support/web-evidence.ts';

const dual = { 6: [v6], 4: [v4] };
const serving = [apex, www].flatMap((host) => [...healthy(host, v6), ...healthy(host, v4)]);

interface Row {
  title: string;
  parts: WebParts;
  subject?: Subject;
  status: string;
  message: string;
  cause?: string | null;
  values?: object;
}
const deadTwins: [string, WebParts['hosts']][] = [
  ['the listed host IPv4-only', { [apex]: { 4: [v4] }, [www]: dual }],
  ['the twin IPv4-only', { [apex]: dual, [www]: { 4: [v4] } }],
];
const rows: Row[] = [
  {
    title: 'both serve',
    parts: { hosts: { [apex]: dual, [www]: dual }, observations: serving },
    status: 'pass',
    message: 'equal',
    values: { host: apex, sibling: www },
  },
  {
    title: 'one redirects to the other',
    parts: {
      hosts: { [apex]: dual, [www]: dual },
      observations: [
        ...healthy(apex, v6),
        ...[v6, v4].map((address) => http(`https://${www}/`, address, { location: `https://${apex}/` })),
        http(`https://${apex}/`, v4),
      ],
    },
    status: 'pass',
    message: 'equal',
  },
  {
    title: 'only the listed host has AAAA',
    parts: { hosts: { [apex]: dual, [www]: { 4: [v4] } }, observations: serving },
    status: 'warn',
    message: 'only-listed-has-ipv6',
    values: { sibling: www },
  },
  {
    title: 'the listed host is IPv4-only',
    parts: { hosts: { [apex]: { 4: [v4] }, [www]: dual }, observations: serving },
    status: 'fail',
    message: 'listed-is-ipv4-only',
    values: { host: apex },
  },
  {
    title: 'sibling silent over IPv6',
    parts: {
      hosts: { [apex]: dual, [www]: { 6: [v6b], 4: [v4] } },
      observations: [...healthy(apex, v6), http(`https://${www}/`, v6b, { fails: 'refused' }), http(`https://${www}/`, v4)],
    },
    status: 'warn',
    message: 'sibling-silent-over-ipv6',
    values: { cause: 'refused' },
  },
  {
    title: 'sibling silent, unproven',
    parts: {
      hosts: { [apex]: dual, [www]: { 6: [v6b], 4: [v4] } },
      observations: [...healthy(apex, v6), http(`https://${www}/`, v6b, { fails: 'refused' }), http(`https://${www}/`, v4)],
      run: { provenAround: () => false },
    },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-web-unproven',
  },
  {
    title: 'both refuse over IPv6',
    parts: {
      hosts: { [apex]: dual, [www]: dual },
      observations: [apex, www].flatMap((host) => [http(`https://${host}/`, v6, { fails: 'refused' }), ...healthy(host, v4)]),
    },
    status: 'not-applicable',
    message: 'listed-does-not-serve',
    values: { host: apex, sibling: www },
  },
  {
    title: 'the listed host refuses over IPv6, its sibling serves',
    parts: {
      hosts: { [apex]: dual, [www]: dual },
      observations: [http(`https://${apex}/`, v6, { fails: 'refused' }), ...healthy(apex, v4), ...healthy(www, v6), ...healthy(www, v4)],
    },
    status: 'not-applicable',
    message: 'listed-does-not-serve',
  },
  {
    title: 'both dead in both families',
    parts: {
      hosts: { [apex]: dual, [www]: dual },
      observations: [apex, www].flatMap((host) => [v6, v4].map((address) => http(`https://${host}/`, address, { fails: 'timeout' }))),
    },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'both-families-down',
  },
  {
    title: 'both dead over IPv6, no IPv4 of our own',
    parts: {
      hosts: { [apex]: dual, [www]: dual },
      observations: [apex, www].flatMap((host) => [
        http(`https://${host}/`, v6, { fails: 'timeout' }),
        http(`https://${host}/`, v4, { fails: 'no-route' }),
      ]),
    },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-no-ipv4',
  },
  {
    title: 'both redirect to an IPv4 literal, no IPv4 of our own',
    parts: {
      hosts: { [apex]: dual, [www]: dual },
      observations: [apex, www].flatMap((host) => [
        http(`https://${host}/`, v6, { location: 'http://203.162.0.7/' }),
        http(`https://${host}/`, v4, { fails: 'no-route' }),
      ]),
    },
    status: 'inconclusive',
    message: 'undecided',
    cause: 'vantage-no-ipv4',
  },
  ...deadTwins.map(
    ([title, hosts]): Row => ({
      title: `both sites dead, ${title}`,
      parts: {
        hosts,
        observations: [apex, www].flatMap((host) => [v6, v4].map((address) => http(`https://${host}/`, address, { fails: 'refused' }))),
      },
      status: 'inconclusive',
      message: 'undecided',
      cause: 'refused',
    }),
  ),
  {
    title: 'the listed host IPv4-only and dead, its sibling serves over IPv4 alone',
    parts: {
      hosts: { [apex]: { 4: [v4] }, [www]: { 6: [v6b], 4: [v4] } },
      observations: [
        http(`https://${apex}/`, v4, { fails: 'refused' }),
        http(`https://${www}/`, v6b, { fails: 'refused' }),
        http(`https://${www}/`, v4),
      ],
    },
    status: 'fail',
    message: 'listed-is-ipv4-only',
  },
  { title: 'W18 www does not exist', parts: { hosts: { [apex]: dual } }, status: 'not-applicable', message: 'one-exists' },
  {
    title: 'W18 www timed out',
    parts: { hosts: { [apex]: dual, [www]: { unknown6: 'dns-timeout' } } },
    status: 'inconclusive',
    message: 'not-measured',
    cause: 'dns-timeout',
  },
  { title: 'no IPv6 at all', parts: { hosts: { [apex]: { 4: [v4] }, [www]: { 4: [v4] } } }, status: 'not-applicable', message: 'no-ipv6' },
  {
    title: 'the sibling itself',
    parts: { hosts: { [apex]: dual, [www]: dual } },
    subject: hostSubject(www, { deciding: false }),
    status: 'not-applicable',
    message: 'judged-with-listed',
  },
];

describe('web-symmetry', () => {
  it.each(rows)('$title: $message', ({ parts, subject, status, message, cause = null, values = {} }) => {
    const finding = find(check, parts, subject);
    expect(finding).toMatchObject({ status, message, cause });
    expect(finding.values).toMatchObject(values);
  });
});

describe('web-symmetry of two twins as they were seen', () => {
  const twin = (host: string, ipv6: TwinState['ipv6'], ipv4: TwinState['ipv4'], more: Partial<TwinState> = {}): TwinState => ({
    ...{ host, hasIpv6: true, hasIpv4: true, ipv6, ipv4, cause: null },
    ...more,
  });
  it.each<[string, TwinState, TwinState, string, string | undefined]>([
    [
      'the sibling is silent in both families',
      twin(apex, 'serves', 'serves'),
      twin(www, 'silent', 'silent'),
      'undecided',
      'both-families-down',
    ],
    ['the sibling is silent, IPv4 unknown', twin(apex, 'serves', 'serves'), twin(www, 'silent', 'unknown'), 'undecided', 'unknown'],
    [
      'the sibling is silent, the listed host unknown',
      twin(apex, 'unknown', 'serves'),
      twin(www, 'silent', 'serves'),
      'undecided',
      'unknown',
    ],
    [
      'a cause of its own',
      twin(apex, 'serves', 'serves'),
      twin(www, 'unknown', 'silent', { cause: 'vantage-no-ipv6' }),
      'undecided',
      'vantage-no-ipv6',
    ],
    [
      'both dead, no cause',
      twin(apex, 'silent', 'silent'),
      twin(www, 'silent', 'silent', { hasIpv6: false }),
      'undecided',
      'both-families-down',
    ],
    [
      'the listed host IPv4-only and well, the sibling dead',
      twin(apex, 'unknown', 'serves', { hasIpv6: false }),
      twin(www, 'silent', 'silent'),
      'listed-is-ipv4-only',
      undefined,
    ],
    [
      'the listed host has IPv6 alone and serves, the sibling is dead without it',
      twin(apex, 'serves', 'silent'),
      twin(www, 'unknown', 'silent', { hasIpv6: false }),
      'only-listed-has-ipv6',
      undefined,
    ],
    [
      'the listed host is dead, the sibling serves over IPv6 alone',
      twin(apex, 'unknown', 'silent', { hasIpv6: false }),
      twin(www, 'serves', 'silent'),
      'listed-is-ipv4-only',
      undefined,
    ],
  ])('%s', (_title, listed, sibling, message, cause) => {
    const outcome = check.evaluate({ webSymmetry: { isListed: true, listed, sibling, onlyOneExists: false } }, hostSubject(apex));
    expect({ message: outcome.message, cause: outcome.cause }).toEqual({ message, cause });
  });
});
