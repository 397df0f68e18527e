import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { toolVersion } from '../../src/cli/version.ts';
import { reportSchema } from '../../src/model/report.ts';
import { usgv6 } from '../../src/scoring/rubrics/usgv6.ts';
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
    [['judge', 'nowhere'], '[run-missing]'],
    [['a.gov.vn', '--only', 'nothing'], '[unknown-check]'],
    [['a.gov.vn', '-o', 'no/such/folder/x.json'], '[cannot-write]'],
    [['a.gov.vn', '--root-hints', 'none'], '[file-unreadable]'],
    [['a.gov.vn', '--opt-out', 'none'], '[file-unreadable]'],
    [['--resume', '--run-dir', 'none'], '[no-run]'],
    [['a.gov.vn', '-c', 'none.yaml'], '[file-unreadable]'],
    [['a.gov.vn', '--fail-on', 'regression'], '[no-baseline]'],
    [['a.gov.vn', '--baseline', 'none'], '[run-missing]'],
    [['a.gov.vn', '--ignore', 'none'], '[file-unreadable]'],
    [['a.gov.vn', '--criteria', 'rfc1001'], '[file-unusable]'],
    [['a.gov.vn', '--vrps', 'none'], '[file-unreadable]'],
    [['a.gov.vn', '--vrps', 'package.json'], '[file-unusable]'],
    [['a.gov.vn', '--asn-db', 'package.json'], '[file-unusable]'],
    [['a.gov.vn', '--trust-anchor', 'package.json'], '[file-unusable]'],
    [['diff', 'a', 'b', '--run-dir', 'none'], '[run-missing]'],
    [['trend', '--run-dir', 'none'], '[run-missing]'],
    [['runs', '--run-dir', 'none'], '[run-missing]'],
    [['completion', 'powershell'], '[usage]'],
  ])('%j ends with 2, its code, a hint, and no data', async (argv, code) => {
    const result = await run(argv);
    expect(result.code).toBe(2);
    expect(result.err).toContain(code);
    expect(result.err).toContain('Next:');
    // Codes of the system are said in words.
    expect(result.err).not.toMatch(/\bE[A-Z]{4,}\b/);
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
    expect((await readdir(folder)).sort()).toEqual(['evidence.ndjson.gz', 'input.ndjson', 'report.json', 'run.json', 'summary.json']);
    const stored = await readFile(join(folder, 'report.json'), 'utf8');
    expect(await readFile(output, 'utf8')).toBe(stored);
    const report = reportSchema.parse(JSON.parse(stored));
    expect(report.agencies[0]?.conformity.verdict).toBe('inconclusive');
    expect(report.agencies[0]?.findings.some(({ status }) => status === 'fail')).toBe(false);

    const judged = await run(['judge', id, '--run-dir', join(dir, 'runs'), '-f', 'json']);
    expect(judged.code).toBe(3);
    expect(judged.out).toBe(stored);

    const ignores = join(dir, 'ignore.yaml');
    await writeFile(ignores, '- { domain: a.gov.vn, check: web-connect, reason: "known", until: 2999-12-31 }\n');
    const accepted = await run(['judge', id, '--run-dir', join(dir, 'runs'), '-f', 'json', '--ignore', ignores]);
    const marked = reportSchema
      .parse(JSON.parse(accepted.out))
      .agencies.flatMap(({ findings }) => findings.filter(({ ignored }) => ignored !== null));
    expect(new Set(marked.map(({ check, ignored }) => `${check} ${ignored?.reason}`))).toEqual(new Set(['web-connect known']));

    const compared = await run([
      'judge',
      id,
      '--run-dir',
      join(dir, 'runs'),
      '--baseline',
      id,
      '--fail-on',
      'regression',
      '-f',
      'csv',
      '--csv',
      'findings',
    ]);
    expect(compared.code).toBe(3);
    expect(compared.err).toContain(id);
    expect(compared.out.split('\r\n')[0]).toContain('check');

    const resumed = await run(['audit', '--resume', folder, '-l', '-', '-f', 'json'], { stdin: bytesOf('b.gov.vn\n') });
    // What was measured stays as it was; what is new in the list comes after it.
    const { agencies } = JSON.parse(resumed.out);
    expect(agencies.map(({ id: name }: { id: string }) => name)).toEqual(['a.gov.vn', 'b.gov.vn']);
    expect(agencies.slice(0, 1)).toEqual(report.agencies);
    expect(resumed.err).toContain('differs from that of the run');

    const manifest = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'));
    await writeFile(join(folder, 'run.json'), JSON.stringify({ ...manifest, addressPolicy: 'documentation-is-global' }));
    expect((await run(['audit', '--resume', folder])).err).toContain('[demo-run]');
  });

  it('is judged by the criteria asked for, then by its own', async () => {
    const own = join(dir, 'own.json');
    await writeFile(own, JSON.stringify({ ...usgv6, name: 'own', version: '7' }));
    await audit('a.gov.vn', '--criteria', own);
    const [id = ''] = await readdir(join(dir, 'runs'));
    const judge = (...more: string[]) => run(['judge', id, '--run-dir', join(dir, 'runs'), '-f', 'json', ...more]);
    const criteriaOf = ({ out }: { out: string }): string => reportSchema.parse(JSON.parse(out)).criteria.name;
    const lost = await judge();
    expect([criteriaOf(lost), lost.err.includes('own/7')]).toEqual(['ipv6-for-gov', true]);
    const again = await judge('--criteria', own);
    expect([criteriaOf(again), again.err.includes('own/7')]).toEqual(['own', false]);
    expect(again.out).toBe(await readFile(join(dir, 'runs', id, 'report.json'), 'utf8'));
    expect(criteriaOf(await judge('--criteria', 'rfc10001'))).toBe('rfc10001');
  });

  it('shipped criteria need not be named again', async () => {
    await audit('a.gov.vn', '--criteria', 'internet-nl');
    const [id = ''] = await readdir(join(dir, 'runs'));
    const { out } = await run(['judge', id, '--run-dir', join(dir, 'runs'), '-f', 'json']);
    expect(reportSchema.parse(JSON.parse(out)).criteria.name).toBe('internet-nl');
  });

  it('routing data make the checks that need them be judged; without one they are skipped and name it', async () => {
    const origins = join(dir, 'origins.csv');
    const vrps = join(dir, 'vrps.csv');
    await writeFile(origins, 'prefix,asn\n2001:df5::/32,131127\n');
    await writeFile(vrps, 'ASN,IP Prefix,Max Length\nAS131127,2001:df5::/32,48\n');
    const statusOf = async (...more: string[]): Promise<string[]> => {
      const { out } = await audit('a.gov.vn', '-q', '-f', 'json', ...more);
      const findings = reportSchema.parse(JSON.parse(out)).agencies.flatMap((agency) => agency.findings);
      const shown = findings
        .filter(({ check }) => check.startsWith('route-'))
        .map(({ check, status, values }) => `${check} ${status} ${String(values.missing ?? '')}`);
      return [...new Set(shown)].sort();
    };
    expect(await statusOf()).toEqual(['route-origin skipped --vrps,--asn-db', 'route-prefix skipped --asn-db']);
    expect(await statusOf('--asn-db', origins)).toEqual(['route-origin skipped --vrps', 'route-prefix inconclusive ']);
    expect(await statusOf('--asn-db', origins, '--vrps', vrps)).toEqual(['route-origin inconclusive ', 'route-prefix inconclusive ']);
  });

  it('keeps the trust anchors it was given', async () => {
    const anchors = join(dir, 'root.ds');
    await writeFile(anchors, `. IN DS 1 13 2 ${'ab'.repeat(32)}\n`);
    await audit('a.gov.vn', '--trust-anchor', anchors);
    const [id = ''] = await readdir(join(dir, 'runs'));
    const manifest = JSON.parse(await readFile(join(dir, 'runs', id, 'run.json'), 'utf8'));
    expect(manifest.trustAnchors).toEqual([{ keyTag: 1, algorithm: 13, digestType: 2, digest: 'ab'.repeat(32) }]);
  });

  it('writes every form that a suffix can name', async () => {
    const files = ['a.json', 'a.ndjson', 'a.csv', 'a.html', 'a.md', 'a.xml', 'a.sarif', 'a.svg', 'a.prom'];
    await audit('a.gov.vn', '--baseline', 'latest', ...files.flatMap((file) => ['-o', join(dir, file)]));
    const starts: Record<string, string> = {
      csv: '\ufeff',
      html: '<!doctype',
      xml: '<?xml',
      sarif: '{',
      svg: '<svg',
      json: '{',
      ndjson: '{',
    };
    for (const file of files) {
      const text = await readFile(join(dir, file), 'utf8');
      expect(text.length).toBeGreaterThan(100);
      expect([file, text.startsWith(starts[file.slice(2)] ?? '')]).toEqual([file, true]);
    }
  });

  it('--baseline latest compares with nothing at the first run, and says so', async () => {
    expect((await audit('a.gov.vn', '--baseline', 'latest', '--fail-on', 'regression')).err).toContain('no earlier complete run');
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
