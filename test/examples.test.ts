import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseCommandLine } from '../src/cli/command-line.ts';
import { commandNames, commandTable } from '../src/cli/command-table.ts';
import { parseConfig } from '../src/cli/config-text.ts';
import { effectiveOptions } from '../src/cli/effective-options.ts';
import { readEnvironment } from '../src/cli/environment.ts';
import { invocationOf } from '../src/cli/options.ts';
import { catalogueOf } from '../src/i18n/language.ts';

const folder = join(import.meta.dirname, '../examples');
const files = readdirSync(folder);
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');
const catalogue = catalogueOf('en');

/** Words of a command line as a shell would give them, as far as the examples go. */
function words(line: string): string[] {
  const bare = line.replace(/\s(?:#.*|[|&>].*|\|\|.*)$/, '');
  return [...bare.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => double ?? single ?? plain ?? '').slice(1);
}

/** Parses and reads all values, as the tool would before it does anything. */
function accepts(argv: string[], env: Record<string, string> = {}, file = ''): void {
  const line = parseCommandLine(argv, catalogue);
  if (line.help !== null) return;
  const options = effectiveOptions(line.command, { flags: line.flags, env: readEnvironment(env), file: parseConfig(file, 'x') });
  invocationOf(line.command, line.operands, { options, language: 'en' });
}

it.each(files.filter((file) => /\.ya?ml$/.test(file)))('%s is YAML', (file) => {
  for (const document of parseAllDocuments(textOf(file))) expect([document.errors, document.warnings]).toEqual([[], []]);
});

/** What follows the word `ipv6gov` or the path of the tool at the place of a command. */
const calls = files.flatMap((file) =>
  textOf(file)
    .split('\n')
    .filter((line) => !/^\s*#|description|^FROM|ln -s|docker (?:build|network)/.test(line))
    .flatMap((line) => {
      const at = /(?:^|[\s`])(?:ipv6gov|node "\$TOOL") (?=(?:audit|demo|doctor|judge|runs|diff|trend) ?)/.exec(line);
      return at === null
        ? []
        : [
            [
              file,
              line
                .slice(at.index)
                .replace(/^[\s`]+/, '')
                .replace('node "$TOOL"', 'ipv6gov')
                .replace('-- $DOMAINS', '-- a.gov.vn')
                .replace(/`.*$/, '')
                .trim(),
            ] as const,
          ];
    }),
);

describe('commands of the examples', () => {
  it('are found', () => {
    const found = new Set(calls.map(([file]) => file));
    for (const file of ['action.yml', 'gitlab-ci.yml', 'ipv6gov.service', 'crontab', 'README.md']) expect(found).toContain(file);
  });

  it.each(calls)('%s: %s', (_, line) => {
    accepts(words(line));
  });

  it.each(commandNames.flatMap((name) => commandTable[name].examples.map(({ line }) => line)))('help: %s', (line) => {
    accepts(words(line));
  });
});

it.each(['action.yml', 'gitlab-ci.yml'])('variables of %s are those of options', (file) => {
  const names = [...textOf(file).matchAll(/\b(IPV6GOV_[A-Z_]+): (.*)/g)].map(([, name = '', value = '']) => [
    name,
    value.includes('inputs.') ? '' : value,
  ]);
  expect(names.length).toBeGreaterThan(3);
  accepts(['audit'], Object.fromEntries(names));
  // Without a value a variable is passed over, so that its name is looked at with one.
  for (const [name = ''] of names) expect([...readEnvironment({ [name]: 'x' })]).toHaveLength(1);
});

it('inputs of the workflow are those of the action', () => {
  const [workflow] = parseAllDocuments(textOf('github-actions.yml')).map((document) => document.toJS());
  const [action] = parseAllDocuments(textOf('action.yml')).map((document) => document.toJS());
  const given = workflow.jobs.audit.steps.find((step: { id?: string }) => step.id === 'audit').with;
  for (const name of Object.keys(given)) expect(Object.keys(action.inputs)).toContain(name);
});

it('no input of the action is pasted into its script', () => {
  const [action] = parseAllDocuments(textOf('action.yml')).map((document) => document.toJS());
  for (const { run = '' } of action.runs.steps) expect(run).not.toContain('${{');
});

it('the configuration is one', () => {
  accepts(['audit', 'a.gov.vn'], {}, textOf('ipv6gov.yaml'));
});

it('the image does not run as root and has all that the tool reads', () => {
  const text = textOf('Dockerfile');
  expect(text.indexOf('USER node')).toBeGreaterThan(text.lastIndexOf('RUN '));
  const { files: packed } = JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8'));
  for (const path of packed.filter((each: string) => !/README|SECURITY|docs|examples/.test(each))) expect(text).toContain(path);
});
