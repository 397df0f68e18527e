import type { Report, ReportAgency } from '../model/report.ts';
import type { OwnTroubles } from '../reports/own-trouble.ts';

/** Exit codes of the command (design §7). */
export const exitCodes = { good: 0, gateFailed: 1, usage: 2, ownTrouble: 3, interrupted: 130, terminated: 143 } as const;

/** `--fail-on`. */
export type FailOn = { kind: 'never' | 'regression' } | { kind: 'status'; worst: 'fail' | 'warn' } | { kind: 'score'; below: number };

/**
 * What a run ends with, in the order of precedence: a signal, then our own trouble, which wins over a gate that failed (a red gate must
 * mean the agencies), then the gate.
 */
export function exitCodeOf(end: { signal: 'SIGINT' | 'SIGTERM' | null; troubles: OwnTroubles; gateFailed: boolean }): number {
  if (end.signal === 'SIGINT') return exitCodes.interrupted;
  if (end.signal === 'SIGTERM') return exitCodes.terminated;
  if (end.troubles.length > 0) return exitCodes.ownTrouble;
  return end.gateFailed ? exitCodes.gateFailed : exitCodes.good;
}

/**
 * Does the gate fail? `fail`: a verdict or a finding of a service in use is a fail; `warn`: or a warning; `score`: a conformity score is
 * lower. What was not measured, has no score, or is counted in no share fails no gate. `regression` needs a baseline and is decided there.
 */
export function gateFails(report: Report, rule: FailOn): boolean {
  return report.agencies.some((agency) => agency.counted !== 'not-counted' && agencyFails(agency, rule));
}

function agencyFails({ conformity, findings, services }: ReportAgency, rule: FailOn): boolean {
  if (rule.kind === 'score') return conformity.score !== null && conformity.score < rule.below;
  if (rule.kind !== 'status') return false;
  if (conformity.verdict === 'fail') return true;
  const left = new Set(services.filter(({ state }) => state === 'retired' || state === 'gone').map(({ role }) => role));
  return findings.some(
    ({ status, service, ignored }) =>
      ignored === null && !left.has(service) && (status === 'fail' || (rule.worst === 'warn' && status === 'warn')),
  );
}

/** As it is written on the command line. */
export function failOnText(rule: FailOn): string {
  if (rule.kind === 'score') return `score<${rule.below}`;
  return rule.kind === 'status' ? rule.worst : rule.kind;
}
