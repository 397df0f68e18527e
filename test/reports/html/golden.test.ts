import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/reports/html/html.ts';
import { goldenReports, matchesGolden } from '../../support/golden.ts';
import { canonicalHtml, changedLines } from '../../support/html-document.ts';
import { largeReport, sampleChecks } from '../../support/sample-reports.ts';
import { isHtml } from '../../support/validate-formats.ts';

/** The three runs of every format, and a list so long that details are data for the script. */
const runs = { ...goldenReports, list: () => largeReport(160) };

describe.each(Object.entries(runs))('the page of the %s report is what the golden files say', (size, report) => {
  const page = (lang: 'vi' | 'en'): string => renderHtml(report(), { lang, checks: sampleChecks });
  const lines = (lang: 'vi' | 'en'): string => canonicalHtml(page(lang), size === 'list' ? 4 : 40);

  test.each(['vi', 'en'] as const)('in %s it is a document that nothing has to mend', (lang) => {
    isHtml(page(lang));
  });

  test('in vi', async () => {
    await matchesGolden(`html/page.${size}.vi.txt`, lines('vi'));
  });

  // Both languages are in every page: the English one is the other lines.
  test('in en', async () => {
    await matchesGolden(`html/page.${size}.en.txt`, changedLines(lines('vi'), lines('en')));
  });
});

test.each<[string, (html: string) => string]>([
  ['a word', (html) => html.replace('Government agencies over IPv6</span>', 'Government agency over IPv6</span>')],
  ['an attribute', (html) => html.replace('scope="row"', 'scope="col"')],
  ['a word in the last row', (html) => html.replace(/(.*)Province 8/s, '$1Province 9')],
  ['a rule of the style', (html) => html.replace('<style>', '<style>b{}')],
  ['an element', (html) => html.replace('<h1>', '<h1><b></b>')],
])('%s changes the golden file', (_, change) => {
  const html = renderHtml(goldenReports.large(), { lang: 'en', checks: sampleChecks });
  expect(change(html)).not.toBe(html);
  for (const most of [2, 40]) expect(canonicalHtml(change(html), most)).not.toBe(canonicalHtml(html, most));
});
