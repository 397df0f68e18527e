import { describe, expect, it } from 'vitest';
import { collapseSpace, normaliseText } from '../../src/parsers/normalise-text.ts';

describe('normaliseText', () => {
  it.each([
    ['W15 white space', '  a \n\t b\u00a0c\u200b d ', 'a b c d'],
    ['W15 dates and times', 'Thứ Hai, 03/08/2026 10:45:32 GMT+7', 'Thứ Hai, # GMT+7'],
    ['W15 times with letters', 'lúc 10h45 ngày', 'lúc # ngày'],
    ['W15 ISO times', 'a 2026-08-03T10:45:32Z b', 'a # b'],
    ['W15 counters', 'Lượt truy cập: 1.234.567 (37)', 'Lượt truy cập: #'],
    ['W15 hexadecimal', 'id d41d8cd98f00b204e9800998ecf8427e x', 'id # x'],
    ['W15 UUID', 'id 550e8400-e29b-41d4-a716-446655440000 x', 'id # x'],
    ['W15 base64', 'nonce dGhpc2lzYXRva2VuMQ== x', 'nonce # x'],
    ['W15 overlong runs', `a ${'Q'.repeat(4_096)} b`, 'a # b'],
    ['ordinary words', 'IPv6 đạt COVID19 decade dead-beef https://a.gov.vn/x', 'IPv6 đạt COVID19 decade dead-beef https://a.gov.vn/x'],
    ['one composition of diacritics', 'a\u0323', 'ạ'],
    ['composition of a word that is long before it', `${'o\u0323\u0302'.repeat(64)} b`, `${'ộ'.repeat(64)} b`],
    ['a mark after a space', 'a \u0301b', 'a \u0301b'],
    ['nothing', '', ''],
  ])('%s', (_name, text, expected) => {
    expect(normaliseText(text)).toBe(expected);
  });

  it('keeps a word of 64 characters and drops one of 65', () => {
    expect(normaliseText('a'.repeat(64))).toHaveLength(64);
    expect(normaliseText('a'.repeat(65))).toBe('#');
  });
});

it('gives what composing the whole text at once gave', () => {
  const marks = ['\u0301', '\u0323', '\u0302', '\u031b', '\u0327', ' ', 'o', 'u', 'đ', '\u1100', '\u1161', '\u11a8', '\u2000', '7'];
  const text = Array.from({ length: 60_000 }, (_, at) => marks[Math.imul(at + 7, 2_654_435_761) >>> 28] ?? 'e').join('');
  expect(normaliseText(text)).toBe(normaliseText(text.normalize('NFC')));
});

describe('collapseSpace', () => {
  it('collapses and cuts', () => {
    expect(collapseSpace(' a \n b ', 300)).toBe('a b');
    expect(collapseSpace('abcdef', 3)).toBe('abc');
  });
});
