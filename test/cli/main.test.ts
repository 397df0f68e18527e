import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { toolVersion } from '../../src/cli/version.ts';
import { reportSchema } from '../../src/model/report.ts';
import { bytesOf, fakeIo } from '../support/cli-io.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

async function run(argv: readonly string[], part: Partial<Io> = {}) {
  const { io, seen } = fakeIo(part);
  const code = await main(argv, io);
  return { code, ...seen };
}

/** Documentation addresses: the gate refuses them, so that nothing leaves this machine and everything is not measured. */
const unreachableRoot = '. NS a.root.\na.root. A 192.0.2.1\na.root. AAAA 2001:db8::1\n';

describe('what needs no run', () => {
  it('--version', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, out: `${toolVersion()}\n`, err: '' });
  });

  it('--help is data', async () => {
    const { code, out, err } = await run(['--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('ipv6gov demo');
  });

  it.each<[string[], string]>([
    [['--colour', 'a.vn'], '[usage]'],
    [[], '[no-input]'],
    [['audit', 'demmo'], '[input-invalid]'],
    [['explain', 'web-conect'], '[unknown-check]'],
    [['judge', 'nowhere'], '[bad-run]'],
    [['a.gov.vn', '--only', 'nothing'], '[unknown-check]'],
    [['a.gov.vn', '-o', 'no/such/folder/x.json'], '[cannot-write]'],
    [['a.gov.vn', '--root-hints', 'none'], '[file-unreadable]'],
    [['a.gov.vn', '--opt-out', 'none'], '[file-unreadable]'],
    [['--resume', '--run-dir', 'none'], '[no-run]'],
  ])('%j ends with 2, its code, a hint, and no data', async (argv, code) => {
    const result = await run(argv);
    expect(result.code).toBe(2);
    expect(result.err).toContain(code);
    expect(result.err).toContain('Next:');
    expect(result.out).toBe('');
  });

  it('an unknown check names the closest', async () => {
    expect((await run(['explain', 'web-conect'])).err).toContain('Did you mean web-connect?');
  });

  it('errors are in the language of the system', async () => {
    expect((await run(['audit', '127.1'], { env: { LANG: 'vi_VN.UTF-8' } })).err).toContain('đây là địa chỉ IP');
  });

  it('S1 what was typed is shown harmless', async () => {
    const { err } = await run(['audit', 'a\u001b[31m.vn']);
    expect(err).toContain('a‹U+001B›[31m.vn');
    expect(err).not.toContain('\u001b');
  });

  it.each(['vi', 'en'] as const)('explain in %s', async (language) => {
    const list = await run(['explain', '--lang', language]);
    expect(list.out).toContain('web-connect');
    const one = await run(['explain', 'web-connect', '--lang', language]);
    expect(one.code).toBe(0);
    expect(one.out).toContain(language === 'vi' ? 'Lý do:' : 'Why:');
    expect(one.out).toContain('timeout');
  });
});

describe('a run', () => {
  const audit = async (...more: string[]) => {
    await writeFile(join(dir, 'root.hints'), unreachableRoot);
    return run(['audit', '--root-hints', join(dir, 'root.hints'), '--run-dir', join(dir, 'runs'), ...more]);
  };

  it('writes nothing when the list cannot be used', async () => {
    expect((await audit('a.gov.vn', '127.1')).code).toBe(2);
    expect(await readdir(dir)).toEqual(['root.hints']);
  });

  it('where our own side cannot measure ends with 3 and says so first; its folder judges to the same bytes and can be resumed', async () => {
    const output = join(dir, 'out.json');
    const { code, out, err } = await audit('a.gov.vn', '-o', output, '--fail-on', 'fail');
    expect(code).toBe(3);
    expect(out.split('\n')[0]).toMatch(/^OUR SIDE:/);
    expect(err).toContain('OUR SIDE:');
    const [id = ''] = await readdir(join(dir, 'runs'));
    const folder = join(dir, 'runs', id);
    expect((await readdir(folder)).sort()).toEqual(['evidence.ndjson.gz', 'input.ndjson', 'report.json', 'run.json']);
    const stored = await readFile(join(folder, 'report.json'), 'utf8');
    expect(await readFile(output, 'utf8')).toBe(stored);
    const report = reportSchema.parse(JSON.parse(stored));
    expect(report.agencies[0]?.conformity.verdict).toBe('inconclusive');
    expect(report.agencies[0]?.findings.some(({ status }) => status === 'fail')).toBe(false);

    const judged = await run(['judge', id, '--run-dir', join(dir, 'runs'), '-f', 'json']);
    expect(judged.code).toBe(3);
    expect(judged.out).toBe(stored);

    const resumed = await run(['audit', '--resume', folder, '-l', '-', '-f', 'json'], { stdin: bytesOf('b.gov.vn\n') });
    // The vantage is proven anew, so only the time of the end differs.
    expect(JSON.parse(resumed.out).agencies).toEqual(report.agencies);
    expect(resumed.err).toContain('differs from that of the run');

    const manifest = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'));
    await writeFile(join(folder, 'run.json'), JSON.stringify({ ...manifest, addressPolicy: 'documentation-is-global' }));
    expect((await run(['audit', '--resume', folder])).err).toContain('[bad-run]');
  });

  it('-q leaves warnings only, on stderr', async () => {
    const { err } = await audit('a.gov.vn', '-q');
    expect(
      err
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith('Warning:')),
    ).toBe(true);
  });
});
