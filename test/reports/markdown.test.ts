import { describe, expect, test } from 'vitest';
import { type MarkdownOptions, renderMarkdown } from '../../src/reports/markdown.ts';
import { markdownName, markdownSentence, markdownText } from '../../src/reports/markdown-text.ts';
import { largeReport, smallReport } from '../support/format-reports.ts';
import { reportAgency, reportFinding, reportOf } from '../support/report.ts';

const english: MarkdownOptions = { language: 'en', troubles: [], coverageFloor: 0.8 };

test.each([
  ['plain text, 100 % (a/b) – “x”; y?', 'plain text, 100 % (a/b) – “x”; y?'],
  ['a|b', 'a&#124;b'],
  ['<b>&amp;', '&#60;b&#62;&#38;<!-- -->amp;'],
  ['[a](javascript:x)', '&#91;<!-- -->a&#93;(javascript:x)'],
  ['@octocat', '&#64;<!-- -->octocat'],
  ['#12', '&#35;<!-- -->12'],
  ['##[error]', '&#35;<!-- -->&#35;<!-- -->&#91;<!-- -->error&#93;'],
  ['GH-1', 'GH<!-- -->-1'],
  ['https://x.vn', 'https:<!-- -->//x.vn'],
  ['WWW.x.vn', 'WWW<!-- -->.x.vn'],
  [':b:', ':<!-- -->b:'],
  ['12:30:15', '12:30:<!-- -->15'],
  ['*a* _b_ `c` ~d~', '&#42;a&#42; &#95;b&#95; &#96;c&#96; &#126;<!-- -->d&#126;'],
  ['a\nb\u001b', 'a‹U+000A›b‹U+001B›'],
])('S4 %j is written as %j', (text, expected) => {
  expect(markdownText(text)).toBe(expected);
});

test.each([
  ['www.x.gov.vn', '`www.x.gov.vn`'],
  ['a`b', 'a&#96;b'],
  ['a.vn ', 'a.vn '],
])('S4 the name %j is written as %j', (text, expected) => {
  expect(markdownName(text)).toBe(expected);
});

test.each([
  ['nginx: `listen [::]:443 ssl;` and `http2 on;`.', 'nginx: `listen [::]:443 ssl;` and `http2 on;`.'],
  ['`ip6:địa-chỉ` <b>', '&#96;ip6:địa-chỉ&#96; &#60;b&#62;'],
  ['a `b|c` d', 'a &#96;b&#124;c&#96; d'],
  ['a `#1 @b <i>` ``c``', 'a &#96;&#35;<!-- -->1 &#64;<!-- -->b &#60;i&#62;&#96; &#96;&#96;c&#96;&#96;'],
  ['`a``b`', '&#96;a&#96;&#96;b&#96;'],
  ['cut `listen [::', 'cut &#96;listen &#91;::'],
])('S4 the sentence %j is written as %j', (text, expected) => {
  expect(markdownSentence(text)).toBe(expected);
});

describe('the page', () => {
  test('says what our own side could not do before anything else', () => {
    const page = renderMarkdown(smallReport(), { ...english, troubles: ['no-ipv6'] });
    expect(page.split('\n')[2]).toMatch(/^> \*\*OUR SIDE: this machine has no IPv6/);
  });

  test('caps the table and says how many more there are', () => {
    const page = renderMarkdown(largeReport(61), english);
    expect(page).toContain('… and 1 more agency; the whole list is in the JSON or CSV report.');
    expect(renderMarkdown(largeReport(60), english)).not.toContain('more agency;');
  });

  test('S4 fits a comment of 65,536 characters, however long and hostile the names are', () => {
    const bad = '@<|#'.repeat(500);
    const fails = Array.from({ length: 40 }, () =>
      reportFinding({ status: 'fail', host: bad, text: { vi: bad, en: bad }, fix: { vi: bad, en: bad } }),
    );
    const agencies = Array.from({ length: 300 }, (_, index) =>
      reportAgency({ id: `a${index}`, name: { vi: bad, en: bad }, domain: bad, findings: fails }),
    );
    for (const language of ['vi', 'en'] as const) {
      const page = renderMarkdown(reportOf(agencies), { ...english, language });
      expect(page.length).toBeLessThan(65_536);
      expect(page).toMatch(
        language === 'en' ? /… and \d+ more agencies have failing checks/ : /… và \d+ cơ quan nữa có phép kiểm tra không đạt/,
      );
    }
  });

  test('leaves an ignored failure out of the folds', () => {
    const ignored = reportFinding({ status: 'fail', ignored: { reason: 'known', until: '2027-01-01' } });
    expect(renderMarkdown(reportOf([reportAgency({ findings: [ignored] })]), english)).toContain('No check fails.');
  });

  test('says that a list is empty', () => {
    expect(renderMarkdown(reportOf([]), english)).toContain('The report holds no agency.');
  });
});
