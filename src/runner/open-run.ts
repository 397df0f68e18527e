import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { CheckDefinition } from '../checks/define-check.ts';
import type { EvidenceRecord } from '../model/evidence.ts';
import { type Report, reportSchema } from '../model/report.ts';
import { type RunManifest, runManifestSchema } from '../model/run.ts';
import type { Rubric } from '../scoring/rubric.ts';
import { JournalError, readJournal } from './evidence-journal.ts';
import { findHolder } from './lock.ts';
import { parseStored, readStoredText } from './read-stored.ts';
import { reportRun } from './report-run.ts';
import { type RunFolder, RunFolderError, runFolder } from './run-folder.ts';
import { RunUseError } from './run-use-error.ts';

/** What was done to use a run nevertheless. */
export type RunNotice = 'torn-record-dropped' | 'judged-from-evidence';

export interface OpenedRun {
  report: Report;
  notices: RunNotice[];
}

/** Judges a run that has evidence but no report, because it was interrupted. */
export interface Judging {
  checks: readonly CheckDefinition[];
  rubric: Rubric;
}

const reportFile = { schema: reportSchema, current: 'ipv6gov.report/1' };
const manifestFile = { schema: runManifestSchema, current: 'ipv6gov.run/1' };

/**
 * A run by folder, by id under the folder of runs, or a report file (`.json`); throws `RunUseError` when it is missing, locked, of a newer
 * schema or damaged. Without a report the evidence is judged, a torn last record left out. Writes nothing into the folder.
 */
export async function openRun(
  run: { name: string; runDir: string },
  judging: (criteria: RunManifest['criteria']) => Promise<Judging>,
): Promise<OpenedRun> {
  if (run.name.endsWith('.json')) {
    const text = await readStoredText(run.name);
    if (text === null) throw new RunUseError('missing', run.name, '');
    return { report: parseStored(text, run.name, reportFile), notices: [] };
  }
  const folder = await locateRun(run);
  const manifest = await readManifest(folder);
  const holder = await findHolder(folder);
  if (holder !== null) throw new RunUseError('locked', folder.path, `${holder.pid} ${holder.host}`);
  const text = await readStoredText(folder.report);
  if (text !== null) return { report: parseStored(text, folder.report, reportFile), notices: [] };
  return judgeEvidence(folder, manifest, await judging(manifest.criteria));
}

/** Throws `RunUseError` (`missing`) when there is no such folder. */
export async function locateRun({ name, runDir }: { name: string; runDir: string }): Promise<RunFolder> {
  const inside = join(runDir, name);
  const path = !name.includes('/') && (await isFolder(inside)) ? inside : name;
  if (!(await isFolder(path))) throw new RunUseError('missing', name, '');
  // '.' and 'x/..' have a name only as absolute paths; any other is kept as it was written, for messages.
  const full = resolve(path);
  const id = basename(full);
  try {
    return runFolder({ dir: basename(path) === id ? dirname(path) : dirname(full), id });
  } catch (error) {
    if (error instanceof RunFolderError) throw new RunUseError('not-a-run', path, 'name');
    throw error;
  }
}

/** Throws `RunUseError`: `not-a-run` without `run.json`, `newer-schema`, `damaged`. */
export async function readManifest(folder: RunFolder): Promise<RunManifest> {
  const text = await readStoredText(folder.manifest);
  if (text === null) throw new RunUseError('not-a-run', folder.path, 'run.json');
  return parseStored(text, folder.manifest, manifestFile);
}

/** Throws `RunUseError` (`no-result`) for a run that was begun and has no evidence yet. */
export async function requireEvidence(folder: RunFolder): Promise<void> {
  const found = await stat(folder.journal).catch(() => null);
  if (found === null) throw new RunUseError('no-result', folder.path, '');
}

async function judgeEvidence(folder: RunFolder, manifest: RunManifest, { checks, rubric }: Judging): Promise<OpenedRun> {
  const notices = new Set<RunNotice>(['judged-from-evidence']);
  const records = (): AsyncIterable<EvidenceRecord> => withoutTornEnd(folder.journal, () => notices.add('torn-record-dropped'));
  try {
    const { report } = await reportRun({ folder, manifest, checks, rubric, records });
    if (report.agencies.length === 0) throw new RunUseError('no-result', folder.path, '');
    // A run with a torn end did not come to its end, whatever the rest says.
    const complete = report.run.complete && !notices.has('torn-record-dropped');
    return { report: { ...report, run: { ...report.run, complete } }, notices: [...notices] };
  } catch (error) {
    throw useError(error, folder);
  }
}

/** All whole records; a torn last append ends them, damage elsewhere does not pass. */
async function* withoutTornEnd(journal: string, onTorn: () => void): AsyncGenerator<EvidenceRecord> {
  try {
    yield* readJournal(journal);
  } catch (error) {
    if (!(error instanceof JournalError) || error.kind !== 'torn') throw error;
    onTorn();
  }
}

function useError(error: unknown, folder: RunFolder): unknown {
  if (error instanceof JournalError) {
    return new RunUseError(error.kind === 'schema' ? 'newer-schema' : 'damaged', folder.journal, `byte ${error.positionBytes}`);
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new RunUseError('no-result', folder.path, '');
  return error;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
