import { describe, expect, it } from 'vitest';
import { bodyEvidenceSchema } from '../../src/model/observation.ts';
import { bodyOf, portalPage } from '../support/body-evidence.ts';
import { cpuMs } from '../support/processor-time.ts';

/** The least of three turns: other work on the machine only adds to it. */
const leastMs = (work: () => unknown): number => Math.min(...[1, 2, 3].map(() => cpuMs(() => void work())));

describe('readBody', () => {
  it('reads a page into evidence that fits the schema', () => {
    const body = bodyOf(
      portalPage({ head: '<link rel="canonical" href="https://a.gov.vn/"><script>x</script><script src="/a.js"></script>' }),
    );
    expect(bodyEvidenceSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      kind: 'html',
      title: 'Cổng thông tin điện tử',
      canonical: 'https://a.gov.vn/',
      scriptCount: 2,
      resourcesCut: false,
      text: null,
    });
    expect(body.textStart.startsWith('Trang chủ Tin tức ')).toBe(true);
    expect(body.textStart).toHaveLength(200);
    expect(Buffer.from(body.textSketch, 'base64')).toHaveLength(2_048);
    expect(Buffer.from(body.tagSketch, 'base64')).toHaveLength(2_048);
  });

  const text = 'Bộ Nội vụ';
  const rows: [string, Uint8Array, string | null][] = [
    ['utf-8 by Content-Type', Buffer.from(`<title>${text}</title>`), 'text/html; charset="UTF-8"'],
    ['utf-8 by meta', Buffer.from(`<meta charset=utf-8><title>${text}</title>`), 'text/html'],
    [
      'utf-8 by http-equiv',
      Buffer.from(`<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>${text}</title>`),
      'text/html',
    ],
    ['utf-8 by its bytes', Buffer.from(`<title>${text}</title>`), 'text/html'],
    ['utf-8 by BOM against a false label', Buffer.from(`\ufeff<title>${text}</title>`), 'text/html; charset=windows-1258'],
    ['utf-16 by BOM', Buffer.from(`\ufeff<title>${text}</title>`, 'utf16le'), 'text/html'],
    ['an unknown label', Buffer.from(`<title>${text}</title>`), 'text/html; charset=tcvn3'],
    ['a page that says utf-16 in ASCII', Buffer.from(`<meta charset="utf-16"><title>${text}</title>`), 'text/html'],
  ];
  it.each(rows)('decodes %s', (_name, bytes, contentType) => {
    expect(bodyOf(bytes, { contentType }).title).toBe(text);
  });

  it('decodes windows-1258 by label and falls back to windows-1252', () => {
    expect(
      bodyOf(Buffer.from([...Buffer.from('<title>'), 0xd0, 0xf0, ...Buffer.from('</title>')]), {
        contentType: 'text/html; charset=windows-1258',
      }).title,
    ).toBe('Đđ');
    expect(bodyOf(Buffer.from([...Buffer.from('<title>caf'), 0xe9, ...Buffer.from('</title>')]), { contentType: 'text/html' }).title).toBe(
      'café',
    );
  });

  it.each([
    ['text/html; charset=utf-8', '<p>x', 'html'],
    ['application/xhtml+xml', '<html/>', 'html'],
    [null, '  <!DOCTYPE html><p>x', 'html'],
    [null, 'x', 'other'],
    ['text/css', 'a{}', 'css'],
    ['text/plain', '<html>', 'other'],
    ['image/png', '<html>', 'other'],
  ])('takes %s with %j as %s', (contentType, text, kind) => {
    expect(bodyOf(text, { contentType }).kind).toBe(kind);
  });

  it('reads the URLs of a style sheet', () => {
    expect(bodyOf('@import "//b.vn/x.css"; a{background:url(i.png)}', { contentType: 'text/css' }).resources).toEqual([
      { url: '//b.vn/x.css', kind: 'style' },
      { url: 'i.png', kind: 'image' },
    ]);
  });

  it('keeps the text only when asked', () => {
    expect(bodyOf('<p>x', { keepText: true }).text).toBe('<p>x');
    expect(bodyOf('<p>x').text).toBeNull();
  });

  it('W3 compares the prefix only, and reads URLs beyond it', () => {
    const prefix = portalPage();
    const one = bodyOf(`${prefix}<p>mot</p><img src="https://a.vn/1.png">`, { comparedBytes: Buffer.byteLength(prefix) });
    const two = bodyOf(`${prefix}<p>hai ba bon</p><img src="https://b.vn/2.png">`, { comparedBytes: Buffer.byteLength(prefix) });
    expect(one.textSketch).toBe(two.textSketch);
    expect(one.tagSketch).toBe(two.tagSketch);
    expect([one, two].map(({ resources }) => resources.at(-1)?.url)).toEqual(['https://a.vn/1.png', 'https://b.vn/2.png']);
  });

  it('keeps the text that stands on the border of the compared part', () => {
    expect(bodyOf('x '.repeat(5_000), { comparedBytes: 4_000 }).textLength).toBe(3_999);
    expect(bodyOf('<p>đđ', { comparedBytes: 6 }).textLength).toBe(1);
  });

  it('W20 hostile pages cost at most some times what a plain page of their size costs', () => {
    const hostile = {
      unclosed: '<a>'.repeat(349_000),
      nested: '<div><p><b>'.repeat(95_000),
      attributes: `<a ${Array.from({ length: 200_000 }, (_, at) => at.toString(36)).join(' ')}>`,
      svg: '<svg>'.repeat(209_000),
      svgWithText: '<svg><desc>'.repeat(95_000),
      css: `<style>${'url(\\'.repeat(150_000)}`,
      srcset: `<img srcset="${'a 1x,'.repeat(200_000)}">`,
      refresh: `<meta http-equiv=refresh content="1;${' '.repeat(1_000_000)}">`,
      hosts: Array.from({ length: 30_000 }, (_, at) => `<img src=//h${at}.example.vn/>`).join(''),
      combining: `a${'\u0301\u0323'.repeat(40_000)}`,
    };
    const plain = '<p class="muc">Thông tin về <a href="/van-ban/1">văn bản</a> của cơ quan.</p>'.repeat(12_000);
    const yardstick = leastMs(() => bodyOf(plain));
    // A quadratic reader takes hundreds of times as long.
    for (const [name, html] of Object.entries(hostile)) expect(leastMs(() => bodyOf(html)) / yardstick, name).toBeLessThan(6);
  });
});
