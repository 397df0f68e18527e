import type { Cause } from '../model/cause.ts';
import { ourFailures } from '../model/failure.ts';
import type { Family, ObservationOf } from '../model/observation.ts';
import { readSoa, type SoaReading } from '../parsers/zone-answer.ts';
import type { AgencyContext } from './context.ts';
import { lastTryWindow } from './observed.ts';
import { registrableDomain } from './registrable-domain.ts';

/** How one name-server address answers SOA over one transport. 'ours': not measurable from here, `cause` says why. */
export interface TransportOutcome {
  state: 'good' | 'unstable' | 'lame' | 'error' | 'silent' | 'refused' | 'ours';
  /** Null exactly for 'good'. */
  cause: Cause | null;
  /** RCODE, failure code or what was wrong with the answer; '' for good. */
  detail: string;
  /** Tries over all rounds that speak of the server, and how many were answered. */
  tries: number;
  answered: number;
  serial: number | null;
  observations: string[];
}

export interface LivenessQuestion {
  zone: string;
  address: string;
  family: Family;
  transport: 'udp' | 'tcp';
}

type DnsObservation = ObservationOf<'dns-query'>;
interface Seen {
  observation: DnsObservation;
  reading: SoaReading;
}

/**
 * Judges one address and transport by every plain SOA question put to it, all rounds together: one good answer means alive.
 * A failure counts only beside a proof of our own vantage, and never after other answers over the same transport (faults D13).
 */
export function transportOutcome(context: AgencyContext, question: LivenessQuestion): TransportOutcome {
  const seen = soaQuestions(context, question).map((observation) => ({ observation, reading: readSoa(observation, question.zone) }));
  const counts = countTries(inAnsweredWay(seen));
  const say = (state: TransportOutcome['state'], cause: Cause | null, detail = ''): TransportOutcome => ({
    state,
    cause,
    detail,
    ...counts,
    serial: seen.findLast(({ reading }) => reading.state === 'good')?.reading.serial ?? null,
    observations: seen.map(({ observation }) => observation.id),
  });
  if (seen.length === 0) return say('ours', notAskedCause(context));
  if (seen.some(({ reading }) => reading.state === 'good'))
    return isUnstable(context, counts) ? say('unstable', 'unstable') : say('good', null);

  const answered = seen.findLast(({ reading }) => ['lame', 'error', 'truncated'].includes(reading.state));
  if (answered !== undefined) return judgeBadAnswer(context, { question, seen, last: answered, say });
  const failed = seen.findLast(({ reading }) => reading.state === 'silent' || reading.state === 'refused');
  if (failed === undefined) return say('ours', causeOfOurs(context, question.family, seen.at(-1)?.reading.detail ?? ''));
  const retested = seen.some(({ observation }) => observation.request.round !== '1');
  const doubt = doubtOf(context, { question, failed, enough: retested && counts.tries >= context.manifest.settings.dns.tries });
  if (doubt !== null) return say('ours', doubt, failed.reading.detail);
  return failed.reading.state === 'silent'
    ? say('silent', 'timeout', 'timeout')
    : say('refused', refusalCause(failed.observation), failed.reading.detail);
}

type Say = (state: TransportOutcome['state'], cause: Cause | null, detail?: string) => TransportOutcome;
interface BadAnswer {
  question: LivenessQuestion;
  seen: Seen[];
  last: Seen;
  say: Say;
}

function judgeBadAnswer(context: AgencyContext, { question, seen, last, say }: BadAnswer): TransportOutcome {
  const { state, detail } = last.reading;
  if (state === 'lame') return say('lame', 'dns-lame', detail);
  if (state === 'truncated') {
    // TC on an SOA is a rate limiter's slip (BIND `slip`): the datagram arrived, and TCP shows what the server holds.
    const overTcp = transportOutcome(context, { ...question, transport: 'tcp' });
    return overTcp.state === 'good' || overTcp.state === 'unstable' ? say('good', null) : say('error', 'truncated', 'truncated');
  }
  // A server that reloads says SERVFAIL for a moment (faults D7): it gets as many looks as a silent one.
  const { tries } = context.manifest.settings.dns;
  if (detail === 'SERVFAIL' && seen.filter(({ reading }) => reading.detail === 'SERVFAIL').length < tries)
    return say('ours', 'dns-servfail', detail);
  if (isEdnsRejected(last) && !seen.some(isPlain)) return say('ours', notAskedCause(context), detail);
  return say('error', rcodeCause(detail), detail);
}

/** "I do not know EDNS" is no fault before the question was put without it (faults D5). */
function isEdnsRejected({ observation, reading }: Seen): boolean {
  return observation.request.udpPayloadBytes !== null && (reading.detail === 'FORMERR' || reading.detail === 'BADVERS');
}

function isPlain({ observation, reading }: Seen): boolean {
  return observation.request.udpPayloadBytes === null && reading.state !== 'ours';
}

/** A server that drops EDNS and answers without it loses no packets: only the way it answers is counted (faults D5). */
function inAnsweredWay(seen: readonly Seen[]): readonly Seen[] {
  const good = seen.filter(({ reading }) => reading.state === 'good');
  return good.length > 0 && good.every(isPlain) ? seen.filter(isPlain) : seen;
}

function rcodeCause(detail: string): Cause {
  if (detail === 'REFUSED') return 'dns-refused';
  return detail === 'SERVFAIL' ? 'dns-servfail' : 'dns-lame';
}

function refusalCause(observation: DnsObservation): Cause {
  return observation.failure?.code ?? 'refused';
}

/** Reasons not to hold a failure of the network against the server. `enough`: silence was met in spaced tries and at the end of the run. */
function doubtOf(
  context: AgencyContext,
  { question, failed, enough }: { question: LivenessQuestion; failed: Seen; enough: boolean },
): Cause | null {
  const { family, address, transport } = question;
  const window = lastTryWindow(failed.observation);
  const proven = context.run.provenAround({ class: 'dns', family, ...window, subject: registrableDomain(question.zone) });
  if (!proven) return family === 6 ? 'vantage-no-ipv6' : 'vantage-no-ipv4';
  if (failed.reading.state !== 'silent') return null;
  if (family === 6 && context.run.prefixSuspect(address)) return 'prefix-suspect';
  const answeredElse = context.evidence
    .dnsOfServer(address)
    .some((other) => other.request.transport === transport && other.response !== null);
  // A connect that completes and then hangs is no DNS answer (faults D4): no limit of rate, but no service.
  const endpoint = transport === 'tcp' ? 'dns-tcp/53' : 'udp/53';
  if (answeredElse || context.run.answeredInRun(address, endpoint)) return 'rate-limited';
  return enough ? null : notAskedCause(context);
}

function soaQuestions(context: AgencyContext, { zone, address, transport }: LivenessQuestion): DnsObservation[] {
  return context.evidence
    .dnsOfServer(address)
    .filter(
      ({ request }) => request.name === zone && request.type === 'SOA' && request.transport === transport && !request.recursionDesired,
    )
    .sort((left, right) => (left.startedAt < right.startedAt ? -1 : 1));
}

function countTries(seen: readonly Seen[]): { tries: number; answered: number } {
  let tries = 0;
  let answered = 0;
  for (const { observation, reading } of seen) {
    if (reading.state === 'ours') continue;
    tries += observation.tries.filter(({ failure }) => failure === null || !ourFailures.has(failure.code)).length;
    answered += observation.tries.filter(({ failure }) => failure === null).length;
  }
  return { tries, answered };
}

function isUnstable(context: AgencyContext, { tries, answered }: { tries: number; answered: number }): boolean {
  const { lossTries, unstableShareMin, unstableShareMax } = context.manifest.settings.run;
  const share = answered / tries;
  return tries >= lossTries && share >= unstableShareMin && share <= unstableShareMax;
}

/** Why a question that facts look for is not in the evidence. */
export function notAskedCause(context: AgencyContext): Cause {
  if (context.budgetExhausted) return 'budget-exhausted';
  return context.crashes.length > 0 ? 'probe-error' : 'not-attempted';
}

function causeOfOurs(context: AgencyContext, family: Family, code: string): Cause {
  if (code === 'no-route') {
    if (family === 4) return 'vantage-no-ipv4';
    return context.run.vantage.ipv6 === 'absent' ? 'vantage-no-ipv6' : 'local-no-route';
  }
  if (code === 'internal-error') return 'probe-error';
  if (code === 'local-limit' || code === 'cancelled' || code === 'opted-out' || code === 'address-refused') return code;
  return notAskedCause(context);
}
