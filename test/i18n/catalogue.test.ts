import { describe, expect, test } from 'vitest';
import { catalogueTexts, filling } from '../support/catalogue-texts.ts';
import { englishIn, foreignIn, vietnameseIn } from '../support/language-scan.ts';

const texts = await catalogueTexts();
const keys = Object.keys(texts.vi);

describe('the catalogue', () => {
  test('has the same keys in both languages', () => {
    // A number or null is no value for every sentence; the filling is.
    const filled = (all: readonly string[]): string[] => all.filter((key) => !/\((?:1|null)\)/.test(key)).sort();
    expect(filled(Object.keys(texts.en))).toEqual(filled(keys));
    expect(keys.length).toBeGreaterThan(1_000);
  });

  test('has no empty text, but fixes that there are not', () => {
    const empty = keys.filter((key) => (texts.vi[key] === '') !== (texts.en[key] === ''));
    expect(empty).toEqual([]);
  });

  test('says the same in both languages only where that is no word of either', () => {
    const same = keys.filter((key) => texts.vi[key] === texts.en[key] && texts.vi[key] !== '');
    expect([...new Set(same.map((key) => texts.vi[key]))].sort()).toEqual(terms);
  });

  test.each(['vi', 'en'] as const)('has nothing of the other language in %s', (language) => {
    const found = keys.flatMap((key) => {
      const foreign = foreignIn(texts[language][key] ?? '', language);
      return foreign === null ? [] : [`${key}: ${foreign}`];
    });
    expect(found).toEqual([]);
  });
});

/** Terms of the field, names, commands and figures: the same for every reader. */
const terms: string[] = [
  '-',
  '1 (1)',
  '7 (7)',
  '7 (null)',
  '7/7 (+7 ?)',
  'DNS',
  'DNS64: 1',
  'DNS64: 7',
  'EHLO',
  'QUIT',
  'STARTTLS',
  'addAction(QTypeRule(DNSQType.AAAA), DropAction())',
  'delv @::1 www.example.gov.vn AAAA',
  'dig +norecurse @ns1.example.gov.vn www.example.gov.vn AAAA',
  'fish',
  'id, name, name_vi, name_en, category, domain, services_domain, services_status, mail_domain, hosts, source, note, counted',
  'ipv6-for-gov/1 (IPv6 For Gov 2021-2025)',
  'local',
  'openssl s_client -6 -connect example.gov.vn:443 -servername example.gov.vn </dev/null',
  'plugin query "filter-aaaa.so" { filter-aaaa-on-v4 yes; };',
  'web',
];

test.each<[string, string | null, string | null]>([
  ['Máy chủ trả lời qua IPv6.', null, 'Máy'],
  ['The server answers over IPv6, which is what it should do.', 'The server answers over', null],
  ['Lỗi: the address was refused by the server', 'the address was refused by the server', 'Lỗi:'],
  ['in ra `the address of the host` cho máy', null, 'máy'],
  ['cho phép in theo ngày, khi do an toàn', null, 'phép'],
])('%s', (text, inVi, inEn) => {
  expect([englishIn(text), vietnameseIn(text)]).toEqual([inVi, inEn]);
  expect(filling).toBe('7');
});
