import type { CheckDefinition } from '../checks/define-check.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { RouteData } from '../model/routes.ts';
import type { RunManifest } from '../model/run.ts';
import type { Ignores } from '../runner/judge.ts';
import type { Rubric } from '../scoring/rubric.ts';
import type { Baseline } from './baseline.ts';
import type { BetweenOptions } from './between-style.ts';
import { chooseCriteria } from './criteria.ts';
import type { Notes } from './notes.ts';
import type { ReportOptions } from './options.ts';

/** What judging takes from files besides the evidence. */
export interface JudgingExtras {
  rubric: Rubric;
  ignores: Ignores;
  /** `--vrps` and `--asn-db`. */
  routes: RouteData;
  baseline: Baseline | null;
}

export interface ExtrasInput {
  options: ReportOptions & BetweenOptions;
  checks: readonly CheckDefinition[];
  catalogue: Catalogue;
  notes: Notes;
  /** Runs that `--baseline latest` may mean; null: of any vantage. */
  vantage: string | null;
  /** The run that is judged; null: it is yet to be made. */
  manifest: Pick<RunManifest, 'criteria'> | null;
}

/** Reads the files that judging needs before the first probe. Throws `CliError` (exit code 2). */
export async function openExtras(input: ExtrasInput): Promise<JudgingExtras> {
  const { ignoreFile, criteria, vrps, asnDb } = input.options;
  const { rubric, lost } = await chooseCriteria({ asked: criteria, recorded: input.manifest?.criteria ?? null, checks: input.checks });
  if (lost !== null)
    input.notes.warning(input.catalogue.cli.criteriaLost(`${lost.name}/${lost.version}`, `${rubric.name}/${rubric.version}`));
  const routes =
    vrps === null && asnDb === null ? { vrps: null, origins: null } : await (await import('./read-routes.ts')).readRoutes(vrps, asnDb);
  const ignores =
    ignoreFile === null
      ? { entries: [], today: '' }
      : await (await import('./read-ignores.ts')).readIgnores(ignoreFile, input.checks, new Date());
  return { rubric, ignores, routes, baseline: await baselineOf(input) };
}

async function baselineOf({ options, catalogue, notes, vantage }: ExtrasInput): Promise<Baseline | null> {
  const { failOn, runDir } = options;
  const needed = failOn.kind === 'regression';
  if (options.baseline === null && !needed) return null;
  const baseline = options.baseline === 'latest' ? await latestComplete(runDir, vantage) : options.baseline;
  if (options.baseline === 'latest' && baseline === null) {
    // The first night of a job must not fail for want of an earlier one.
    notes.warning(catalogue.cli.noBaselineYet(runDir));
    return null;
  }
  return (await import('./baseline.ts')).openBaseline({ baseline, needed }, options, notes);
}

/** Path of the youngest complete run of the vantage, or null. */
async function latestComplete(runDir: string, vantage: string | null): Promise<string | null> {
  const [{ listRuns }, { RunUseError }] = await Promise.all([import('../runner/list-runs.ts'), import('../runner/run-use-error.ts')]);
  try {
    const runs = await listRuns(runDir);
    return runs.find((run) => run.state === 'complete' && (vantage === null || run.vantage === vantage))?.path ?? null;
  } catch (error) {
    if (error instanceof RunUseError && error.problem === 'missing') return null;
    throw error;
  }
}
