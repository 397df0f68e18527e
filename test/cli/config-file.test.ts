import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliError } from '../../src/cli/cli-error.ts';
import { configName, readConfig } from '../../src/cli/config-file.ts';
import { main } from '../../src/cli/main.ts';
import { catalogueOf } from '../../src/i18n/language.ts';
import { fakeIo } from '../support/cli-io.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'config-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

async function read(content: string | Uint8Array) {
  const path = join(dir, configName);
  await writeFile(path, content);
  try {
    return await readConfig(null, dir);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return error;
  }
}

async function refusal(content: string | Uint8Array): Promise<string> {
  const error = await read(content);
  if (!(error instanceof CliError)) throw new Error('was accepted');
  expect(error.exitCode).toBe(2);
  const { what, next } = error.say(catalogueOf('en'));
  return `[${error.code}] ${what} ${next}`.replace(dir, '');
}

const bomb = [
  'a: &a [x, x, x, x]',
  ...[...'bcdefghij'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`)}]`),
].join('\n');

describe('P14 a hostile configuration is refused with its line', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['an unknown key with the nearest one', '# x\nfail-onn: warn', 'line 2: there is no key fail-onn. Did you mean fail-on?'],
    ['__proto__', 'lang: vi\n__proto__: { polluted: true }', 'line 2: there is no key __proto__.'],
    ['constructor', 'constructor: x', 'line 1: there is no key constructor.'],
    ['an alias bomb', bomb, 'line 1: there is no key a.'],
    ['an alias', 'contact: &x https://x.vn\nhelo: *x', 'line 1: contact uses an anchor'],
    ['an alias in a list', 'list: [&x a, *x]', 'line 1: list'],
    ['a merge key', '<<: { lang: vi }', 'there is no key <<'],
    ['a tag', 'lang: !!binary aGk=', 'line 1'],
    ['a tag of code', 'lang: !!js/function "x"', 'line 1'],
    ['a key twice', 'lang: vi\nquiet: true\nlang: en', 'line 3: it is no valid YAML'],
    ['broken YAML', 'lang: vi\nlist: [a', 'it is no valid YAML'],
    ['tabs', 'list:\n\t- a', 'it is no valid YAML'],
    ['a second document', 'lang: vi\n---\nlang: en', 'it is no valid YAML'],
    ['a list as a whole', '- lang', 'lines of key: value'],
    ['a text as a whole', 'hello', 'lines of key: value'],
    ['a map as value', 'lang: { a: b }', 'line 1: lang must be one value'],
    ['a list where one is needed', 'quiet: true\nlang: [vi]', 'line 2: lang must be one value'],
    ['no value', 'lang:', 'line 1: lang must be one value'],
    ['an empty value', 'lang: ""', 'line 1: lang must be one value'],
    ['a list in a list', 'list: [[a]]', 'line 1: list must be a value or a list'],
    ['a word for a switch', 'quiet: yes', 'line 1: quiet must be true or false'],
    ['a number for a switch', 'quiet: 1', 'line 1: quiet must be true or false'],
    ['a switch for a value', 'contact: true', 'line 1: contact must be one value'],
    ['an option of the command line alone', 'resume: x', 'there is no key resume'],
    ['a configuration in a configuration', 'config: other.yaml', 'there is no key config'],
    ['a map key', '? { a: b }\n: c', 'line 1'],
    ['too many values', `list: [${Array(1_001).fill('a')}]`, 'line 1: list'],
    ['too many bytes', `# ${'x'.repeat(65_536)}`, 'larger than 64 KiB'],
    ['deep nesting', `lang: ${'['.repeat(30_000)}`, 'it is no valid YAML'],
    ['NUL', 'lang: vi\0', 'NUL'],
    ['UTF-16', Buffer.from('\ufefflang: vi', 'utf16le'), 'UTF-16'],
    ['Latin-1', Buffer.from('contact: \xe9', 'latin1'), 'not UTF-8'],
  ])('%s', async (_, content, words) => {
    expect(await refusal(content)).toContain(words);
  });

  it('nothing was polluted', async () => {
    await read('__proto__: { polluted: true }');
    expect('polluted' in {}).toBe(false);
  });

  it('an endless file is not read on', async () => {
    await expect(readConfig('/dev/zero')).rejects.toMatchObject({ code: 'config-unusable' });
  });
});

describe('a good configuration', () => {
  it.each<[string, string, unknown[]]>([
    ['nothing', '', []],
    ['comments', '# none\n', []],
    ['a byte order mark', '\ufefflang: vi', [['lang', 'vi', 1]]],
    [
      'numbers as they are written',
      'concurrency: 050\ntimeout: 90',
      [
        ['concurrency', '050', 1],
        ['timeout', '90', 2],
      ],
    ],
    [
      'lists',
      'list: vn\noutput:\n  - a.json\n  - b.html',
      [
        ['list', ['vn'], 1],
        ['output', ['a.json', 'b.html'], 2],
      ],
    ],
    ['a rule', 'fail-on: score<80', [['fail-on', 'score<80', 1]]],
    ['a switch', 'quiet: false', [['quiet', false, 1]]],
  ])('%s', async (_, content, expected) => {
    const found = await read(content);
    if (found instanceof CliError) throw found;
    const seen = [...found].map(([name, { value, source }]) => [name, value, source.kind === 'file' ? source.line : null]);
    expect(seen).toEqual(expected);
  });

  it('may be missing, but not when it is asked for', async () => {
    expect((await readConfig(null, dir)).size).toBe(0);
    await expect(readConfig(join(dir, 'x.yaml'))).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});

describe('--print-config', () => {
  const run = async (argv: string[], env: Record<string, string> = {}) => {
    const { io, seen } = fakeIo({ env: { LANG: 'en_US.UTF-8', ...env } });
    return { code: await main(argv, io), ...seen };
  };

  it('shows values and where each comes from, and is a configuration file itself', async () => {
    const path = join(dir, 'mine.yaml');
    await writeFile(path, 'vantage: ha-noi\nlist: [vn, "a b.csv"]\n');
    const first = await run(['-c', path, '--print-config', '-q', '--only', 'web-tls'], { IPV6GOV_CONCURRENCY: '12' });
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out.split('\n')).toEqual(
      expect.arrayContaining([
        `list: ["vn", "a b.csv"] # ${path}, line 2`,
        `vantage: ["ha-noi"] # ${path}, line 1`,
        'concurrency: "12" # environment variable IPV6GOV_CONCURRENCY',
        'only: ["web-tls"] # command line, --only',
        'quiet: true # command line, --quiet',
        'timeout: "4m" # default',
        '# contact: (not set)',
      ]),
    );
    await writeFile(path, first.out);
    const values = (text: string): string[] =>
      text
        .split('\n')
        .filter((line) => !line.startsWith('#'))
        .map((line) => line.split(' # ')[0] ?? '');
    const second = await run(['-c', path, '--print-config']);
    expect(values(second.out)).toEqual(values(first.out));
  });

  it.each([['demo'], ['judge', 'x'], ['explain'], ['diff', 'a', 'b']])('works for %s', async (...command) => {
    const { code, out } = await run([...command, '--print-config']);
    expect(code).toBe(0);
    expect(out).toContain(`# ipv6gov ${command[0]}\n`);
  });

  it('S1 shows what was typed harmless', async () => {
    const { out } = await run(['--print-config', '--baseline', 'a\u001b[31m\u009b1m\n\u202e']);
    expect(out).toContain('"a\\u001b[31m\\u009b1m\\n\\u202e"');
  });

  it('refuses what an audit would refuse', async () => {
    expect((await run(['--print-config', '--fail-on', 'x'])).code).toBe(2);
  });

  it('the language of the file counts after it is read', async () => {
    const path = join(dir, 'vi.yaml');
    await writeFile(path, 'lang: vi\n');
    expect((await run(['-c', path, '--print-config'])).out).toContain('# mặc định');
    expect((await run(['-c', path, 'explain', 'web-tls'])).out).toContain('Lý do:');
    expect((await run(['-c', path, '--lang', 'en', 'explain', 'web-tls'])).out).toContain('Why:');
  });
});
