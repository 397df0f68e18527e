import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../src/model/failure.ts';
import { falseFails, findingsOf, type HostedWorld, hostWorld, onlyRun, otherFindings, recordsOf } from '../support/recorded-world.ts';
import { audit, reportOf, startAudit } from '../support/run-process.ts';

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

let hosted: HostedWorld;
beforeAll(async () => {
  hosted = await hostWorld(scenarios);
}, 120_000);
afterAll(() => hosted?.stop());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const runDirOf = (name: string): string => join(hosted.dir, name);

describe('our own surroundings', () => {
  it('V9 the event loop stands still for 2 s: the same verdicts', async () => {
    const runDir = runDirOf('blocked');
    const ended = await audit(hosted, { options: { runDir, lists: [hosted.list] }, faults: { block: { afterMs: 2_000, forMs: 2_000 } } });
    expect(findingsOf(reportOf(ended))).toEqual(findingsOf(hosted.report));
  }, 180_000);

  it('V5 a wrong clock is measured and changes nothing', async () => {
    const offsetMs = 2 * 3_600_000;
    const ended = await audit(hosted, {
      options: { runDir: runDirOf('clock'), lists: [hosted.list] },
      faults: { clock: { offsetMs, fromMs: 0 } },
    });
    const report = reportOf(ended);
    expect(findingsOf(report)).toEqual(findingsOf(hosted.report));
    expect(Math.abs((report.vantages[0]?.clockOffsetMs ?? 0) + offsetMs)).toBeLessThan(30_000);
  }, 180_000);

  it.each([-3_600_000, 3_600_000])(
    'V5 the clock is set by %d ms in mid-run: durations are true, and what is found is the same or left open for a reason of ours',
    async (offsetMs) => {
      const runDir = runDirOf(`set-${offsetMs}`);
      const ended = await audit(hosted, {
        options: { runDir, lists: [hosted.list] },
        settings: { agenciesInFlight: 2 },
        faults: { clock: { offsetMs, fromMs: 2_500 } },
      });
      expect(otherFindings(hosted, reportOf(ended))).toEqual([]);
      for (const { observations } of await recordsOf(await onlyRun(runDir))) {
        for (const { elapsedMs, tries } of observations) {
          for (const duration of [elapsedMs, ...tries.map((one) => one.elapsedMs)]) {
            expect(duration).toBeGreaterThanOrEqual(0);
            expect(duration).toBeLessThan(60_000);
          }
        }
      }
    },
    180_000,
  );

  it.each<[string, Failure, number]>([
    ['our route is gone', { code: 'no-route', step: 'connect', synchronous: true, detail: 'ENETUNREACH' }, 2],
    ['our provider says unreachable', { code: 'network-unreachable', step: 'connect', synchronous: false, detail: 'ENETUNREACH' }, 2],
    ['packets vanish', { code: 'timeout', step: 'connect', synchronous: false, detail: 'no connection' }, 0],
  ])(
    'V2 IPv6 is lost in mid-run, %s: what lies in the gap is asked again',
    async (_title, failure, least) => {
      const file = join(hosted.dir, `down-${failure.code}`);
      const runDir = runDirOf(`outage-${failure.code}`);
      // Proofs must be nearer than the gap is long, or nothing lies in a gap.
      const settings = { agenciesInFlight: 1, proofWindowMs: 500 };
      const running = await startAudit(hosted, {
        options: { runDir, lists: [hosted.list] },
        settings,
        faults: { outage: { file, failure } },
      });
      await running.said('measured 2 of 8');
      await writeFile(file, '');
      // Silence is slow: how many agencies meet it depends on the machine.
      await Promise.race([running.said('measured 5 of 8'), pause(4_000)]);
      await rm(file);
      const ended = await running.ended;
      const report = reportOf(ended);
      expect(falseFails(hosted, report)).toEqual([]);
      const again = (await recordsOf(await onlyRun(runDir))).filter(({ part }) => part === 'remeasure').map(({ agency }) => agency?.id);
      expect(again.length).toBeGreaterThanOrEqual(least);
      const [sound, found] = [findingsOf(hosted.report), findingsOf(report)];
      for (const id of again) expect(found[id ?? '']).toEqual(sound[id ?? '']);
    },
    120_000,
  );
});
