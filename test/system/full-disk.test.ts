import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findingsOf, type HostedWorld, hostWorld, onlyRun, recordsOf } from '../support/recorded-world.ts';
import { audit, reportOf } from '../support/run-process.ts';

/** Too little for the journal of these agencies. */
const smallKib = 128;

let hosted: HostedWorld;
beforeAll(async () => {
  hosted = await hostWorld(['healthy', 'healthy-services', 'ipv4-only', 'null-mx', 'mail-ipv4-only', 'literals-script']);
}, 120_000);
afterAll(() => hosted?.stop());

it('P5 the disk is full in mid-run: a message, 3, the run stays valid and goes on where there is room again', async () => {
  const runDir = join(hosted.dir, 'small');
  await mkdir(runDir);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${smallKib}k`, 'tmpfs', runDir]);
  try {
    const ended = await audit(hosted, { options: { runDir, lists: [hosted.list] }, settings: { agenciesInFlight: 1 } });
    expect(ended.code).toBe(3);
    expect(ended.err).toContain('[cannot-write]');
    expect(ended.err).not.toContain('    at ');
    const before = await recordsOf(await onlyRun(runDir));
    expect(before.length).toBeGreaterThan(0);
    execFileSync('mount', ['-o', 'remount,size=64m', runDir]);
    const resumed = await audit(hosted, { options: { runDir, lists: [], resume: 'latest' } });
    expect(findingsOf(reportOf(resumed))).toEqual(findingsOf(hosted.report));
  } finally {
    execFileSync('umount', [runDir]);
  }
}, 120_000);
