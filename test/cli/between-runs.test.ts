import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBaseline } from '../../src/cli/baseline.ts';
import { CliError } from '../../src/cli/cli-error.ts';
import { diffCommand } from '../../src/cli/diff-command.ts';
import type { Io } from '../../src/cli/io.ts';
import { createNotes } from '../../src/cli/notes.ts';
import { readIgnores } from '../../src/cli/read-ignores.ts';
import { pruneCommand, runsCommand } from '../../src/cli/runs-command.ts';
import { trendCommand } from '../../src/cli/trend-command.ts';
import { catalogueOf } from '../../src/i18n/language.ts';
import { comparisonSchema } from '../../src/model/comparison.ts';
import { trendSchema } from '../../src/model/trend.ts';
import { nightId, nightReport, sevenNights, writeNight } from '../support/nights.ts';

const en = catalogueOf('en');
let dir: string;
let out: string;
let err: string;
const io: Io = {
  out: async (text) => {
    out += text;
  },
  err: (text) => {
    err += text;
  },
  env: {},
  stdin: (async function* () {})(),
  outIsTerminal: false,
  errIsTerminal: false,
  columns: null,
  exitNow: () => undefined,
  onSignal: () => () => undefined,
};
const options = () => ({ language: 'en' as const, quiet: false, verbose: false, colour: true, runDir: dir, format: 'table' });

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'between-'));
  [out, err] = ['', ''];
  for (const night of sevenNights()) await writeNight(dir, night);
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

/** Code and words of what a command ends with. */
async function ended(work: Promise<unknown>): Promise<{ code: string; exitCode: number; what: string }> {
  const error = await work.then(
    () => null,
    (found: unknown) => found,
  );
  if (!(error instanceof CliError)) throw error ?? new Error('did not end');
  return { code: error.code, exitCode: error.exitCode, what: error.say(en).what };
}

describe('diff', () => {
  it('table and JSON', async () => {
    expect(await diffCommand({ ...options(), runs: [nightId(5), nightId(6)] }, en, io)).toBe(0);
    expect(out).toContain('byt.gov.vn [regression]');
    out = '';
    await diffCommand({ ...options(), format: 'json', runs: [join(dir, nightId(5)), join(dir, nightId(6), 'report.json')] }, en, io);
    expect(comparisonSchema.parse(JSON.parse(out)).summary.regressions).toBe(1);
    expect(err).toBe('');
  });

  it('P13 each bad run has its own message and code', async () => {
    const { manifest } = await writeNight(dir, { day: 8, agencies: [] }, []);
    await writeFile(manifest, '{"schema":"ipv6gov.run/2"}');
    await writeNight(dir, { day: 9, agencies: [] }, []);
    await writeFile((await writeNight(dir, { day: 10, agencies: [] }, [])).report, '{');
    const diff = (name: string) => ended(diffCommand({ ...options(), runs: [nightId(1), name] }, en, io));
    expect(await diff('nowhere')).toEqual({ code: 'run-missing', exitCode: 2, what: 'There is no nowhere.' });
    expect(await diff(dir)).toMatchObject({ code: 'run-not-a-run', exitCode: 2 });
    expect(await diff(nightId(8))).toMatchObject({ code: 'run-newer-schema', what: expect.stringContaining('ipv6gov.run/2') });
    expect(await diff(nightId(9))).toMatchObject({ code: 'run-no-result' });
    expect(await diff(nightId(10))).toMatchObject({ code: 'run-damaged' });
  });
});

describe('trend', () => {
  it('the folder of runs by default, every form, files by suffix', async () => {
    const files = ['csv', 'json', 'html'].map((suffix) => join(dir, `trend.${suffix}`));
    expect(await trendCommand({ ...options(), runs: [], outputs: files }, en, io)).toBe(0);
    expect(out).toContain('2026-11-04  gap');
    expect(trendSchema.parse(JSON.parse(await readFile(join(dir, 'trend.json'), 'utf8'))).points).toHaveLength(7);
    expect(await readFile(join(dir, 'trend.html'), 'utf8')).toContain('<svg');
    expect((await readFile(join(dir, 'trend.csv'), 'utf8')).split('\n').length).toBeGreaterThan(50);
  });

  it('tells what it left out; an empty folder ends it', async () => {
    await writeFile(join(dir, nightId(2), 'summary.json'), '{');
    await trendCommand({ ...options(), runs: [dir], outputs: [] }, en, io);
    expect(err).toContain('Left out');
    const empty = await mkdtemp(join(tmpdir(), 'none-'));
    expect(await ended(trendCommand({ ...options(), runs: [empty], outputs: [] }, en, io))).toMatchObject({ code: 'no-run', exitCode: 2 });
    expect(await ended(trendCommand({ ...options(), runs: [], outputs: ['x.pdf'] }, en, io))).toMatchObject({ code: 'bad-option' });
    await rm(empty, { recursive: true });
  });
});

describe('runs', () => {
  it('lists and prunes, printing what it deleted', async () => {
    await runsCommand(options(), en, io);
    expect(out.split('\n')).toHaveLength(9);
    expect(out).toMatch(/20261107-020000-000007 +2026-11-07 02:00 +7 +5\/7 +[0-9.]+ KiB +complete/);
    out = '';
    await pruneCommand({ ...options(), keep: '5', force: false }, en, io);
    expect(out).toMatch(/Deleted 20261102-020000-000002 \(2026-11-02, [0-9.]+ KiB\)\n/);
    expect((await readdir(dir)).sort()).toEqual([3, 4, 5, 6, 7].map(nightId));
  });

  it.each(['', '0', '-1', '1.5', '1e3', '100001'])('--keep %j is refused', async (keep) => {
    expect(await ended(pruneCommand({ ...options(), keep, force: false }, en, io))).toMatchObject({ code: 'bad-option', exitCode: 2 });
    expect(await readdir(dir)).toHaveLength(7);
  });
});

describe('V7 --baseline with --fail-on regression', () => {
  const notes = () => createNotes(io, en, options());
  it.each<[number, number, boolean]>([
    [5, 6, true],
    [2, 3, false],
    [3, 4, false],
    [1, 4, false],
  ])('night %i as baseline of night %i', async (before, after, fails) => {
    const baseline = await openBaseline({ baseline: nightId(before), needed: true }, options(), notes());
    const night = sevenNights()[after - 1];
    if (night === undefined) throw new Error('no night');
    expect(await baseline?.regressed(nightReport(night), io)).toBe(fails);
    expect(err).toContain(`Compared with the baseline ${nightId(before)}`);
  });

  it('needs a baseline', async () => {
    expect(await ended(openBaseline({ baseline: null, needed: true }, options(), notes()))).toMatchObject({
      code: 'no-baseline',
      exitCode: 2,
    });
    expect(await openBaseline({ baseline: null, needed: false }, options(), notes())).toBeNull();
  });
});

it('P15 an expired ignore entry ends the command and is named', async () => {
  const file = join(dir, 'ignore.yaml');
  await writeFile(file, '- domain: mic.gov.vn\n  check: web-tls\n  reason: x\n  until: 2026-11-23\n');
  const read = (day: number) => readIgnores(file, [{ id: 'web-tls' }], new Date(2026, 10, day));
  expect((await read(23)).entries).toHaveLength(1);
  const found = await ended(read(24));
  expect(found).toMatchObject({ code: 'ignore-expired', exitCode: 2 });
  expect(found.what).toContain('line 1: the entry expired on 2026-11-23');
});
