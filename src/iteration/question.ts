import { askAll, askUntilHelped } from './ask-cut.ts';
import type { Reply } from './cause.ts';
import { causeOfCut } from './cause.ts';
import type { Decision } from './decide.ts';
import { decide } from './decide.ts';
import { parentOf } from './names.ts';
import type { Cut, NestedAddresses, Session } from './session.ts';
import { deepestCut } from './session.ts';
import type { Iteration } from './types.ts';
import { deeperOwner, findCut, learnReferral, walk } from './walk.ts';

interface Question {
  name: string;
  type: string;
  /** Zones whose servers are being looked for; empty for the question that somebody asked for. */
  path: readonly string[];
}

export interface Settled {
  cut: Cut;
  replies: Reply[];
  decision: Decision;
  /** The zone of the name was found, whatever its servers then said. */
  located: boolean;
}

/**
 * One name and type, without following aliases: finds the zone, then asks there. The servers of the zone of the main question
 * are all asked; for a name server's address, and at the root, the first that helps is enough.
 */
export function* settle(session: Session, root: Cut, question: Question): Iteration<Settled> {
  const { name, type, path } = question;
  // DS lives in the parent (RFC 4035 §3.1.4.1); a server's address needs no proof of the cut above it.
  const target = type === 'DS' || path.length > 0 ? parentOf(name) : name;
  let walked = yield* walk(session, deepestCut(session, target, root), target, path);
  for (;;) {
    const { cut } = walked;
    const everyone = path.length === 0 && cut.zone !== '';
    const replies = yield* everyone ? askAll(session, cut, question) : askUntilHelped(session, cut, question);
    const decision = decide(replies);
    const deeper = yield* deeperCut(session, cut, { decision, replies, path });
    if (deeper === null)
      return {
        cut,
        replies,
        decision: decision.kind === 'referral' ? { kind: 'failed' } : decision,
        located: walked.whole || decision.kind !== 'failed',
      };
    walked = yield* walk(session, deeper, target, path);
  }
}

/** A cut below the present one that the answers show. Always strictly deeper, so the loop above ends. */
function* deeperCut(
  session: Session,
  cut: Cut,
  seen: { decision: Decision; replies: Reply[]; path: readonly string[] },
): Iteration<Cut | null> {
  const { decision, replies, path } = seen;
  if (decision.kind === 'referral') return learnReferral(session, cut, replies);
  if (decision.kind !== 'nodata' && decision.kind !== 'nxdomain') return null;
  const owner = deeperOwner(cut, replies);
  if (owner === null) return null;
  const found = yield* findCut(session, cut, { step: owner, path });
  return typeof found === 'string' ? null : found;
}

/** Addresses of a name server, through aliases (against RFC 2181 §10.3, but resolvers in use follow them). */
export function* resolveAddress(session: Session, root: Cut, question: Question): Iteration<NestedAddresses> {
  const seen = new Set<string>();
  let { name } = question;
  while (!seen.has(name) && seen.size <= session.options.limits.maxAliases) {
    seen.add(name);
    const { cut, replies, decision } = yield* settle(session, root, { ...question, name });
    if (decision.kind === 'answer') {
      return {
        addresses: decision.records.flatMap((record) => (record.type === 'A' || record.type === 'AAAA' ? [record.address] : [])),
        cause: null,
        looped: false,
      };
    }
    if (decision.kind === 'failed') {
      return { addresses: [], cause: causeOfCut(session, cut, replies), looped: replies.length === 0 && question.path.includes(cut.zone) };
    }
    if (decision.kind !== 'alias') return { addresses: [], cause: null, looped: false };
    name = decision.target;
  }
  return { addresses: [], cause: 'dns-lame', looped: false };
}
