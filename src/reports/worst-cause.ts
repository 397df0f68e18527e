import { causeTexts } from '../i18n/causes.ts';
import type { Cause } from '../model/cause.ts';
import type { Bilingual, ReportAgency, ReportFinding, Verdict } from '../model/report.ts';
import type { Checks } from './check-titles.ts';
import { worstFirst } from './show-level.ts';

/** What weighs most on an agency. `check` is '' where no check decided (a service that does not exist). */
export interface WorstCause {
  check: string;
  /** Message of the finding; '' where there is none. */
  message: string;
  cause: Cause | null;
  /** With the values of this agency. */
  text: Bilingual;
}

/** What decided a verdict that is not pass, else the worst finding that is not fine, else null. */
export function worstCause({ conformity, findings }: ReportAgency): WorstCause | null {
  const services = Object.values(conformity.services);
  const decided = services.find(({ verdict }) => verdict === 'fail') ?? services.find(({ verdict }) => verdict === 'inconclusive');
  const wanting = worstFirst(findings).filter(weighs);
  const deciding = decided === undefined ? undefined : wanting.find(({ check, status }) => check === decided.check && status !== 'warn');
  if (decided !== undefined && deciding === undefined && decided.cause !== null) {
    return { check: decided.check ?? '', message: '', cause: decided.cause, text: causeTexts[decided.cause] };
  }
  const finding = deciding ?? wanting[0];
  return finding === undefined ? null : { check: finding.check, message: finding.message, cause: finding.cause, text: finding.text };
}

/** What is only worth knowing and could not be measured weighs on nobody. */
function weighs({ status, level }: ReportFinding): boolean {
  return status === 'fail' || status === 'warn' || (status === 'inconclusive' && level !== 'informative');
}

/** A problem in few words, whoever has it: its cause, else its message without values, else the title of its check. */
export function problemText({ check, message, cause }: Omit<WorstCause, 'text'>, checks: Checks): Bilingual {
  if (cause !== null) return { vi: causeTexts[cause].vi, en: causeTexts[cause].en };
  return checks.message(check, message) ?? checks.title(check);
}

/** The same where several messages of one check may stand side by side with one cause: the message first. */
export function messageText(problem: Omit<WorstCause, 'text'>, checks: Checks): Bilingual {
  return checks.message(problem.check, problem.message) ?? problemText(problem, checks);
}

const verdictOrder: readonly Verdict[] = ['fail', 'inconclusive', 'pass', 'not-counted'];

/** Worst verdict first, then lowest score, then by domain. An order for reading, no rank. */
export function worstAgenciesFirst(agencies: readonly ReportAgency[]): ReportAgency[] {
  return agencies.toSorted(
    (a, b) =>
      verdictOrder.indexOf(a.conformity.verdict) - verdictOrder.indexOf(b.conformity.verdict) ||
      (a.conformity.score ?? 101) - (b.conformity.score ?? 101) ||
      (a.domain < b.domain ? -1 : 1),
  );
}
