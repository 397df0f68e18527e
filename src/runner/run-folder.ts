import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunManifest, runManifestSchema } from '../model/run.ts';
import { replaceFile } from './replace-file.ts';

/** Paths of one run (design §4). */
export interface RunFolder {
  id: string;
  path: string;
  manifest: string;
  journal: string;
  report: string;
  lock: string;
}

/** The folder or its manifest cannot be used; the message says which and why. */
export class RunFolderError extends Error {
  override readonly name = 'RunFolderError';
}

const maxManifestBytes = 16 * 1024 * 1024;
/** Letters, digits and single separators: safe as a folder name everywhere (faults S6). */
const slug = /^[a-z0-9][a-z0-9-]{0,63}$/;
const runIdShape = /^\d{8}-\d{6}-[0-9a-f]{6}$/;

/** `20261124-031500-a1b2c3`: UTC time, so that ids sort by age, and 24 random bits. `random` gives [0, 1). */
export function newRunId(now: Date, random: () => number): string {
  const [date = '', time = ''] = now.toISOString().replaceAll(/[-:]/g, '').split('T');
  const suffix = Math.floor(random() * 0x1000000)
    .toString(16)
    .padStart(6, '0');
  return `${date}-${time.slice(0, 6)}-${suffix}`;
}

/** Paths of the run `id` under `dir`; touches nothing. Throws `RunFolderError` for an id that is no safe name. */
export function runFolder({ dir, id }: { dir: string; id: string }): RunFolder {
  if (!slug.test(id))
    throw new RunFolderError(`${JSON.stringify(id.slice(0, 80))} is no run id: lower-case letters, digits and hyphens only`);
  const path = join(dir, id);
  return {
    id,
    path,
    manifest: join(path, 'run.json'),
    journal: join(path, 'evidence.ndjson.gz'),
    report: join(path, 'report.json'),
    lock: join(path, 'lock'),
  };
}

/** Makes the folder of a new run, and `dir` where needed. Throws `RunFolderError` when the run exists already. */
export async function createRunFolder(place: { dir: string; id: string }): Promise<RunFolder> {
  const folder = runFolder(place);
  await mkdir(place.dir, { recursive: true });
  await mkdir(folder.path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new RunFolderError(`${folder.path} exists already`) : error;
  });
  return folder;
}

export async function writeManifest(folder: RunFolder, manifest: RunManifest): Promise<void> {
  await replaceFile(folder.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Throws `RunFolderError` when it is missing, damaged or of a schema this version does not read, naming the schema (faults P13). */
export async function readManifest(folder: RunFolder): Promise<RunManifest> {
  const refuse = (why: string): RunFolderError => new RunFolderError(`${folder.manifest}: ${why}`);
  const value = parseJson(await readText(folder.manifest, refuse));
  if (value === undefined) throw refuse('is not JSON');
  const current = runManifestSchema.shape.schema.value;
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema !== current) throw refuse(`has schema ${JSON.stringify(schema ?? null).slice(0, 60)}; this version reads ${current} only`);
  const parsed = runManifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refuse(`does not fit ${current}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

/** @param text the report as JSON, whole */
export async function writeReport(folder: RunFolder, text: string | AsyncIterable<string>): Promise<void> {
  await replaceFile(folder.report, text);
}

/** The youngest run under `dir` that has a manifest, or null. */
export async function findLatestRun(dir: string): Promise<RunFolder | null> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const id of names
    .filter((name) => runIdShape.test(name))
    .sort()
    .reverse()) {
    const folder = runFolder({ dir, id });
    if (
      await stat(folder.manifest).then(
        (found) => found.isFile(),
        () => false,
      )
    )
      return folder;
  }
  return null;
}

async function readText(path: string, refuse: (why: string) => RunFolderError): Promise<string> {
  try {
    if ((await stat(path)).size > maxManifestBytes) throw refuse('is too large to be a manifest');
    return await readFile(path, 'utf8');
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? refuse('is not there: this is no run folder') : error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
