import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Number of rows by letter: DNS, addresses, web, mail, vantage, strings, process, politeness. */
const rowCounts = { D: 26, A: 8, W: 23, M: 13, V: 11, S: 7, P: 15, L: 4 };
const fleetRows = 7;
const testDir = new URL('.', import.meta.url).pathname;
const [table = '', guards = ''] = readFileSync(join(testDir, 'README.md'), 'utf8').split('## Guards that were taken out');

const idsOf = (letter: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);

interface Row {
  id: string;
  tests: { file: string; title: string }[];
  scenarios: string[];
  /** Domains of agencies of the lab. */
  lab: string[];
}

/** The rows of the tables, each with what its last cell names; an entry of no known form is taken for a test, and is not found. */
function tableRows(): Row[] {
  return [...table.matchAll(/^\| ([A-Z]\d+) +\|.*\| ([^|]*)\|$/gm)].map(([, id = '', cell = '']) => {
    const row: Row = { id, tests: [], scenarios: [], lab: [] };
    for (const entry of cell.trim().split('<br>')) {
      const [, kind, name = ''] = /^(scenario|lab) `([^`]+)`$/.exec(entry) ?? [];
      const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(entry) ?? [];
      if (kind === 'scenario') row.scenarios.push(name);
      else if (kind === 'lab') row.lab.push(name);
      else row.tests.push({ file, title });
    }
    return row;
  });
}

const labFolder = join(testDir, 'lab/cases');
const labCases = readdirSync(labFolder).map((file) => readFileSync(join(labFolder, file), 'utf8'));

const rows = tableRows();

it('every fault has its row, once; those of the fleet have one as soon as there is a fleet', () => {
  const fleet = existsSync(join(testDir, '../src/fleet')) ? idsOf('F', fleetRows) : [];
  const expected = [...Object.entries(rowCounts).flatMap(([letter, count]) => idsOf(letter, count)), ...fleet];
  expect(rows.map(({ id }) => id).sort()).toEqual(expected.sort());
});

it.each(rows)('$id: the tests named are there, and name it', ({ id, tests, scenarios, lab }) => {
  expect(tests.length, `${id}: a test of its own`).toBeGreaterThan(0);
  for (const { file, title } of tests) {
    const path = join(testDir, file);
    expect(existsSync(path), `${id}: ${file}`).toBe(true);
    expect(readFileSync(path, 'utf8').includes(title), `${id}: ${file} has no test '${title}'`).toBe(true);
    expect(title).toMatch(new RegExp(`\\b${id}\\b|\\bS1-S5\\b`));
  }
  for (const scenario of scenarios) expect(existsSync(join(testDir, `../fixtures/scenarios/${scenario}.json`)), scenario).toBe(true);
  for (const domain of lab)
    expect(
      labCases.some((text) => text.includes(`domain: '${domain}'`)),
      domain,
    ).toBe(true);
});

it('of every row a guard was taken out, and tests failed', () => {
  const tried = [...guards.matchAll(/^\| ([A-Z]\d+) +\| [^|]+ \| `([^`]+)` +\| ([1-9]\d*) +\|$/gm)];
  expect(guards.split('\n').filter((line) => /^\| [A-Z]\d/.test(line))).toHaveLength(tried.length);
  const ids = new Set(tried.map(([, id]) => id));
  expect(rows.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
  for (const [, id, path = ''] of tried) expect(existsSync(join(testDir, '..', path)), `${id}: ${path}`).toBe(true);
});
