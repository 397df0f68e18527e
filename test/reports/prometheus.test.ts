import { describe, expect, test } from 'vitest';
import { gauge } from '../../src/reports/metric-text.ts';
import { renderPrometheus } from '../../src/reports/prometheus.ts';
import { smallReport } from '../support/format-reports.ts';
import { readMetrics } from '../support/metrics-reader.ts';
import { reportOf } from '../support/report.ts';

const samples = readMetrics(renderPrometheus(smallReport()));
const valuesOf = (name: string, labels: Record<string, string> = {}): number[] =>
  samples
    .filter((sample) => sample.name === `ipv6gov_${name}` && Object.entries(labels).every(([key, value]) => sample.labels[key] === value))
    .map(({ value }) => value);

describe('a small report as metrics', () => {
  test.each<[string, Record<string, string>, number[]]>([
    ['run_duration_seconds', {}, [60]],
    ['run_finished_timestamp_seconds', {}, [Date.parse('2026-11-24T03:16:00Z') / 1000]],
    ['run_complete', {}, [1]],
    ['agencies', {}, [2]],
    ['denominator_agencies', { denominator: 'present51' }, [2]],
    ['denominator_conformity', { denominator: 'present51', verdict: 'pass' }, [1]],
    ['denominator_conformity', { denominator: 'present51', verdict: 'fail' }, [1]],
    ['denominator_agencies', { denominator: 'programme85' }, [0]],
    ['agency_conformity', { agency: 'bo-mau', verdict: 'fail' }, [1]],
    ['agency_conformity', { agency: 'bo-mau', verdict: 'pass' }, [0]],
    ['agency_conformity_score', { agency: 'bo-mau' }, [41.5]],
    ['agency_conformity_coverage_ratio', { agency: 'bo-mau' }, [0.875]],
    ['agency_readiness_level', { agency: 'mau' }, [3]],
    ['agency_readiness_at_least', { agency: 'bo-mau' }, [1]],
    ['vantage_proven', { vantage: 'hanoi', class: 'smtp', family: '6' }, [0]],
    ['vantage_proven', { vantage: 'hanoi', class: 'web', family: '6' }, [1]],
  ])('%s %j is %j', (name, labels, expected) => {
    expect(valuesOf(name, labels)).toEqual(expected);
  });

  test.each(['agency_readiness_level', 'agency_readiness_score'])('%s has no sample where nothing is known', (name) => {
    expect(valuesOf(name, { agency: 'bo-mau' })).toEqual([]);
  });
});

test('a report without agencies is valid', () => {
  expect(readMetrics(renderPrometheus(reportOf([]))).some(({ name }) => name === 'ipv6gov_agency_conformity')).toBe(false);
});

test('S1 quotes, backslashes and line feeds stay inside a label', () => {
  const text = gauge('m', 'Help.', [{ labels: { a: 'x"} 1\nm{a="\\' }, value: 2 }]);
  expect(readMetrics(text)).toEqual([{ name: 'm', labels: { a: 'x"} 1‹U+000A›m{a="\\' }, value: 2 }]);
});
