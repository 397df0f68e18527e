import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listRuns } from '../../src/runner/list-runs.ts';
import { processStart } from '../../src/runner/process-start.ts';
import { pruneRuns } from '../../src/runner/prune.ts';
import { nightId, writeNight } from '../support/nights.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'prune-'));
  for (const day of [1, 2, 3, 4, 5]) {
    const parts: ('report' | 'summary')[] = day === 2 ? [] : ['summary'];
    const folder = await writeNight(
      dir,
      {
        day,
        agencies: [
          { id: 'a', web: 'pass' },
          { id: 'b', web: 'fail' },
        ],
      },
      parts,
    );
    if (day !== 3) continue;
    const lock = { pid: process.pid, startedAt: new Date().toISOString(), host: hostname(), processStart: await processStart(process.pid) };
    await writeFile(folder.lock, JSON.stringify(lock));
  }
  await mkdir(join(dir, 'notes'));
  await writeFile(join(dir, 'notes', 'keep.txt'), 'mine');
  const newer = await writeNight(dir, { day: 6, agencies: [] }, []);
  await writeFile(newer.manifest, '{"schema":"ipv6gov.run/2"}');
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

const left = async (): Promise<number[]> =>
  (await readdir(dir))
    .filter((name) => name.startsWith('2026'))
    .map((name) => Number(name.slice(6, 8)))
    .sort((a, b) => a - b);

it('lists runs youngest first, with what they are', async () => {
  expect((await listRuns(dir)).map(({ id, state, conforming, counted, problem }) => [id, state, conforming, counted, problem])).toEqual([
    [nightId(5), 'complete', 1, 2, null],
    [nightId(4), 'complete', 1, 2, null],
    [nightId(3), 'locked', null, null, null],
    [nightId(2), 'incomplete', null, null, null],
    [nightId(1), 'complete', 1, 2, null],
    [nightId(6), 'unusable', null, null, 'newer-schema'],
  ]);
  await expect(listRuns(join(dir, 'nowhere'))).rejects.toMatchObject({ problem: 'missing' });
});

describe('prune', () => {
  it.each<[number, boolean, number[], number[]]>([
    [3, false, [1, 2, 3, 4, 5, 6], []],
    [2, false, [2, 3, 4, 5, 6], [3, 2]],
    [1, false, [2, 3, 5, 6], [3, 2]],
    [2, true, [4, 5, 6], []],
    [9, true, [1, 2, 3, 4, 5, 6], []],
  ])('--keep %i, force %j', async (keep, force, expected, spared) => {
    const pruned = await pruneRuns({ dir, keep, force });
    expect(await left()).toEqual(expected);
    expect(pruned.spared.map(({ id }) => id)).toEqual(spared.map(nightId));
    expect(pruned.deleted.length + expected.length).toBe(6);
    expect(await readdir(join(dir, 'notes'))).toEqual(['keep.txt']);
  });

  it('follows no links, and finishes a deletion that was interrupted', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'));
    const target = await writeNight(elsewhere, { day: 1, agencies: [] });
    await symlink(target.path, join(dir, 'linked'));
    await mkdir(join(dir, '.deleting-x'));
    await pruneRuns({ dir, keep: 1, force: true });
    expect((await readdir(dir)).filter((name) => !name.startsWith('2026')).sort()).toEqual(['linked', 'notes']);
    expect((await readdir(target.path)).length).toBeGreaterThan(0);
    await rm(elsewhere, { recursive: true });
  });
});
