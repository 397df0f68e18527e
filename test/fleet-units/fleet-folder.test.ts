import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPart, partsOfRun, readFleet, writeFleet } from '../../src/runner/fleet-folder.ts';
import { createRunFolder } from '../../src/runner/run-folder.ts';
import { fleetManifest } from '../support/fleet-world.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ipv6gov-fleet-folder-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('keeps what was submitted, vantage by vantage', async () => {
  const folder = await createRunFolder({ dir, id: 'run' });
  expect(await readFleet(folder)).toBeNull();
  await writeFleet(folder, { vantages: ['hn', 'a.b'], submitted: { 'a.b': 50 } });
  expect(await readFleet(folder)).toEqual({ schema: 'ipv6gov.fleet/1', vantages: ['hn', 'a.b'], submitted: { 'a.b': 50 } });
});

it('F3 a part that was begun when the collector was killed, and has no manifest yet, is none', async () => {
  const folder = await createRunFolder({ dir, id: 'run' });
  await writeFleet(folder, { vantages: ['hn', 'hcm'], submitted: {} });
  const manifest = fleetManifest('run');
  await openPart(folder, { manifest: { ...manifest, vantage: 'hcm' }, place: 1, worker: '00000001' });
  await openPart(folder, { manifest: { ...manifest, vantage: 'hn' }, place: 0, worker: '00000003' });
  await openPart(folder, { manifest: { ...manifest, vantage: 'hn' }, place: 0, worker: '00000002' });
  await mkdir(join(folder.path, 'from', 'p1-00000009'));
  expect((await partsOfRun(folder)).map(({ vantage, place }) => [vantage, place])).toEqual([
    ['hn.00000002', 'hn'],
    ['hn.00000003', 'hn'],
    ['hcm', 'hcm'],
  ]);
});
