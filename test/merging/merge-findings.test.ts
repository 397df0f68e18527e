import { describe, expect, it } from 'vitest';
import { mergeFindings } from '../../src/merging/merge-findings.ts';
import type { View } from '../../src/merging/view.ts';
import type { Status } from '../../src/model/finding.ts';
import { reportAgency, reportFinding } from '../support/report.ts';

const statuses = { p: 'pass', w: 'warn', f: 'fail', i: 'info', n: 'not-applicable', '?': 'inconclusive', s: 'skipped' } as const;
type Letter = keyof typeof statuses;

const viewOf = (vantage: string, status: Status): View => ({
  vantage,
  agency: reportAgency({ findings: [reportFinding({ status, message: `seen-${vantage}` })] }),
  services: [],
});
const viewsOf = (letters: string): View[] => [...letters].map((letter, at) => viewOf('abcd'[at] ?? '', statuses[letter as Letter]));

const all = { aside: new Set<string>(), uncompared: new Set<string>() };

describe('F5 V8 one check on one subject, by a letter a vantage', () => {
  it.each<[string, Status, string]>([
    ['pp', 'pass', 'a'],
    ['ff', 'fail', 'a'],
    ['p?', 'pass', 'a'],
    ['?p', 'pass', 'b'],
    ['f?', 'fail', 'a'],
    ['?f', 'fail', 'b'],
    ['wp', 'pass', 'b'],
    ['?w', 'warn', 'b'],
    ['iw', 'warn', 'b'],
    ['?i', 'info', 'b'],
    ['np', 'pass', 'b'],
    ['nf', 'fail', 'b'],
    ['n?', 'not-applicable', 'a'],
    ['?n', 'not-applicable', 'b'],
    ['s?', 'inconclusive', 'b'],
    ['ss', 'skipped', 'a'],
    ['if', 'fail', 'b'],
    ['??', 'inconclusive', 'a'],
  ])('%s: %s, as %s saw it', (letters, status, vantage) => {
    const [merged] = mergeFindings(viewsOf(letters), all);
    expect(merged?.split).toBeNull();
    expect(merged?.decided.finding).toMatchObject({ status, message: `seen-${vantage}` });
    expect(merged?.decided.vantage).toBe(vantage);
  });

  it.each<[string, string[], string[]]>([
    ['pf', ['a'], ['b']],
    ['fp', ['b'], ['a']],
    ['wf', ['a'], ['b']],
    ['ffp', ['c'], ['a', 'b']],
    ['pf?n', ['a'], ['b']],
  ])('%s: works from %j and fails from %j', (letters, works, fails) => {
    const [merged] = mergeFindings(viewsOf(letters), all);
    expect(merged?.split?.worksFrom.map(({ vantage }) => vantage)).toEqual(works);
    expect(merged?.split?.failsFrom.map(({ vantage }) => vantage)).toEqual(fails);
    expect(merged?.seenFrom).toEqual([...letters].map((letter, at) => ({ vantage: 'abcd'[at], status: statuses[letter as Letter] })));
  });

  it.each<[string, string[], Status]>([
    ['pf', ['b'], 'pass'],
    ['pf', ['a'], 'fail'],
    ['p?', ['a'], 'inconclusive'],
  ])('F5 %s without %j: %s, and what was seen from there is still shown', (letters, aside, status) => {
    const [merged] = mergeFindings(viewsOf(letters), { ...all, aside: new Set(aside) });
    expect(merged?.split).toBeNull();
    expect(merged?.decided.finding.status).toBe(status);
    expect(merged?.seenFrom).toHaveLength(2);
  });
});

it.each<[string, string, Status | 'split']>([
  ['a warning of who cannot compare with IPv4 contradicts no fail', 'wf', 'fail'],
  ['a pass of it does', 'pf', 'split'],
  ['alone it stands', 'w?', 'warn'],
  ['and so does a pass of it', 'p?', 'pass'],
  ['a pass of it hides no warning of who can compare', 'pw', 'warn'],
  ['which a pass of another who can compare does', 'pwp', 'pass'],
  ['what is only worth knowing is no judgement', 'pi', 'pass'],
])('without IPv4: %s', (_title, letters, expected) => {
  const [merged] = mergeFindings(viewsOf(letters), { ...all, uncompared: new Set(['a']) });
  expect(merged?.split === null ? merged.decided.finding.status : 'split').toBe(expected);
});

it('subjects are told apart by check, kind, service and host, and one seen from one vantage only stands as seen', () => {
  const a: View = {
    ...viewOf('a', 'pass'),
    agency: reportAgency({ findings: [reportFinding(), reportFinding({ host: 'www.x.gov.vn' }), reportFinding({ check: 'web-tls' })] }),
  };
  const b: View = {
    ...viewOf('b', 'fail'),
    agency: reportAgency({
      findings: [reportFinding({ status: 'fail', subject: 'service' }), reportFinding({ status: 'fail', service: 'mail' })],
    }),
  };
  expect(mergeFindings([a, b], all).map(({ decided, split, seenFrom }) => [decided.finding.status, split, seenFrom.length])).toEqual([
    ['pass', null, 1],
    ['pass', null, 1],
    ['pass', null, 1],
    ['fail', null, 1],
    ['fail', null, 1],
  ]);
});
