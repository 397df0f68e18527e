import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { languages } from '../../src/i18n/catalogue.ts';
import { comparisonSchema, differenceSchema } from '../../src/model/comparison.ts';
import { trendSchema } from '../../src/model/trend.ts';
import { renderDiffTable } from '../../src/reports/diff-table.ts';
import { jsonText } from '../../src/reports/escape.ts';
import { renderTrendCsv } from '../../src/reports/trend-csv.ts';
import { renderTrendHtml } from '../../src/reports/trend-html.ts';
import { renderTrendTable } from '../../src/reports/trend-table.ts';
import { compareReports } from '../../src/runner/compare.ts';
import { diffSamples, trendSamples } from '../support/between-samples.ts';
import { goldenHostileText, matchesGolden } from '../support/golden.ts';
import { canonicalHtml } from '../support/html-document.ts';
import { bySchema, isHtml, isRows, isText } from '../support/validate-formats.ts';

const isComparison = bySchema(z.toJSONSchema(comparisonSchema));
const isTrend = bySchema(z.toJSONSchema(trendSchema));
const sizes = ['small', 'large', 'hostile'] as const;

describe.each([...sizes, 'unlike'] as const)('the comparison of the %s runs is written as the golden files say', (size) => {
  const { before, after } = diffSamples[size](goldenHostileText);
  const comparison = compareReports(before, after);

  test.each(languages)('diff table in %s', async (language) => {
    const text = renderDiffTable(comparison, { language, colourLevel: 0, width: 100 });
    isText(text);
    await matchesGolden(`diff/table.${size}.${language}.txt`, text);
  });

  test('diff JSON', async () => {
    const text = `${jsonText(comparison, 1)}\n`;
    isComparison(JSON.parse(text));
    await matchesGolden(`diff/comparison.${size}.json`, text);
  });
});

describe.each(sizes)('the trend of the %s nights is written as the golden files say', (size) => {
  const trend = trendSamples[size](goldenHostileText);

  test.each(languages)('trend table in %s', async (language) => {
    const text = renderTrendTable(trend, { language, colourLevel: 0, width: 100 });
    isText(text);
    await matchesGolden(`trend/table.${size}.${language}.txt`, text);
  });

  test.each(languages)('trend page in %s', async (language) => {
    const page = [...renderTrendHtml(trend, language)].join('');
    isHtml(page);
    await matchesGolden(`trend/page.${size}.${language}.html.txt`, canonicalHtml(page, 40));
  });

  test('trend CSV', async () => {
    const text = [...renderTrendCsv(trend)].join('');
    expect(isRows(text, '\n').length).toBeGreaterThan(trend.points.length);
    await matchesGolden(`trend/points.${size}.csv`, text);
  });

  test('trend JSON', async () => {
    const text = `${jsonText(trend, 1)}\n`;
    isTrend(JSON.parse(text));
    await matchesGolden(`trend/trend.${size}.json`, text);
  });
});

test('the samples hold every kind of change, of gap and of break', () => {
  const pairs = sizes.map((size) => diffSamples[size](goldenHostileText)).map(({ before, after }) => compareReports(before, after));
  const kinds = new Set(
    pairs.flatMap(({ agencies }) => agencies.flatMap(({ change, findings }) => [change, ...findings.map((found) => `f-${found.change}`)])),
  );
  expect([...kinds].sort()).toEqual(
    [
      ...['worsened', 'mixed', 'improved', 'flapping', 'changed', 'new', 'gone', 'renamed'],
      ...['worsened', 'improved', 'flapping', 'changed', 'appeared', 'gone', 'ignored'].map((kind) => `f-${kind}`),
    ].sort(),
  );
  const { before, after } = diffSamples.unlike(goldenHostileText);
  expect([...compareReports(before, after).differences].sort()).toEqual([...differenceSchema.options].sort());
  const { points } = trendSamples.large();
  expect(new Set(points.flatMap(({ gap, breaks }) => [gap, ...breaks]))).toEqual(
    new Set([null, 'no-ipv6', 'ipv6-unproven', 'incomplete', 'criteria', 'vantage']),
  );
});
