import { describe, expect, it } from 'vitest';
import type { Cause } from '../../src/model/cause.ts';
import type { Area, Finding, Level, ServiceRole, Status, SubjectKind } from '../../src/model/finding.ts';
import type { AssessedService } from '../../src/model/service-state.ts';
import { scoreConformity } from '../../src/scoring/conformity.ts';
import { scoreReadiness } from '../../src/scoring/readiness.ts';
import { rubricSchema } from '../../src/scoring/rubric.ts';
import { ipv6ForGov1 as rubric } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';
import { serviceTriple } from '../../src/scoring/triple.ts';

const portal: AssessedService = {
  role: 'portal',
  host: 'x.gov.vn',
  state: 'active',
  cause: null,
  decidingHosts: ['x.gov.vn'],
  zone: 'x.gov.vn',
};
const services: AssessedService = { ...portal, role: 'public-services', host: 'dvc.x.gov.vn', decidingHosts: ['dvc.x.gov.vn'] };
const mail: AssessedService = { ...portal, role: 'mail', decidingHosts: [] };

type Outcome = Status | [Status, Cause];
type Outcomes = Record<string, Outcome>;

function make(
  check: string,
  outcome: Outcome,
  at: { area: Area; service: ServiceRole; host: string; subject: SubjectKind; level?: Level },
): Finding {
  const [status, cause] = Array.isArray(outcome) ? outcome : [outcome, null];
  const { level = 'required', ...place } = at;
  return { check, ...place, level, status, message: 'm', cause, confidence: 1, values: {}, observations: [], seenFrom: [], ignored: null };
}

const webChecks = ['web-addresses', 'web-connect', 'web-tls', 'web-response', 'web-redirects', 'web-content', 'web-transfer'];

function web(service: AssessedService, host: string, changes: Outcomes = {}): Finding[] {
  const outcomes: Outcomes = { ...Object.fromEntries(webChecks.map((check) => [check, 'pass'])), 'address-scope': 'pass', ...changes };
  return Object.entries(outcomes).map(([check, outcome]) =>
    make(check, outcome, {
      area: check === 'address-scope' ? 'address' : 'web',
      service: service.role,
      host,
      subject: 'host',
      level: check === 'web-literals' ? 'recommended' : 'required',
    }),
  );
}

function dns(changes: Outcomes = {}): Finding[] {
  const outcomes: Outcomes = { delegation: 'pass', 'ns-ipv6-count': 'pass', 'ns-udp-ipv6': 'pass', 'ns-tcp-ipv6': 'pass', ...changes };
  return Object.entries(outcomes).map(([check, outcome]) =>
    make(check, outcome, { area: 'dns', service: 'portal', host: 'x.gov.vn', subject: 'zone' }),
  );
}

function post(changes: Outcomes = {}): Finding[] {
  const outcomes: Outcomes = { 'mail-role': 'pass', 'mx-addresses': 'pass', 'smtp-connect': 'pass', ...changes };
  return Object.entries(outcomes).map(([check, outcome]) =>
    make(check, outcome, { area: 'mail', service: 'mail', host: 'x.gov.vn', subject: 'mail-domain' }),
  );
}

function only(role: ServiceRole, changes: Outcomes = {}): Finding[] {
  const outcomes: Outcomes = {
    'ipv6-only-names': 'pass',
    'ipv6-only-page': 'pass',
    'ipv6-only-dependencies': 'pass',
    'dns64-safe': 'pass',
    ...changes,
  };
  return Object.entries(outcomes).map(([check, outcome]) =>
    make(check, outcome, { area: 'ipv6-only', service: role, host: 'x.gov.vn', subject: 'service' }),
  );
}

const conformity = (findings: Finding[], list: AssessedService[] = [portal, services, mail]) =>
  scoreConformity({ findings, services: list, rubric }, true);
const readiness = (findings: Finding[], list: AssessedService[] = [portal]) => scoreReadiness({ findings, services: list, rubric });

it('the default criteria are well-formed data whose weights make 100', () => {
  expect(rubricSchema.parse(rubric)).toEqual(rubric);
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  expect(sum(rubric.conformity.components.map(({ weight }) => weight))).toBe(100);
  expect(sum(Object.values(rubric.readiness.checkWeights))).toBe(100);
});

describe('verdict of a service, in the order of design §6', () => {
  it.each<[string, Outcomes, string, string | null, string | null]>([
    ['all pass', {}, 'pass', null, null],
    ['a warning passes', { 'web-connect': 'warn' }, 'pass', null, null],
    [
      'rule 1: any of the eight fails',
      { 'web-transfer': ['fail', 'path-mtu-suspected'], 'web-connect': ['inconclusive', 'vantage-no-ipv6'] },
      'fail',
      'path-mtu-suspected',
      'web-transfer',
    ],
    ['rule 1: a fail outside the eight does not decide', { 'web-literals': 'fail' }, 'pass', null, null],
    ['rule 2: addresses unknown', { 'web-addresses': ['inconclusive', 'dns-timeout'] }, 'inconclusive', 'dns-timeout', 'web-addresses'],
    ['rule 2: connect unknown', { 'web-connect': ['inconclusive', 'vantage-no-ipv6'] }, 'inconclusive', 'vantage-no-ipv6', 'web-connect'],
    [
      'rule 2: response unknown, even for a cause in the material',
      { 'web-response': ['inconclusive', 'waf-challenge'] },
      'inconclusive',
      'waf-challenge',
      'web-response',
    ],
    ['rule 3: nothing offered', { 'web-connect': 'not-applicable' }, 'inconclusive', 'no-web-service', null],
    [
      'rule 4: content unknown for a cause of ours',
      { 'web-content': ['inconclusive', 'local-limit'] },
      'inconclusive',
      'local-limit',
      'web-content',
    ],
    [
      'rule 4: content undecided in the material does not decide',
      { 'web-content': ['inconclusive', 'content-too-small'] },
      'pass',
      null,
      null,
    ],
    ['rule 5: not applicable and info do not decide', { 'web-content': 'not-applicable', 'web-tls': 'info' }, 'pass', null, null],
  ])('%s', (_, changes, verdict, cause, check) => {
    const result = conformity([...web(portal, 'x.gov.vn', changes)], [portal]);
    expect(result.services.portal).toMatchObject({ verdict, cause, check });
    expect(result.verdict).toBe(verdict);
  });

  it('names what the material left undecided', () => {
    const result = conformity(web(portal, 'x.gov.vn', { 'web-content': ['inconclusive', 'content-unstable'] }), [portal]);
    expect(result.services.portal?.undecided).toEqual([{ check: 'web-content', cause: 'content-unstable' }]);
  });

  it('the sibling counts in the score only', () => {
    const result = conformity([...web(portal, 'x.gov.vn'), ...web(portal, 'www.x.gov.vn', { 'web-addresses': 'fail' })], [portal]);
    expect(result.verdict).toBe('pass');
    expect(result.score).toBeLessThan(100);
  });
});

describe('verdict of an agency', () => {
  const bad = web(services, 'dvc.x.gov.vn', { 'web-addresses': 'fail' });
  it('fails when the public-service portal fails', () => {
    expect(conformity([...web(portal, 'x.gov.vn'), ...bad]).verdict).toBe('fail');
  });
  it.each(['retired', 'not-listed'] as const)('the portal alone decides when the other is %s', (state) => {
    expect(conformity([...web(portal, 'x.gov.vn'), ...bad], [portal, { ...services, state }]).verdict).toBe('pass');
  });
  it('a listed host that is gone is named and does not decide', () => {
    const result = conformity([...web(portal, 'x.gov.vn')], [portal, { ...services, state: 'gone', cause: 'service-gone' }]);
    expect(result.verdict).toBe('pass');
    expect(result.services['public-services']).toMatchObject({ verdict: 'inconclusive', cause: 'service-gone' });
  });
  it('a domain that does not exist is inconclusive, never failed', () => {
    const result = conformity(web(portal, 'x.gov.vn', { 'web-addresses': 'fail' }), [{ ...portal, cause: 'domain-not-found' }]);
    expect(result).toMatchObject({ verdict: 'inconclusive' });
    expect(result.services.portal?.cause).toBe('domain-not-found');
  });
  it('former agencies are measured and not counted', () => {
    expect(scoreConformity({ findings: web(portal, 'x.gov.vn'), services: [portal], rubric }, false)).toMatchObject({
      verdict: 'not-counted',
      score: 100,
    });
  });
});

describe('score', () => {
  const good = [...web(portal, 'x.gov.vn'), ...web(services, 'dvc.x.gov.vn'), ...dns(), ...post()];
  it('all good is 100 with full coverage', () => {
    expect(conformity(good)).toMatchObject({ score: 100, coverage: 1, verdict: 'pass' });
  });
  it('nothing over IPv6 is 0', () => {
    const nothing = {
      'web-addresses': 'fail',
      'web-connect': 'not-applicable',
      'web-tls': 'not-applicable',
      'web-response': 'not-applicable',
      'web-redirects': 'not-applicable',
    } as const;
    const rest = {
      'web-content': 'not-applicable',
      'web-transfer': 'not-applicable',
      'address-scope': 'not-applicable',
      'web-literals': 'pass',
    } as const;
    const findings = [
      ...web(portal, 'x.gov.vn', { ...nothing, ...rest }),
      ...dns({ 'ns-ipv6-count': 'fail', 'ns-udp-ipv6': 'not-applicable', 'ns-tcp-ipv6': 'not-applicable' }),
      ...post({ 'mx-addresses': 'fail', 'smtp-connect': 'not-applicable' }),
    ];
    expect(conformity(findings, [portal, mail])).toMatchObject({ score: 0, coverage: 1 });
  });
  it('what an agency does not have is shared out', () => {
    const noMail = post({ 'mx-addresses': 'not-applicable', 'smtp-connect': 'not-applicable' });
    const { score, breakdown } = conformity([...web(portal, 'x.gov.vn'), ...dns(), ...noMail], [portal, mail]);
    expect(score).toBe(100);
    expect(breakdown.map(({ component, weight }) => [component, weight])).toEqual([
      ['portal', 75],
      ['dns', 25],
    ]);
  });
  it('a failed service keeps at most 49', () => {
    const { breakdown } = conformity(web(portal, 'x.gov.vn', { 'web-transfer': 'fail' }), [portal]);
    expect(breakdown[0]).toMatchObject({ component: 'portal', score: 49, cap: 'service-failed' });
  });
  it('a pass never lowers a score', () => {
    for (const check of webChecks) {
      for (const before of ['fail', 'warn', 'not-applicable'] as const) {
        const base = { 'web-tls': 'warn', [check]: before } as const;
        const low = conformity([...web(portal, 'x.gov.vn', base), ...dns()], [portal]).score ?? 0;
        const high = conformity([...web(portal, 'x.gov.vn', { ...base, [check]: 'pass' }), ...dns()], [portal]).score ?? 0;
        expect(high, `${check} ${before}`).toBeGreaterThanOrEqual(low);
      }
    }
  });
  it('all inconclusive: coverage 0, no score', () => {
    const unknown: Outcome = ['inconclusive', 'vantage-no-ipv6'];
    const findings = web(portal, 'x.gov.vn', Object.fromEntries([...webChecks, 'address-scope'].map((check) => [check, unknown])));
    expect(conformity(findings, [portal])).toMatchObject({ verdict: 'inconclusive', score: null, coverage: 0 });
  });
  it.each([
    [1, 0.875, 87.5],
    [2, 0.75, null],
  ])('coverage with %i of 8 checks inconclusive', (unknown, coverage, score) => {
    const changes: Outcomes = { 'web-content': 'warn' };
    for (const check of ['web-tls', 'web-redirects'].slice(0, unknown)) changes[check] = ['inconclusive', 'local-limit'];
    const result = conformity(web(portal, 'x.gov.vn', changes), [portal]);
    expect(result.coverage).toBe(coverage);
    expect(result.score === null).toBe(score === null);
  });
});

describe('P15 an accepted fault', () => {
  const accept = (findings: Finding[], check: string): Finding[] =>
    findings.map((finding) => (finding.check === check ? { ...finding, ignored: { reason: 'moving', until: '2026-12-31' } } : finding));

  it('still fails conformity, by its name; it leaves the score, that stays under half', () => {
    const findings = web(portal, 'x.gov.vn', { 'web-transfer': ['fail', 'path-mtu-suspected'] });
    expect(conformity(accept(findings, 'web-transfer'), [portal])).toMatchObject({
      verdict: 'fail',
      score: 49,
      services: { portal: { check: 'web-transfer', cause: 'path-mtu-suspected' } },
      breakdown: [{ cap: 'service-failed' }],
    });
  });

  it('outside the eight leaves the score alone', () => {
    const findings = [...web(portal, 'x.gov.vn'), ...dns({ 'ns-udp-ipv6': 'fail' })];
    expect(conformity(findings, [portal]).score).toBeLessThan(100);
    expect(conformity(accept(findings, 'ns-udp-ipv6'), [portal])).toMatchObject({ verdict: 'pass', score: 100 });
  });

  it('still ends the ladder, and leaves the readiness score', () => {
    const findings = [...web(portal, 'x.gov.vn'), ...only('portal', { 'ipv6-only-names': 'fail' })];
    const before = readiness(findings);
    const after = readiness(accept(findings, 'ipv6-only-names'));
    expect(after.level).toBe(before.level);
    expect(after.level).not.toBe(5);
    expect(before.score).toBeLessThan(100);
    expect(after.score).toBe(100);
  });
});

describe('readiness ladder', () => {
  const working = (changes: Outcomes = {}, names: Outcomes = {}) =>
    readiness([...web(portal, 'x.gov.vn', changes), ...only('portal', names)]);
  it.each<[string, Outcomes, Outcomes, number | null, number, string]>([
    ['no AAAA', { 'web-addresses': 'fail' }, {}, 0, 0, 'none'],
    ['AAAA dead', { 'web-connect': 'fail' }, {}, 1, 1, 'published'],
    ['other content', { 'web-content': 'fail' }, {}, 2, 2, 'working'],
    ['names need IPv4', {}, { 'ipv6-only-names': 'fail' }, 3, 3, 'equal'],
    ['dependencies need IPv4', {}, { 'ipv6-only-dependencies': 'fail' }, 4, 4, 'ipv6-only'],
    ['everything', {}, {}, 5, 5, 'complete'],
    ['IPv4 absent satisfies rung 3', { 'web-content': 'not-applicable', 'web-transfer': 'pass' }, {}, 5, 5, 'complete'],
    ['connect unknown', { 'web-connect': ['inconclusive', 'vantage-web-unproven'] }, {}, null, 1, 'inconclusive'],
    ['needs scripts', {}, { 'ipv6-only-dependencies': ['inconclusive', 'needs-script'] }, null, 4, 'inconclusive'],
  ])('%s', (_, changes, names, level, atLeast, verdict) => {
    expect(working(changes, names)).toMatchObject({ level, atLeast, verdict });
  });
  it('needs-script does not lower coverage', () => {
    expect(working({}, { 'ipv6-only-dependencies': ['inconclusive', 'needs-script'] })).toMatchObject({ score: 100, coverage: 1 });
  });
  it('the lowest of portal and active services counts, a retired one does not', () => {
    const findings = [
      ...web(portal, 'x.gov.vn'),
      ...only('portal'),
      ...web(services, 'dvc.x.gov.vn', { 'web-addresses': 'fail' }),
      ...only('public-services'),
    ];
    expect(readiness(findings, [portal, services]).level).toBe(0);
    expect(readiness(findings, [portal, { ...services, state: 'retired' }]).level).toBe(5);
  });
  it('certain failure of one service decides over an unknown higher one', () => {
    const unknown: Outcome = ['inconclusive', 'vantage-web-unproven'];
    const findings = [
      ...web(portal, 'x.gov.vn', { 'web-connect': unknown }),
      ...only('portal'),
      ...web(services, 'dvc.x.gov.vn', { 'web-addresses': 'fail' }),
      ...only('public-services'),
    ];
    expect(readiness(findings, [portal, services])).toMatchObject({ level: 0, atLeast: 0 });
  });
});

describe('service triple', () => {
  const findings = [...web(portal, 'x.gov.vn'), ...dns(), ...post()];
  it.each<[string, Finding[], string, string]>([
    ['works', findings, 'web', 'operational'],
    ['AAAA but dead', web(portal, 'x.gov.vn', { 'web-connect': 'fail' }), 'web', 'assigned'],
    ['no AAAA', web(portal, 'x.gov.vn', { 'web-addresses': 'fail' }), 'web', 'none'],
    ['not offered', web(portal, 'x.gov.vn', { 'web-addresses': 'not-applicable' }), 'web', 'absent'],
    ['not measured', web(portal, 'x.gov.vn', { 'web-connect': ['inconclusive', 'vantage-no-ipv6'] }), 'web', 'inconclusive'],
    ['name servers work', findings, 'dns', 'operational'],
    ['name servers silent', dns({ 'ns-udp-ipv6': 'fail' }), 'dns', 'assigned'],
    ['mail works', findings, 'mail', 'operational'],
    ['no mail', post({ 'mx-addresses': 'not-applicable' }), 'mail', 'absent'],
  ])('%s', (_, list, part, state) => {
    expect(serviceTriple(list, portal)[part as 'web']).toBe(state);
  });
});
