import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { detailVi } from '../../src/i18n/details-vi.ts';
import { englishIn } from '../support/language-scan.ts';

const src = join(import.meta.dirname, '../../src');

/** Files whose reasons are shown to people, and how each of them writes one down. */
const sources: Record<string, RegExp> = {
  'parsers/root-hints.ts': /new RootHintsError\([^,]{1,20}, (?:type === 'A' \? )?('.*')\)/g,
  'parsers/trust-anchor.ts': /new TrustAnchorError\([^,]{1,20}, ('.*')\)/g,
  'parsers/route-data.ts': /(?:new RouteDataError\([^,]{1,20}|refuseOther\([^,]{1,30}, broken), ('.*'|".*")\)/g,
  'testbed/stand-ins.ts': /notes\.push\(('.*')\)/g,
  'cli/criteria.ts': /badFile\([^,]{1,20}, ('.*'|`.*`)\)/g,
};

/** Literals of the code, with something for what is filled in. */
const reasons = Object.entries(sources).flatMap(([file, pattern]) => {
  const found = [...readFileSync(join(src, file), 'utf8').matchAll(pattern)].flatMap(([, literal = '']) => literal.split("' : '"));
  return found.map((literal) => literal.replaceAll(/^['"`]|['"`]$/g, '').replaceAll(/\$\{[^}]*(?:\{[^}]*\})*[^}]*\}/g, '7'));
});

describe('reasons of readers of files', () => {
  test('are found in the code', () => {
    expect(reasons.length).toBeGreaterThan(28);
    // A new parser with an error of its own belongs into the list.
    const throwing = readdirSync(join(src, 'parsers')).filter((name) =>
      /class \w+Error extends/.test(readFileSync(join(src, 'parsers', name), 'utf8')),
    );
    expect(throwing.map((name) => `parsers/${name}`).filter((name) => sources[name] === undefined)).toEqual([]);
  });

  test.each(reasons.filter((reason) => /[a-z]{2}/.test(reason)))('%s', (reason) => {
    const said = detailVi(reason);
    expect(said).not.toBe(reason);
    expect(englishIn(`${said} x`)).toBeNull();
    expect(said).toMatch(/\p{L}*[à-ỹđ]/iu);
  });
});

const value = z.strictObject({
  a: z.string(),
  b: z.enum(['x', 'y']),
  c: z.number().min(1).max(5),
  d: z.array(z.int()).max(1),
  e: z.string().regex(/^x$/),
  f: z.literal(1),
  g: z.iso.date(),
});

test.each<[string, unknown]>([
  ['a wrong type', { a: 1 }],
  ['no such choice', { b: 'z' }],
  ['too big', { c: 9 }],
  ['too small', { c: 0 }],
  ['too long', { d: [1, 2] }],
  ['no whole number', { d: [1.5] }],
  ['another pattern', { e: 'y' }],
  ['another value', { f: 2 }],
  ['no day', { g: 'x' }],
  ['an unknown key', { h: 1 }],
])('a schema that finds %s', (_, part) => {
  const good = { a: '', b: 'x', c: 1, d: [1], e: 'x', f: 1, g: '2026-01-01' };
  const issues = value.safeParse({ ...good, ...(part as object) }).error?.issues ?? [];
  expect(issues.length).toBeGreaterThan(0);
  for (const { message } of issues) {
    expect(detailVi(message)).not.toBe(message);
    expect(detailVi(message)).not.toMatch(/\b(expected|received|Invalid|Too|must|key)\b/);
  }
});

test.each([
  'a: 1\na: 2\n',
  'a: [1\n',
  '\ta: b\n',
  'a: b: c\n',
  'a: "b\n',
  'a: *x\n',
  '- a\nb: c\n',
  '%YAML 9\n---\na: @b\n',
  'a: !!int x\n',
])('YAML %j', (text) => {
  for (const { code, message } of parseDocument(text, { version: '1.2', strict: true }).errors) {
    const said = detailVi(`${code}: ${message}`);
    expect(said).toContain(code);
    expect(said).not.toContain(message.split('\n')[0]);
    expect(said).toMatch(/^(khóa|sai|thụt|không)/);
  }
});
