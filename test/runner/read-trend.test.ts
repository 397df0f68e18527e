import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { trendSchema } from '../../src/model/trend.ts';
import { readTrend } from '../../src/runner/read-trend.ts';
import { summarizeRun } from '../../src/runner/run-summary.ts';
import { nightId, nightReport, sevenNights, writeNight } from '../support/nights.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trend-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

const writeSeven = async (): Promise<void> => {
  // From the summary, from the report alone, or both: the trend is the same.
  for (const [index, night] of sevenNights().entries())
    await writeNight(dir, night, index % 3 === 0 ? ['summary'] : index % 3 === 1 ? ['report'] : ['report', 'summary']);
};

describe('V7 trend over seven nights', () => {
  it('a night without a sound vantage is a gap, the others are points', async () => {
    await writeSeven();
    const trend = await readTrend([dir], dir);
    expect(trendSchema.parse(trend)).toEqual(trend);
    expect(trend.points.map(({ gap, denominators }) => gap ?? denominators.present51.conforming)).toEqual([6, 5, 7, 'no-ipv6', 6, 6, 5]);
    expect(trend.points.flatMap(({ breaks }) => breaks)).toEqual([]);
    expect(trend.leftOut).toEqual([]);
  });

  it.each<[string, object]>([
    ['mic', { verdict: 'pass', previous: null, confirmed: 6, flips: 0, flapping: false }],
    ['bca', { verdict: 'pass', previous: 'fail', since: '2026-11-03T02:00:00.000Z', confirmed: 4, flips: 1, flapping: false }],
    ['bgd', { verdict: 'pass', previous: null, flips: 0, flapping: false }],
    ['bxd', { verdict: 'fail', previous: 'pass', flips: 5, flapping: true }],
    ['byt', { verdict: 'fail', previous: 'pass', since: '2026-11-06T02:00:00.000Z', confirmed: 2, flips: 1, flapping: false }],
    ['moi', { domain: 'cu.gov.vn', formerly: ['cu'], verdict: 'pass', flips: 0, firstSeen: '2026-11-01T02:00:00.000Z' }],
    ['sau', { firstSeen: '2026-11-06T02:00:00.000Z', confirmed: 2 }],
    ['truoc', { lastSeen: '2026-11-05T02:00:00.000Z' }],
  ])('%s', async (id, expected) => {
    await writeSeven();
    const { agencies } = await readTrend([dir], dir);
    expect(agencies.find((agency) => agency.id === id)).toMatchObject(expected);
    expect(agencies).toHaveLength(8);
  });

  it('orders by the start, whatever the folders are called and in which order they come', async () => {
    await writeSeven();
    const expected = await readTrend([dir], dir);
    await rename(join(dir, nightId(1)), join(dir, 'z-first'));
    await rename(join(dir, nightId(7)), join(dir, '0-last'));
    const ids = ['z-first', '0-last', ...[6, 2, 3, 5, 4].map(nightId)];
    expect(await readTrend([dir], dir)).toEqual(expected);
    expect(await readTrend(ids, dir)).toEqual(expected);
  });
});

describe('what breaks a series', () => {
  it('V10 other criteria or vantage: told, and a verdict that differs begins anew without a flip', async () => {
    const night = (day: number, web: 'pass' | 'fail', more: object) => writeNight(dir, { day, agencies: [{ id: 'a', web }], ...more });
    await night(1, 'pass', {});
    await night(2, 'pass', { ipv6: 'inconclusive', vantage: 'hue' });
    await night(3, 'fail', { criteria: '2' });
    await night(4, 'fail', { criteria: '2', vantage: 'hue' });
    const { points, agencies } = await readTrend([dir], dir);
    expect(points.map(({ gap, breaks }) => gap ?? breaks)).toEqual([[], 'ipv6-unproven', ['criteria'], ['vantage']]);
    expect(agencies).toMatchObject([{ verdict: 'fail', flips: 0, confirmed: 2 }]);
  });

  it('an interrupted night is a gap, also when it left a report', async () => {
    await writeNight(dir, { day: 1, agencies: [{ id: 'a', web: 'pass' }] });
    await writeNight(dir, { day: 2, agencies: [{ id: 'a', web: 'pass' }] }, []);
    await writeNight(dir, { day: 3, agencies: [], complete: false });
    expect((await readTrend([dir], dir)).points.map(({ gap }) => gap)).toEqual([null, 'incomplete', 'incomplete']);
  });
});

describe('folders that cannot be used', () => {
  it('P13 one in a folder of runs is left out and told, one named by itself ends it', async () => {
    await writeNight(dir, { day: 1, agencies: [{ id: 'a', web: 'pass' }] });
    const newer = await writeNight(dir, { day: 2, agencies: [] }, []);
    await writeFile(
      join(newer.path, 'summary.json'),
      JSON.stringify({ ...summarizeRun(nightReport({ day: 2, agencies: [] })), schema: 'ipv6gov.run-summary/2' }),
    );
    const torn = await writeNight(dir, { day: 3, agencies: [] }, []);
    await writeFile(torn.report, '{"schema":"ipv6gov.rep');
    const { points, leftOut } = await readTrend([dir], dir);
    expect(points).toHaveLength(1);
    expect(leftOut.map(({ problem }) => problem)).toEqual(['newer-schema', 'damaged']);
    await expect(readTrend([nightId(2)], dir)).rejects.toMatchObject({ problem: 'newer-schema' });
    await expect(readTrend([join(dir, 'nowhere')], dir)).rejects.toMatchObject({ problem: 'missing' });
  });

  it('the same run twice counts once; a folder that is no run is told', async () => {
    await writeNight(dir, { day: 1, agencies: [{ id: 'a', web: 'pass' }] });
    await writeNight(join(dir, 'copies'), { day: 1, agencies: [{ id: 'a', web: 'pass' }] });
    await mkdir(join(dir, 'other'));
    const { points, leftOut } = await readTrend([dir, join(dir, 'copies')], dir);
    expect(points).toHaveLength(1);
    expect(leftOut.map(({ problem }) => problem).sort()).toEqual(['not-a-run', 'not-a-run', 'twice']);
  });
});

it('reads 200 nights of 1,000 agencies from their summaries, never a whole report', async () => {
  const agencies = Array.from({ length: 1_000 }, (_, index) => [`a${index}`, `a${index}.gov.vn`, 'pass', 3]);
  for (let day = 0; day < 200; day += 1) {
    const startedAt = new Date(Date.UTC(2027, 0, 1 + day)).toISOString();
    const id = `${startedAt.slice(0, 10).replaceAll('-', '')}-000000-000000`;
    const { agencies: _, ...summary } = summarizeRun(nightReport({ day: 1, agencies: [{ id: 'a', web: 'pass' }] }));
    await mkdir(join(dir, id));
    await writeFile(join(dir, id, 'report.json'), 'not to be read');
    await writeFile(join(dir, id, 'summary.json'), JSON.stringify({ ...summary, run: { ...summary.run, id, startedAt }, agencies }));
  }
  const start = performance.now();
  const trend = await readTrend([dir], dir);
  // Measured 0.3 s; ten years of nights are 18 times that.
  expect(performance.now() - start).toBeLessThan(5_000);
  expect([trend.points.length, trend.agencies.length]).toEqual([200, 1_000]);
});
