import type { Cause } from '../model/cause.ts';
import type { Subject } from '../model/subject.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { nameWithIpv6Only, servedHost } from './ipv6-only-page.ts';
import { compareFamilies } from './outcome.ts';
import { registrableDomain } from './registrable-domain.ts';
import { type Dependency, type WebDependencies, webDependencies } from './web-dependencies.ts';
import { idsOf, responded } from './web-requests.ts';

/** A dependency as a client without IPv4 meets it. */
export interface Ipv6OnlyDependency extends Dependency {
  /** 'missing': no AAAA. 'unreachable' and 'unresolvable' are proven. 'absent': dead in both families. */
  state: 'works' | 'missing' | 'unreachable' | 'unresolvable' | 'absent' | 'unknown';
  /** Answers over IPv6, but whether its name resolves with IPv6 only is not in the evidence. */
  nameUnmeasured: boolean;
  brokenCut: string | null;
}

export interface Ipv6OnlyDependencies extends Omit<WebDependencies, 'dependencies'> {
  dependencies: Ipv6OnlyDependency[];
}

/** AAAA, a real request over IPv6, and resolution with IPv6 only, for each host from which the service's page loads something. Null for a mail service. */
export function ipv6OnlyDependenciesOf(context: AgencyContext, subject: Subject): Fact<Ipv6OnlyDependencies | null> {
  if (subject.service === 'mail') return known(null);
  return cached(context, `ipv6OnlyDependencies ${subject.service} ${subject.name}`, () => {
    const base = webDependencies(context, servedHost(context, subject));
    if (!base.known) return unknown(base.cause, base.observations);
    const observations = [...base.observations];
    const dependencies = base.value.dependencies.map((dependency) => judge(context, dependency, observations));
    return known({ ...base.value, dependencies }, [...new Set(observations)]);
  });
}

function judge(context: AgencyContext, dependency: Dependency, observations: string[]): Ipv6OnlyDependency {
  const say = (state: Ipv6OnlyDependency['state'], cause: Cause | null, brokenCut: string | null = null): Ipv6OnlyDependency => ({
    ...dependency,
    state,
    cause,
    brokenCut,
    nameUnmeasured: false,
  });
  if (dependency.aaaa !== 'usable') return say(dependency.aaaa, dependency.cause);
  const [ipv6, ipv4] = ([6, 4] as const).map((family) => context.evidence.httpRequests(dependency.host, family));
  observations.push(...idsOf([...(ipv6 ?? []), ...(ipv4 ?? [])]));
  const comparison = compareFamilies(context, {
    proofClass: 'web',
    ipv6: ipv6 ?? [],
    ipv4: ipv4 ?? [],
    // A host that has AAAA is not called dead for want of an IPv4 control: nobody asked for its A.
    ipv4Published: true,
    reached: responded,
    subject: registrableDomain(dependency.host),
  });
  if (comparison.verdict === 'fails') return say('unreachable', comparison.cause);
  if (comparison.verdict !== 'works' && comparison.verdict !== 'unstable') return say('unknown', comparison.cause ?? 'unknown');
  const name = nameWithIpv6Only(context, dependency.host);
  observations.push(...name.observations);
  if (!name.known) return { ...say('works', null), nameUnmeasured: true };
  if (name.value.state === 'broken') return say('unresolvable', name.value.cause, name.value.brokenCut);
  return { ...say('works', null), nameUnmeasured: name.value.state !== 'resolves' };
}
