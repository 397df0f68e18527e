import type { Cause } from '../model/cause.ts';
import type { Finding } from '../model/finding.ts';
import type { BreakdownLine, Conformity, Verdict } from '../model/report.ts';
import type { AssessedService } from '../model/service-state.ts';
import type { Component, Rubric } from './rubric.ts';
import { checkValue, checkWeight, coverageOf, isGood, isMaterial, round, type Weighed, weigh } from './weigh.ts';

export interface Scored {
  findings: readonly Finding[];
  services: readonly AssessedService[];
  rubric: Rubric;
}

type ServiceVerdict = Conformity['services'][string];

/** Verdict and score for IPv6 For Gov 2021-2025 (design §6). `counted` false: measured, but in no share (`former-*`). */
export function scoreConformity(scored: Scored, counted: boolean): Conformity {
  const verdicts: Record<string, ServiceVerdict> = {};
  for (const service of scored.services) {
    if (service.state === 'not-listed' || !scored.rubric.conformity.roles.includes(service.role)) continue;
    const verdict = serviceVerdict(scored, service);
    if (verdict !== null) verdicts[service.role] = verdict;
  }
  const { score, coverage, breakdown } = scoreComponents(scored, verdicts);
  return { verdict: counted ? agencyVerdict(scored, verdicts) : 'not-counted', score, coverage, breakdown, services: verdicts };
}

/** The five rules of design §6 in their order. Null for mail that a domain does not have, by evidence: there is nothing to decide. */
function serviceVerdict(scored: Scored, service: AssessedService): ServiceVerdict | null {
  if (service.cause !== null) return { verdict: 'inconclusive', cause: service.cause, check: null, undecided: [] };
  const { deciding, mustWorkOf, warnFails = [] } = scored.rubric.conformity;
  const mustWork = mustWorkOf?.[service.role] ?? scored.rubric.conformity.mustWork;
  const ours = scored.findings.filter((finding) => deciding.includes(finding.check) && isAbout(finding, service));
  const ofMail = ours.filter(({ subject }) => subject === 'mail-domain');
  if (ofMail.length > 0 && ofMail.every(({ status }) => status === 'not-applicable')) return null;
  const undecided = ours.filter(isMaterial).map(({ check, cause }) => ({ check, cause: cause as Cause }));
  const say = (verdict: Verdict, decided: Finding | null, cause?: Cause): ServiceVerdict => ({
    verdict,
    cause: cause ?? decided?.cause ?? null,
    check: decided?.check ?? null,
    undecided,
  });
  const inOrder = ours.toSorted((a, b) => deciding.indexOf(a.check) - deciding.indexOf(b.check));
  const failed = inOrder.find(({ check, status }) => status === 'fail' || (status === 'warn' && warnFails.includes(check)));
  if (failed !== undefined) return say('fail', failed);
  const unknown = inOrder.find(({ check, status }) => mustWork.includes(check) && status === 'inconclusive');
  if (unknown !== undefined) return say('inconclusive', unknown);
  const off = inOrder.find(({ check, status }) => mustWork.includes(check) && status === 'skipped');
  if (off !== undefined) return say('inconclusive', off, 'not-attempted');
  if (!mustWork.every((check) => works(inOrder, check))) return say('inconclusive', null, 'no-web-service');
  const unmeasured = inOrder.find((finding) => finding.status === 'inconclusive' && !isMaterial(finding));
  if (unmeasured !== undefined) return say('inconclusive', unmeasured);
  return say('pass', null);
}

/** One of the service's deciding hosts, its zone, its mail domain, or the service as a whole. */
function isAbout({ subject, host, service: role }: Finding, service: AssessedService): boolean {
  if (subject === 'service') return role === service.role;
  if (subject === 'host') return service.decidingHosts.includes(host);
  if (subject === 'zone') return host === service.zone;
  return subject === 'mail-domain' && service.role === 'mail' && host === service.host;
}

function works(findings: readonly Finding[], check: string): boolean {
  const own = findings.filter((finding) => finding.check === check);
  return own.length > 0 && own.every(isGood);
}

/** A retired, gone or unlisted public-service portal does not decide; the portal always does. */
function agencyVerdict({ services }: Scored, verdicts: Record<string, ServiceVerdict>): Verdict {
  const deciding = services
    .filter(({ role, state }) => verdicts[role] !== undefined && (role === 'portal' || state === 'active'))
    .map(({ role }) => verdicts[role]?.verdict);
  if (deciding.includes('fail')) return 'fail';
  return deciding.length === 0 || deciding.includes('inconclusive') ? 'inconclusive' : 'pass';
}

interface ComponentScore extends BreakdownLine {
  absent: boolean;
}

function scoreComponents(scored: Scored, verdicts: Record<string, ServiceVerdict>) {
  const parts = scored.rubric.conformity.components
    .map((component) => scoreComponent(scored, component, verdicts))
    .filter(({ absent }) => !absent);
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const breakdown: BreakdownLine[] = parts.map(({ absent: _, ...line }) => ({
    ...line,
    weight: total === 0 ? 0 : round((line.weight / total) * 100, 1),
  }));
  const coverage = total === 0 ? 0 : parts.reduce((sum, part) => sum + part.coverage * part.weight, 0) / total;
  const judged = parts.filter(({ score }) => score !== null);
  const judgedWeight = judged.reduce((sum, { weight }) => sum + weight, 0);
  const value = judgedWeight === 0 ? null : judged.reduce((sum, { score, weight }) => sum + (score ?? 0) * weight, 0) / judgedWeight;
  const enough = coverage >= scored.rubric.coverageFloor;
  return { score: value === null || !enough ? null : round(value, 1), coverage: round(coverage, 3), breakdown };
}

function scoreComponent(scored: Scored, component: Component, verdicts: Record<string, ServiceVerdict>): ComponentScore {
  const own = componentFindings(scored, component);
  const conditional = (finding: Finding): boolean => component.conditional.includes(finding.check);
  const working = own.filter(({ check }) => component.worksOverIpv6.includes(check));
  const anythingWorks = working.some(isGood);
  const counted = anythingWorks ? own : own.filter((finding) => !conditional(finding));
  const weighed = component.combine === 'lowest' ? lowestOfHosts(scored, counted) : weighAll(scored, counted);
  const cap = capOf({
    component,
    anythingWorks,
    unknown: working.some(({ status }) => status === 'inconclusive'),
    verdict: verdicts[component.id]?.verdict,
  });
  const raw = weighed.value === null ? null : weighed.value * 100;
  return {
    component: component.id,
    weight: component.weight,
    score: raw === null ? null : round(cap === null ? raw : Math.min(raw, cap.most), 1),
    coverage: round(coverageOf(weighed), 3),
    cap: cap !== null && raw !== null && cap.most < raw ? cap.reason : null,
    absent: weighed.judged + weighed.inconclusive === 0,
  };
}

function weighAll({ rubric }: Scored, findings: readonly Finding[]): Weighed {
  return weigh(
    findings,
    (finding) => checkWeight(rubric, finding),
    (finding) => checkValue(rubric, finding),
  );
}

/** A host is worth the least of what was judged on it, and the component the mean of its hosts. */
function lowestOfHosts(scored: Scored, findings: readonly Finding[]): Weighed {
  const weighed = weighAll(scored, findings);
  const least = new Map<string, number>();
  for (const finding of findings) {
    const value = checkWeight(scored.rubric, finding) === 0 ? undefined : checkValue(scored.rubric, finding);
    if (value !== undefined) least.set(finding.host, Math.min(value, least.get(finding.host) ?? 1));
  }
  const total = [...least.values()].reduce((sum, value) => sum + value, 0);
  return { ...weighed, value: least.size === 0 ? null : total / least.size };
}

function componentFindings({ findings, services }: Scored, component: Component): Finding[] {
  const left = new Set(services.filter(({ state }) => state === 'retired' || state === 'gone').map(({ role }) => role));
  return findings.filter(({ area, check, service, ignored }) => {
    if (ignored !== null) return false;
    if (component.role !== null && (service !== component.role || left.has(service))) return false;
    return component.areas.includes(area) || component.checks.includes(check);
  });
}

/** Where nothing works over IPv6 the component is 0; a service whose verdict is fail keeps less than half. */
function capOf(input: {
  component: Component;
  anythingWorks: boolean;
  unknown: boolean;
  verdict: Verdict | undefined;
}): { most: number; reason: string } | null {
  const isAsked = input.component.worksOverIpv6.length > 0;
  if (isAsked && !input.anythingWorks && !input.unknown) return { most: 0, reason: 'nothing-works-over-ipv6' };
  if (input.component.failedCap !== null && input.verdict === 'fail') return { most: input.component.failedCap, reason: 'service-failed' };
  return null;
}
