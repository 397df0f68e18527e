import type { Cause } from '../model/cause.ts';
import type { Family, ObservationOf } from '../model/observation.ts';
import type { RootServer } from '../model/run.ts';
import type { FamilyPolicy, Iteration, NameServer, ServerQuestion } from './types.ts';

export interface IterationOptions {
  roots: readonly RootServer[];
  policy: FamilyPolicy;
  limits: { maxQueriesPerQuestion: number; maxAliases: number };
  /** Special-purpose addresses in glue and answers are never asked. */
  isUsable(address: string): boolean;
  /** Varies the order of servers; the run id. */
  seed: string;
}

export type ServerAddress = NameServer['addresses'][number];

/** What is known of a zone cut. Holds only the parent's referral and what was resolved from it (faults D25). */
export interface Cut {
  zone: string;
  parent: string | null;
  names: string[];
  addresses: Map<string, ServerAddress[]>;
  parentServesChild: boolean;
  /** The parent's servers that answered for the zone with authority: asked where no address of its own servers is known. */
  fallback: ServerAddress[];
  observations: string[];
  /** Names whose addresses were looked for without glue. */
  tried: Set<string>;
  /** Why addresses of some servers are not known. */
  problems: Cause[];
  /** The addresses in the order for a name, as long as none is added; may be shared by cuts with the same addresses. */
  orders: Map<string, ServerAddress[]>;
}

/** How a nested look-up of a server's address ended. `looped`: it needed a zone whose servers are being looked for. */
export interface NestedAddresses {
  addresses: string[];
  cause: Cause | null;
  looped: boolean;
}

/** Everything one `iterate` remembers. Dies with it: nothing learnt under one policy serves another. */
export interface Session {
  options: IterationOptions;
  families: readonly Family[];
  answers: Map<string, ObservationOf<'dns-query'> | null>;
  /** Questions on the present question's budget; cleared at every alias. */
  charged: Set<string>;
  nestedLookups: number;
  /** The budget kept something from being asked. */
  cutShort: boolean;
  cuts: Map<string, Cut>;
  /** `path`: zones whose servers are being looked for, outermost first. */
  resolveAddress(name: string, type: 'A' | 'AAAA', path: readonly string[]): Iteration<NestedAddresses>;
}

export const maxDepth = 8;

export function familiesOf(policy: FamilyPolicy): readonly Family[] {
  if (policy === 'both') return [6, 4];
  return policy === 'ipv6-only' ? [6] : [4];
}

function questionKey(question: ServerQuestion): string {
  return `${question.address} ${question.type} ${question.name}`;
}

/** Looking for servers' addresses may use two thirds, so that the servers found can still be asked. */
function budgetFor(session: Session, path: readonly string[]): number {
  const whole = session.options.limits.maxQueriesPerQuestion;
  return path.length === 0 ? whole : Math.floor((whole * 2) / 3);
}

/** Puts questions side by side, each once per session and within the budget; null for what was not asked. */
export function* ask(
  session: Session,
  questions: readonly ServerQuestion[],
  path: readonly string[],
): Iteration<(ObservationOf<'dns-query'> | null)[]> {
  const budget = budgetFor(session, path);
  const missing = new Map<string, ServerQuestion>();
  for (const question of questions) {
    const key = questionKey(question);
    if (session.answers.has(key)) continue;
    if (!session.charged.has(key) && session.charged.size >= budget) {
      session.cutShort = true;
      continue;
    }
    session.charged.add(key);
    missing.set(key, question);
  }
  if (missing.size > 0) {
    const replies = yield [...missing.values()];
    for (const [index, key] of [...missing.keys()].entries()) session.answers.set(key, replies[index] ?? null);
  }
  return questions.map((question) => session.answers.get(questionKey(question)) ?? null);
}

/** Runs iterations in step: their questions of one step go out together, a question that several have only once. */
export function* together<Result>(children: readonly Iteration<Result>[]): Iteration<Result[]> {
  const states = children.map((child) => child.next());
  while (states.some((state) => state.done !== true)) {
    const questions = new Map<string, ServerQuestion>();
    for (const state of states) if (state.done !== true) for (const question of state.value) questions.set(questionKey(question), question);
    const replies = yield [...questions.values()];
    const byKey = new Map([...questions.keys()].map((key, index) => [key, replies[index] ?? null]));
    for (const [index, state] of states.entries()) {
      const child = children[index];
      if (state.done === true || child === undefined) continue;
      states[index] = child.next(state.value.map((question) => byKey.get(questionKey(question)) ?? null));
    }
  }
  return states.flatMap((state) => (state.done === true ? [state.value] : []));
}

/** The deepest cut known above or at a name. The root is always known. */
export function deepestCut(session: Session, name: string, root: Cut): Cut {
  let ancestor = name;
  while (ancestor !== '') {
    const cut = session.cuts.get(ancestor);
    if (cut !== undefined) return cut;
    const dot = ancestor.indexOf('.');
    ancestor = dot === -1 ? '' : ancestor.slice(dot + 1);
  }
  return root;
}

export function newCut(from: Pick<Cut, 'zone' | 'parent' | 'names' | 'parentServesChild' | 'observations'>): Cut {
  return { ...from, addresses: new Map(), fallback: [], tried: new Set(), problems: [], orders: new Map() };
}

/** Adds an address of one of the cut's servers when the policy and the gate allow it. */
export function learnAddress(session: Session, cut: Cut, learnt: ServerAddress & { name: string }): void {
  if (!session.families.includes(learnt.family)) return;
  if (!session.options.isUsable(learnt.address)) {
    cut.problems.push('address-refused');
    return;
  }
  const known = cut.addresses.get(learnt.name) ?? [];
  if (known.some((address) => address.address === learnt.address)) return;
  cut.addresses.set(learnt.name, [...known, { address: learnt.address, family: learnt.family, source: learnt.source }]);
  cut.orders = new Map();
}

/** Do both learn the same of the same answers, and ask servers in the same order? */
export function isAlike(one: IterationOptions, other: IterationOptions): boolean {
  return one.policy === other.policy && one.seed === other.seed && one.isUsable === other.isUsable;
}

/** Options that have made a root cut, by their root servers; a run has one set for each policy. */
const rootCuts = new WeakMap<readonly RootServer[], { made: IterationOptions; cut: Cut }[]>();
const mostRootCuts = 8;

/**
 * Nothing is ever learnt of the root beyond its hints, so one cut with its dozens of addresses serves every iteration of a run: made anew,
 * it cost more than the rest of a walk whose answers are known.
 */
export function rootCut(session: Session): Cut {
  const { roots } = session.options;
  const known = rootCuts.get(roots) ?? [];
  const same = known.find(({ made }) => isAlike(made, session.options));
  if (same !== undefined) return same.cut;
  const cut = newRootCut(session);
  rootCuts.set(roots, [{ made: session.options, cut }, ...known].slice(0, mostRootCuts));
  return cut;
}

function newRootCut(session: Session): Cut {
  const { roots } = session.options;
  const cut = newCut({ zone: '', parent: null, names: roots.map((root) => root.name), parentServesChild: false, observations: [] });
  for (const root of roots) {
    for (const address of root.addresses)
      learnAddress(session, cut, { name: root.name, address, family: address.includes(':') ? 6 : 4, source: 'hint' });
    cut.tried.add(root.name);
  }
  return cut;
}
