import { betweenWords } from '../i18n/between-words.ts';
import type { Report } from '../model/report.ts';
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

/** Loaded only for a run without a report. */
async function loadJudging(): Promise<Judging> {
  const [{ loadChecks }, { ipv6ForGov1 }] = await Promise.all([
    import('../checks/index.ts'),
    import('../scoring/rubrics/ipv6-for-gov-1.ts'),
  ]);
  return { checks: await loadChecks(), rubric: ipv6ForGov1 };
}
