import { materialCauses } from '../model/cause.ts';
import type { Finding, Status } from '../model/finding.ts';
import type { Rubric } from './rubric.ts';

const statusValues: Partial<Record<Status, number>> = { pass: 1, warn: 0.5, fail: 0 };

/** What a set of findings adds up to. Weights are the rubric's; `judged` and `inconclusive` are sums of weights. */
export interface Weighed {
  /** 0-1, null when nothing was judged. */
  value: number | null;
  judged: number;
  inconclusive: number;
}

/** Σ(weight × value) / Σ(weight) over judged findings; n/a, info and skipped leave the sum, inconclusive lowers coverage (design §6). */
export function weigh(
  findings: readonly Finding[],
  weightOf: (finding: Finding) => number,
  worthOf: (finding: Finding) => number | undefined = ({ status }) => statusValues[status],
): Weighed {
  let sum = 0;
  let judged = 0;
  let inconclusive = 0;
  for (const finding of findings) {
    const weight = weightOf(finding);
    const value = worthOf(finding);
    if (value !== undefined) {
      sum += weight * value;
      judged += weight;
    } else if (finding.status === 'inconclusive' && !leavesCoverage(finding)) inconclusive += weight;
  }
  return { value: judged === 0 ? null : sum / judged, judged, inconclusive };
}

/** A page that needs scripts leaves its dependencies undecided without lowering coverage (design §6). */
const leavesCoverage = (finding: Finding): boolean => finding.cause === 'needs-script';

export function coverageOf({ judged, inconclusive }: { judged: number; inconclusive: number }): number {
  return judged + inconclusive === 0 ? 0 : judged / (judged + inconclusive);
}

export function checkWeight(rubric: Rubric, finding: Finding): number {
  return rubric.checkWeights[finding.check] ?? rubric.levelWeights[finding.level] ?? 0;
}

/** What a finding is worth under the rubric, 0-1; undefined: it leaves the sum. */
export function checkValue(rubric: Rubric, { check, status }: Finding): number | undefined {
  const own = rubric.checkValues?.[check];
  const given = status === 'pass' || status === 'warn' || status === 'fail' || status === 'not-applicable' ? own?.[status] : undefined;
  return given ?? statusValues[status];
}

export const isGood = (finding: Finding): boolean => finding.status === 'pass' || finding.status === 'warn';

/** Undecided for a cause in the material itself, which says nothing about IPv6 (design §6, rule 4). */
export const isMaterial = (finding: Finding): boolean =>
  finding.status === 'inconclusive' && finding.cause !== null && materialCauses.has(finding.cause);

/** Two decimals for scores, three for coverage: enough to compare, few enough to read. */
export const round = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals;
