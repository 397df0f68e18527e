import { describe, expect, test } from 'vitest';
import { languages } from '../../../src/i18n/catalogue.ts';
import type { Status } from '../../../src/model/finding.ts';
import type { Report } from '../../../src/model/report.ts';
import { renderHtml } from '../../../src/reports/html/html.ts';
import { renderJson } from '../../../src/reports/json.ts';
import * as formats from '../../support/format-reports.ts';
import { elementsOf, readHtml, textOf } from '../../support/html-document.ts';
import { largeReport, sampleChecks, smallReport } from '../../support/sample-reports.ts';
import { dataRows, htmlRows, resultsOf, seenText } from '../../support/verdict-readers.ts';

const told: readonly Status[] = ['fail', 'warn', 'inconclusive'];
const counted = (statuses: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(statuses)].sort().map((status) => [status, statuses.filter((own) => own === status).length]));

const read = (report: Report): Report => JSON.parse([...renderJson(report)].join(''));

describe.each<[string, Report]>([
  ['small', formats.smallReport()],
  ['large', formats.largeReport(48)],
  ['sample', smallReport],
])('the page says what the JSON says: the %s report, whose details are in the page', (_, report) => {
  const { agencies } = read(report);
  const html = renderHtml(report, { lang: 'vi', checks: sampleChecks });
  const details = elementsOf(readHtml(html), 'details').filter(({ attributes }) => attributes.class === 'agency');

  test.each(languages)('verdict and level of every row in %s', (language) => {
    expect(htmlRows(html, report, language)).toEqual(resultsOf(agencies));
  });

  test('verdict of every agency, and its findings by status', () => {
    const looks: Record<string, string> = { pass: 'pass', fail: 'fail', inconclusive: 'open', 'not-counted': 'off', warn: 'warn' };
    const found = details.map((element) => {
      const [head] = elementsOf(element, 'summary');
      const [mark] = head === undefined ? [] : elementsOf(head, 'b');
      const findings = elementsOf(element, 'section').flatMap(({ attributes }) => /^finding (\w+)/.exec(attributes.class ?? '')?.[1] ?? []);
      const others = elementsOf(element, 'details').filter(({ attributes }) => attributes.class === 'others');
      return { mark: mark?.attributes.class, findings: counted(findings), others: others.flatMap((list) => elementsOf(list, 'li')).length };
    });
    expect(found).toEqual(
      agencies.map(({ conformity, findings }) => ({
        mark: `s ${looks[conformity.verdict]}`,
        findings: counted(findings.flatMap(({ status }) => (told.includes(status) ? [looks[status] ?? status] : []))),
        others: findings.filter(({ status }) => !told.includes(status)).length,
      })),
    );
  });

  test.each(languages)('every sentence and fix of what is wrong in %s', (language) => {
    const texts = details.map((element) => seenText(element, language));
    for (const [at, { findings }] of agencies.entries()) {
      for (const { text, fix } of findings.filter(({ status }) => told.includes(status))) {
        expect(texts[at]).toContain(text[language]);
        expect(texts[at]).toContain(fix[language]);
      }
    }
  });
});

/** The part of an agency's data that is looked at: names, conformity, readiness and findings; words are positions in a list. */
type CompactAgency = [number[], [number, ...unknown[]], unknown, [number | null, number, ...unknown[]], unknown, [number, ...unknown[]][]];

describe('the page says what the JSON says: a long list, whose details are data', () => {
  const report = largeReport(160);
  const { agencies } = read(report);
  const expected = resultsOf(agencies);

  test.each(languages)('in %s with script, and without', (language) => {
    const html = renderHtml(report, { lang: language, checks: sampleChecks });
    expect(htmlRows(html, report, language)).toEqual(expected);
    const rest = Object.fromEntries(agencies.slice(100).map(({ id }) => [id, expected[id]]));
    expect(dataRows(html, report, language)).toEqual(rest);
  });

  test('verdict, level and findings in the data of every agency', () => {
    const page = readHtml(renderHtml(report, { lang: 'vi', checks: sampleChecks }));
    const element = elementsOf(page, 'script').find(({ attributes }) => attributes.id === 'data');
    const { strings, agencies: data }: { strings: string[]; agencies: CompactAgency[] } = JSON.parse(
      element === undefined ? '' : textOf(element),
    );
    const found = data.map(([head, [verdict], , [level, atLeast], , listed]) => ({
      domain: strings[head[3] ?? -1],
      result: `${strings[verdict]} ${level === null ? `≥${atLeast}` : level}`,
      findings: counted(listed.map(([status]) => strings[status] ?? '')),
    }));
    expect(found).toEqual(
      agencies.map(({ id, domain, findings }) => ({
        domain,
        result: expected[id],
        findings: counted(findings.flatMap(({ status }) => (told.includes(status) ? [status] : []))),
      })),
    );
  });
});
