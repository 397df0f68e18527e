import { describe, expect, it } from 'vitest';
import { check as onlyMail } from '../../../src/checks/ipv6-only/ipv6-only-mail.ts';
import { check as onlyNames } from '../../../src/checks/ipv6-only/ipv6-only-names.ts';
import { check as onlyPage } from '../../../src/checks/ipv6-only/ipv6-only-page.ts';
import type { Ipv6OnlyExchanger, Ipv6OnlyMail } from '../../../src/facts/ipv6-only-mail.ts';
import type { NameUnderIpv6Only } from '../../../src/facts/ipv6-only-names.ts';
import type { Ipv6OnlyPage } from '../../../src/facts/ipv6-only-page.ts';
import { apex, hostSubject, serviceSubject } from '../../support/web-evidence.ts';

const name = (more: Partial<NameUnderIpv6Only> = {}): NameUnderIpv6Only => ({
  ...{ name: apex, role: 'host', state: 'resolves', cause: null, brokenCut: null, operators: [], oneServerCuts: [] },
  ...more,
});
const chain: Ipv6OnlyPage['redirect'] = {
  ...{
    start: '',
    verdict: 'complete',
    kind: null,
    proven: false,
    url: '',
    host: apex,
    cause: null,
    step: null,
    hops: [],
    observations: [],
  },
};
const page = (more: Partial<Ipv6OnlyPage>): Ipv6OnlyPage => ({
  ...{
    host: apex,
    presence: 'published',
    brokenNames: [],
    unknownNames: [],
    nameCause: null,
    connection: 'reached',
    connectionCause: null,
  },
  ...{
    deadAddresses: [],
    redirect: chain,
    reach: 'page',
    reachCause: null,
    reachStep: null,
    statuses: [200, 200],
    ipv4Statuses: [200, 200],
  },
  ...{ ok: true, limited: false, defaultPage: false, whole: true, transfer: 'completed', transferCause: null, transferStep: null },
  ...{ certificateFault: null, url: `https://${apex}/` },
  ...more,
});
const errors = (statuses: number[], more: Partial<Ipv6OnlyPage> = {}): Partial<Ipv6OnlyPage> => ({
  ok: false,
  whole: false,
  statuses,
  ...more,
});

describe('ipv6-only-page of what was seen', () => {
  it.each<[string, Partial<Ipv6OnlyPage>, string, string | undefined]>([
    ['a name that is broken, without a cause', { brokenNames: [name({ state: 'broken' })] }, 'name-not-resolvable', undefined],
    [
      'a name that is broken, with one',
      { brokenNames: [name({ state: 'broken', cause: 'dns-timeout' })] },
      'name-not-resolvable',
      'dns-timeout',
    ],
    ['no port in either family', { connection: 'not-offered' }, 'not-offered', undefined],
    ['no connection', { connection: 'fails', connectionCause: 'refused', reach: 'no-connection' }, 'no-connection', 'refused'],
    ['no connection, without a cause', { connection: 'fails', reach: 'no-connection' }, 'no-connection', undefined],
    ['connection not measured', { connection: 'unknown', connectionCause: 'vantage-no-ipv6' }, 'undecided', 'vantage-no-ipv6'],
    ['TLS does not end', { reach: 'no-connection', reachStep: 'tls', reachCause: 'tls-handshake' }, 'tls-fails', 'tls-handshake'],
    ['the connection is lost', { reach: 'no-connection', reachStep: 'connect', reachCause: 'reset' }, 'no-connection', 'reset'],
    ['stalls, with no IPv4 to compare', { transfer: 'stalls-without-ipv4', transferCause: 'timeout' }, 'transfer-stalls', 'timeout'],
    [
      'stalls at some addresses',
      { transfer: 'some-addresses-stall', transferCause: 'path-mtu-suspected' },
      'stalls-sometimes',
      'path-mtu-suspected',
    ],
    ['503, IPv4 good', errors([503, 503]), 'limited', 'waf-challenge'],
    ['429, IPv4 good', errors([429, 429]), 'limited', 'rate-limited'],
    ['503, IPv4 is an error too', errors([503, 503], { ipv4Statuses: [500, 500] }), 'error-status', undefined],
    ['limited, IPv4 is an error too', errors([500, 500], { limited: true, ipv4Statuses: [500] }), 'limited', 'waf-challenge'],
    ['500, nothing over IPv4', errors([500, 500], { ipv4Statuses: [] }), 'error-status', undefined],
    ['500, and IPv4 says 199', errors([500, 500], { ipv4Statuses: [199, 199] }), 'error-status', undefined],
    ['500, and IPv4 says 400', errors([500, 500], { ipv4Statuses: [400, 400] }), 'error-status', undefined],
    ['500 twice, IPv4 good twice', errors([500, 500]), 'worse-than-ipv4', 'status-worse-over-ipv6'],
    ['500 once', errors([500]), 'undecided', 'unstable'],
    ['500 twice, IPv4 asked once', errors([500, 500], { ipv4Statuses: [200] }), 'undecided', 'unstable'],
  ])('%s', (_title, parts, message, cause) => {
    const outcome = onlyPage.evaluate({ ipv6OnlyPage: page(parts) }, serviceSubject());
    expect({ message: outcome.message, cause: outcome.cause }).toEqual({ message, cause });
  });
});

describe('ipv6-only-names by what a name is for', () => {
  const server = (more: Partial<NameUnderIpv6Only>) => name({ name: 'ns1.x.vn', role: 'name-server', ...more });
  const broken: Partial<NameUnderIpv6Only> = { state: 'broken', operators: ['x.vn'] };
  it.each<[string, NameUnderIpv6Only[], boolean, string, object]>([
    ['a name server alone is broken', [name(), server(broken)], false, 'name-server-name-broken', { broken: ['ns1.x.vn (x.vn)'] }],
    ['nobody known to run it', [name({ state: 'broken', brokenCut: 'gov.vn' })], false, 'name-broken', { broken: [`${apex} (gov.vn)`] }],
    ['the host is not found, a name server is broken', [name({ state: 'absent' }), server(broken)], false, 'host-not-found', {}],
    ['the mail domain is not found', [name({ role: 'mail-domain', state: 'absent' })], false, 'host-not-found', {}],
    ['an alias is not found, the host is', [name({ role: 'alias', state: 'absent' }), name()], false, 'all-resolve', {}],
    [
      'the name of a server is not known',
      [name(), server({ state: 'unknown', cause: 'dns-timeout' })],
      false,
      'not-judged',
      { open: ['ns1.x.vn: dns-timeout'] },
    ],
    [
      'the host is not known, and a name server is broken',
      [name({ state: 'unknown', cause: 'dns-servfail' }), server(broken), server({ state: 'unknown', cause: 'dns-timeout' })],
      false,
      'not-judged',
      { open: [`${apex}: dns-servfail`] },
    ],
    ['more names than are looked at', [name()], true, 'not-judged', { open: [] }],
  ])('%s', (_title, names, cut, message, values) => {
    expect(onlyNames.evaluate({ ipv6OnlyNames: { names, cut } }, hostSubject(apex))).toMatchObject({ message, values });
  });

  it('says no cause where none is known', () => {
    const judge = (cause: NameUnderIpv6Only['cause']) =>
      onlyNames.evaluate({ ipv6OnlyNames: { names: [name({ state: 'broken', cause })], cut: false } }, hostSubject(apex));
    expect(judge(null)).not.toHaveProperty('cause');
    expect(judge('dns-timeout')).toMatchObject({ cause: 'dns-timeout' });
  });
});

describe('ipv6-only-mail by preference', () => {
  const host = (exchanger: string, state: Ipv6OnlyExchanger['state'], more: Partial<Ipv6OnlyExchanger> = {}): Ipv6OnlyExchanger => ({
    ...{ exchanger, preference: 10, state, cause: null, addresses: [] },
    ...more,
  });
  const mx: Ipv6OnlyMail['mx'] = { state: 'resolves', cause: null, brokenCut: null, operators: [] };
  const judge = (exchangers: Ipv6OnlyExchanger[], parts: Partial<Ipv6OnlyMail['mx']> = {}) =>
    onlyMail.evaluate({ ipv6OnlyMail: { hasMail: true, domain: apex, mx: { ...mx, ...parts }, exchangers } }, serviceSubject());

  it.each<[string, Ipv6OnlyExchanger[], Partial<Ipv6OnlyMail['mx']>, string, string | undefined]>([
    ['MX broken without a cause', [], { state: 'broken' }, 'mx-not-resolved', undefined],
    ['MX broken with one', [], { state: 'broken', cause: 'dns-timeout' }, 'mx-not-resolved', 'dns-timeout'],
    ['MX not known', [], { state: 'unknown', cause: 'dns-servfail' }, 'undecided', 'dns-servfail'],
    ['MX not known, for no reason', [], { state: 'unknown' }, 'undecided', 'unknown'],
    [
      'the backup answers, and another backup is not known',
      [host('a', 'no-address'), host('b', 'answers', { preference: 20 }), host('c', 'unknown', { preference: 30 })],
      {},
      'only-backup',
      undefined,
    ],
    [
      'none answers, one is not known',
      [host('a', 'no-address'), host('b', 'unknown', { preference: 20, cause: 'timeout' })],
      {},
      'undecided',
      'timeout',
    ],
    [
      'none answers, the cause is of the second',
      [host('a', 'no-address'), host('b', 'silent', { cause: 'refused' })],
      {},
      'none',
      'refused',
    ],
    ['none has an address', [host('a', 'no-address')], {}, 'none', undefined],
  ])('%s', (_title, exchangers, parts, message, cause) => {
    const outcome = judge(exchangers, parts);
    expect({ message: outcome.message, cause: outcome.cause }).toEqual({ message, cause });
    expect('cause' in outcome).toBe(cause !== undefined);
  });

  it('names what is not known apart from what fails', () => {
    expect(judge([host('a', 'silent'), host('b', 'unknown'), host('c', 'answers')])).toMatchObject({
      message: 'best-answers',
      values: { failing: [expect.stringMatching(/^a/)], open: [expect.stringMatching(/^b/)] },
    });
  });
});
