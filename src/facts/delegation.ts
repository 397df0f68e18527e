import type { ZoneCut } from '../iteration/types.ts';
import type { ObservationOf } from '../model/observation.ts';
import { isInside, readZoneAnswer } from '../parsers/zone-answer.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { lookup, zoneOf } from './lookup.ts';

/** AAAA glue of one NS name over all referrals of the parent (RFC 9471). */
export interface Glue {
  name: string;
  /** As the referral carries them, sorted, usable or not. */
  ipv6: string[];
  ipv4: string[];
}

/** The parent's and the child's view of a zone's name servers. */
export interface Delegation {
  zone: string;
  /** False: the parent says that the name does not exist. Everything else is empty then. */
  exists: boolean;
  parent: string | null;
  /** Null: not visible, because the parent's servers serve the child too and give no referral. */
  parentNames: string[] | null;
  /** Union over all servers that answered with authority; empty when none did. */
  childNames: string[];
  /** The distinct sets that the zone's own servers publish, with the addresses that publish them. */
  childSets: { names: string[]; addresses: string[] }[];
  glue: Glue[];
  /** Referrals read over each transport: glue is called missing only after one over TCP. */
  referrals: { udp: number; tcp: number };
}

type DnsObservation = ObservationOf<'dns-query'>;

/** Zone facts are about authoritative servers: answers of a resolver or of an intercepting box say nothing about them. */
export function isDnsPathDirect(context: AgencyContext): boolean {
  return context.manifest.resolution.mode === 'iterative' && context.run.vantage.dnsPath === 'direct';
}

/** Parent and child NS sets and the referral's glue. Unknown when the way from the root to the parent broke. */
export function delegationOf(context: AgencyContext, zone: string): Fact<Delegation> {
  return cached(context, `delegation ${zone}`, () => {
    if (!isDnsPathDirect(context)) return unknown('vantage-dns-intercepted');
    const place = zoneOf(context, zone);
    if (!place.known) return place.cause === 'domain-not-found' ? known(notFound(zone), place.observations) : place;
    if (place.value.zone !== zone) return withoutCut(context, zone);
    const { cut, parentChain } = place.value;
    const referrals = referralsOf(context, { zone, cut, parent: parentChain.findLast((each) => each.zone === cut.parent) });
    const child = childSetsOf(context, zone);
    const value: Delegation = {
      zone,
      exists: true,
      parent: cut.parent,
      parentNames: cut.parentServesChild ? null : parentNamesOf(zone, cut, referrals),
      childNames: [...new Set(child.sets.flatMap(({ names }) => names))].sort(),
      childSets: child.sets,
      glue: cut.parentServesChild ? [] : glueOf(zone, referrals),
      referrals: {
        udp: referrals.filter(({ request }) => request.transport === 'udp').length,
        tcp: referrals.filter(({ request }) => request.transport === 'tcp').length,
      },
    };
    return known(value, [...new Set([...cut.observations, ...referrals.map(({ id }) => id), ...child.observations])]);
  });
}

function notFound(zone: string): Delegation {
  return { zone, exists: false, parent: null, parentNames: null, childNames: [], childSets: [], glue: [], referrals: { udp: 0, tcp: 0 } };
}

/** The subject is no zone of its own: either it does not exist, or nobody looked. */
function withoutCut(context: AgencyContext, zone: string): Fact<Delegation> {
  const found = lookup(context, zone, 'AAAA');
  if (!found.known) return found;
  return found.value.outcome === 'nxdomain' ? known(notFound(zone), found.observations) : unknown('dns-inconsistent', found.observations);
}

interface ReferralQuestion {
  zone: string;
  cut: ZoneCut;
  parent: ZoneCut | undefined;
}

/** Referrals to the zone by the parent's servers, UDP and TCP. A lame child that points to itself is not taken for the parent. */
function referralsOf(context: AgencyContext, { zone, cut, parent }: ReferralQuestion): DnsObservation[] {
  const parentAddresses = new Set(parent?.servers.flatMap(({ addresses }) => addresses.map(({ address }) => address)) ?? []);
  const own = new Set(cut.servers.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  const fromCut = cut.observations.flatMap((id) => context.evidence.byId(id) ?? []);
  const asked = [...parentAddresses].filter((address) => !own.has(address)).flatMap((address) => context.evidence.dnsOfServer(address));
  const found = new Map<string, DnsObservation>();
  for (const observation of [...fromCut, ...asked]) {
    if (observation.op === 'dns-query' && isReferralTo(observation, zone)) found.set(observation.id, observation);
  }
  return [...found.values()];
}

function isReferralTo({ response }: DnsObservation, zone: string): boolean {
  if (response === null || response.rcode !== 'NOERROR' || response.answers.length > 0) return false;
  // Some servers set AA in referrals; an SOA beside it would make it a negative answer.
  if (response.authorities.some((record) => record.type === 'SOA')) return false;
  return response.authorities.some((record) => record.type === 'NS' && record.name === zone);
}

function parentNamesOf(zone: string, cut: ZoneCut, referrals: readonly DnsObservation[]): string[] {
  const names = new Set(cut.servers.map(({ name }) => name));
  for (const { response } of referrals) {
    for (const record of response?.authorities ?? []) if (record.type === 'NS' && record.name === zone) names.add(record.target);
  }
  return [...names].sort();
}

function glueOf(zone: string, referrals: readonly DnsObservation[]): Glue[] {
  const glue = new Map<string, { ipv6: Set<string>; ipv4: Set<string> }>();
  for (const { response } of referrals) {
    const targets = new Set(
      response?.authorities.flatMap((record) => (record.type === 'NS' && record.name === zone ? [record.target] : [])) ?? [],
    );
    for (const record of response?.additionals ?? []) {
      if ((record.type !== 'A' && record.type !== 'AAAA') || !targets.has(record.name)) continue;
      const entry = glue.get(record.name) ?? { ipv6: new Set<string>(), ipv4: new Set<string>() };
      glue.set(record.name, entry);
      (record.type === 'AAAA' ? entry.ipv6 : entry.ipv4).add(record.address);
    }
  }
  return [...glue].map(([name, { ipv6, ipv4 }]) => ({ name, ipv6: [...ipv6].sort(), ipv4: [...ipv4].sort() }));
}

/** NS sets as the zone's own servers publish them; per address the latest answer stands. */
function childSetsOf(context: AgencyContext, zone: string): { sets: Delegation['childSets']; observations: string[] } {
  const latest = new Map<string, DnsObservation>();
  for (const observation of [...context.evidence.dnsQuestions(zone, 'NS')].sort((left, right) =>
    left.startedAt < right.startedAt ? -1 : 1,
  )) {
    if (!observation.request.recursionDesired && nsNames(observation, zone).length > 0)
      latest.set(observation.request.address, observation);
  }
  const sets = new Map<string, { names: string[]; addresses: string[] }>();
  for (const [address, observation] of latest) {
    const names = nsNames(observation, zone);
    const set = sets.get(names.join(' ')) ?? { names, addresses: [] };
    sets.set(names.join(' '), set);
    set.addresses.push(address);
  }
  return { sets: [...sets.values()], observations: [...latest.values()].map(({ id }) => id) };
}

function nsNames(observation: DnsObservation, zone: string): string[] {
  const answer = readZoneAnswer(observation, zone);
  if (answer.kind !== 'answer') return [];
  return answer.data.filter((name) => !name.startsWith('CNAME ') && !name.startsWith('DNAME '));
}

/** In-domain names (RFC 9499) lie in the zone itself: without their glue nobody finds the zone. Sibling names lie in another zone of the same parent. */
export function glueRelation(name: string, delegation: Pick<Delegation, 'zone' | 'parent'>): 'in-domain' | 'sibling' | 'unrelated' {
  if (isInside(name, delegation.zone)) return 'in-domain';
  return delegation.parent !== null && delegation.parent !== '' && isInside(name, delegation.parent) ? 'sibling' : 'unrelated';
}
