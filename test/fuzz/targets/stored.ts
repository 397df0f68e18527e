import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadChecks } from '../../../src/checks/index.ts';
import { type EvidenceRecord, evidenceRecordSchema } from '../../../src/model/evidence.ts';
import { type RunManifest, runManifestSchema } from '../../../src/model/run.ts';
import { JournalError, readJournal, repairJournal } from '../../../src/runner/evidence-journal.ts';
import { openRun } from '../../../src/runner/open-run.ts';
import { reportRun } from '../../../src/runner/report-run.ts';
import { runFolder } from '../../../src/runner/run-folder.ts';
import { RunUseError } from '../../../src/runner/run-use-error.ts';
import { ipv6ForGov1 } from '../../../src/scoring/rubrics/ipv6-for-gov-1.ts';
import { renderers } from '../../support/render-formats.ts';
import { mutateBytes } from '../mutate.ts';
import { mutateJson } from '../mutate-json.ts';
import type { Random } from '../random.ts';
import type { Target } from '../target.ts';

const fixtures = new URL('../../../fixtures/', import.meta.url).pathname;
const dir = mkdtempSync(join(tmpdir(), 'ipv6gov-fuzz-'));
process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
const files = readdirSync(join(fixtures, 'evidence'));
const journals = files.filter((file) => file.endsWith('.gz')).map((file) => readFileSync(join(fixtures, 'evidence', file)));

export const journalTarget: Target = {
  name: 'journal',
  seeds: journals,
  mutate: (random) => mutateBytes(random.pick(journals), random, journals),
  /** Read as it is, then repaired, after which it must be whole or refused. */
  async read(input) {
    const path = join(dir, 'journal');
    writeFileSync(path, input);
    const records = await countRecords(path).catch(declaredOrThrow);
    const repaired = await repairJournal(path).catch(declaredOrThrow);
    if (repaired === 0) return 0;
    const after = await countRecords(path).catch((error: unknown) => {
      if (error instanceof JournalError && error.kind === 'schema') return 0;
      throw error;
    });
    if (typeof records === 'number' && after < records) throw new Error('the repair lost records');
    return after;
  },
  isDeclared: () => false,
  maxMs: null,
  maxResult: (bytes) => bytes,
};

async function countRecords(path: string): Promise<number> {
  let count = 0;
  for await (const _record of readJournal(path)) count += 1;
  return count;
}

function declaredOrThrow(error: unknown): 0 {
  if (error instanceof JournalError) return 0;
  throw error;
}

interface Recorded {
  manifest: RunManifest;
  records: unknown[];
}

const recorded = files
  .filter((file) => file.endsWith('.gz'))
  .map((file): Recorded => {
    const manifest = runManifestSchema.parse(
      JSON.parse(readFileSync(join(fixtures, 'evidence', file.replace('.ndjson.gz', '.run.json')), 'utf8')),
    );
    const lines = gunzipSync(readFileSync(join(fixtures, 'evidence', file)))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    return { manifest, records: lines.map((line) => JSON.parse(line) as unknown) };
  });
const seeds = recorded.map((one) => Buffer.from(JSON.stringify(one)));
const checks = await loadChecks();

/** Evidence that the schema lets through, whatever it says: judging it never crashes, nor does any check. */
export const evidenceTarget: Target = {
  name: 'evidence',
  seeds,
  mutate(random) {
    const { manifest, records } = random.pick(recorded);
    return Buffer.from(JSON.stringify({ manifest, records: mutateRecords(records, random) }));
  },
  async read(input) {
    const { manifest, records } = JSON.parse(input.toString()) as Recorded;
    const parsed = records.map((record) => evidenceRecordSchema.safeParse(record));
    const valid: EvidenceRecord[] = parsed.flatMap(({ data }) => (data === undefined ? [] : [data]));
    if (valid.length < records.length) return 0;
    const { report, crashed } = await reportRun({
      ...{ folder: runFolder({ dir, id: manifest.id }), manifest, checks, rubric: ipv6ForGov1 },
      records: async function* () {
        yield* valid;
      },
    });
    const broken = report.agencies.flatMap(({ findings }) => findings.filter(({ cause }) => cause === 'check-error'));
    if (crashed || broken.length > 0)
      throw new Error(`judging crashed: ${JSON.stringify(broken.map(({ check, values }) => [check, values]))}`);
    return JSON.stringify(report).length;
  },
  isDeclared: () => false,
  maxMs: null,
  maxResult: (bytes) => 2_000_000 + bytes * 20,
};

function mutateRecords(records: readonly unknown[], random: Random): unknown[] {
  const at = random.below(records.length);
  return records.map((record, index) => (index === at ? mutateJson(record, random) : record));
}

const reports = readdirSync(join(fixtures, 'reports/golden'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => readFileSync(join(fixtures, 'reports/golden', file)));

/** A report file from anywhere: refused by name, or shown in every format. */
export const reportTarget: Target = {
  name: 'report',
  seeds: reports,
  mutate(random) {
    const seed = random.pick(reports);
    if (random.chance(0.2)) return mutateBytes(seed, random, reports);
    return Buffer.from(JSON.stringify(mutateJson(JSON.parse(seed.toString()), random)));
  },
  async read(input) {
    const path = join(dir, 'report.json');
    writeFileSync(path, input);
    const { report } = await openRun({ name: path, runDir: dir }, () => Promise.reject(new Error('a report is not judged')));
    let size = 0;
    for (const render of Object.values(renderers)) size += render(report, 'vi').length;
    return size;
  },
  isDeclared: (error) => error instanceof RunUseError,
  maxMs: null,
  maxResult: (bytes) => 5_000_000 + bytes * 60,
};
