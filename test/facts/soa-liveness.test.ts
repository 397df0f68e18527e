import { describe, expect, it } from 'vitest';
import { transportOutcome } from '../../src/facts/soa-liveness.ts';
import type { FailureCode } from '../../src/model/failure.ts';
import { type ContextParts, type DnsObservation, dns, dnsContext, familyOf, ns, ns1v4, ns1v6, soa, zone } from '../support/dns-context.ts';

function ask(observations: DnsObservation[], parts: ContextParts & { address?: string; transport?: 'udp' | 'tcp' } = {}) {
  const { address = ns1v6, transport = 'udp', ...rest } = parts;
  return transportOutcome(dnsContext({ observations, ...rest }), { zone, address, family: familyOf(address), transport });
}

const soaAt = (said: Parameters<typeof dns>[2] = {}, address = ns1v6) => dns(address, `${zone} SOA`, said);
const timeouts = (count: number): 'timeout'[] => Array<'timeout'>(count).fill('timeout');

describe('what counts as alive', () => {
  it.each([
    ['SOA of the zone with AA', soaAt({ answers: [soa()] }), 'good', null, ''],
    ['D14 REFUSED', soaAt({ rcode: 'REFUSED', authoritative: false }), 'error', 'dns-refused', 'REFUSED'],
    ['D14 NOERROR without AA', soaAt({ answers: [soa()], authoritative: false }), 'lame', 'dns-lame', 'no AA'],
    ['D14 upward referral', soaAt({ authoritative: false, authorities: [ns('a.root', '')] }), 'lame', 'dns-lame', 'upward referral'],
    ['D14 SOA of another zone', soaAt({ answers: [soa('gov.vn')] }), 'lame', 'dns-lame', 'SOA of another zone'],
    ['D14 NOERROR without SOA', soaAt({}), 'lame', 'dns-lame', 'no SOA'],
    ['D14 NXDOMAIN', soaAt({ rcode: 'NXDOMAIN' }), 'lame', 'dns-lame', 'NXDOMAIN'],
    ['NOTIMP', soaAt({ rcode: 'NOTIMP' }), 'error', 'dns-lame', 'NOTIMP'],
  ])('%s', (_title, observation, state, cause, detail) => {
    expect(ask([observation])).toMatchObject({ state, cause, detail });
  });

  it('D7 flapping SERVFAIL is not a fail: SERVFAIL twice is open, three times an error, an answer after it is good', () => {
    const servfail = soaAt({ rcode: 'SERVFAIL', authoritative: false });
    const again = soaAt({ rcode: 'SERVFAIL', authoritative: false, round: '2' });
    expect(ask([servfail])).toMatchObject({ state: 'ours', cause: 'dns-servfail' });
    expect(ask([servfail, again])).toMatchObject({ state: 'ours', cause: 'dns-servfail' });
    expect(ask([servfail, again, soaAt({ rcode: 'SERVFAIL', authoritative: false, round: '3' })])).toMatchObject({
      state: 'error',
      cause: 'dns-servfail',
    });
    expect(ask([servfail, soaAt({ answers: [soa()], round: '2' })])).toMatchObject({ state: 'good', tries: 2, answered: 2 });
  });

  it('D4 TC on an SOA over UDP: good when TCP has it, else truncated', () => {
    const cut = soaAt({ truncated: true });
    expect(ask([cut, soaAt({ answers: [soa()], transport: 'tcp' })])).toMatchObject({ state: 'good' });
    expect(ask([cut, soaAt({ failure: 'refused', transport: 'tcp' })])).toMatchObject({ state: 'error', cause: 'truncated' });
  });

  it('D5 an answer without EDNS counts', () => {
    const observations = [soaAt({ rcode: 'FORMERR', authoritative: false }), soaAt({ answers: [soa()], udpPayloadBytes: null })];
    expect(ask(observations)).toMatchObject({ state: 'good' });
  });

  it.each(['udp', 'tcp'] as const)('D5 FORMERR over %s is no fault before the question was put without EDNS', (transport) => {
    const formerr = soaAt({ rcode: 'FORMERR', authoritative: false, transport });
    const plain = (said: Parameters<typeof dns>[2]) => soaAt({ ...said, transport, udpPayloadBytes: null });
    expect(ask([formerr], { transport })).toMatchObject({ state: 'ours', cause: 'not-attempted' });
    expect(ask([formerr, plain({ failure: 'local-limit' })], { transport })).toMatchObject({ state: 'ours', cause: 'not-attempted' });
    expect(ask([formerr, plain({ answers: [soa()] })], { transport })).toMatchObject({ state: 'good' });
    expect(ask([formerr, plain({ rcode: 'FORMERR', authoritative: false })], { transport })).toMatchObject({
      state: 'error',
      detail: 'FORMERR',
    });
  });

  it('D5 a server that drops EDNS and answers without it is not unstable', () => {
    const observations = [soaAt({ tries: timeouts(10) }), soaAt({ answers: [soa()], tries: [null, null], udpPayloadBytes: null })];
    expect(ask(observations)).toMatchObject({ state: 'good', tries: 2, answered: 2 });
  });

  it('D15 other questions that were dropped do not make a server with a good SOA unstable', () => {
    const dropped = dns(ns1v6, `${zone} TYPE65280`, { tries: timeouts(10) });
    expect(ask([soaAt({ answers: [soa()] }), dropped])).toMatchObject({ state: 'good', tries: 1, answered: 1 });
  });
});

describe('failures of the network', () => {
  const silent = [soaAt({ tries: timeouts(3) }), soaAt({ tries: timeouts(3), round: 'retest' })];

  it('silence in spaced tries and at the end, with a proof of our own IPv6, is silence', () => {
    expect(ask(silent)).toMatchObject({ state: 'silent', cause: 'timeout', tries: 6, answered: 0 });
  });

  it('without a look at the end of the run nothing is said', () => {
    expect(ask(silent.slice(0, 1))).toMatchObject({ state: 'ours', cause: 'not-attempted' });
  });

  it.each([
    [6, ns1v6, 'vantage-no-ipv6'],
    [4, ns1v4, 'vantage-no-ipv4'],
  ] as const)('without a proof of our IPv%s the vantage is at fault', (family, address, cause) => {
    const asked: unknown[] = [];
    const provenAround: ContextParts['run'] = { provenAround: (proof) => asked.push(proof) < 0 };
    for (const code of ['timeout', 'refused', 'host-unreachable'] as FailureCode[]) {
      const observations = [soaAt({ tries: [code, code, code] }, address), soaAt({ failure: code, round: 'retest' }, address)];
      expect(ask(observations, { address, run: provenAround })).toMatchObject({ state: 'ours', cause });
    }
    expect(asked[0]).toMatchObject({ class: 'dns', family, subject: zone });
  });

  it('D13 silence after answers over the same transport is rate limiting', () => {
    const answered = dns(ns1v6, `${zone} NS`, { answers: [ns(`ns1.${zone}`)] });
    expect(ask([...silent, answered])).toMatchObject({ state: 'ours', cause: 'rate-limited' });
    expect(ask(silent, { run: { answeredInRun: (where, endpoint) => where === ns1v6 && endpoint === 'udp/53' } })).toMatchObject({
      cause: 'rate-limited',
    });
    expect(ask(silent, { run: { answeredInRun: (_where, endpoint) => endpoint === 'tcp/53' } })).toMatchObject({ state: 'silent' });
  });

  it('D4 TCP that connects and then hangs is silent: the connect alone is no sign of a limit of rate', () => {
    const hanging = [soaAt({ tries: timeouts(10), transport: 'tcp' }), soaAt({ tries: timeouts(10), transport: 'tcp', round: 'retest' })];
    const udp = soaAt({ answers: [soa()] });
    const connected = (wanted: string) => ({ answeredInRun: (_where: string, endpoint: string) => endpoint === wanted });
    expect(ask([udp, ...hanging], { transport: 'tcp', run: connected('tcp/53') })).toMatchObject({ state: 'silent', cause: 'timeout' });
    expect(ask([udp, ...hanging], { transport: 'tcp', run: connected('dns-tcp/53') })).toMatchObject({
      state: 'ours',
      cause: 'rate-limited',
    });
  });

  it.each([
    [9, 1, 'good'],
    [10, 1, 'unstable'],
    [10, 9, 'unstable'],
    [11, 1, 'good'],
  ])('D13 %i tries of which %i answered: %s', (tries, answered, state) => {
    const list = [...timeouts(tries - answered), ...Array<null>(answered).fill(null)];
    expect(ask([soaAt({ tries: list, answers: [soa()] })])).toMatchObject({ state, tries, answered });
  });

  it('many silent agencies in one /32 make the prefix suspect', () => {
    expect(ask(silent, { run: { prefixSuspect: () => true } })).toMatchObject({ state: 'ours', cause: 'prefix-suspect' });
  });

  it.each([
    ['refused', 'refused', 'refused'],
    ['admin-prohibited', 'refused', 'admin-prohibited'],
    ['no-route', 'ours', 'local-no-route'],
    ['local-limit', 'ours', 'local-limit'],
    ['internal-error', 'ours', 'probe-error'],
  ] as const)('%s is %s', (code, state, cause) => {
    expect(ask([soaAt({ failure: code, transport: 'tcp' })], { transport: 'tcp' })).toMatchObject({ state, cause });
  });

  it('not asked: by the budget, or at all', () => {
    expect(ask([], { budgetExhausted: true })).toMatchObject({ state: 'ours', cause: 'budget-exhausted' });
    expect(ask([])).toMatchObject({ state: 'ours', cause: 'not-attempted' });
  });
});
