import fc from 'fast-check';
import { SAXParser } from 'parse5-sax-parser';
import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/reports/html/html.ts';
import { hostileReport, hostileText, largeReport, sampleChecks, smallReport, withHostileText } from '../../support/sample-reports.ts';

interface Parsed {
  tags: string[];
  links: string[];
  attributes: Set<string>;
  text: string;
}

/** What a browser would make of the page: elements in order, links, names of attributes, visible text. */
function parsed(html: string): Parsed {
  const result: Parsed = { tags: [], links: [], attributes: new Set(), text: '' };
  const parser = new SAXParser();
  let raw = '';
  parser.on('startTag', ({ tagName, attrs, selfClosing }) => {
    result.tags.push(tagName);
    if (!selfClosing && (tagName === 'script' || tagName === 'style')) raw = tagName;
    for (const { name, value } of attrs) {
      result.attributes.add(name);
      if (name === 'href' || name === 'src') result.links.push(value);
    }
  });
  parser.on('endTag', ({ tagName }) => {
    if (tagName === raw) raw = '';
  });
  parser.on('text', ({ text }) => {
    if (raw === '') result.text += text;
  });
  parser.end(html);
  return result;
}

describe('the page', () => {
  const html = renderHtml(smallReport, { lang: 'vi', checks: sampleChecks });
  const page = parsed(html);

  test('says in both languages whose the scores are, and shows the one asked for', () => {
    expect(page.text).toContain('Điểm số do ipv6gov tính; chương trình không công bố điểm hay xếp hạng.');
    expect(page.text).toContain('Scores are ipv6gov’s own; the programme published neither scores nor rankings.');
    expect(html).toContain('<html lang="vi" data-lang="vi">');
    expect(renderHtml(smallReport, { lang: 'en' })).toContain('<html lang="en" data-lang="en">');
  });

  test('names what was measured, from where, when and how much, and what every share is of', () => {
    for (const words of [
      '7 cơ quan',
      'agencies.vn.csv',
      'ipv6-for-gov/1',
      'hanoi',
      '10:15 ngày 24/11/2026',
      '24 November 2026, 10:15',
      '6/7 cơ quan được đo đủ',
      '2 of 5 agencies in this list conform',
    ])
      expect(page.text).toContain(words);
  });

  test.each([
    [200, 201, '99 %'],
    [201, 201, '100 %'],
    [1, 300, '1 %'],
    [0, 300, '0 %'],
    [2, 3, '67 %'],
  ])('a ring of %i conforming agencies of %i says %s: 100 only for all, 0 only for none', (conforming, agencies, shown) => {
    const { summary } = smallReport;
    const total = { ...summary.denominators.present51, agencies, conforming, notConforming: agencies - conforming, inconclusive: 0 };
    const denominators = { ...summary.denominators, present51: total };
    const changed = renderHtml({ ...smallReport, summary: { ...summary, denominators } }, { lang: 'en' });
    expect(/class="donut-text"[^>]*>([^<]*)</.exec(changed)?.[1]).toBe(shown);
  });

  test('shows of every agency the texts, the fixes and the evidence of its findings in both languages', () => {
    for (const { findings } of smallReport.agencies) {
      for (const { text, fix } of findings) for (const words of [text.vi, text.en, fix.vi, fix.en]) expect(page.text).toContain(words);
    }
    const timeout = smallReport.agencies.flatMap(({ observations }) => observations).find(({ outcome }) => outcome === 'timeout');
    expect(page.text).toContain(timeout?.address);
  });

  test('loads nothing: links lead to places in the page or to references of checks', () => {
    const allowed = new Set(sampleChecks.flatMap(({ references }) => references.map(({ url }) => url)));
    for (const link of page.links) expect(link.startsWith('#') || allowed.has(link)).toBe(true);
    expect(page.tags).not.toEqual(expect.arrayContaining(['link']));
    for (const tag of ['img', 'iframe', 'object', 'embed', 'base']) expect(page.tags).not.toContain(tag);
    expect([...page.attributes].filter((name) => name === 'style' || name.startsWith('on'))).toEqual([]);
    expect(html).toMatch(
      /http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[^']+' 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/,
    );
  });

  test('is the same for every call', () => {
    expect(renderHtml(smallReport, { lang: 'vi', checks: sampleChecks })).toBe(html);
  });

  test('an empty report, a report from a vantage without IPv6 and one that did not end say so', () => {
    const empty = { ...smallReport, agencies: [], vantages: [], run: { ...smallReport.run, complete: false } };
    expect(parsed(renderHtml(empty, { lang: 'en' })).text).toContain('This run did not come to its end');
    const blind = { ...smallReport, vantages: smallReport.vantages.map((vantage) => ({ ...vantage, ipv6: 'absent' as const })) };
    expect(parsed(renderHtml(blind, { lang: 'en' })).text).toContain('this machine has no IPv6');
  });
});

describe('text that attacks the reader', () => {
  const harmless = { small: parsed(renderHtml(withHostileText(smallReport, 'x'), { lang: 'en' })).tags };
  const big = largeReport(160);
  const harmlessBig = parsed(renderHtml(withHostileText(big, 'x'), { lang: 'en' })).tags;

  test('S2 markup in every field adds no element, in the page and in the data for the script', () => {
    const page = parsed(renderHtml(hostileReport, { lang: 'en' }));
    expect(page.tags).toEqual(harmless.small);
    expect(page.links.filter((link) => !link.startsWith('#'))).toEqual([]);
    expect(parsed(renderHtml(withHostileText(big, hostileText), { lang: 'vi' })).tags).toEqual(harmlessBig);
  });

  test('S2 random strings in every field: the element list is that of a harmless report', () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('<', '</script>', '<!--', '"', "'", '&lt;', '`', '{n}', 'javascript:'),
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 8 }), (parts) => {
        const text = `x${parts.join('')}`;
        expect(parsed(renderHtml(withHostileText(smallReport, text), { lang: 'vi' })).tags).toEqual(harmless.small);
      }),
      { numRuns: 25 },
    );
  });

  test('S1 no control, format or direction character reaches the page', () => {
    for (const html of [renderHtml(hostileReport, { lang: 'vi' }), renderHtml(withHostileText(big, hostileText), { lang: 'vi' })]) {
      expect(html).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u);
      expect(html).toContain('‹U+202E›');
    }
  });
});

describe('5,000 agencies', () => {
  const html = renderHtml(largeReport(5_000), { lang: 'vi', checks: sampleChecks });

  test('stay under 15 MB, every agency has its row, details are data that holds no markup', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(15_000_000);
    const rows = /<script type="application\/json" id="rows">([^<]*)<\/script>/.exec(html)?.[1] ?? '';
    expect((html.match(/<tr data-k=/g)?.length ?? 0) + JSON.parse(rows).rows.length).toBe(5_000);
    expect(html.match(/<tr><th scope="row">/g)).toHaveLength(4_900);
    const json = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)?.[1] ?? '';
    expect(JSON.parse(json).agencies).toHaveLength(5_000);
  });

  test('without script the table is the view, and the page says so', () => {
    expect(html).toMatch(/<noscript><p class="warning">.*Danh sách này dài/);
    expect(html).not.toContain('<details class="agency"');
  });
});
