import { describe, expect, it } from 'vitest';
import { languages } from '../../src/i18n/catalogue.ts';
import { catalogueOf } from '../../src/i18n/language.ts';
import { itemWords } from '../../src/i18n/value-words.ts';
import { renderHtml } from '../../src/reports/html/html.ts';
import { fillMessage } from '../../src/reports/message.ts';
import { internetNl } from '../../src/scoring/rubrics/internet-nl.ts';
import { rfc10001 } from '../../src/scoring/rubrics/rfc10001.ts';
import { usgv6 } from '../../src/scoring/rubrics/usgv6.ts';
import { smallReport } from '../support/format-reports.ts';
import { formatNames, renderers } from '../support/render-formats.ts';

describe.each([internetNl, rfc10001, usgv6])('judged by $name', ({ name, version, conformity }) => {
  const report = { ...smallReport(), criteria: { name, version } };

  it.each(formatNames)('%s names the criteria', (format) => {
    const data = format.startsWith('json') || format.startsWith('ndjson');
    const expected = data ? `"criteria":{"name":"${name}","version":"${version}"}` : `${name}/${version}`;
    for (const language of languages) expect(renderers[format](report, language).replaceAll(/`|(?<=:) /g, '')).toContain(expected);
  });

  it('nothing is given out as a result of the programme', () => {
    for (const format of formatNames)
      expect(renderers[format](report, 'en').replace('they are no result under the IPv6 For Gov programme', '')).not.toMatch(
        /IPv6 For Gov|2021-2025/,
      );
    const html = renderHtml(report, { lang: 'en' });
    expect(html).toContain(`${name}/${version}`);
    expect(html).not.toContain('2021-2025');
  });

  it('every part of the score has a name in both languages', () => {
    for (const { id } of conformity.components)
      for (const language of languages) expect(catalogueOf(language).words.components[id], `${id} in ${language}`).toBeDefined();
  });
});

describe('values of a finding', () => {
  it.each([
    ['Im ở bước {step}.', { step: 'body' }, 'Im ở bước nhận nội dung.'],
    ['Đứt ở vùng {cut} ({cause}).', { cut: 'a.vn', cause: '' }, 'Đứt ở vùng a.vn.'],
    [
      'Thiếu {missing}.',
      { missing: ['a.vn (style; third-party)', 'b.vn (weird)'] },
      'Thiếu a.vn (kiểu trình bày; bên thứ ba), b.vn (weird).',
    ],
    ['Không có: {none}.', { none: [] }, 'Không có: –.'],
    ['Máy {host} hỏng. Chưa đo được: {none}. Xem lại.', { host: 'a.vn', none: [] }, 'Máy a.vn hỏng. Xem lại.'],
    ['Máy {host} hỏng. Chưa đo được: {some}.', { host: 'a.vn', some: ['b.vn'] }, 'Máy a.vn hỏng. Chưa đo được: b.vn.'],
    ['Đơn vị của {cut} ({operators}) sửa.', { cut: 'a.vn', operators: [] }, 'Đơn vị của a.vn sửa.'],
    ['HTTP/3: {http3}.', { http3: 'never' }, 'HTTP/3: không.'],
    ['Tên {host}.', { host: 'body' }, 'Tên body.'],
  ] as const)('%s', (template, values, expected) => {
    const copied = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    );
    expect(fillMessage(template, copied, 'vi')).toBe(expected);
  });

  it('a cause after a colon is put into words, a name is not', () => {
    expect(itemWords('mx.a.vn: refused', 'en')).toBe('mx.a.vn: connection refused');
    expect(itemWords('mx.a.vn: b.vn', 'en')).toBe('mx.a.vn: b.vn');
    expect(itemWords('a.vn: constructor', 'en')).toBe('a.vn: constructor');
  });
});
