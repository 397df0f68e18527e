import type { Cause } from '../model/cause.ts';
import type { DnsResponse } from '../model/dns.ts';
import type { Failure } from '../model/failure.ts';
import { ourFailures } from '../model/failure.ts';
import type { ObservationOf } from '../model/observation.ts';
import type { AskedOfZone, Classification } from './classify.ts';
import { classify } from './classify.ts';
import { isAnswered } from './exchange.ts';
import type { Cut, ServerAddress, Session } from './session.ts';
import type { ServerSaid } from './types.ts';

/** One server's reply to one question, read. */
export interface Reply {
  server: ServerAddress;
  observation: ObservationOf<'dns-query'> | null;
  /** Null: no response. */
  verdict: Classification | null;
}

/** What a response means to the one who asked. The walk to a zone meets the same responses in every look-up of an agency. */
const verdicts = new WeakMap<DnsResponse, { asked: AskedOfZone; verdict: Classification }>();

function classified(response: DnsResponse, asked: AskedOfZone): Classification {
  const known = verdicts.get(response);
  if (known?.asked.zone === asked.zone && known.asked.name === asked.name && known.asked.type === asked.type) return known.verdict;
  const verdict = classify(response, asked);
  verdicts.set(response, { asked, verdict });
  return verdict;
}

export function readReply(server: ServerAddress, observation: Reply['observation'], asked: AskedOfZone): Reply {
  const response = observation !== null && isAnswered(observation) ? observation.response : null;
  return { server, observation, verdict: response === null ? null : classified(response, asked) };
}

/** Does the reply carry iteration on: an answer, an alias, a negative or a referral? */
export function helps(reply: Reply): boolean {
  const kind = reply.verdict?.kind;
  return kind === 'answer' || kind === 'alias' || kind === 'referral' || kind === 'nodata' || kind === 'nxdomain';
}

const failureCauses: Partial<Record<Failure['code'], Cause>> = {
  timeout: 'dns-timeout',
  'no-route': 'local-no-route',
  'not-attempted': 'budget-exhausted',
  'internal-error': 'probe-error',
};

const rcodeCauses: Record<string, Cause> = { SERVFAIL: 'dns-servfail', REFUSED: 'dns-refused', MALFORMED: 'malformed' };

/** Why this reply was no help. */
export function causeOfReply(reply: Reply): Cause {
  const { observation, verdict } = reply;
  if (observation === null) return 'not-attempted';
  if (verdict === null) {
    const code = observation.failure?.code ?? 'malformed';
    return failureCauses[code] ?? code;
  }
  return verdict.kind === 'error' ? (rcodeCauses[verdict.rcode] ?? 'protocol-error') : 'dns-lame';
}

/** Ours is not evidence: the question was not put, by our own fault or by our own budget. */
export function notAsked(reply: Reply): boolean {
  return reply.observation === null || (reply.observation.failure !== null && ourFailures.has(reply.observation.failure.code));
}

/** The strongest claim against the zone (lame) is made last, the one with the plainest evidence first. */
const precedence: readonly Cause[] = ['dns-servfail', 'dns-refused', 'dns-timeout'];

function foremost(found: readonly Cause[]): Cause | null {
  const named = precedence.find((cause) => found.includes(cause));
  return named ?? found.find((cause) => cause !== 'dns-lame') ?? found[0] ?? null;
}

/** Why none of a cut's servers helped. Our budget and questions that were never put come before any claim about the servers. */
export function causeOfCut(session: Session, cut: Cut, replies: readonly Reply[]): Cause {
  if (session.cutShort) return 'budget-exhausted';
  if (replies.some((reply) => reply.observation === null)) return 'not-attempted';
  const theirs = foremost([...replies.filter((reply) => !notAsked(reply)).map(causeOfReply), ...cut.problems]);
  if (theirs !== null) return theirs;
  const ours = foremost(replies.filter(notAsked).map(causeOfReply));
  // No reply and no problem: the zone has no server address under this policy.
  return ours ?? 'dns-lame';
}

const saidOf: Record<Classification['kind'], ServerSaid['said']> = {
  answer: 'answer',
  alias: 'answer',
  nodata: 'nodata',
  nxdomain: 'nxdomain',
  referral: 'lame',
  lame: 'lame',
  'upward-referral': 'lame',
  error: 'error',
};

export function saidBy(reply: Reply): ServerSaid {
  const { verdict } = reply;
  const said = verdict === null ? (notAsked(reply) ? 'not-asked' : 'silent') : saidOf[verdict.kind];
  const records = verdict?.kind === 'answer' || verdict?.kind === 'alias' ? verdict.records : [];
  return { address: reply.server.address, family: reply.server.family, said, records, observation: reply.observation?.id ?? null };
}
