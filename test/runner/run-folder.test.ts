import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunManifest } from '../../src/model/run.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { readManifest } from '../../src/runner/open-run.ts';
import {
  createRunFolder,
  findLatestRun,
  newRunId,
  RunFolderError,
  runFolder,
  writeManifest,
  writeReport,
} from '../../src/runner/run-folder.ts';

const manifest: RunManifest = {
  schema: 'ipv6gov.run/1',
  id: '20261124-031500-a1b2c3',
  tool: { name: 'ipv6gov', version: '0.1.0' },
  startedAt: '2026-11-24T03:15:00.000Z',
  vantage: 'here',
  criteria: { name: 'ipv6-for-gov', version: '1' },
  resolution: { mode: 'resolver', resolvers: ['2001:db8::53'] },
  settings: defaultSettings,
  controls: { web: [], smtp: [] },
  addressPolicy: 'public',
  servicesOverride: 'active',
  input: { fingerprint: '', agencies: 1, duplicates: 0 },
  inputFile: 'input.csv',
};

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'runs-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

describe('run ids', () => {
  it.each<[number, string]>([
    [0, '20261124-031500-000000'],
    [0xa1b2c3 / 0x1000000, '20261124-031500-a1b2c3'],
    [0.9999999999, '20261124-031500-ffffff'],
  ])('random %d', (random, id) => {
    expect(newRunId(new Date('2026-11-24T03:15:00.999Z'), () => random)).toBe(id);
    expect(() => runFolder({ dir, id })).not.toThrow();
  });

  it.each(['', '..', '../x', 'a/b', 'a\\b', '.hidden', 'A', 'a.b', '-a', 'a\u0000', 'a'.repeat(300), '..%2f'])(
    'S6 %j is no run id',
    (id) => {
      expect(() => runFolder({ dir, id })).toThrow(RunFolderError);
    },
  );
});

describe('run folder', () => {
  it('is made once', async () => {
    const folder = await createRunFolder({ dir: join(dir, 'deep', 'runs'), id: manifest.id });
    expect(folder.journal).toBe(join(dir, 'deep', 'runs', manifest.id, 'evidence.ndjson.gz'));
    await expect(createRunFolder({ dir: join(dir, 'deep', 'runs'), id: manifest.id })).rejects.toThrow('exists already');
  });

  it('gives the manifest back', async () => {
    const folder = await createRunFolder({ dir, id: manifest.id });
    await writeManifest(folder, manifest);
    expect(await readManifest(folder)).toEqual(manifest);
  });

  it.each<[string, string, string]>([
    ['older schema', JSON.stringify({ ...manifest, schema: 'ipv6gov.run/0' }), '"ipv6gov.run/0"'],
    ['no schema', '[]', 'null'],
    ['unknown key', JSON.stringify({ ...manifest, more: 1 }), 'JSON'],
    ['no JSON', '{', 'JSON'],
  ])('P13 %s is refused by name', async (_title, text, words) => {
    const folder = await createRunFolder({ dir, id: manifest.id });
    await writeFile(folder.manifest, text);
    await expect(readManifest(folder)).rejects.toMatchObject({ problem: 'damaged', detail: expect.stringContaining(words) });
  });

  it('says that a folder is no run folder', async () => {
    await expect(readManifest(runFolder({ dir, id: 'nothing' }))).rejects.toMatchObject({ problem: 'not-a-run' });
  });

  it('P5 a report replaces the older one whole and leaves no temporary file', async () => {
    const folder = await createRunFolder({ dir, id: manifest.id });
    await writeReport(folder, '{"old":true}');
    await writeReport(folder, '{}');
    expect(await readFile(folder.report, 'utf8')).toBe('{}');
    await mkdir(`${folder.report}.d`);
    await expect(writeReport({ ...folder, report: `${folder.report}.d` }, '{}')).rejects.toThrow();
    expect((await readdir(folder.path)).sort()).toEqual(['report.json', 'report.json.d']);
  });

  it('P5 a report that breaks off leaves the older one as it is', async () => {
    const folder = await createRunFolder({ dir, id: manifest.id });
    await writeReport(folder, '{"old":true}');
    const seen: string[] = [];
    async function* breakingOff(): AsyncGenerator<string> {
      yield '{"new":';
      seen.push(await readFile(folder.report, 'utf8'));
      throw new Error('no room');
    }
    await expect(writeReport(folder, breakingOff())).rejects.toThrow('no room');
    expect([...seen, await readFile(folder.report, 'utf8')]).toEqual(['{"old":true}', '{"old":true}']);
    expect(await readdir(folder.path)).toEqual(['report.json']);
  });
});

describe('latest run', () => {
  it('is the youngest with a manifest', async () => {
    expect(await findLatestRun(join(dir, 'none'))).toBeNull();
    expect(await findLatestRun(dir)).toBeNull();
    for (const id of ['20261124-031500-ffffff', '20261125-000000-000000'])
      await writeManifest(await createRunFolder({ dir, id }), manifest);
    await createRunFolder({ dir, id: '20261126-000000-000000' });
    await mkdir(join(dir, 'zzz'));
    expect((await findLatestRun(dir))?.id).toBe('20261125-000000-000000');
  });
});
