import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadChecks } from '../../src/checks/index.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import { openJournal } from '../../src/runner/evidence-journal.ts';
import { type Judging, openRun } from '../../src/runner/open-run.ts';
import { processStart } from '../../src/runner/process-start.ts';
import type { RunFolder } from '../../src/runner/run-folder.ts';
import { ipv6ForGov1 } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';
import { nightReport, writeNight } from '../support/nights.ts';

const judging = async (): Promise<Judging> => ({ checks: await loadChecks(), rubric: ipv6ForGov1 });
const mustNotJudge = (): Promise<Judging> => Promise.reject(new Error('judged'));
const night = { day: 1, agencies: [{ id: 'a', web: 'pass' as const }] };

let dir: string;
let folder: RunFolder;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'open-'));
  folder = await writeNight(dir, night, ['report']);
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

const open = (name = folder.id, judge = mustNotJudge) => openRun({ name, runDir: dir }, judge);

function record(id: string): EvidenceRecord {
  const agency = {
    id,
    name: { vi: id, en: id },
    category: 'ministry' as const,
    domain: `${id}.gov.vn`,
    servicesDomain: null,
    servicesStatus: 'active' as const,
    mailDomain: null,
    hosts: [],
    input: { file: '', line: 1 },
    extra: {},
  };
  return { schema: 'ipv6gov.evidence/1', agency, part: 'main', observations: [], crashes: [], budgetExhausted: false };
}

describe('P13 opening a run', () => {
  it('by id, by folder and by report file', async () => {
    for (const name of [folder.id, folder.path, folder.report]) expect((await open(name)).report).toEqual(nightReport(night));
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['missing', () => rm(folder.path, { recursive: true }), 'missing'],
    ['no manifest', () => rm(folder.manifest), 'not-a-run'],
    ['manifest of a later schema', () => writeFile(folder.manifest, '{"schema":"ipv6gov.run/2"}'), 'newer-schema'],
    ['report of a later schema', () => writeFile(folder.report, '{"schema":"ipv6gov.report/12"}'), 'newer-schema'],
    ['another schema', () => writeFile(folder.report, '{"schema":"ipv6gov.reporting/2"}'), 'damaged'],
    ['no schema', () => writeFile(folder.report, '[]'), 'damaged'],
    ['cut report', () => writeFile(folder.report, '{"schema":"ipv6gov.report/1","too'), 'damaged'],
    ['report that does not fit', () => writeFile(folder.report, '{"schema":"ipv6gov.report/1"}'), 'damaged'],
    ['folder as report', () => rm(folder.report).then(() => mkdir(folder.report)), 'damaged'],
  ])('%s', async (_, harm, problem) => {
    await harm();
    await expect(open()).rejects.toMatchObject({ name: 'RunUseError', problem });
  });

  it('P4 locked by a living process, not by one that is gone', async () => {
    const lock = { pid: process.pid, startedAt: new Date().toISOString(), host: hostname(), processStart: await processStart(process.pid) };
    await writeFile(folder.lock, JSON.stringify(lock));
    await expect(open()).rejects.toMatchObject({ problem: 'locked', detail: `${process.pid} ${hostname()}` });
    await writeFile(folder.lock, JSON.stringify({ ...lock, processStart: 'another boot' }));
    await expect(open()).resolves.toBeDefined();
    expect(await readFile(folder.lock, 'utf8')).toContain('another boot');
  });
});

describe('P2 a run without a report', () => {
  beforeEach(async () => {
    await rm(folder.report);
    const journal = await openJournal(folder.journal);
    for (const id of ['a', 'b']) await journal.append(record(id));
    await journal.close();
  });

  it('is judged from its evidence', async () => {
    const { report, notices } = await open(folder.id, judging);
    expect([report.agencies.map(({ id }) => id), notices]).toEqual([['a', 'b'], ['judged-from-evidence']]);
  });

  it('a torn last record is left out and told, the rest is used, and the file stays as it is', async () => {
    const before = await readFile(folder.journal);
    await writeFile(folder.journal, before.subarray(0, -10));
    const { report, notices } = await open(folder.id, judging);
    expect([report.agencies.map(({ id }) => id), notices]).toEqual([['a'], ['judged-from-evidence', 'torn-record-dropped']]);
    expect(report.run.complete).toBe(false);
    expect(await readFile(folder.journal)).toEqual(before.subarray(0, -10));
  });

  it('damage in the middle is no torn end', async () => {
    const bytes = await readFile(folder.journal);
    bytes.fill(0, 30, 40);
    await writeFile(folder.journal, bytes);
    await expect(open(folder.id, judging)).rejects.toMatchObject({ problem: 'damaged' });
  });

  it('nothing whole in it, or no journal at all', async () => {
    await writeFile(folder.journal, '');
    await appendFile(folder.journal, Buffer.from([0x1f, 0x8b, 8]));
    await expect(open(folder.id, judging)).rejects.toMatchObject({ problem: 'no-result' });
    await rm(folder.journal);
    await expect(open(folder.id, judging)).rejects.toMatchObject({ problem: 'no-result' });
  });
});
