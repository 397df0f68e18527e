import type { Cause } from '../model/cause.ts';
import type { Subject } from '../model/subject.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Dns64Safety, dns64SafetyOf } from './dns64-safety.ts';
import { type Fact, known, unknown } from './fact.ts';
import { type Ipv6OnlyDependencies, ipv6OnlyDependenciesOf } from './ipv6-only-dependencies.ts';
import { type Ipv6OnlyPage, ipv6OnlyPageOf } from './ipv6-only-page.ts';

/** What a network with IPv6, NAT64 and DNS64 makes of a service. */
export interface Nat64Outcome {
  host: string;
  presence: Ipv6OnlyPage['presence'];
  connection: Ipv6OnlyPage['connection'];
  /** Broken there: IPv4 literals in working places, and names for which DNS64 makes no address (RFC 6147 §5.1). */
  literals: string[];
  notSynthesised: string[];
  /** Have AAAA, so that DNS64 leaves them alone, and proven to answer over IPv4 only. */
  dead: string[];
  /** IPv4-only names: translation is all that lets them work. */
  translated: string[];
  /** Why it is not known that nothing else is needed; null: it is known. */
  cause: Cause | null;
}

/** From facts only, nothing is asked for it. Null for a mail service. */
export function nat64OutcomeOf(context: AgencyContext, subject: Subject): Fact<Nat64Outcome | null> {
  if (subject.service === 'mail') return known(null);
  return cached(context, `nat64Outcome ${subject.service} ${subject.name}`, () => {
    const safety = dns64SafetyOf(context, subject);
    const page = ipv6OnlyPageOf(context, subject);
    const dependencies = ipv6OnlyDependenciesOf(context, subject);
    const observations = [...new Set([safety, page, dependencies].flatMap((fact) => fact.observations))];
    if (!page.known) return unknown(page.cause, observations);
    if (page.value === null) return known(null, observations);
    // Without a web service there is no page to look for literals in.
    if (page.value.connection === 'not-offered' && page.value.presence === 'published') return known(notOffered(page.value), observations);
    if (!safety.known) return unknown(safety.cause, observations);
    if (safety.value === null) return known(null, observations);
    const parts = { page: page.value, dependencies: dependencies.known ? dependencies.value : null };
    const open = openCause(parts) ?? (dependencies.known ? null : dependencies.cause);
    return known({ ...outcomeOf(safety.value, parts), cause: open }, observations);
  });
}

function notOffered({ host, presence, connection }: Ipv6OnlyPage): Nat64Outcome {
  return { host, presence, connection, literals: [], notSynthesised: [], dead: [], translated: [], cause: null };
}

interface Parts {
  page: Ipv6OnlyPage;
  dependencies: Ipv6OnlyDependencies | null;
}

function outcomeOf(safety: Dns64Safety, { page, dependencies }: Parts): Omit<Nat64Outcome, 'cause'> {
  const { redirect } = page;
  const hop = redirect.verdict === 'fails' ? redirect.kind : null;
  const deps = dependencies?.dependencies ?? [];
  const hostIsDead =
    page.presence === 'published' && (page.connection === 'fails' || page.reach === 'silent' || page.reach === 'no-connection');
  const needed = (state: string): string[] => deps.filter((entry) => entry.state === state).map((entry) => entry.host);
  return {
    host: page.host,
    presence: page.presence,
    connection: page.connection,
    literals: safety.literals.map(({ place, url }) => `${place}: ${url}`),
    notSynthesised: [...safety.wrongNxdomain, ...safety.suppressed.map(({ host }) => host)],
    dead: [
      ...(hostIsDead ? [page.host] : []),
      ...(hop === 'dead' ? [redirect.host] : []),
      ...deps.filter(({ state, decisive }) => state === 'unreachable' && decisive).map((entry) => entry.host),
    ],
    translated: [
      ...(page.presence === 'aaaa-missing' ? [page.host] : []),
      ...(hop === 'ipv4-only' ? [redirect.host] : []),
      ...needed('missing'),
    ],
  };
}

/** What keeps us from saying that all of it is native. */
function openCause({ page, dependencies }: Parts): Cause | null {
  if (page.presence === 'published') {
    if (page.connection === 'unknown') return page.connectionCause ?? 'unknown';
    if (page.reach === 'unknown') return page.reachCause ?? 'unknown';
  }
  if (dependencies === null) return null;
  const undecided = dependencies.dependencies.find(({ state, decisive }) => state === 'unknown' && decisive);
  if (undecided !== undefined) return undecided.cause ?? 'unknown';
  return dependencies.needsScript ? 'needs-script' : null;
}
