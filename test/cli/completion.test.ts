import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandNames, shells } from '../../src/cli/command-table.ts';
import { main } from '../../src/cli/main.ts';
import { fakeIo } from '../support/cli-io.ts';

const dir = mkdtempSync(join(tmpdir(), 'completion-'));
afterAll(() => rmSync(dir, { recursive: true }));
const scripts = new Map<string, string>();
beforeAll(async () => {
  for (const shell of shells) {
    const { io, seen } = fakeIo();
    expect(await main(['completion', shell], io)).toBe(0);
    scripts.set(shell, seen.out);
  }
});

describe.each(shells)('%s', (shell) => {
  it('knows every command, an option of each kind and every check', () => {
    for (const word of [...commandNames, 'fail-on', 'print-config', 'regression', 'web-connect', 'sarif', 'prune'])
      expect(scripts.get(shell)).toContain(word);
  });

  it('is a script of that shell, where it is installed', () => {
    const argument = shell === 'fish' ? '--no-execute' : '-n';
    const file = join(dir, shell);
    writeFileSync(file, scripts.get(shell) ?? '');
    const { error, status, stderr } = spawnSync(shell, [argument, file], { encoding: 'utf8' });
    if (error === undefined) expect([status, stderr]).toEqual([0, '']);
  });
});

describe('bash proposes', () => {
  const propose = (...words: string[]): string[] => {
    const line = words.map((word) => `'${word}'`).join(' ');
    const script = `${scripts.get('bash')}\nCOMP_WORDS=(ipv6gov ${line}); COMP_CWORD=${words.length}; _ipv6gov; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
    return stdout.split('\n').filter((word) => word !== '');
  };

  it.each<[string[], string[]]>([
    [['ju'], ['judge']],
    [
      ['explain', 'web-con'],
      ['web-connect', 'web-content'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [
      ['--lang', ''],
      ['vi', 'en'],
    ],
    [
      ['-f', 's'],
      ['sarif', 'svg'],
    ],
    [
      ['diff', '-f', ''],
      ['table', 'json'],
    ],
    [['audit', '--print'], ['--print-config']],
    [['runs', 'p'], ['prune']],
    [['demo', '--conc'], []],
    [['--skip', 'spf'], ['spf-ipv6']],
  ])('%j: %j', (words, expected) => {
    expect(propose(...words)).toEqual(expected);
  });
});
