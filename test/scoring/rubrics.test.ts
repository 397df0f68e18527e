import { describe, expect, it } from 'vitest';
import type { Cause } from '../../src/model/cause.ts';
import type { Area, Finding, ServiceRole, Status, SubjectKind } from '../../src/model/finding.ts';
import type { AssessedService } from '../../src/model/service-state.ts';
import { scoreConformity } from '../../src/scoring/conformity.ts';
import { scoreReadiness } from '../../src/scoring/readiness.ts';
import type { Rubric } from '../../src/scoring/rubric.ts';
import { internetNl } from '../../src/scoring/rubrics/internet-nl.ts';
import { rfc10001 } from '../../src/scoring/rubrics/rfc10001.ts';
import { usgv6 } from '../../src/scoring/rubrics/usgv6.ts';

const host = 'x.gov.vn';
const portal: AssessedService = { role: 'portal', host, state: 'active', cause: null, decidingHosts: [host], zone: host };
const mail: AssessedService = { ...portal, role: 'mail', decidingHosts: [] };

type Outcome = Status | [Status, Cause];
interface Row {
  check: string;
  area: Area;
  subject: SubjectKind;
  service: ServiceRole;
}
const rows: Row[] = [
  ...['ns-ipv6-count', 'ns-udp-ipv6', 'ns-tcp-ipv6', 'glue-ipv6', 'transport-consistency', 'aaaa-handling', 'delegation'].map(
    (check): Row => ({ check, area: 'dns', subject: 'zone', service: 'portal' }),
  ),
  ...['web-addresses', 'web-connect', 'web-tls', 'web-response', 'web-redirects', 'web-content', 'web-transfer'].map(
    (check): Row => ({ check, area: 'web', subject: 'host', service: 'portal' }),
  ),
  ...['mx-addresses', 'smtp-connect'].map((check): Row => ({ check, area: 'mail', subject: 'mail-domain', service: 'mail' })),
  ...['ipv6-only-names', 'ipv6-only-page', 'ipv6-only-dependencies', 'dns64-safe'].map(
    (check): Row => ({ check, area: 'ipv6-only', subject: 'service', service: 'portal' }),
  ),
];

function findings(changes: Record<string, Outcome> = {}): Finding[] {
  return rows.map(({ check, ...place }) => {
    const outcome = changes[check] ?? 'pass';
    const [status, cause] = Array.isArray(outcome) ? outcome : [outcome, null];
    return {
      check,
      ...place,
      level: 'required',
      host,
      status,
      message: 'm',
      cause,
      confidence: 1,
      values: {},
      observations: [],
      seenFrom: [],
      ignored: null,
    };
  });
}

const services = [portal, mail];
const judge = (rubric: Rubric, changes: Record<string, Outcome> = {}) =>
  scoreConformity({ findings: findings(changes), services, rubric }, true);
const lines = (rubric: Rubric, changes: Record<string, Outcome> = {}) =>
  Object.fromEntries(judge(rubric, changes).breakdown.map(({ component, score }) => [component, score]));

const noIpv6: Record<string, Outcome> = {
  'ns-ipv6-count': 'fail',
  'ns-udp-ipv6': 'not-applicable',
  'ns-tcp-ipv6': 'not-applicable',
  'glue-ipv6': 'not-applicable',
  'transport-consistency': 'not-applicable',
  'ipv6-only-names': 'fail',
  'ipv6-only-page': 'fail',
  'web-addresses': 'fail',
  'web-connect': 'not-applicable',
  'web-response': 'not-applicable',
  'web-content': 'not-applicable',
  'mx-addresses': 'fail',
  'smtp-connect': 'not-applicable',
};
const unknown: Outcome = ['inconclusive', 'vantage-no-ipv6'];
const allUnknown = Object.fromEntries(rows.map(({ check }) => [check, unknown]));

describe.each([rfc10001, internetNl, usgv6])('$name', (rubric) => {
  it('all good is 100 and a pass', () => {
    expect(judge(rubric)).toMatchObject({ verdict: 'pass', score: 100, coverage: 1 });
  });
  it('nothing over IPv6 is 0 and a fail', () => {
    expect(judge(rubric, noIpv6)).toMatchObject({ verdict: 'fail', score: 0 });
  });
  it('all inconclusive: no score, no fail', () => {
    expect(judge(rubric, allUnknown)).toMatchObject({ verdict: 'inconclusive', score: null, coverage: 0 });
  });
  it('a pass never lowers a score', () => {
    for (const { check } of rows) {
      for (const before of ['fail', 'warn'] as const) {
        const low = judge(rubric, { 'ns-tcp-ipv6': 'warn', [check]: before }).score ?? 0;
        expect(judge(rubric, { 'ns-tcp-ipv6': 'warn', [check]: 'pass' }).score ?? 0, `${check} ${before}`).toBeGreaterThanOrEqual(low);
      }
    }
  });
  it('a domain without mail loses nothing', () => {
    expect(judge(rubric, { 'mx-addresses': 'not-applicable', 'smtp-connect': 'not-applicable' })).toMatchObject({
      verdict: 'pass',
      score: 100,
    });
  });
  it('readiness climbs to the top', () => {
    expect(scoreReadiness({ findings: findings(), services, rubric })).toMatchObject({ level: 5, verdict: 'complete', score: 100 });
    expect(scoreReadiness({ findings: findings(noIpv6), services, rubric })).toMatchObject({ level: 0, verdict: 'none' });
  });
});

describe('rfc10001', () => {
  it('one name server over IPv6 is not two', () => {
    const result = judge(rfc10001, { 'ns-ipv6-count': 'warn' });
    expect(result.verdict).toBe('fail');
    expect(result.services.portal).toMatchObject({ verdict: 'fail', check: 'ns-ipv6-count' });
  });
  it('other warnings pass', () => {
    expect(judge(rfc10001, { 'transport-consistency': 'warn', 'ns-udp-ipv6': 'warn', 'glue-ipv6': 'warn' }).verdict).toBe('pass');
  });
  it('each requirement is a line', () => {
    expect(lines(rfc10001, { 'transport-consistency': 'fail', 'glue-ipv6': 'fail' })).toEqual({
      'two-ipv6-name-servers': 100,
      'served-over-ipv6': 100,
      'dns-over-tcp': 100,
      'delegation-without-ipv4': 50,
      'same-data': 0,
    });
  });
  it('the web does not matter', () => {
    expect(judge(rfc10001, { 'web-connect': 'fail', 'mx-addresses': 'fail' })).toMatchObject({ verdict: 'pass', score: 100 });
  });
});

describe('internet-nl', () => {
  it.each<[string, Record<string, Outcome>, string, number | null]>([
    ['some web addresses dead: 2 of 10', { 'web-connect': 'warn' }, 'portal', 20],
    ['all web addresses dead', { 'web-connect': 'fail' }, 'portal', 0],
    ['AAAA on some servers only: no matter of theirs', { 'web-addresses': 'warn' }, 'portal', 100],
    ['other content: likeness has no part points', { 'web-content': 'warn' }, 'portal-likeness', 0],
    ['one name server: half', { 'ns-ipv6-count': 'warn' }, 'name-servers', 50],
    ['one name server that is dead in part', { 'ns-ipv6-count': 'warn', 'ns-udp-ipv6': 'warn' }, 'name-servers', 20],
    ['only backups take mail', { 'mx-addresses': 'warn' }, 'mail', 20],
    ['no mail: full points', { 'mx-addresses': 'not-applicable', 'smtp-connect': 'not-applicable' }, 'mail', 100],
  ])('%s', (_, changes, component, score) => {
    expect(lines(internetNl, changes)[component]).toBe(score);
  });
  it('10, 10, 10 and 2 points', () => {
    expect(judge(internetNl, { 'web-content': 'fail' }).score).toBe(93.8);
    expect(judge(internetNl, { 'web-connect': 'fail' }).score).toBe(68.8);
  });
  it('a warning about one of their tests fails it', () => {
    expect(judge(internetNl, { 'smtp-connect': 'warn' }).services.mail?.verdict).toBe('fail');
    expect(judge(internetNl, { 'web-tls': 'fail' }).verdict).toBe('pass');
  });
  it('content that cannot be compared does not decide', () => {
    expect(judge(internetNl, { 'web-content': ['inconclusive', 'content-unstable'] }).verdict).toBe('pass');
  });
});

describe('usgv6', () => {
  it.each<[string, Record<string, Outcome>, number]>([
    ['assigned', { 'web-connect': 'fail', 'web-response': 'not-applicable' }, 50],
    ['assigned and reachable', { 'web-response': 'fail' }, 66.7],
    ['operational', {}, 100],
    ['not assigned', { 'web-addresses': 'fail', 'web-connect': 'not-applicable', 'web-response': 'not-applicable' }, 0],
  ])('%s', (_, changes, score) => {
    expect(lines(usgv6, changes).portal).toBe(score);
  });
  it('mail decides with the rest', () => {
    expect(judge(usgv6, { 'smtp-connect': 'fail' }).verdict).toBe('fail');
    expect(judge(usgv6, { 'smtp-connect': ['inconclusive', 'vantage-port25-blocked'] }).verdict).toBe('inconclusive');
  });
});
