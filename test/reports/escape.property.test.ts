import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText, visible, visibleShort, withoutCommand } from '../../src/reports/escape.ts';
import { renderTable } from '../../src/reports/table.ts';
import { cpuMs } from '../support/processor-time.ts';
import { reportAgency, reportFinding, reportOf } from '../support/report.ts';
import { plainStyle } from '../support/table-style.ts';

/** Written down here again, so that a gap in the function is no gap in its test. */
const harmful = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cf}|\p{Cs}/u;
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom('\u001b', '[', '3', '1', 'm', '\n', '\r', '\u202e', ':', 'ạ') }),
);

describe('S1 strings from anywhere', () => {
  it.each([
    ['a\u202eb', 'a‹U+202E›b'],
    ['\u001b]8;;x\u0007', '‹U+001B›]8;;x‹U+0007›'],
    ['two\nlines', 'two‹U+000A›lines'],
    ['\u009b31m', '‹U+009B›31m'],
    ['\u{e0041}', '‹U+E0041›'],
    ['\ud800', '‹U+D800›'],
    ['Tỉnh Sông Xanh'.normalize('NFC'), 'Tỉnh Sông Xanh'.normalize('NFC')],
    ['Tỉnh Sông Xanh'.normalize('NFD'), 'Tỉnh Sông Xanh'.normalize('NFD')],
  ])('%j', (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it('hold nothing that changes a terminal', () => {
    fc.assert(fc.property(anything, (text) => !harmful.test(visible(text)) && !harmful.test(visibleShort(text, 10))));
  });

  it('are in JSON what they were, with nothing that changes a terminal', () => {
    fc.assert(
      fc.property(fc.array(anything), fc.constantFrom(0, 2), (texts, indent) => {
        const json = jsonText(texts, indent);
        return !harmful.test(json.replaceAll('\n', '')) && JSON.stringify(JSON.parse(json)) === JSON.stringify(texts);
      }),
      { examples: [[['\u009b31m\u202e\u{e0041}\ud800\n'], 2]] },
    );
  });

  it.each([
    ['short', 10, 'short'],
    ['0123456789', 10, '0123456789'],
    ['0123456789a', 10, '012345678…'],
    ['x'.repeat(1_000), 5, 'xxxx…'],
  ])('%s at most %d', (text, length, expected) => {
    expect(visibleShort(text, length)).toBe(expected);
  });

  it('S4 in any field, the table holds no control character but line feeds, and no line begins with ::', () => {
    fc.assert(
      fc.property(anything, anything, fc.constantFrom(1, 4), (one, other, count) => {
        const finding = reportFinding({
          status: 'fail',
          host: one,
          check: other,
          text: { vi: one, en: other },
          fix: { vi: other, en: one },
        });
        const agency = reportAgency({ name: { vi: one, en: other }, domain: other, findings: [finding] });
        const report = reportOf(
          Array.from({ length: count }, () => agency),
          { criteria: { name: one, version: other } },
        );
        for (const language of ['vi', 'en'] as const) {
          const text = renderTable(report, { ...plainStyle, language });
          if (text.split('\n').some((line) => harmful.test(line) || line.trimStart().startsWith('::'))) return false;
        }
        return true;
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['::error::x', '· ::error::x'],
    ['   ::1', '   · ::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['', ''],
  ])('S4 line %j', (line, expected) => {
    expect(withoutCommand(line)).toBe(expected);
  });

  it('S7 takes a megabyte of anything in a moment', () => {
    const text = '\u202ea\u001b'.repeat(333_333);
    expect(cpuMs(() => void visible(text))).toBeLessThan(1_500);
  });
});
