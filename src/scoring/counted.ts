import type { Agency } from '../model/agency.ts';
import type { Denominator, ReportAgency, Summary } from '../model/report.ts';
import { createLeverage } from './leverage.ts';
import type { Rubric } from './rubric.ts';
import { ipv6ForGov1 } from './rubrics/ipv6-for-gov-1.ts';

const presentCategories: ReadonlySet<string> = new Set(['ministry', 'ministerial-level', 'province', 'city']);

/**
 * Which share an agency is counted in: the 51 ministries and localities of today, the 85 of the programme's time (a list says so in a
 * column `counted`), the others, or none (`former-*`). See programme.md §4.
 */
export function countedAs(agency: Agency): ReportAgency['counted'] {
  if (agency.extra.counted === 'programme85') return 'programme85';
  if (agency.category.startsWith('former-')) return 'not-counted';
  return presentCategories.has(agency.category) ? 'present51' : 'other';
}

const empty = (): Denominator => ({ agencies: 0, conforming: 0, notConforming: 0, inconclusive: 0 });

const topCauseCount = 10;

/** Totals over a run, by the criteria it was scored with. Feed agencies one by one, then `finish`: nothing of an agency is kept but counts. */
export function createSummary(rubric: Rubric = ipv6ForGov1) {
  const denominators = { present51: empty(), programme85: empty(), other: empty() };
  const byCategory: Record<string, Denominator> = {};
  const byLevel: Record<string, number> = { '0': 0, '1': 0, '2': 0, '3': 0, '4': 0, '5': 0, unknown: 0 };
  const causes = new Map<string, Summary['topCauses'][number]>();
  const leverage = createLeverage(rubric);
  return {
    add(agency: ReportAgency): void {
      if (agency.counted === 'not-counted') return;
      const category = byCategory[agency.category] ?? empty();
      byCategory[agency.category] = category;
      count(denominators[agency.counted], agency);
      count(category, agency);
      const level = agency.readiness.level === null ? 'unknown' : String(agency.readiness.level);
      byLevel[level] = (byLevel[level] ?? 0) + 1;
      countCauses(causes, agency);
      leverage.add(agency);
    },
    finish(): Summary {
      const topCauses = [...causes.values()]
        .sort((a, b) => b.agencies - a.agencies || a.check.localeCompare(b.check))
        .slice(0, topCauseCount);
      return { denominators, byCategory, byLevel, topCauses, leverage: leverage.finish() };
    },
  };
}

function count(into: Denominator, { conformity }: ReportAgency): void {
  into.agencies += 1;
  if (conformity.verdict === 'pass') into.conforming += 1;
  else if (conformity.verdict === 'fail') into.notConforming += 1;
  else into.inconclusive += 1;
}

/** Each failing message counts once an agency, however many of its hosts show it. */
function countCauses(causes: Map<string, Summary['topCauses'][number]>, agency: ReportAgency): void {
  const seen = new Set<string>();
  for (const { check, message, cause, status } of agency.findings) {
    const key = `${check} ${message} ${cause ?? ''}`;
    if (status !== 'fail' || seen.has(key)) continue;
    seen.add(key);
    const entry = causes.get(key) ?? { check, message, cause, agencies: 0 };
    causes.set(key, { ...entry, agencies: entry.agencies + 1 });
  }
}
