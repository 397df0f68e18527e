import type { Finding, ServiceRole } from '../model/finding.ts';
import type { BreakdownLine, Readiness } from '../model/report.ts';
import type { AssessedService } from '../model/service-state.ts';
import type { Scored } from './conformity.ts';
import type { Rubric } from './rubric.ts';
import { coverageOf, isGood, isMaterial, round, weigh } from './weigh.ts';

/** Ladder and score for IPv6-only 2026-2030 (design §6): the lowest over portal and active services. */
export function scoreReadiness(scored: Scored): Readiness {
  // Mail has no ladder of its own: it holds the others at its rung.
  const counted = scored.services.filter(
    ({ role, state }) => role === 'portal' || (state === 'active' && role !== 'mail' && scored.rubric.conformity.roles.includes(role)),
  );
  const rungs = counted.map((service) => climb(scored, service));
  const lowest = rungs.reduce<Climb | null>((low, next) => (low === null || next.atLeast < low.atLeast ? next : low), null);
  // A service stuck for certain below all that is uncertain decides; otherwise one unknown leaves the level unknown.
  const stuck = rungs.filter(({ certain }) => certain).map(({ atLeast }) => atLeast);
  const atLeast = lowest?.atLeast ?? 0;
  const known = rungs.length > 0 && (rungs.every(({ certain }) => certain) || stuck.some((level) => level <= atLeast));
  const { score, coverage, breakdown } = scoreChecks(scored, new Set(counted.map(({ role }) => role)));
  return {
    level: known ? atLeast : null,
    atLeast,
    verdict: known ? verdictOf(scored.rubric, atLeast) : 'inconclusive',
    score,
    coverage,
    breakdown,
  };
}

interface Climb {
  atLeast: number;
  /** The next rung is failed for certain, or the top is reached. */
  certain: boolean;
}

function climb({ findings, rubric }: Scored, service: AssessedService): Climb {
  if (service.cause !== null) return { atLeast: 0, certain: false };
  const own = findings.filter(
    ({ subject, host, service: role }) =>
      (subject === 'host' && service.decidingHosts.includes(host)) ||
      (subject === 'zone' && host === service.zone) ||
      (subject === 'service' && (role === service.role || role === 'mail')),
  );
  let atLeast = 0;
  for (const rung of rubric.readiness.ladder) {
    const state = rungState(own, rung);
    if (state !== 'up') return { atLeast, certain: state === 'stop' };
    atLeast += 1;
  }
  return { atLeast, certain: true };
}

function rungState(findings: readonly Finding[], rung: Rubric['readiness']['ladder'][number]): 'up' | 'stop' | 'unknown' {
  const must = findings.filter(({ check }) => rung.mustWork.includes(check));
  const may = findings.filter(({ check }) => rung.mustNotFail.includes(check));
  if ([...must, ...may].some(({ status }) => status === 'fail')) return 'stop';
  const open = [...must, ...may.filter((finding) => !isMaterial(finding) || rung.verdict === 'complete')];
  if (open.some(({ status }) => status === 'inconclusive')) return 'unknown';
  const all = rung.mustWork.every((check) => must.some((finding) => finding.check === check && isGood(finding)));
  return all ? 'up' : 'unknown';
}

function verdictOf(rubric: Rubric, level: number): Readiness['verdict'] {
  return level === 0 ? 'none' : (rubric.readiness.ladder[level - 1]?.verdict ?? 'inconclusive');
}

function scoreChecks({ findings, rubric }: Scored, roles: ReadonlySet<ServiceRole>) {
  const parts: BreakdownLine[] = [];
  for (const [check, weight] of Object.entries(rubric.readiness.checkWeights)) {
    const own = findings.filter(
      (finding) => finding.check === check && finding.ignored === null && (roles.has(finding.service) || finding.service === 'mail'),
    );
    const weighed = weigh(own, () => 1);
    if (weighed.judged + weighed.inconclusive === 0) continue;
    parts.push({
      component: check,
      weight,
      score: weighed.value === null ? null : round(weighed.value * 100, 1),
      coverage: round(coverageOf(weighed), 3),
      cap: null,
    });
  }
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const coverage = total === 0 ? 0 : parts.reduce((sum, part) => sum + part.coverage * part.weight, 0) / total;
  const judged = parts.filter(({ score }) => score !== null);
  const judgedWeight = judged.reduce((sum, { weight }) => sum + weight, 0);
  const value = judgedWeight === 0 ? null : judged.reduce((sum, { score, weight }) => sum + (score ?? 0) * weight, 0) / judgedWeight;
  return {
    score: value === null || coverage < rubric.coverageFloor ? null : round(value, 1),
    coverage: round(coverage, 3),
    breakdown: parts.map((line) => ({ ...line, weight: total === 0 ? 0 : round((line.weight / total) * 100, 1) })),
  };
}
