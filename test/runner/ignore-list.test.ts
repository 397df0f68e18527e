import { describe, expect, it } from 'vitest';
import { applyIgnores, type IgnoreEntry, IgnoreListError, localDay, parseIgnoreList } from '../../src/runner/ignore-list.ts';
import { finding } from '../support/nights.ts';

const input = { file: 'ignore.yaml', today: '2026-11-24', checks: new Set(['web-connect', 'web-tls']) };
const parse = (text: string): IgnoreEntry[] => parseIgnoreList(text, input);
const good = 'domain: mic.gov.vn, check: web-connect, reason: moving, until: 2026-12-31';

function refused(text: string): [string, number | null] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof IgnoreListError) return [error.problem, error.line];
    throw error;
  }
  throw new Error('not refused');
}

describe('reading an ignore list', () => {
  it.each<[string, IgnoreEntry[]]>([
    ['', []],
    ['# nothing yet\n', []],
    ['[]', []],
    [`- { ${good} }`, [{ domain: 'mic.gov.vn', check: 'web-connect', reason: 'moving', until: '2026-12-31' }]],
    [
      '- domain: "*.GOV.vn"\n  check: web-tls\n  reason: " old "\n  until: 2026-11-24',
      [{ domain: '*.gov.vn', check: 'web-tls', reason: 'old', until: '2026-11-24' }],
    ],
  ])('%j', (text, entries) => {
    expect(parse(text)).toEqual(entries);
  });

  it.each<[string, string, number | null]>([
    ['a: [', 'not-yaml', 1],
    ['domain: mic.gov.vn', 'not-a-list', null],
    ['just words', 'not-a-list', null],
    ['- mic.gov.vn', 'field', 1],
    [`- { ${good} }\n- { ${good}, note: x }`, 'field', 2],
    [`- { ${good}, __proto__: 1 }`, 'field', 1],
    ['- { check: web-tls, reason: x, until: 2026-12-31 }', 'domain', 1],
    ['- { domain: mic.gov.vn, reason: x, until: 2026-12-31 }', 'check', 1],
    ['- { domain: mic.gov.vn, check: web-tls, until: 2026-12-31 }', 'reason', 1],
    ['- { domain: mic.gov.vn, check: web-tls, reason: "  ", until: 2026-12-31 }', 'reason', 1],
    ['- { domain: mic.gov.vn, check: web-tls, reason: x }', 'until', 1],
    ['- { domain: mic.gov.vn, check: web-tls, reason: x, until: 2026-02-30 }', 'until', 1],
    ['- { domain: mic.gov.vn, check: web-tls, reason: x, until: never }', 'until', 1],
    ['- { domain: mic.gov.vn, check: web-tlss, reason: x, until: 2026-12-31 }', 'check', 1],
    ...['*', '*.', 'mic.*.vn', 'https://mic.gov.vn', 'a..vn', '-a.vn', 'mic gov vn', ''].map((domain): [string, string, number] => [
      `- { domain: "${domain}", check: web-tls, reason: x, until: 2026-12-31 }`,
      'domain',
      1,
    ]),
    [`- { ${good} }\n- { ${good} }`, 'twice', 2],
    [`- &a { ${good} }\n- *a`, 'field', 2],
  ])('P14 P15 %j is refused', (text, problem, line) => {
    expect(refused(text)).toEqual([problem, line]);
  });

  it('P15 an entry holds through its last day, and is refused from the next', () => {
    const until = (day: string) => `- { domain: mic.gov.vn, check: web-tls, reason: x, until: ${day} }`;
    expect(parse(until('2026-11-24'))).toHaveLength(1);
    expect(refused(`- { ${good} }\n${until('2026-11-23')}`)).toEqual(['expired', 2]);
  });

  it('the day is that of the clock at the place', () => {
    expect(localDay(new Date(2026, 0, 2, 23, 59))).toBe('2026-01-02');
  });
});

describe('applying an ignore list', () => {
  const entry = (domain: string, until = '2026-12-31'): IgnoreEntry => ({ domain, check: 'web-connect', reason: 'moving', until });
  const ignored = { reason: 'moving', until: '2026-12-31' };
  it.each<[IgnoreEntry, string, string, object | null]>([
    [entry('mic.gov.vn'), 'web-connect', 'mic.gov.vn', ignored],
    [entry('mic.gov.vn'), 'web-connect', 'www.mic.gov.vn', ignored],
    [entry('www.mic.gov.vn'), 'web-connect', 'www.mic.gov.vn', ignored],
    [entry('www.mic.gov.vn'), 'web-connect', 'mic.gov.vn', null],
    [entry('mic.gov.vn'), 'web-tls', 'mic.gov.vn', null],
    [entry('*.gov.vn'), 'web-connect', 'a.b.vn', ignored],
    [entry('*.mic.gov.vn'), 'web-connect', 'mic.gov.vn', null],
    [entry('*.ic.gov.vn'), 'web-connect', 'mic.gov.vn', null],
    [entry('mic.gov.vn', '2026-11-23'), 'web-connect', 'mic.gov.vn', null],
  ])('P15 %j on %s of %s', (ignore, check, host, expected) => {
    const before = finding(check, host, { status: 'fail' });
    const [after] = applyIgnores([before], [ignore], { today: '2026-11-24', domain: 'mic.gov.vn' });
    expect(after).toEqual({ ...before, ignored: expected });
  });
});
