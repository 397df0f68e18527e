import type { Family } from '../model/observation.ts';
import type { Reply } from './cause.ts';
import { helps, readReply } from './cause.ts';
import { orderedBy } from './order.ts';
import type { Cut, NestedAddresses, ServerAddress, Session } from './session.ts';
import { ask, learnAddress, maxDepth, together } from './session.ts';
import type { Iteration } from './types.ts';

interface Question {
  name: string;
  type: string;
}

/** Per family: one server first, then two, then all that are left. */
const batchSizes = [1, 2];
/** Servers without glue whose addresses are looked for at a time on the way down. */
const lookupsAtATime = 3;

const mostOrders = 200;

/** All known addresses, each once, in an order that spreads load over the servers but is the same in every replay. */
function knownServers(session: Session, cut: Cut, question: Question): readonly ServerAddress[] {
  const known = cut.orders.get(question.name);
  if (known !== undefined) return known;
  const ordered = orderServers(session, cut, question);
  if (cut.orders.size >= mostOrders) cut.orders = new Map();
  cut.orders.set(question.name, ordered);
  return ordered;
}

function orderServers(session: Session, cut: Cut, question: Question): ServerAddress[] {
  const unique = new Map<string, ServerAddress>();
  for (const addresses of cut.addresses.values()) for (const address of addresses) unique.set(address.address, address);
  if (unique.size === 0) for (const address of cut.fallback) unique.set(address.address, address);
  return orderedBy(`${session.options.seed}|${cut.zone}|${question.name}`, [...unique.values()], (server) => server.address);
}

function* put(
  session: Session,
  cut: Cut,
  question: Question & { servers: readonly ServerAddress[]; path: readonly string[] },
): Iteration<Reply[]> {
  const { servers, name, type, path } = question;
  const observations = yield* ask(
    session,
    servers.map((server) => ({ address: server.address, family: server.family, name, type })),
    path,
  );
  return servers.map((server, index) => readReply(server, observations[index] ?? null, { zone: cut.zone, name, type }));
}

function nextBatch(session: Session, servers: readonly ServerAddress[], round: number): ServerAddress[] {
  const size = batchSizes[round] ?? servers.length;
  return session.families.flatMap((family: Family) => servers.filter((server) => server.family === family).slice(0, size));
}

/** Asks a cut's servers in growing batches until one helps, then no more. Returns every reply. */
export function* askUntilHelped(session: Session, cut: Cut, question: Question & { path: readonly string[] }): Iteration<Reply[]> {
  const replies: Reply[] = [];
  const asked = new Set<string>();
  const skip = new Set<string>();
  for (let round = 0; ; round++) {
    const waiting = knownServers(session, cut, question).filter((server) => !asked.has(server.address));
    const batch = nextBatch(session, waiting, round);
    if (batch.length === 0) {
      if (!(yield* resolveServers(session, cut, { path: question.path, atMost: lookupsAtATime, skip }))) return replies;
      continue;
    }
    for (const server of batch) asked.add(server.address);
    replies.push(...(yield* put(session, cut, { ...question, servers: batch })));
    if (replies.some(helps)) return replies;
  }
}

/** Asks every server address of the zone side by side, after looking for the addresses that the referral did not bring. */
export function* askAll(session: Session, cut: Cut, question: Question & { path: readonly string[] }): Iteration<Reply[]> {
  yield* resolveServers(session, cut, { path: question.path, atMost: session.options.limits.maxQueriesPerQuestion, skip: new Set() });
  return yield* put(session, cut, { ...question, servers: knownServers(session, cut, question) });
}

/**
 * Looks for addresses of servers that came without usable glue, side by side. False when there was nothing left to try. A
 * zone whose servers are already being looked for is left alone: that way lie loops (faults D9).
 */
function* resolveServers(
  session: Session,
  cut: Cut,
  how: { path: readonly string[]; atMost: number; skip: Set<string> },
): Iteration<boolean> {
  const { path, atMost, skip } = how;
  if (path.includes(cut.zone) || path.length >= maxDepth) return false;
  const names = cut.names.filter((name) => !skip.has(name) && !cut.tried.has(name) && !cut.addresses.has(name)).slice(0, atMost);
  const room = session.options.limits.maxQueriesPerQuestion - session.nestedLookups;
  const allowed = names.slice(0, Math.max(0, room));
  if (allowed.length < names.length) session.cutShort = true;
  if (allowed.length === 0) return false;
  session.nestedLookups += allowed.length;
  for (const name of allowed) {
    cut.tried.add(name);
    skip.add(name);
  }
  const lookups = allowed.flatMap((name) => session.families.map((family) => ({ name, family })));
  const inner = [...path, cut.zone];
  const results = yield* together(lookups.map(({ name, family }) => session.resolveAddress(name, family === 6 ? 'AAAA' : 'A', inner)));
  for (const [index, result] of results.entries()) {
    const lookup = lookups[index];
    if (lookup !== undefined) learnResult(session, cut, { ...lookup, result, undecided: result.looped && path.length > 0 });
  }
  return true;
}

function learnResult(
  session: Session,
  cut: Cut,
  found: { name: string; family: Family; result: NestedAddresses; undecided: boolean },
): void {
  const { name, family, result } = found;
  for (const address of result.addresses) learnAddress(session, cut, { name, family, address, source: 'resolved' });
  // Undecided by a loop: another way to this zone may find the address later.
  if (found.undecided && !cut.addresses.has(name)) cut.tried.delete(name);
  else if (result.cause !== null) cut.problems.push(result.cause);
}
