import type { ReportAgency } from '../../model/report.ts';
import { percent } from './bilingual.tsx';
import { lookOf, verdictText } from './icon.tsx';
import { mainCause } from './problems.ts';
import type { View } from './view.ts';

/** Rows that are in the page as elements also with script; of a long list the script builds the others when they are shown. */
export const firstRows = 100;

/** What the table says of readiness: the rung, or the lowest that it can be. */
export function levelText({ readiness }: ReportAgency): string {
  return readiness.level === null ? `≥ ${readiness.atLeast}` : String(readiness.level);
}

/** The rows after the first ones of a long list as JSON for the script, `<` escaped. Causes are kept once. */
export function rowData({ report, checks, problems }: View): string {
  const causes = new Map<string, number>();
  const texts: (readonly [string, string])[] = [];
  const rows = report.agencies.slice(firstRows).map((agency) => {
    const cause = mainCause(agency, checks);
    const key = cause === null ? '' : `${cause.vi}\n${cause.en}`;
    if (cause !== null && !causes.has(key)) causes.set(key, texts.push([cause.vi, cause.en]) - 1);
    return [
      agency.name.vi,
      agency.name.en,
      agency.domain,
      agency.category,
      agency.conformity.verdict,
      agency.conformity.score,
      levelText(agency),
      percent(agency.conformity.coverage).en,
      causes.get(key) ?? -1,
      problems.of(agency),
    ];
  });
  const verdicts = (['pass', 'fail', 'inconclusive', 'not-counted'] as const).map((verdict) => {
    const { vi, en } = verdictText(verdict);
    return [verdict, [lookOf(verdict), vi, en]];
  });
  return JSON.stringify({ verdicts: Object.fromEntries(verdicts), causes: texts, rows }).replaceAll('<', '\\u003c');
}
