import { causeOfCut, saidBy } from './cause.ts';
import type { Settled } from './question.ts';
import { resolveAddress, settle } from './question.ts';
import type { Cut, IterationOptions, Session } from './session.ts';
import { familiesOf, rootCut } from './session.ts';
import type { Hop, Iteration, Resolution, ZoneCut } from './types.ts';

/**
 * Resolves a name from the root as its authoritative servers tell it, aliases included. Every name of an alias chain has a
 * budget of its own (`maxQueriesPerQuestion`), the look-ups of its name servers included.
 */
export function* iterate(options: IterationOptions, name: string, type: string): Iteration<Resolution> {
  const { session, root } = createSession(options);
  const aliases: string[] = [];
  const hops: Hop[] = [];
  let current = name;
  for (;;) {
    const settled = yield* settle(session, root, { name: current, type, path: [] });
    const { decision, cut } = settled;
    if (settled.located) hops.push(hopOf(session, root, current, settled));
    const finish = (end: Pick<Resolution, 'outcome'> & Partial<Resolution>): Resolution => ({
      ...{ name, type, policy: options.policy, records: [], aliases, cause: null, brokenCut: null, hops },
      cuts: cutsTo(session, root, cut),
      perServer: settled.replies.map(saidBy),
      observations: usedIn(session),
      ...end,
    });
    if (decision.kind === 'answer') return finish({ outcome: 'answer', records: decision.records });
    if (decision.kind === 'failed' || decision.kind === 'referral')
      return finish({ outcome: 'broken', cause: causeOfCut(session, cut, settled.replies), brokenCut: cut.zone });
    if (decision.kind !== 'alias') return finish({ outcome: decision.kind });
    const { target } = decision;
    if (target === name || aliases.includes(target)) return finish({ outcome: 'broken', cause: 'dns-inconsistent', brokenCut: cut.zone });
    if (aliases.length >= options.limits.maxAliases) return finish({ outcome: 'broken', cause: 'budget-exhausted', brokenCut: cut.zone });
    aliases.push(target);
    current = target;
    newQuestion(session);
  }
}

function createSession(options: IterationOptions): { session: Session; root: Cut } {
  const session: Session = {
    options,
    families: familiesOf(options.policy),
    answers: new Map(),
    charged: new Set(),
    nestedLookups: 0,
    cutShort: false,
    cuts: new Map(),
    resolveAddress: (name, type, path) => resolveAddress(session, root, { name, type, path }),
  };
  const root = rootCut(session);
  return { session, root };
}

function newQuestion(session: Session): void {
  session.charged.clear();
  session.nestedLookups = 0;
  session.cutShort = false;
}

function cutsTo(session: Session, root: Cut, last: Cut): ZoneCut[] {
  const chain: ZoneCut[] = [];
  for (let cut: Cut | undefined = last; cut !== undefined; cut = parentCut(session, root, cut)) chain.unshift(zoneCutOf(cut));
  return chain;
}

function parentCut(session: Session, root: Cut, cut: Cut): Cut | undefined {
  if (cut.parent === null) return undefined;
  return session.cuts.get(cut.parent) ?? root;
}

function zoneCutOf(cut: Cut): ZoneCut {
  const { zone, parent, parentServesChild, observations } = cut;
  const servers = cut.names.map((name) => ({ name, addresses: cut.addresses.get(name) ?? [] }));
  return { zone, parent, servers, parentServesChild, observations };
}

function hopOf(session: Session, root: Cut, name: string, settled: Settled): Hop {
  return { name, zone: settled.cut.zone, cuts: cutsTo(session, root, settled.cut), perServer: settled.replies.map(saidBy) };
}

function usedIn(session: Session): string[] {
  return [...new Set([...session.answers.values()].flatMap((observation) => (observation === null ? [] : [observation.id])))];
}
