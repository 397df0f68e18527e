import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, LockedError } from '../../src/runner/lock.ts';
import { processStart } from '../../src/runner/process-start.ts';
import { createRunFolder, type RunFolder } from '../../src/runner/run-folder.ts';

let dir: string;
let folder: RunFolder;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lock-'));
  folder = await createRunFolder({ dir, id: 'run' });
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const holder = (changes: Record<string, unknown>): string =>
  JSON.stringify({ pid: process.pid, startedAt: hoursAgo(1), host: hostname(), processStart: null, ...changes });

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('lock', () => {
  it('P4 a second taker is told who holds it; after release it is free', async () => {
    const lock = await acquireLock(folder);
    expect(lock.tookOverStale).toBeNull();
    const error = await acquireLock(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LockedError);
    expect(error).toMatchObject({ pid: process.pid, host: hostname() });
    expect(String(error)).toContain(`process ${process.pid} on ${hostname()}`);
    await lock.release();
    await lock.release();
    expect(await readdir(folder.path)).toEqual([]);
    await (await acquireLock(folder)).release();
  });

  it('holds pid, time, host and start of the process', async () => {
    const lock = await acquireLock(folder);
    expect(JSON.parse(await readFile(folder.lock, 'utf8'))).toMatchObject({
      pid: process.pid,
      host: hostname(),
      processStart: await processStart(process.pid),
    });
    await lock.release();
  });

  it('P4 a lock of a dead process is taken over with a message', async () => {
    const pid = await deadPid();
    await writeFile(folder.lock, holder({ pid }));
    const lock = await acquireLock(folder);
    expect(lock.tookOverStale).toContain(`process ${pid} on this host is gone`);
    await lock.release();
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('P4 a reused pid does not hold the lock', async () => {
    if ((await processStart(process.pid)) === null) return;
    await writeFile(folder.lock, holder({ processStart: 'another boot 1' }));
    expect((await acquireLock(folder)).tookOverStale).toContain('is another one now');
  });

  it.each<[number, boolean]>([
    [23.9, false],
    [24.1, true],
  ])('P4 a lock of another host, %d hours old', async (hours, taken) => {
    await writeFile(folder.lock, holder({ host: 'elsewhere', startedAt: hoursAgo(hours) }));
    const result = await acquireLock(folder).then(
      ({ tookOverStale }) => tookOverStale,
      (reason: unknown) => reason,
    );
    if (taken) expect(result).toContain('elsewhere');
    else expect(result).toMatchObject({ name: 'LockedError', host: 'elsewhere' });
  });

  it.each(['', '{', '{"pid":0}', 'null'])('an unreadable lock is taken over: %j', async (text) => {
    await writeFile(folder.lock, text);
    expect((await acquireLock(folder)).tookOverStale).toContain('cannot be read');
  });

  it('P4 of many takers of one stale lock exactly one gets it', async () => {
    await writeFile(folder.lock, holder({ pid: await deadPid() }));
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => acquireLock(folder)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder.path)).toEqual(['lock']);
  });

  it('a release leaves a lock of somebody else alone', async () => {
    const lock = await acquireLock(folder);
    await writeFile(folder.lock, holder({ host: 'elsewhere' }));
    await lock.release();
    expect(await readdir(folder.path)).toEqual(['lock']);
  });
});
