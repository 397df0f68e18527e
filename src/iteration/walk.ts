import { askUntilHelped } from './ask-cut.ts';
import type { Reply } from './cause.ts';
import { helps, readReply } from './cause.ts';
import { type Classification, glueFor } from './classify.ts';
import { ancestorAt, isBelow, isWithin, labelCount, minimisedLengths } from './names.ts';
import type { Cut, IterationOptions, Session } from './session.ts';
import { ask, isAlike, learnAddress, newCut } from './session.ts';
import type { Iteration } from './types.ts';

/** `whole` false: a server on the way was no help, so deeper cuts may be unknown. */
export interface Walked {
  cut: Cut;
  whole: boolean;
}

/**
 * Walks from a known cut down to the deepest zone at or above `target`, asking NS for one more label at a time (RFC 9156).
 * Agencies share these questions, and a cut shows even where the parent's server serves the child too. Where a step is
 * refused, or denied by a server that does not know empty non-terminals (RFC 8020), the walk ends early: the caller then asks
 * its real question there and may get a referral still.
 */
export function* walk(session: Session, from: Cut, target: string, path: readonly string[]): Iteration<Walked> {
  let cut = from;
  let shown = labelCount(cut.zone);
  const lengths = minimisedLengths(target);
  for (;;) {
    const length = lengths.find((candidate) => candidate > shown);
    if (length === undefined) return { cut, whole: true };
    const found = yield* findCut(session, cut, { step: ancestorAt(target, length), path });
    if (found === 'denied') return { cut, whole: true };
    if (found === 'no-help') return { cut, whole: false };
    if (found !== 'no-cut') cut = found;
    shown = found === 'no-cut' ? length : labelCount(cut.zone);
  }
}

/** Is there a zone cut at `step`, below `cut`? Asks the servers of `cut`. */
export function* findCut(
  session: Session,
  cut: Cut,
  at: { step: string; path: readonly string[] },
): Iteration<Cut | 'no-cut' | 'denied' | 'no-help'> {
  const { step, path } = at;
  const replies = (yield* askUntilHelped(session, cut, { name: step, type: 'NS', path })).filter(helps);
  const referred = learnReferral(session, cut, replies);
  if (referred !== null) return referred;
  const served = replies.filter((reply) => reply.verdict?.kind === 'answer');
  if (served.length > 0) return yield* learnServedChild(session, cut, { zone: step, replies: served, path });
  const hidden = deeperOwner(cut, replies);
  if (hidden !== null && hidden !== step) return yield* findCut(session, cut, { step: hidden, path });
  if (replies.length === 0) return 'no-help';
  return replies.every((reply) => reply.verdict?.kind === 'nxdomain') ? 'denied' : 'no-cut';
}

/** The SOA owner of a negative answer shows a zone below the one asked: its server serves that zone too. */
export function deeperOwner(cut: Cut, replies: readonly Reply[]): string | null {
  for (const { verdict } of replies) {
    if (verdict?.kind !== 'nodata' && verdict?.kind !== 'nxdomain') continue;
    if (verdict.soaOwner !== null && isBelow(verdict.soaOwner, cut.zone)) return verdict.soaOwner;
  }
  return null;
}

/** Takes over the deepest zone that the replies refer to; servers that refer to it together give one set. */
export function learnReferral(session: Session, parent: Cut, replies: readonly Reply[]): Cut | null {
  const referrals = replies.flatMap(({ verdict, observation }) =>
    verdict?.kind === 'referral' && observation !== null ? [{ verdict, id: observation.id }] : [],
  );
  let zone: string | null = null;
  for (const { verdict } of referrals) if (zone === null || labelCount(verdict.zone) > labelCount(zone)) zone = verdict.zone;
  if (zone === null) return null;
  const known = session.cuts.get(zone);
  if (known !== undefined) return known;
  const own = referrals.filter(({ verdict }) => verdict.zone === zone);
  const like = referredCut(
    session,
    parent.zone,
    own.map(({ verdict }) => verdict),
  );
  const observations = own.map(({ id }) => id);
  const cut: Cut = { ...like, observations, addresses: new Map(like.addresses), tried: new Set(), problems: [...like.problems] };
  session.cuts.set(zone, cut);
  return cut;
}

type Referral = Extract<Classification, { kind: 'referral' }>;

/** Cuts as they came out of referrals, by the first of these; every look-up of an agency passes the same ones. */
const referredCuts = new WeakMap<Referral, { of: readonly Referral[]; parent: string; options: IterationOptions; cut: Cut }[]>();
const mostReferredCuts = 4;

/** The cut that these referrals to one zone show. It is a model, to be copied before it learns anything. */
function referredCut(session: Session, parent: string, own: readonly Referral[]): Cut {
  const { options } = session;
  const [first] = own;
  const known = (first === undefined ? undefined : referredCuts.get(first)) ?? [];
  const same = known.find(
    (other) =>
      other.parent === parent &&
      isAlike(other.options, options) &&
      other.of.length === own.length &&
      other.of.every((one, at) => one === own[at]),
  );
  if (same !== undefined) return same.cut;
  const names = [...new Set(own.flatMap(({ ns }) => ns))].sort();
  const cut = newCut({ zone: first?.zone ?? '', parent, names, parentServesChild: false, observations: [] });
  for (const { glue } of own) for (const address of glue) learnAddress(session, cut, { ...address, source: 'glue' });
  if (first !== undefined) referredCuts.set(first, [{ of: own, parent, options, cut }, ...known].slice(0, mostReferredCuts));
  return cut;
}

/**
 * The parent's server answers for the child with authority: no referral, so the child's own NS set must do. Names inside the
 * child are asked of the servers that answered; through the parent there is no other way to them.
 */
function* learnServedChild(
  session: Session,
  parent: Cut,
  child: { zone: string; replies: readonly Reply[]; path: readonly string[] },
): Iteration<Cut> {
  const { zone, replies, path } = child;
  const known = session.cuts.get(zone);
  if (known !== undefined) return known;
  const records = replies.flatMap(({ verdict }) => (verdict?.kind === 'answer' ? verdict.records : []));
  const names = [...new Set(records.flatMap((record) => (record.type === 'NS' ? [record.target] : [])))].sort();
  const ids = replies.flatMap(({ observation }) => (observation === null ? [] : [observation.id]));
  const cut = newCut({ zone, parent: parent.zone, names, parentServesChild: true, observations: ids });
  for (const { observation } of replies) {
    const response = observation?.response ?? null;
    if (response !== null)
      for (const glue of glueFor(response, names, parent.zone)) learnAddress(session, cut, { ...glue, source: 'glue' });
  }
  cut.fallback = replies.map(({ server }) => server);
  cut.orders = new Map();
  yield* askForServers(session, cut, { replies, path });
  session.cuts.set(zone, session.cuts.get(zone) ?? cut);
  return session.cuts.get(zone) ?? cut;
}

function* askForServers(session: Session, cut: Cut, how: { replies: readonly Reply[]; path: readonly string[] }): Iteration<void> {
  const names = cut.names.filter((name) => isWithin(name, cut.zone) && !cut.addresses.has(name));
  const asked = names.flatMap((name) =>
    session.families.flatMap((family) => how.replies.map(({ server }) => ({ name, server, type: family === 6 ? 'AAAA' : 'A' }))),
  );
  const observations = yield* ask(
    session,
    asked.map(({ name, server, type }) => ({ address: server.address, family: server.family, name, type })),
    how.path,
  );
  for (const [index, { name, server, type }] of asked.entries()) {
    const { verdict } = readReply(server, observations[index] ?? null, { zone: cut.zone, name, type });
    if (verdict?.kind !== 'answer') continue;
    for (const record of verdict.records) {
      if (record.type === 'A' || record.type === 'AAAA')
        learnAddress(session, cut, { name, address: record.address, family: record.type === 'A' ? 4 : 6, source: 'resolved' });
    }
  }
}
