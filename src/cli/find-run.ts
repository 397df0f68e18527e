import type { RunManifest } from '../model/run.ts';
import { locateRun, readManifest } from '../runner/open-run.ts';
import { findLatestRun, type RunFolder } from '../runner/run-folder.ts';
import { saying } from './between-error.ts';
import { CliError } from './cli-error.ts';

export interface FoundRun {
  folder: RunFolder;
  manifest: RunManifest;
}

/** A run by folder, by id under the folder of runs, or 'latest'. Throws `CliError` (exit code 2) when there is none that can be used. */
export async function findRun(run: string, runDir: string): Promise<FoundRun> {
  return saying(async () => {
    const folder = run === 'latest' ? await latestRun(runDir) : await locateRun({ name: run, runDir });
    return { folder, manifest: await readManifest(folder) };
  });
}

async function latestRun(runDir: string): Promise<RunFolder> {
  const latest = await findLatestRun(runDir);
  if (latest === null) throw new CliError({ code: 'no-run', say: ({ cli }) => cli.errors.noRun(runDir) });
  return latest;
}
