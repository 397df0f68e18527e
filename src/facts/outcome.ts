import type { Cause } from '../model/cause.ts';
import { type Failure, type FailureStep, ourFailures } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import type { AgencyContext, ProofClass } from './context.ts';
import { ipv4DoubtOf } from './ipv4-doubt.ts';
import { endpointOf, lastTryWindow } from './observed.ts';

/** How one exchange over IPv6 stands against its IPv4 twin (checks.md, "Rules for all"). */
export interface FamilyComparison {
  /** 'fails' is the only one that may become a fail of the agency. */
  verdict: 'works' | 'fails' | 'not-offered' | 'unstable' | 'unknown';
  /** The failure or cause behind 'fails', 'unstable', 'unknown'; null for 'works'. */
  cause: Cause | null;
  step: FailureStep | null;
  /** Tries over IPv6, over all rounds, and how many of them were answered. */
  tries: number;
  answered: number;
  observations: string[];
}

export interface ComparisonInput {
  proofClass: Extract<ProofClass, 'web' | 'smtp'>;
  /** Observations over IPv6 of one address and port, main and retest. Empty: not asked. */
  ipv6: readonly Observation[];
  /** The same exchange over IPv4, all addresses of the host. */
  ipv4: readonly Observation[];
  /** False when DNS says, by evidence, that there is no A record. */
  ipv4Published: boolean;
  /** Did this observation come far enough to count as "works" (a TCP connect, a handshake, a response)? */
  reached: (observation: Observation) => boolean;
  /** Registrable domain of the subject: its own success proves nothing about our vantage. */
  subject: string;
}

interface FailedObservation {
  observation: Observation;
  failure: Failure;
}

/** The table of checks.md in one place: the IPv6 side, the IPv4 control and the proof of the vantage give a verdict. */
export function compareFamilies(context: AgencyContext, input: ComparisonInput): FamilyComparison {
  const counts = countTries(input);
  const say = (verdict: FamilyComparison['verdict'], cause: Cause | null, failed?: FailedObservation): FamilyComparison => ({
    verdict,
    cause,
    step: failed?.failure.step ?? null,
    ...counts,
    observations: [...input.ipv6, ...input.ipv4].map(({ id }) => id),
  });
  if (input.ipv6.length === 0) return say('unknown', context.budgetExhausted ? 'budget-exhausted' : 'not-attempted');
  if (counts.answered > 0) return isUnstable(context, counts) ? say('unstable', 'unstable') : say('works', null);

  const failures = input.ipv6.flatMap((observation) =>
    observation.failure === null ? [] : [{ observation, failure: observation.failure }],
  );
  const theirs = failures.filter(({ failure }) => !ourFailures.has(failure.code) && failure.code !== 'address-refused');
  const last = latest(theirs);
  if (last === undefined) return say('unknown', causeOfOurs(context, failures), failures.at(-1));
  const { fromMs, toMs } = lastTryWindow(last.observation);
  if (!context.run.provenAround({ class: input.proofClass, family: 6, fromMs, toMs, subject: input.subject })) {
    return say('unknown', unprovenCause(context, input.proofClass), last);
  }
  const judged = judgeAgainstIpv4(input, { last, doubt: ipv4DoubtOf(context, input.proofClass, input.ipv4) }, say);
  const doubt = judged.verdict === 'fails' ? doubtOf(context, input, last) : null;
  return doubt === null ? judged : say('unknown', doubt, last);
}

/** The rows of the table in which the vantage is proven. */
function judgeAgainstIpv4(
  input: ComparisonInput,
  { last, doubt }: { last: FailedObservation; doubt: Cause | null },
  say: (verdict: FamilyComparison['verdict'], cause: Cause | null, failed?: FailedObservation) => FamilyComparison,
): FamilyComparison {
  if (input.ipv4.some(input.reached)) return say('fails', last.failure.code, last);
  if (!input.ipv4Published) return say('fails', last.failure.code, last);
  const codes = input.ipv4.flatMap(({ failure }) => (failure === null ? [] : [failure.code]));
  if (codes.every((code) => ourFailures.has(code))) return say('unknown', 'vantage-no-ipv4', last);
  if (input.proofClass === 'web' && last.failure.code === 'refused' && codes.every((code) => code === 'refused'))
    return say('not-offered', 'refused', last);
  return say('unknown', doubt ?? 'both-families-down', last);
}

/** Reasons not to believe a failure of the target although our own IPv6 is proven. */
function doubtOf(context: AgencyContext, input: ComparisonInput, last: FailedObservation): Cause | null {
  if (last.failure.code !== 'timeout') return null;
  const { address } = last.observation.request;
  if (context.run.prefixSuspect(address)) return 'prefix-suspect';
  if (last.failure.step === 'connect' && context.run.answeredInRun(address, endpointOf(last.observation))) return 'unstable';
  const retested = input.ipv6.some(({ request }) => request.round === 'retest' || request.round === 'remeasure');
  return retested ? null : 'not-attempted';
}

/** Tries count one by one: a try reached the target if the observation with that try's end alone would have. */
function countTries(input: ComparisonInput): { tries: number; answered: number } {
  let tries = 0;
  let answered = 0;
  for (const observation of input.ipv6) {
    for (const [at, { failure }] of observation.tries.entries()) {
      const deciding = at === observation.tries.length - 1;
      const reached = input.reached(deciding ? observation : ({ ...observation, failure, response: null } as Observation));
      if (reached) answered += 1;
      if (reached || failure === null || !ourFailures.has(failure.code)) tries += 1;
    }
  }
  return { tries, answered };
}

function isUnstable(context: AgencyContext, { tries, answered }: { tries: number; answered: number }): boolean {
  const { lossTries, unstableShareMin, unstableShareMax } = context.manifest.settings.run;
  const share = answered / tries;
  return tries >= lossTries && share >= unstableShareMin && share <= unstableShareMax;
}

function latest(failures: FailedObservation[]): FailedObservation | undefined {
  return failures.reduce<FailedObservation | undefined>(
    (newest, next) => (newest === undefined || next.observation.startedAt >= newest.observation.startedAt ? next : newest),
    undefined,
  );
}

/** Every failure over IPv6 was our own: which cause says so best. */
function causeOfOurs(context: AgencyContext, failures: FailedObservation[]): Cause {
  const code = failures.at(-1)?.failure.code ?? 'not-attempted';
  if (code === 'no-route') return context.run.vantage.ipv6 === 'absent' ? 'vantage-no-ipv6' : 'local-no-route';
  if (code === 'internal-error') return 'probe-error';
  if (code === 'not-attempted' && context.budgetExhausted) return 'budget-exhausted';
  return code;
}

/** Cause for a failure without a proof of our own IPv6 around it. */
export function unprovenCause(context: AgencyContext, proofClass: ProofClass): Cause {
  const { vantage } = context.run;
  if (vantage.ipv6 === 'absent') return 'vantage-no-ipv6';
  if (proofClass === 'smtp') return 'vantage-port25-blocked';
  if (proofClass === 'web') return 'vantage-web-unproven';
  return 'vantage-no-ipv6';
}
