import { describe, expect, it } from 'vitest';
import type { Language } from '../../src/i18n/catalogue.ts';
import type { Trend } from '../../src/model/trend.ts';
import { alignColumns } from '../../src/reports/columns.ts';
import { renderDiffTable } from '../../src/reports/diff-table.ts';
import { sizeText } from '../../src/reports/runs-table.ts';
import { renderTrendCsv } from '../../src/reports/trend-csv.ts';
import { renderTrendHtml } from '../../src/reports/trend-html.ts';
import { thinPoints } from '../../src/reports/trend-rows.ts';
import { renderTrendTable } from '../../src/reports/trend-table.ts';
import { compareReports } from '../../src/runner/compare.ts';
import { summarizeRun } from '../../src/runner/run-summary.ts';
import { createTrend } from '../../src/runner/trend.ts';
import { hostileStrings } from '../support/format-reports.ts';
import { finding, type Night, nightReport, sevenNights } from '../support/nights.ts';

const style = (language: Language) => ({ language, colourLevel: 0 as const, width: 100 });
const trendOf = (nights: readonly Night[]): Trend => {
  const trend = createTrend();
  for (const night of nights) trend.add({ summary: summarizeRun(nightReport(night)) });
  return trend.finish([]);
};
const hostile = '\u001b[2J\u202e<script>alert(1)</script>"';

describe('diff table', () => {
  const [, , , , fifth, sixth] = sevenNights().map(nightReport);
  if (fifth === undefined || sixth === undefined) throw new Error('seven nights');
  const comparison = compareReports(fifth, sixth);

  it.each<[Language, string[]]>([
    [
      'en',
      [
        'Worse (1)',
        'byt.gov.vn [regression]',
        'conformity PASS → FAIL',
        'readiness 3 → 1',
        'worse: web-connect byt.gov.vn: pass → fail',
        'Flapping (1)',
        'New on the list (1)',
        'Gone from the list (1)',
        '1 agency has a regression.',
        '3 agencies unchanged.',
      ],
    ],
    [
      'vi',
      ['Kém đi (1)', 'byt.gov.vn [thụt lùi]', 'mức sẵn sàng 3 → 1', 'Chập chờn (1)', 'Mới có trong danh sách (1)', '1 cơ quan thụt lùi.'],
    ],
  ])('%s', (language, expected) => {
    const text = renderDiffTable(comparison, style(language));
    for (const line of expected) expect(text).toContain(line);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('V10 says what makes the runs differ, with both sides', () => {
    const after = nightReport({ day: 7, agencies: [], criteria: '2', vantage: 'hue', ipv6: 'absent' });
    const text = renderDiffTable(compareReports(fifth, after), style('en'));
    for (const part of ['(ipv6-for-gov/1 → ipv6-for-gov/2)', '(hanoi → hue)', 'no proven IPv6'])
      expect(text.replaceAll(/\s+/g, ' ')).toContain(part);
  });

  it('P15 S1 ignored findings stay visible, remote text is harmless', () => {
    const night = (day: number, status: 'pass' | 'fail') =>
      nightReport({
        day,
        agencies: [
          {
            id: 'a',
            web: 'pass',
            findings: [
              finding('web-tls', hostile, { status, ignored: status === 'fail' ? { reason: 'moving', until: '2026-12-31' } : null }),
            ],
          },
        ],
      });
    const text = renderDiffTable(compareReports(night(1, 'pass'), night(2, 'fail')), style('en'));
    expect(text).toContain('ignored until 2026-12-31: moving');
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('trend', () => {
  const trend = trendOf(sevenNights());

  it('table: a row a night, the gap in words, who flaps and who changed', () => {
    const text = renderTrendTable(trend, style('en'));
    for (const part of [
      '2026-11-04  gap: no IPv6 at our side',
      '2026-11-05  6/7',
      'bxd.gov.vn: 5 changes',
      'byt.gov.vn: PASS → FAIL since 2026-11-06, seen in 2 runs',
    ])
      expect(text).toContain(part);
    expect(text.match(/2026-11-04/g)).toHaveLength(2);
    expect(renderTrendTable(trend, style('vi'))).toContain('2026-11-04  trống: phía máy đo không có IPv6');
  });

  it('CSV: a gap has no figures', () => {
    const lines = [...renderTrendCsv(trend)].join('').trimEnd().split('\n');
    expect(lines[0]).toBe('run,started_at,gap,breaks,criteria,vantage,kind,name,agencies,conforming,not_conforming,inconclusive');
    expect(lines).toHaveLength(1 + 6 * 9 + 1);
    expect(lines.find((line) => line.includes('no-ipv6'))).toMatch(/hanoi,,,,,,$/);
    expect(lines.find((line) => line.startsWith('20261107') && line.includes(',share,'))).toMatch(/share,present51,7,5,2,0$/);
  });

  it('S3 CSV: a cell that would be a formula is disarmed', () => {
    const text = [...renderTrendCsv(trendOf([{ day: 1, agencies: [{ id: 'a', web: 'pass' }], vantage: '=cmd()' }]))].join('');
    expect(text).toContain(",'=cmd(),");
  });

  it('HTML: charts, tables, nothing loaded and no script; the line has a hole at the gap', () => {
    for (const language of ['vi', 'en'] as const) {
      const page = [...renderTrendHtml(trend, language)].join('');
      expect(page.match(/<svg /g)).toHaveLength(2);
      expect(page).not.toMatch(/<script|https?:|url\(|\son[a-z]+=/i);
      expect(/class="line" d="(M[^"]*)"/.exec(page)?.[1]?.match(/M/g)).toHaveLength(2);
      expect(page).not.toContain('NaN');
    }
  });

  it('S1 HTML: text from outside is text; one night is a dot', () => {
    const one = trendOf([{ day: 1, agencies: [{ id: 'a', web: 'pass' }] }]);
    const point = one.points[0];
    if (point === undefined) throw new Error('no point');
    point.byCategory[hostile] = { agencies: 1, conforming: 1, notConforming: 0, inconclusive: 0 };
    const page = [...renderTrendHtml(one, 'en')].join('');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script|[\u001b\u202e]/);
    expect(page).toContain('<circle');
  });

  it('no sound night at all: says so', () => {
    const dark = trendOf([{ day: 1, agencies: [], ipv6: 'absent' }]);
    expect(renderTrendTable(dark, style('en'))).toContain('No run had a proven IPv6');
    expect([...renderTrendHtml(dark, 'en')].join('')).toContain('No run had a proven IPv6');
  });

  it.each<[number, number, string | null]>([
    [40, 40, null],
    [41, 2, 'month'],
    [3_650, 10, 'year'],
  ])('%i nights are %i rows', (nights, rows, by) => {
    const points = Array.from({ length: nights }, (_, index) => {
      const [first] = trend.points;
      if (first === undefined) throw new Error('no point');
      return { ...first, startedAt: new Date(Date.UTC(2027, 0, 1 + index)).toISOString() };
    });
    const thinned = thinPoints({ points });
    expect([thinned.points.length, thinned.by]).toEqual([rows, by]);
  });
});

describe('S4 text from outside begins no line with a workflow command', () => {
  it.each(hostileStrings.filter((text) => text.includes('::')))('%j', (text) => {
    // A blank before it, and lines of every width: wrapping may bring the command to the front.
    const words = `${text.trim()} ${'word '.repeat(12)}${text.trim()}`;
    const night = (day: number, status: 'pass' | 'fail') =>
      nightReport({
        day,
        agencies: [{ id: words, domain: text.trim(), web: status, findings: [finding('web-tls', words, { status, message: words })] }],
      });
    const [before, after] = [night(1, 'pass'), night(2, 'fail')];
    const trend = createTrend();
    for (const report of [before, after]) trend.add({ summary: summarizeRun(report) });
    for (let width = 40; width < 100; width += 1) {
      const view = { language: 'en' as const, colourLevel: 0 as const, width };
      for (const table of [renderDiffTable(compareReports(before, after), view), renderTrendTable(trend.finish([]), view)]) {
        expect(table).toContain('::');
        expect(table).not.toMatch(/^\s*::/m);
      }
    }
  });
});

it('aligns columns by code points', () => {
  expect(
    alignColumns(
      [
        ['Đạt', '1'],
        ['x', '10'],
      ],
      new Set([1]),
    ),
  ).toEqual(['Đạt   1', 'x    10']);
});

it.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_024, '1.0 KiB'],
  [12_900_000, '12.3 MiB'],
])('%i bytes', (bytes, text) => {
  expect(sizeText(bytes, 'en')).toBe(text);
});
