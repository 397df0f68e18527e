import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { findLatestRun, type RunFolder, RunFolderError, runFolder } from '../runner/run-folder.ts';
import { CliError } from './cli-error.ts';

/** A run by folder, by id under the folder of runs, or 'latest'. Throws `CliError` (exit code 2) when there is none. */
export async function findRun(run: string, runDir: string): Promise<RunFolder> {
  if (run === 'latest') {
    const latest = await findLatestRun(runDir);
    if (latest === null) throw new CliError({ code: 'no-run', say: ({ cli }) => cli.errors.noRun(runDir) });
    return latest;
  }
  const path = (await isFolder(join(runDir, run))) && !run.includes('/') ? join(runDir, run) : run;
  if (!(await isFolder(path))) throw badRun(run, 'ENOENT');
  const full = resolve(path);
  try {
    return runFolder({ dir: path === full ? dirname(full) : dirname(path), id: basename(full) });
  } catch (error) {
    if (error instanceof RunFolderError) throw badRun(run, error.message);
    throw error;
  }
}

export function badRun(run: string, detail: string): CliError {
  return new CliError({ code: 'bad-run', say: ({ cli }) => cli.errors.badRun(run, detail) });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
