import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Language, languages } from '../../src/i18n/catalogue.ts';
import { type Report, type ReportAgency, reportSchema } from '../../src/model/report.ts';
import { renderDiffTable } from '../../src/reports/diff-table.ts';
import { render } from '../../src/reports/formats.ts';
import { renderHtml } from '../../src/reports/html/html.ts';
import { renderTrendHtml } from '../../src/reports/trend-html.ts';
import { renderTrendTable } from '../../src/reports/trend-table.ts';
import { compareReports } from '../../src/runner/compare.ts';
import { diffSamples, trendSamples } from '../support/between-samples.ts';
import { elementsOf, type HtmlElement, readHtml, textOf } from '../support/html-document.ts';
import { foreignIn, shownTexts } from '../support/language-scan.ts';
import { largeReport, sampleChecks, smallReport } from '../support/sample-reports.ts';
import { plainStyle } from '../support/table-style.ts';

const golden = new URL('../../fixtures/reports/golden/', import.meta.url);

/** What others wrote: names and hosts of agencies, in whatever language they are. */
function withoutNames(report: Report): Report {
  const agencies = report.agencies.map((agency): ReportAgency => ({ ...agency, name: { vi: 'Cơ quan', en: 'Agency' } }));
  return { ...report, agencies };
}

/** Every status and message of every check, a long list, and what runs over real evidence said. */
const reports: Record<string, Report> = {
  sample: withoutNames(smallReport),
  long: withoutNames(largeReport(170)),
  blind: withoutNames({
    ...smallReport,
    run: { ...smallReport.run, complete: false },
    vantages: smallReport.vantages.map((vantage) => ({ ...vantage, ipv6: 'absent', dnsPath: 'intercepted', clockOffsetMs: 90_000 })),
  }),
  ...Object.fromEntries(
    readdirSync(golden).map((name) => [name, withoutNames(reportSchema.parse(JSON.parse(readFileSync(new URL(name, golden), 'utf8'))))]),
  ),
};

/** Each foreign stretch once, with where it stands. */
function foreign(texts: readonly string[], language: Language): string[] {
  const found = texts.flatMap((text) => {
    const part = foreignIn(text, language);
    return part === null ? [] : [`${part} ← ${text.slice(0, 200)}`];
  });
  return [...new Set(found)].slice(0, 20);
}

const troubles = ['no-ipv6', 'ipv6-unproven', 'no-dns-proof', 'dns-intercepted', 'no-web-proof', 'crashed', 'coverage'] as const;

/** Columns that say which language they are in hold that one. */
const withoutOther = (csv: string): string => csv.replaceAll('Cơ quan', '');

describe.each(Object.entries(reports))('the %s report', (_, report) => {
  for (const language of languages) {
    test.each(['table', 'md', 'xml', 'sarif', 'svg'] as const)(`%s in ${language}`, async (format) => {
      let text = '';
      for await (const part of render(report, format, {
        ...plainStyle,
        language,
        show: 'all',
        troubles: [...troubles],
        checks: sampleChecks,
      }))
        text += part;
      const lines = format === 'sarif' ? strings(JSON.parse(text)) : format === 'md' ? text.split('\n') : text.split(/[\n<>]/);
      expect(foreign(lines.map(decoded), language)).toEqual([]);
    });

    test.each(['agencies', 'findings'] as const)(`CSV of %s in ${language}`, async (csvRows) => {
      let text = '';
      for await (const part of render(report, 'csv', { ...plainStyle, language, csvRows, checks: sampleChecks })) text += part;
      expect(foreign(withoutOther(text).split(/[\r\n]|,(?=")|(?<="),/), language)).toEqual([]);
    });

    // Under both languages of the page, whichever it opened in: the reader may switch.
    test.each(languages)(`the page that opened in ${language}, read in %s`, (read) => {
      const page = readHtml(renderHtml(report, { lang: language, checks: sampleChecks }));
      // Without script there is no switch.
      const switched = read === language ? page : without(page, 'noscript');
      const texts = shownTexts(switched, read).filter((text) => text !== 'Tiếng Việt');
      expect(texts.length).toBeGreaterThan(200);
      expect(foreign(texts, read)).toEqual([]);
      expect(foreign(dataTexts(page, read), read)).toEqual([]);
    });
  }

  test.each(languages)('the sentences of the JSON in %s', (language) => {
    const findings = report.agencies.flatMap((agency) => agency.findings);
    expect(
      foreign(
        findings.flatMap(({ text, fix }) => [text[language], fix[language]]),
        language,
      ),
    ).toEqual([]);
  });
});

/** What the script makes of data: the side of every pair, and sentences put together. */
function dataTexts(page: ReturnType<typeof readHtml>, language: Language): string[] {
  const side = language === 'vi' ? 0 : 1;
  const data = (id: string) => {
    const element = elementsOf(page, 'script').find(({ attributes }) => attributes.id === id);
    return element === undefined ? null : JSON.parse(textOf(element));
  };
  const [rows, details] = [data('rows'), data('data')];
  if (rows === null || details === null) return [];
  const pairs: string[][] = [
    ...rows.causes,
    ...Object.values<string[]>(details.words),
    ...details.checks.map((check: unknown[]) => check[1]),
  ];
  const kinds = Object.values<Record<string, string[]>>(details.kinds).flatMap((kind) =>
    Array.isArray(kind) ? [kind] : Object.values(kind),
  );
  const told = kinds.map((kind) => (kind.length === 3 ? kind.slice(1) : kind));
  const sentences: number[] = details.agencies.flatMap((agency: [...unknown[]]) =>
    (agency[5] as [number, number, number, number[], number[][], number[] | null][]).flatMap(([, , , text, tags, fix]) =>
      [text, ...tags, ...(fix === null ? [] : [fix])].map((own) => own[side]),
    ),
  );
  const patterns = [...new Set(sentences)].map((at) => details.patterns[at].replaceAll(/\u0001./g, '7'));
  return [...[...pairs, ...told].map((pair) => pair[side] ?? ''), ...patterns];
}

function without(element: HtmlElement, name: string): HtmlElement {
  const kept = element.children.filter((child) => typeof child === 'string' || child.name !== name);
  return { ...element, children: kept.map((child) => (typeof child === 'string' ? child : without(child, name))) };
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

const decoded = (text: string): string => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

describe('between runs', () => {
  const names = (text: string): string => text.replaceAll(/Cơ quan |Agency |Chờ nâng cấp \/ awaiting an upgrade/g, '');
  const style = { colourLevel: 0 as const, width: 400 };

  test.each(languages)('diff in %s', (language) => {
    for (const sample of [diffSamples.large, diffSamples.unlike]) {
      const { before, after } = sample('text');
      expect(foreign(names(renderDiffTable(compareReports(before, after), { ...style, language })).split('\n'), language)).toEqual([]);
    }
  });

  test.each(languages)('trend in %s', (language) => {
    const trend = trendSamples.large();
    expect(foreign(renderTrendTable(trend, { ...style, language }).split('\n'), language)).toEqual([]);
    const page = readHtml([...renderTrendHtml(trend, language)].join(''));
    expect(foreign(shownTexts(page, language), language)).toEqual([]);
  });
});
