import { existsSync } from 'node:fs';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { acquireLock } from '../../src/runner/lock.ts';
import { runFolder } from '../../src/runner/run-folder.ts';
import { findingsOf, type HostedWorld, hostWorld, mainRecords, ndjson, onceEach } from '../support/recorded-world.ts';
import { audit, type Ended, lockIn, type Running, reportOf, startAudit, startCommand } from '../support/run-process.ts';

const scenarios = [
  'healthy',
  'healthy-services',
  'ipv4-only',
  'web-refused-ipv6',
  'web-timeout-ipv6',
  'tls-expired-ipv6',
  'null-mx',
  'mail-ipv4-only',
];
/** 3 in every test run; `SOAK_KILLS=50` for the soak. */
const kills = Number(process.env.SOAK_KILLS ?? 3);
/** At the end of each the run is finished and compared, which takes longer than a kill. */
const killsPerRun = kills > 3 ? 10 : 3;
const timeoutMs = 120_000 + kills * 60_000;
/** Two at a time, so that a run lasts long enough to be hit in every phase. */
const slow = { agenciesInFlight: 2 };

/** From the last thing that a process does until we know of its end, on a busy machine. */
const exitMs = 3_000;

let hosted: HostedWorld;
beforeAll(async () => {
  hosted = await hostWorld(scenarios);
}, 120_000);
afterAll(() => hosted?.stop());

const runDirOf = (name: string): string => join(hosted.dir, name);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function endAfter(running: Running, signals: readonly NodeJS.Signals[]): Promise<Ended & { tookMs: number }> {
  const start = performance.now();
  for (const signal of signals) running.child.kill(signal);
  const ended = await running.ended;
  return { ...ended, tookMs: performance.now() - start };
}

describe('signals', () => {
  it.each<[string, NodeJS.Signals[], number, number]>([
    ['SIGINT once', ['SIGINT'], 130, 5_000 + exitMs],
    ['SIGTERM once', ['SIGTERM'], 143, 5_000 + exitMs],
    ['SIGINT twice', ['SIGINT', 'SIGINT'], 130, exitMs],
  ])(
    'P1 demo, %s',
    async (_title, signals, code, withinMs) => {
      const runDir = runDirOf(`demo-${signals.join('-')}`);
      const running = await startCommand(['demo', '--lang', 'en', '--run-dir', runDir]);
      await lockIn(runDir);
      await pause(500);
      const ended = await endAfter(running, signals);
      expect([ended.code, ended.signal]).toEqual([code, null]);
      expect(ended.tookMs).toBeLessThan(withinMs);
      expect(ended.err).toContain('Interrupted');
      expect(ended.err).not.toContain('    at ');
    },
    180_000,
  );

  it('P1 P10 SIGINT at half of the list: ends in 5 s, says how to resume, and the resumed run is as any other', async () => {
    const runDir = runDirOf('half');
    const running = await startAudit(hosted, { options: { runDir, lists: [hosted.list] }, settings: slow });
    const id = await lockIn(runDir);
    await running.said('measured 4 of 8');
    const ended = await endAfter(running, ['SIGINT']);
    expect(ended.code).toBe(130);
    expect(ended.tookMs).toBeLessThan(5_000 + exitMs);
    expect(ended.err).toContain(`Continue with: ipv6gov audit --resume ${id} --run-dir ${runDir}`);
    const resumed = await audit(hosted, { options: { runDir, lists: [], resume: id } });
    expect(resumed.err).toMatch(/Continuing: [4-8] agencies are measured already/);
    expect(findingsOf(reportOf(resumed))).toEqual(findingsOf(hosted.report));
    expect(await mainRecords(join(runDir, id))).toEqual(onceEach(scenarios));
  }, 180_000);
});

it(
  `P2 P4 ${kills} kills at random moments: the union is the full run, each agency once; the lock of the dead is taken over`,
  async () => {
    const tally = { runs: 0, kills: 0, staleLocks: 0 };
    for (; tally.kills < kills; tally.runs += 1) {
      const runDir = runDirOf(`killed-${tally.runs}`);
      let id: string | null = null;
      let isStale = false;
      for (let inRun = 0; inRun < killsPerRun && tally.kills < kills; inRun += 1) {
        const options = id === null ? { runDir, lists: [hosted.list] } : { runDir, lists: [], resume: id };
        const running = await startAudit(hosted, { options, settings: slow });
        id ??= await lockIn(runDir);
        // From the start of its process on for those that go on with a run: also while they load, repair and read.
        await pause(Math.random() * 3_000);
        running.child.kill('SIGKILL');
        const { signal } = await running.ended;
        // In its last moments it may have given the lock back.
        isStale = existsSync(join(runDir, id, 'lock'));
        // It was quicker than we.
        if (signal !== 'SIGKILL') break;
        tally.kills += 1;
      }
      if (isStale) tally.staleLocks += 1;
      const resumed = await audit(hosted, { options: { runDir, lists: [], resume: id ?? 'latest' } });
      expect(resumed.err.includes('The lock of a process that is gone was taken over.')).toBe(isStale);
      const report = reportOf(resumed);
      expect(report.run.complete).toBe(true);
      expect(findingsOf(report)).toEqual(findingsOf(hosted.report));
      expect(await mainRecords(join(runDir, id ?? ''))).toEqual(onceEach(scenarios));
      process.stdout.write(`kills survived: ${tally.kills}, in ${tally.runs + 1} runs, ${tally.staleLocks} stale locks taken over\n`);
    }
    expect(tally.staleLocks).toBeGreaterThan(0);
  },
  timeoutMs,
);

it('P3 P4 a changed list at a resume: what is new is measured, what is gone stays and is told; a folder in use is refused and left as it is', async () => {
  const runDir = runDirOf('changed');
  const [first, second, third, ...others] = hosted.agencies;
  if (first === undefined || second === undefined || third === undefined) throw new Error('a small world');
  const [before, after] = [join(hosted.dir, 'before.ndjson'), join(hosted.dir, 'after.ndjson')];
  await writeFile(before, ndjson([first, second, third]));
  await writeFile(after, ndjson([{ ...second, hosts: [...second.hosts, `www.${second.domain}`] }, third, ...others]));
  const running = await startAudit(hosted, { options: { runDir, lists: [before] }, settings: { agenciesInFlight: 1 } });
  await running.said('measured 1 of 3');
  const id = await lockIn(runDir);
  await endAfter(running, ['SIGINT']);
  const lock = await acquireLock(runFolder({ dir: runDir, id }));
  const temporary = await mkdtemp(join(hosted.dir, 'tmp-'));
  vi.stubEnv('TMPDIR', temporary);
  const other = await audit(hosted, { options: { runDir, lists: [after], resume: id } });
  vi.unstubAllEnvs();
  expect(other.code).toBe(2);
  expect(other.err).toContain('[locked]');
  expect(await readdir(temporary)).toEqual([]);
  await lock.release();
  const resumed = await audit(hosted, { options: { runDir, lists: [after], resume: id } });
  expect(resumed.err).toContain('5 new (they are measured too), 1 no longer in it (they stay in the run), 1 with other names');
  const report = reportOf(resumed);
  expect([report.agencies.length, report.run.complete]).toEqual([8, true]);
  expect(findingsOf(report)).toEqual(findingsOf(hosted.report));
  expect(await mainRecords(join(runDir, id))).toEqual(onceEach(scenarios));
}, 180_000);
