import { chmod, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { falseFails, findingsOf, type HostedWorld, hostWorld, ndjson, onlyRun, recordsOf } from '../support/recorded-world.ts';
import { audit, type Ended, lockIn, reportOf, start, startAudit, startCommand } from '../support/run-process.ts';

const scenarios = [
  'healthy',
  'healthy-services',
  'ipv4-only',
  'web-refused-ipv6',
  'services-retired',
  'null-mx',
  'mail-ipv4-only',
  'literals-script',
];

/** Eight agencies side by side would like dozens. */
const descriptorsLeft = 8;

let hosted: HostedWorld;
/** A list of two, where it does not matter who is measured. */
let short: string;
beforeAll(async () => {
  hosted = await hostWorld(scenarios);
  short = join(hosted.dir, 'short.ndjson');
  await writeFile(short, ndjson(hosted.agencies.slice(0, 2)));
}, 120_000);
afterAll(() => hosted?.stop());

const runDirOf = (name: string): string => join(hosted.dir, name);

describe('disk and pipes', () => {
  it('P5 stdout on a full disk: a message, 3, and the run is whole', async () => {
    const runDir = runDirOf('full');
    const ended = await audit(hosted, { options: { runDir, lists: [short] }, redirect: '> /dev/full' });
    expect(ended.code).toBe(3);
    expect(ended.err).toContain('[cannot-write]');
    expect(ended.err).not.toContain('    at ');
    expect((await stat(join(await onlyRun(runDir), 'report.json'))).size).toBeGreaterThan(0);
  }, 180_000);

  it('P5 an output file on a full disk, which is a device and stays one', async () => {
    const output = join(hosted.dir, 'full.json');
    await symlink('/dev/full', output);
    const ended = await audit(hosted, { options: { runDir: runDirOf('full-file'), lists: [short], outputs: [output] } });
    expect(ended.code).toBe(3);
    expect(ended.err).toContain('[cannot-write]');
    expect((await stat(output)).isCharacterDevice()).toBe(true);
  }, 180_000);

  it('P5 a folder that cannot be written', async () => {
    const closed = join(hosted.dir, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o555);
    // Permissions do not hold root back; /sys does.
    const runDir = process.getuid?.() === 0 ? '/sys/ipv6gov' : join(closed, 'runs');
    const ended = await audit(hosted, { options: { runDir, lists: [short] } });
    expect(ended.code).toBe(3);
    expect(ended.err).toContain('[cannot-write]');
    expect(ended.err).toContain(runDir);
  }, 180_000);

  it('P6 the reader of a report leaves: a quiet end, and the run goes on to its own', async () => {
    const runDir = runDirOf('pipe');
    const ended = await audit(hosted, {
      options: { runDir, lists: [short] },
      redirect: '| head -c 1 > /dev/null; exit "$PIPESTATUS"',
    });
    expect(ended.code).toBe(0);
    expect(ended.err).not.toMatch(/EPIPE| {4}at /);
    expect((await stat(join(await onlyRun(runDir), 'report.json'))).size).toBeGreaterThan(65_536);
  }, 180_000);
});

it('P7 hardly any descriptors left: the same verdicts, by fewer questions at once', async () => {
  const runDir = runDirOf('descriptors');
  const running = await startAudit(hosted, { options: { runDir, lists: [hosted.list] } });
  // Node opens more than that to load its modules: they are taken away once it runs.
  await lockIn(runDir);
  const { length } = await readdir(`/proc/${running.child.pid}/fd`);
  const limit = length + descriptorsLeft;
  await start('prlimit', [`--nofile=${limit}:${limit}`, '--pid', String(running.child.pid)]).ended;
  const ended = await running.ended;
  const tries = (await recordsOf(await onlyRun(runDir))).flatMap(({ observations }) =>
    observations.flatMap((observation) => observation.tries),
  );
  expect(tries.filter(({ failure }) => failure?.detail.includes('EMFILE')).length).toBeGreaterThan(0);
  expect(findingsOf(reportOf(ended))).toEqual(findingsOf(hosted.report));
  expect(ended.code).toBe(0);
}, 180_000);

describe('our own faults', () => {
  it.each(['http-request', 'dns-query'] as const)(
    'P11 a probe that throws at %s harms its agency only',
    async (op) => {
      const ended = await audit(hosted, {
        options: { runDir: runDirOf(op), lists: [hosted.list] },
        faults: { probe: { agency: 'healthy', op } },
      });
      const report = reportOf(ended);
      const { healthy, ...others } = findingsOf(report);
      const { healthy: _, ...sound } = findingsOf(hosted.report);
      expect(others).toEqual(sound);
      expect(healthy?.some((finding) => finding.endsWith(' probe-error'))).toBe(true);
      expect(falseFails(hosted, report)).toEqual([]);
      expect(ended.code).toBe(3);
    },
    180_000,
  );

  it.each(['exception', 'rejection'] as const)(
    'P11 %s that nobody catches: a message, 3, and the run can be resumed',
    async (kind) => {
      const runDir = runDirOf(kind);
      const ended = await audit(hosted, {
        options: { runDir, lists: [hosted.list] },
        settings: { agenciesInFlight: 1 },
        faults: { crash: { afterMs: 2_500, kind } },
      });
      expect(ended.code).toBe(3);
      expect(ended.err).toContain(`injected ${kind}`);
      expect(ended.err).toContain('Continue with: ipv6gov audit --resume');
      if (kind === 'rejection') return;
      const resumed = await audit(hosted, { options: { runDir, lists: [], resume: 'latest' } });
      expect(findingsOf(reportOf(resumed))).toEqual(findingsOf(hosted.report));
    },
    180_000,
  );
});

it('P6 demo | head -1', async () => {
  const running = await startCommand(['demo', '--lang', 'en', '--run-dir', runDirOf('demo')]);
  running.child.stdout?.destroy();
  const ended: Ended = await running.ended;
  expect(ended.code).toBe(0);
  expect(ended.err).not.toMatch(/EPIPE| {4}at /);
}, 180_000);
