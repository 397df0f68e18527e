import type { Bilingual, ReportAgency } from '../../model/report.ts';
import type { Checks } from '../check-titles.ts';
import { problemText, worstCause } from '../worst-cause.ts';
import { causeOf } from './bilingual.tsx';

/** A reason to filter by: a check that fails, or a cause for which something was not measured. */
export interface Problem {
  kind: 'fail' | 'open';
  /** Check id or cause. */
  id: string;
  title: Bilingual;
  agencies: number;
}

export interface Problems {
  list: readonly Problem[];
  /** Positions in the list, for one agency. */
  of(agency: ReportAgency): number[];
  position(kind: Problem['kind'], id: string): number | null;
}

/** More options than this help nobody. */
const mostOfAKind = 60;

/** All problems of a report, the most frequent first, those that fail before those that are open. */
export function problemsOf(agencies: readonly ReportAgency[], checks: Checks): Problems {
  const found = new Map<string, Problem>();
  for (const agency of agencies) {
    for (const key of keysOf(agency)) {
      const known = found.get(key.key);
      if (known === undefined) found.set(key.key, { kind: key.kind, id: key.id, title: titleOf(key, checks), agencies: 1 });
      else known.agencies += 1;
    }
  }
  const sorted = [...found.values()].sort((a, b) => b.agencies - a.agencies || (a.id < b.id ? -1 : 1));
  const ofKind = (kind: Problem['kind']): Problem[] => sorted.filter((problem) => problem.kind === kind).slice(0, mostOfAKind);
  const list = [...ofKind('fail'), ...ofKind('open')];
  const positions = new Map(list.map(({ kind, id }, index) => [`${kind} ${id}`, index]));
  return {
    list,
    of: (agency) => keysOf(agency).flatMap(({ key }) => positions.get(key) ?? []),
    position: (kind, id) => positions.get(`${kind} ${id}`) ?? null,
  };
}

interface Key {
  key: string;
  kind: Problem['kind'];
  id: string;
}

function keysOf({ findings }: ReportAgency): Key[] {
  const keys = new Map<string, Key>();
  for (const { status, check, cause } of findings) {
    const kind = status === 'fail' ? 'fail' : status === 'inconclusive' && cause !== null ? 'open' : null;
    if (kind === null) continue;
    const id = kind === 'fail' ? check : (cause ?? '');
    keys.set(`${kind} ${id}`, { key: `${kind} ${id}`, kind, id });
  }
  return [...keys.values()];
}

function titleOf({ kind, id }: Key, checks: Checks): Bilingual {
  return kind === 'fail' ? checks.title(id) : causeOf(id as Parameters<typeof causeOf>[0]);
}

/** What weighs most on an agency, under the title of its check where the words alone would not tell; null when all is well. */
export function mainCause(agency: ReportAgency, checks: Checks): Bilingual | null {
  const worst = worstCause(agency);
  if (worst === null) return null;
  const text = problemText(worst, checks);
  if (worst.cause === null || worst.check === '') return text;
  const title = checks.title(worst.check);
  return { vi: `${title.vi}: ${text.vi}`, en: `${title.en}: ${text.en}` };
}
