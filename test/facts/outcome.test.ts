import { describe, expect, it } from 'vitest';
import type { AgencyContext, RunFacts } from '../../src/facts/context.ts';
import { indexEvidence } from '../../src/facts/evidence-index.ts';
import { answeredAnything } from '../../src/facts/observed.ts';
import { compareFamilies } from '../../src/facts/outcome.ts';
import type { Cause } from '../../src/model/cause.ts';
import type { FailureCode } from '../../src/model/failure.ts';
import type { Observation } from '../../src/model/observation.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { withUnprovenIpv4 } from '../support/dns-context.ts';
import { soundVantage } from '../support/fake-dns.ts';
import { connectSeen, type Sketch } from '../support/observations.ts';

const six = '2001:db8::1';
const four = '192.0.2.1';
const proven = { '4': 'proven', '6': 'proven' } as const;

function contextWith(run: Partial<RunFacts> = {}, ipv6: 'ok' | 'absent' = 'ok'): AgencyContext {
  const vantage = {
    name: 'here',
    dns: proven,
    web: proven,
    smtp: proven,
    dnsPath: 'direct',
    dns64: false,
    ipv6,
    clockOffsetMs: null,
  } as const;
  const facts: RunFacts = {
    vantage,
    provenAround: () => true,
    answeredInRun: () => false,
    prefixSuspect: () => false,
    largeUploadPassed: () => false,
    ...run,
  };
  return {
    evidence: indexEvidence([]),
    run: facts,
    manifest: { settings: defaultSettings },
    crashes: [],
    budgetExhausted: false,
    cache: new Map(),
  } as unknown as AgencyContext;
}

const v6 = (sketch: Sketch = {}): Observation => connectSeen(six, 443, sketch);
const v4 = (sketch: Sketch = {}): Observation => connectSeen(four, 443, sketch);
const failed = (code: FailureCode): Observation[] => [v6({ fail: code, lost: 1 }), v6({ fail: code, round: 'retest', atSeconds: 60 })];

interface Row {
  name: string;
  ipv6: Observation[];
  ipv4?: Observation[];
  ipv4Published?: boolean;
  run?: Partial<RunFacts>;
  vantage?: 'ok' | 'absent';
  smtp?: true;
  verdict: string;
  cause: Cause | null;
}

const rows: Row[] = [
  { name: 'works over IPv6', ipv6: [v6()], verdict: 'works', cause: null },
  { name: 'works on the retest only', ipv6: [v6({ fail: 'timeout', lost: 2 }), v6({ round: 'retest' })], verdict: 'works', cause: null },
  { name: 'refused, IPv4 works', ipv6: failed('refused'), verdict: 'fails', cause: 'refused' },
  { name: 'reset, IPv4 works', ipv6: failed('reset'), verdict: 'fails', cause: 'reset' },
  {
    name: 'refused over both on a web port',
    ipv6: failed('refused'),
    ipv4: [v4({ fail: 'refused' })],
    verdict: 'not-offered',
    cause: 'refused',
  },
  {
    name: 'refused over both on the mail port',
    ipv6: failed('refused'),
    ipv4: [v4({ fail: 'refused' })],
    smtp: true,
    verdict: 'unknown',
    cause: 'both-families-down',
  },
  { name: 'timeout on tries and retest, IPv4 works', ipv6: failed('timeout'), verdict: 'fails', cause: 'timeout' },
  { name: 'timeout without a retest', ipv6: [v6({ fail: 'timeout', lost: 2 })], verdict: 'unknown', cause: 'not-attempted' },
  {
    name: 'D8 timeout of an address that answered somebody in this run',
    ipv6: failed('timeout'),
    run: { answeredInRun: () => true },
    verdict: 'unknown',
    cause: 'unstable',
  },
  {
    name: 'V8 timeout in a network in which nothing answers',
    ipv6: failed('timeout'),
    run: { prefixSuspect: () => true },
    verdict: 'unknown',
    cause: 'prefix-suspect',
  },
  {
    name: 'refused in such a network is believed',
    ipv6: failed('refused'),
    run: { prefixSuspect: () => true },
    verdict: 'fails',
    cause: 'refused',
  },
  { name: 'a router says unreachable', ipv6: failed('host-unreachable'), verdict: 'fails', cause: 'host-unreachable' },
  { name: 'TLS failure', ipv6: failed('tls-alert'), verdict: 'fails', cause: 'tls-alert' },
  { name: 'both families down', ipv6: failed('timeout'), ipv4: [v4({ fail: 'timeout' })], verdict: 'unknown', cause: 'both-families-down' },
  {
    name: 'both silent is never looked at again, and needs no retest',
    ipv6: [v6({ fail: 'timeout', lost: 2 })],
    ipv4: [v4({ fail: 'timeout' })],
    verdict: 'unknown',
    cause: 'both-families-down',
  },
  {
    name: 'both silent, from a place whose IPv4 proved nothing',
    ipv6: failed('timeout'),
    ipv4: [v4({ fail: 'timeout' })],
    run: withUnprovenIpv4,
    verdict: 'unknown',
    cause: 'vantage-no-ipv4',
  },
  {
    name: 'M8 both silent on the mail port, which is proven over IPv6 only',
    ipv6: failed('timeout'),
    ipv4: [v4({ fail: 'timeout' })],
    smtp: true,
    run: { vantage: { ...soundVantage, smtp: { '4': 'unproven', '6': 'proven' } } },
    verdict: 'unknown',
    cause: 'vantage-port25-blocked',
  },
  { name: 'no A published: no other way in', ipv6: failed('timeout'), ipv4: [], ipv4Published: false, verdict: 'fails', cause: 'timeout' },
  {
    name: 'IPv4 not measurable here',
    ipv6: failed('refused'),
    ipv4: [v4({ fail: 'no-route', synchronous: true })],
    verdict: 'unknown',
    cause: 'vantage-no-ipv4',
  },
  {
    name: 'V1 no proof of our web over IPv6',
    ipv6: failed('refused'),
    run: { provenAround: () => false },
    verdict: 'unknown',
    cause: 'vantage-web-unproven',
  },
  {
    name: 'M8 no proof of our port 25',
    ipv6: failed('timeout'),
    smtp: true,
    run: { provenAround: () => false },
    verdict: 'unknown',
    cause: 'vantage-port25-blocked',
  },
  { name: 'V1 no route of our own', ipv6: failed('no-route'), vantage: 'absent', verdict: 'unknown', cause: 'vantage-no-ipv6' },
  { name: 'a missing route of our own where IPv6 works otherwise', ipv6: failed('no-route'), verdict: 'unknown', cause: 'local-no-route' },
  { name: 'V9 a late event loop is ours', ipv6: failed('local-limit'), verdict: 'unknown', cause: 'local-limit' },
  { name: 'P11 a crash is ours', ipv6: failed('internal-error'), verdict: 'unknown', cause: 'probe-error' },
  { name: 'L2 opted out', ipv6: failed('opted-out'), verdict: 'unknown', cause: 'opted-out' },
  { name: 'A3 never dialled', ipv6: failed('address-refused'), verdict: 'unknown', cause: 'address-refused' },
  { name: 'not asked', ipv6: [], verdict: 'unknown', cause: 'not-attempted' },
  { name: 'D13 answers 1 of 10', ipv6: [v6({ lost: 9 })], verdict: 'unstable', cause: 'unstable' },
  { name: 'D13 answers 1 of 9: too few tries to say so', ipv6: [v6({ lost: 8 })], verdict: 'works', cause: null },
  { name: 'D13 answers 1 of 11: below the share', ipv6: [v6({ lost: 10 })], verdict: 'works', cause: null },
];

describe('compareFamilies: the table of "Rules for all"', () => {
  it.each(rows)('$name', ({ ipv6, ipv4 = [v4()], ipv4Published = true, run, vantage, smtp, verdict, cause }) => {
    const comparison = compareFamilies(contextWith(run, vantage), {
      proofClass: smtp ? 'smtp' : 'web',
      ipv6,
      ipv4,
      ipv4Published,
      reached: answeredAnything,
      subject: 'x.gov.vn',
    });
    expect({ verdict: comparison.verdict, cause: comparison.cause }).toEqual({ verdict, cause });
  });

  it('a stall after the connect is a connect, try by try', () => {
    const stalled = { ...v6({ fail: 'timeout', step: 'body', lost: 2 }), op: 'http-request' } as Observation;
    const comparison = compareFamilies(contextWith(), {
      proofClass: 'web',
      ipv6: [stalled, stalled, stalled, stalled],
      ipv4: [v4()],
      ipv4Published: true,
      reached: answeredAnything,
      subject: 'x.gov.vn',
    });
    expect(comparison).toMatchObject({ verdict: 'works', tries: 12, answered: 12 });
  });

  it('asks for the proof around the last failed try', () => {
    const asked: unknown[] = [];
    const run: Partial<RunFacts> = {
      provenAround: (proof) => {
        asked.push(proof);
        return true;
      },
    };
    compareFamilies(contextWith(run), {
      proofClass: 'web',
      ipv6: failed('refused'),
      ipv4: [v4()],
      ipv4Published: true,
      reached: answeredAnything,
      subject: 'x.gov.vn',
    });
    const fromMs = Date.UTC(2026, 0, 1) + 60_000;
    expect(asked).toEqual([{ class: 'web', family: 6, fromMs, toMs: fromMs + 10, subject: 'x.gov.vn' }]);
  });

  it('counts tries over all rounds', () => {
    const comparison = compareFamilies(contextWith(), {
      proofClass: 'web',
      ipv6: [v6({ fail: 'timeout', lost: 2 }), v6({ round: 'retest' })],
      ipv4: [v4()],
      ipv4Published: true,
      reached: answeredAnything,
      subject: 'x.gov.vn',
    });
    expect({ tries: comparison.tries, answered: comparison.answered }).toEqual({ tries: 4, answered: 1 });
  });
});
