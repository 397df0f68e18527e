import { describe, expect, it } from 'vitest';
import type { Finding, Values } from '../../src/model/finding.ts';
import type { ReportAgency, ReportFinding, ServiceReport } from '../../src/model/report.ts';
import { createSummary } from '../../src/scoring/counted.ts';
import { createLeverage } from '../../src/scoring/leverage.ts';
import { ipv6ForGov1 } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';

const absent = 'absent' as const;
const triple = { dns: absent, web: absent, mail: absent };

function finding(check: string, status: Finding['status'], parts: Partial<Finding> = {}): ReportFinding {
  const isService = check.startsWith('ipv6-only') || check === 'dns64-safe';
  return {
    ...{ check, area: 'web', level: 'required', service: 'portal', host: 'x.gov.vn', subject: isService ? 'service' : 'host', status },
    ...{ message: 'm', cause: null, confidence: 1, values: {}, observations: [], seenFrom: [], ignored: null },
    ...parts,
    ...{ text: { vi: '', en: '' }, fix: { vi: '', en: '' } },
  };
}

interface Parts {
  domain?: string;
  verdict?: ReportAgency['conformity']['verdict'];
  level?: number | null;
  services?: ServiceReport[];
  counted?: ReportAgency['counted'];
}

const portal: ServiceReport = { role: 'portal', host: 'x.gov.vn', state: 'active', triple };

function agency(findings: ReportFinding[], parts: Parts = {}): ReportAgency {
  const { domain = 'x.gov.vn', verdict = 'pass', level = 5, services = [portal], counted = 'other' } = parts;
  return {
    ...{ id: domain, name: { vi: '', en: '' }, category: 'ministry', domain, input: { file: 'f', line: 1 }, counted, services, findings },
    conformity: { verdict, score: null, coverage: 1, breakdown: [], services: {} },
    readiness: { level, atLeast: level ?? 0, verdict: 'none', score: null, coverage: 1, breakdown: [] },
    ...{ observations: [], notObservable: [] },
  };
}

const addresses = (provider: string, status: Finding['status'] = 'pass', parts: Partial<Finding> = {}) =>
  finding('web-addresses', status, { values: { provider }, ...parts });
const names = (unlockedBy: string[], parts: Partial<Finding> = {}) =>
  finding('ipv6-only-names', 'fail', { values: { unlockedBy }, ...parts });

function levers(...agencies: ReportAgency[]) {
  const leverage = createLeverage(ipv6ForGov1);
  for (const each of agencies) leverage.add(each);
  return leverage.finish().map(({ kind, name, agencies: count }) => `${count} ${kind} ${name}`);
}

describe('what holds an agency', () => {
  it.each<[string, ReportAgency, string[]]>([
    ['a host at a provider', agency([addresses('cdn.example', 'fail')], { verdict: 'fail', level: 0 }), ['1 web-host cdn.example']],
    [
      'the same seen by conformity alone',
      agency([addresses('cdn.example', 'fail')], { verdict: 'fail', level: null }),
      ['1 web-host cdn.example'],
    ],
    ['a name-server operator', agency([names(['dns.example'])], { level: 3 }), ['1 name-server-operator dns.example']],
    [
      'either of two operators',
      agency([names(['a.example', 'b.example'])], { level: 3 }),
      ['1 name-server-operator a.example', '1 name-server-operator b.example'],
    ],
    [
      'a page that needs the same names',
      agency([names(['dns.example']), finding('ipv6-only-page', 'fail', { values: { unlockedBy: ['dns.example'] } })], { level: 3 }),
      ['1 name-server-operator dns.example'],
    ],
    [
      'a mail host',
      agency([finding('ipv6-only-mail', 'fail', { message: 'none', values: { unlockedBy: ['mail.example'] } })], { level: 3 }),
      ['1 mail-host mail.example'],
    ],
    [
      'MX that do not resolve',
      agency([finding('ipv6-only-mail', 'fail', { message: 'mx-not-resolved', values: { unlockedBy: ['dns.example'] } })], { level: 3 }),
      ['1 name-server-operator dns.example'],
    ],
    [
      'a dependency',
      agency([finding('ipv6-only-dependencies', 'fail', { values: { unlockedBy: ['fonts.example'] } })], { level: 4 }),
      ['1 dependency-host fonts.example'],
    ],
  ])('%s', (_title, one, expected) => {
    expect(levers(one)).toEqual(expected);
  });

  it.each<[string, ReportAgency]>([
    [
      'two faults of two parties',
      agency([names(['dns.example']), finding('ipv6-only-mail', 'fail', { values: { unlockedBy: ['mail.example'] } })], { level: 3 }),
    ],
    [
      'a fault of nobody in particular beside',
      agency([addresses('cdn.example', 'fail'), finding('web-redirects', 'fail')], { verdict: 'fail', level: null }),
    ],
    ['its own domain', agency([names(['x.gov.vn'])], { level: 3 })],
    ['a fault above the next rung', agency([names(['dns.example'])], { level: 0 })],
    ['a level that is not known', agency([names(['dns.example'])], { level: null })],
    [
      'a redirect that leads elsewhere',
      agency([addresses('cdn.example'), finding('ipv6-only-page', 'fail', { message: 'redirect-broken' })], { level: 3 }),
    ],
    [
      'a retired service',
      agency([addresses('cdn.example', 'fail', { service: 'public-services' })], {
        verdict: 'fail',
        level: null,
        services: [portal, { ...portal, role: 'public-services', state: 'retired' }],
      }),
    ],
    [
      'the twin of the portal',
      agency([addresses('own'), addresses('cdn.example', 'fail', { host: 'www.x.gov.vn' })], { verdict: 'fail', level: null }),
    ],
  ])('%s: no lever', (_title, one) => {
    expect(levers(one)).toEqual([]);
  });

  it('the twin decides where the listed host has no web of its own', () => {
    const findings = [addresses('', 'not-applicable'), addresses('cdn.example', 'fail', { host: 'www.x.gov.vn' })];
    expect(levers(agency(findings, { verdict: 'fail', level: null }))).toEqual(['1 web-host cdn.example']);
  });
});

describe('over a run', () => {
  const held = (domain: string, values: Values) => agency([finding('ipv6-only-names', 'fail', { values })], { domain, level: 3 });

  it('the one that unlocks most comes first, 20 are shown', () => {
    const many = Array.from({ length: 30 }, (_, index) => held(`a${index}.gov.vn`, { unlockedBy: ['big.example', `dns${index}.example`] }));
    const found = levers(...many);
    expect(found).toHaveLength(20);
    expect(found[0]).toBe('30 name-server-operator big.example');
    expect(found[1]).toBe('1 name-server-operator dns0.example');
  });

  it('is part of the summary; agencies that are not counted are not in it', () => {
    const summary = createSummary();
    summary.add(held('a.gov.vn', { unlockedBy: ['dns.example'] }));
    summary.add({ ...held('b.gov.vn', { unlockedBy: ['dns.example'] }), counted: 'not-counted' });
    expect(summary.finish().leverage).toEqual([{ kind: 'name-server-operator', name: 'dns.example', agencies: 1 }]);
  });
});
