import { betweenWords } from '../i18n/between-words.ts';
import type { Report } from '../model/report.ts';
import type { RunManifest } from '../model/run.ts';
import { type Judging, openRun } from '../runner/open-run.ts';
import { saying } from './between-error.ts';
import type { BetweenOptions } from './between-style.ts';
import type { Notes } from './notes.ts';

/** A run to compare, with what had to be done for it said. Throws `CliError` (exit code 2). */
export async function openCompared(
  name: string,
  { runDir, language }: Pick<BetweenOptions, 'runDir' | 'language'>,
  notes: Notes,
): Promise<Report> {
  const { report, notices } = await saying(() => openRun({ name, runDir }, loadJudging));
  const words = betweenWords(language);
  if (notices.includes('torn-record-dropped')) notes.warning(words.tornDropped(name));
  if (notices.includes('judged-from-evidence')) notes.note(words.judgedFromEvidence(name));
  return report;
}

/** Loaded only for a run without a report; criteria that came from a file are gone, and the default stands in. */
async function loadJudging(recorded: RunManifest['criteria']): Promise<Judging> {
  const [{ loadChecks }, { chooseCriteria }] = await Promise.all([import('../checks/index.ts'), import('./criteria.ts')]);
  const checks = await loadChecks();
  const { rubric } = await chooseCriteria({ asked: null, recorded, checks });
  return { checks, rubric };
}
