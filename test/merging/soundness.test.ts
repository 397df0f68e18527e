import { describe, expect, it } from 'vitest';
import { createSoundness } from '../../src/merging/soundness.ts';
import type { View } from '../../src/merging/view.ts';
import type { Level, Status } from '../../src/model/finding.ts';
import type { VantageReport } from '../../src/model/report.ts';
import { goodVantage, reportAgency, reportFinding } from '../support/report.ts';

const vantage = (name: string, ipv6: VantageReport['ipv6'] = 'ok'): VantageReport => ({ ...goodVantage, name, ipv6 });

function viewsOf(seen: Readonly<Record<string, Status>>, level: Level = 'required'): View[] {
  return Object.entries(seen).map(([name, status]) => ({
    vantage: name,
    agency: reportAgency({ findings: [reportFinding({ status, level })] }),
    services: [],
  }));
}

/** Agencies by what a, b, c, d saw of them. */
function asideAfter(vantages: readonly VantageReport[], agencies: readonly View[][]): [string, string][] {
  const soundness = createSoundness(vantages);
  for (const views of agencies) soundness.add(views);
  return [...soundness.finish()];
}
const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);
const three = [vantage('a'), vantage('b'), vantage('c')];
const alone = viewsOf({ a: 'fail', b: 'pass', c: 'pass' });
const together = viewsOf({ a: 'pass', b: 'pass', c: 'warn' });

describe('F5 a vantage that contradicts all others on most agencies is set aside', () => {
  it.each<[string, View[][], string[]]>([
    ['on 6 of 10', [...times(6, alone), ...times(4, together)], ['a']],
    ['not on half of them', [...times(5, alone), ...times(5, together)], []],
    ['not with fewer than ten to compare', times(9, alone), []],
    ['with ten', times(10, alone), ['a']],
    ['not where one other only judged', times(10, viewsOf({ a: 'fail', b: 'pass', c: 'inconclusive' })), []],
    ['not where the others differ', times(10, viewsOf({ a: 'fail', b: 'pass', c: 'fail' })), ['b']],
    ['not for what is only recommended', times(10, viewsOf({ a: 'fail', b: 'pass', c: 'pass' }, 'recommended')), []],
    ['that says pass where all others see fails too', times(10, viewsOf({ a: 'pass', b: 'fail', c: 'fail' })), ['a']],
  ])('%s', (_title, agencies, expected) => {
    expect(asideAfter(three, agencies)).toEqual(expected.map((name) => [name, 'contradicts-others']));
  });

  it('with two vantages nobody can say which is wrong', () => {
    expect(asideAfter([vantage('a'), vantage('b')], times(50, viewsOf({ a: 'fail', b: 'pass' })))).toEqual([]);
  });

  it('counts agencies, not findings: one with many contradictions is one', () => {
    const findings = times(30, 0).map((_, at) => reportFinding({ host: `h${at}.gov.vn`, status: 'fail' }));
    const others = findings.map((finding) => ({ ...finding, status: 'pass' as const }));
    const many: View[] = ['a', 'b', 'c'].map((name) => ({
      vantage: name,
      agency: reportAgency({ findings: name === 'a' ? findings : others }),
      services: [],
    }));
    expect(asideAfter(three, [many, ...times(9, together)])).toEqual([]);
  });
});

describe('V1 a vantage without IPv6 decides nothing', () => {
  it.each<[VantageReport['ipv6'], [string, string][]]>([
    ['ok', []],
    ['absent', [['c', 'no-ipv6']]],
    ['inconclusive', [['c', 'ipv6-unproven']]],
  ])('%s', (ipv6, expected) => {
    expect(asideAfter([vantage('a'), vantage('b'), vantage('c', ipv6)], [together])).toEqual(expected);
  });

  it('and has no voice in who contradicts whom', () => {
    const seen = times(10, viewsOf({ a: 'pass', b: 'fail', c: 'fail' }));
    expect(asideAfter([vantage('a'), vantage('b'), vantage('c', 'absent')], seen)).toEqual([['c', 'no-ipv6']]);
  });
});
