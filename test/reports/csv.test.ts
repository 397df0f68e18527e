import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { renderCsv } from '../../src/reports/csv.ts';
import { csvCell, guardFormula } from '../../src/reports/csv-cell.ts';
import { hostLink } from '../../src/reports/host-link.ts';
import { smallReport } from '../support/format-reports.ts';
import { reportOf } from '../support/report.ts';

test.each([
  ['', ''],
  ['Bộ Mẫu', 'Bộ Mẫu'],
  ['a=1', 'a=1'],
  ['2001:db8::1', '2001:db8::1'],
  ['=1', "'=1"],
  ['+84', "'+84"],
  ['-', "'-"],
  ['@a', "'@a"],
  ['|a', "'|a"],
  ['＝1', "'＝1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠a', "'＠a"],
  ['  =1', "'  =1"],
  ['\u00a0=1', "'\u00a0=1"],
  ['\u3000＝1', "'\u3000＝1"],
  ['\ta', "'\ta"],
  ['\ra', "'\ra"],
  ['\na', "'\na"],
  [' \n a', "' \n a"],
  ['   ', '   '],
])('S3 the cell %j is guarded as %j', (text, expected) => {
  expect(guardFormula(text)).toBe(expected);
});

test.each([
  ['\t=1', '‹U+0009›=1'],
  ['::error::x', "'::error::x"],
  [' ::x', "' ::x"],
])('S1 and S4 the cell %j becomes %j', (text, expected) => {
  expect(csvCell(text)).toBe(expected);
});

test.each([
  ['www.bo-mau.gov.vn', 'https://www.bo-mau.gov.vn/'],
  ['xn--abc.gov.vn', 'https://xn--abc.gov.vn/'],
  ['a_b.gov.vn', 'https://a_b.gov.vn/'],
  ['vn', ''],
  ['192.0.2.1', ''],
  ['2001:db8::1', ''],
  ['a..vn', ''],
  ['-a.vn', ''],
  ['a.vn/x', ''],
  ['a.vn:8080', ''],
  ['javascript:alert(1)', ''],
  [`${'a'.repeat(63)}.vn`, `https://${'a'.repeat(63)}.vn/`],
  [`${'a'.repeat(64)}.vn`, ''],
  [`${'a.'.repeat(126)}b`, `https://${'a.'.repeat(126)}b/`],
  [`${'a.'.repeat(127)}b`, ''],
])('S2 the link of %s is %j', (host, link) => {
  expect(hostLink(host)).toBe(link);
});

describe('the file', () => {
  test('begins with a byte order mark and ends every line with CRLF', () => {
    const csv = renderCsv(smallReport(), { language: 'vi', rows: 'agencies' });
    expect(csv.startsWith('\ufeffid,')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('has the same columns in both languages, and a head without agencies', () => {
    for (const rows of ['agencies', 'findings'] as const) {
      const [vi, en] = (['vi', 'en'] as const).map((language) => renderCsv(reportOf([]), { language, rows }));
      expect(vi).toBe(en);
      expect(parse(vi ?? '', { bom: true })).toHaveLength(1);
    }
  });

  test('keeps what is not known empty, and puts services without columns of their own into one cell', () => {
    const rows: Record<string, string>[] = parse(renderCsv(smallReport(), { language: 'en', rows: 'agencies' }), {
      bom: true,
      columns: true,
    });
    expect(rows[1]).toMatchObject({
      id: 'bo-mau',
      readiness_level: '',
      readiness_at_least: '1',
      readiness_score: '',
      conformity_coverage: '0.875',
      public_services_state: 'retired',
      mail_mail: 'inconclusive',
      other_services: 'other data.bo-mau.gov.vn active operational/operational/absent',
      worst_check: 'web-connect',
      worst_cause: 'refused',
      worst_text: 'Address 2001:db8::25 refused the connection.',
    });
  });
});
