import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadChecks } from '../../src/checks/index.ts';
import { CliError } from '../../src/cli/cli-error.ts';
import { loadCriteria, shippedCriteria } from '../../src/cli/criteria.ts';
import { en } from '../../src/i18n/en.ts';
import { rubricSchema } from '../../src/scoring/rubric.ts';
import { ipv6ForGov1 } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';

const checks = await loadChecks();
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ipv6gov-criteria-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, text);
  return path;
}

async function refusal(nameOrFile: string): Promise<string> {
  const error: unknown = await loadCriteria(nameOrFile, checks).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CliError)) throw new Error(`not refused: ${String(error)}`);
  const said = error.say(en);
  return said.what;
}

describe('loadCriteria', () => {
  it.each(['ipv6-for-gov', 'ipv6-for-gov/1', 'rfc10001', 'internet-nl', 'usgv6', 'usgv6/1'])('%s by name', async (name) => {
    expect((await loadCriteria(name, checks)).name).toBe(name.split('/')[0]);
  });

  it('all shipped criteria are well-formed data about checks that exist', async () => {
    for (const rubric of shippedCriteria) {
      expect(rubricSchema.parse(rubric)).toEqual(rubric);
      expect(await loadCriteria(await file('own.json', JSON.stringify(rubric)), checks)).toEqual(rubric);
    }
  });

  it('YAML', async () => {
    const { stringify } = await import('yaml');
    const own = { ...ipv6ForGov1, name: 'own', version: '7', coverageFloor: 0.5 };
    expect(await loadCriteria(await file('own.yaml', stringify(own, { aliasDuplicateObjects: false })), checks)).toEqual(own);
  });

  const changed = (change: object): string => JSON.stringify({ ...ipv6ForGov1, ...change });
  it.each<[string, string, RegExp]>([
    ['an unknown field', changed({ wieghts: {} }), /there is no field /i],
    ['a missing field', JSON.stringify({ name: 'x', version: '1' }), /levelWeights|readiness|conformity|checkWeights|coverageFloor/],
    ['a negative weight', changed({ checkWeights: { delegation: -1 } }), /checkWeights\.delegation/],
    ['a check that nobody has', changed({ checkWeights: { 'web-conect': 1 } }), /there is no check web-conect/],
    ['P14 a prototype key', '{"__proto__": {"name": "x"}}', /criteria|name|version|levelWeights/],
    ['P14 an alias bomb', `a: &a [x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b]`, /alias/i],
    ['no YAML', '{"name": ', /1:|2:/],
    ['a list', '[]', /criteria/],
    ['nothing', '', /criteria/],
  ])('%s is refused', async (title, text, expected) => {
    expect(await refusal(await file(`${title.replaceAll(/[^a-z0-9]/gi, '-')}.yaml`, text))).toMatch(expected);
  });

  it('P14 a file over the limit, and one that is missing', async () => {
    expect(await refusal(await file('large.json', `"${'x'.repeat(256 * 1024)}"`))).toMatch(/large\.json/);
    expect(await refusal(join(dir, 'missing.json'))).toMatch(/missing\.json/);
  });

  it('a misspelt name is told the names', async () => {
    expect(await refusal('rfc1001')).toMatch(/ipv6-for-gov, rfc10001, internet-nl, usgv6/);
  });
});
