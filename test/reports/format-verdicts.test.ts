import { describe, expect, test } from 'vitest';
import { type Language, languages } from '../../src/i18n/catalogue.ts';
import { causeTexts } from '../../src/i18n/causes.ts';
import { formatWords } from '../../src/i18n/format-words.ts';
import { catalogueOf } from '../../src/i18n/language.ts';
import type { Report, Verdict } from '../../src/model/report.ts';
import { renderJson } from '../../src/reports/json.ts';
import { largeReport, smallReport } from '../support/format-reports.ts';
import { readMetrics } from '../support/metrics-reader.ts';
import { formatNames, languageFree, renderers } from '../support/render-formats.ts';
import { reportOf } from '../support/report.ts';
import { readers, resultsOf, rowsOf } from '../support/verdict-readers.ts';
import { readXml } from '../support/xml-reader.ts';

/** The same report with every level, known and unknown, in turn. */
function withLevels(report: Report): Report {
  const agencies = report.agencies.map((agency, at) => {
    const level = at % 7 === 6 ? null : at % 7;
    return { ...agency, readiness: { ...agency.readiness, level, atLeast: level ?? at % 6 } };
  });
  return { ...report, agencies };
}

const reports = { small: smallReport(), large: withLevels(largeReport(48)) };

/** Statuses of all findings, sorted, as a reader finds them; formats that leave some out are compared with the same left out. */
function statusesOf(report: Report, kept: (status: string) => boolean): string[] {
  return report.agencies
    .flatMap(({ findings }) => findings.map(({ status }): string => status))
    .filter(kept)
    .sort();
}

describe.each(Object.entries(reports))('every format says what the JSON says: the %s report', (_, report) => {
  const json: Report = JSON.parse([...renderJson(report)].join(''));
  const expected = resultsOf(json.agencies);

  for (const language of languages) {
    for (const [name, read] of Object.entries(readers)) {
      test(`verdicts and levels of ${name} in ${language}`, () => {
        expect(read(renderers[name as keyof typeof readers](report, language), report, language)).toEqual(expected);
      });
    }

    test(`findings of CSV in ${language}`, () => {
      const found = rowsOf(renderers['csv/findings'](report, language)).map(({ status }) => status ?? '');
      expect(found.sort()).toEqual(statusesOf(json, () => true));
    });

    test(`findings of JUnit in ${language}`, () => {
      const tags = readXml(renderers['junit/suites'](report, language)).map(({ tag }) => tag);
      const count = (wanted: string): number => tags.filter((tag) => tag === wanted).length;
      expect(count('failure')).toBe(statusesOf(json, (status) => status === 'fail').length);
      expect(count('error')).toBe(statusesOf(json, (status) => status === 'inconclusive').length);
      expect(count('skipped')).toBe(statusesOf(json, (status) => status === 'not-applicable' || status === 'skipped').length);
      expect(count('testcase')).toBe(statusesOf(json, () => true).length);
    });

    test(`findings of SARIF in ${language}`, () => {
      const log: { runs: { results: { level: string }[] }[] } = JSON.parse(renderers['sarif/log'](report, language));
      const statuses: Record<string, string> = { error: 'fail', warning: 'warn', note: 'inconclusive' };
      const found = (log.runs[0]?.results ?? []).map(({ level }) => statuses[level] ?? level);
      expect(found.sort()).toEqual(statusesOf(json, (status) => Object.values(statuses).includes(status)));
    });
  }

  test('findings of Prometheus', () => {
    for (const status of ['pass', 'warn', 'fail', 'info', 'not-applicable', 'inconclusive', 'skipped']) {
      const samples = readMetrics(renderers['prometheus/metrics'](report)).filter(
        ({ name, labels }) => name === 'ipv6gov_agency_findings' && labels.status === status,
      );
      expect(samples.reduce((sum, { value }) => sum + value, 0)).toBe(statusesOf(json, (found) => found === status).length);
    }
  });
});

test.each<[Verdict, string, string]>([
  ['pass', 'ĐẠT', 'PASS'],
  ['fail', 'KHÔNG ĐẠT', 'FAIL'],
  ['inconclusive', 'CHƯA ĐO ĐƯỢC', 'NOT MEASURED'],
  ['not-counted', 'KHÔNG TÍNH', 'NOT COUNTED'],
])('the badge of an agency with the verdict %s', (verdict, vi, en) => {
  const agency = largeReport(4).agencies.find(({ conformity }) => conformity.verdict === verdict);
  const report = reportOf(agency === undefined ? [] : [agency]);
  const value = (language: Language): string =>
    readXml(renderers['badge/badge'](report, language)).findLast(({ tag }) => tag === 'text')?.text ?? '';
  expect(value('vi')).toBe(`${vi} · sẵn sàng bậc 3/5`);
  expect(value('en')).toBe(`${en} · readiness 3 of 5`);
});

/** Sentences of the interface in one language that the other does not share. */
function sentences(language: Language): string[] {
  const { report, words } = catalogueOf(language);
  const other = language === 'vi' ? 'en' : 'vi';
  const strings = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
  const mine = [report, words, formatWords[language], Object.values(causeTexts).map((text) => text[language])].flatMap(strings);
  const theirs = new Set([catalogueOf(other).report, catalogueOf(other).words, formatWords[other]].flatMap(strings));
  return mine.filter((text) => text.includes(' ') && !theirs.has(text));
}

describe.each(formatNames.filter((name) => !languageFree.includes(name)))('%s keeps to its language', (name) => {
  test.each(languages)('%s', (language) => {
    const other = language === 'vi' ? 'en' : 'vi';
    for (const report of Object.values(reports)) {
      const text = renderers[name](report, language);
      for (const sentence of sentences(other)) expect(text).not.toContain(sentence);
      for (const finding of report.agencies.flatMap(({ findings }) => findings)) {
        expect(text).not.toContain(finding.text[other]);
        if (finding.fix[other] !== '') expect(text).not.toContain(finding.fix[other]);
      }
    }
  });

  test('English has no Vietnamese letter but in names', () => {
    const text = renderers[name](smallReport(), 'en').replaceAll('Bộ Mẫu', '').replaceAll('Tỉnh Mẫu', '');
    expect(text).not.toMatch(/[ăâđêôơư\u1ea0-\u1ef9]/i);
  });
});
