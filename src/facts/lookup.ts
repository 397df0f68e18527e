import { iterate } from '../iteration/iterate.ts';
import { labelCount } from '../iteration/names.ts';
import type { FamilyPolicy, Hop, Resolution, ZoneCut } from '../iteration/types.ts';
import { viaResolver } from '../iteration/via-resolver.ts';
import { type AddressPolicy, addressScope } from '../model/address-registry.ts';
import type { Cause } from '../model/cause.ts';
import type { DnsRecord } from '../model/dns.ts';
import type { Family } from '../model/observation.ts';
import type { AddressSet } from './address-set.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { registrableDomain } from './registrable-domain.ts';
import { replay, storedAnswer } from './stored-answers.ts';

/** What the authoritative servers (in resolver mode: the resolver) say about a name and type, aliases followed. */
export interface Lookup {
  name: string;
  type: string;
  outcome: 'answer' | 'nodata' | 'nxdomain';
  records: DnsRecord[];
  /** CNAME targets followed, in order. */
  aliases: string[];
  /** Zone of the last name of the chain; '' in resolver mode. */
  zone: string;
  perServer: Resolution['perServer'];
}

export interface ZonePlace {
  zone: string;
  cut: ZoneCut;
  /** Cuts above, root first. */
  parentChain: ZoneCut[];
}

/** One function a policy: what iterations share is told by it. */
const usableUnder: Readonly<Record<AddressPolicy, (address: string) => boolean>> = {
  public: (address) => addressScope(address, 'public').usable,
  'documentation-is-global': (address) => addressScope(address, 'documentation-is-global').usable,
  'allow-private': (address) => addressScope(address, 'allow-private').usable,
};

/** A name resolved over the evidence under a policy, never over the network. In resolver mode the policy makes no difference. */
export function resolveUnder(context: AgencyContext, name: string, type: string, policy: FamilyPolicy): Resolution {
  return cached(context, `resolveUnder ${name} ${type} ${policy}`, () => {
    const { resolution, settings, addressPolicy, id } = context.manifest;
    if (resolution.mode === 'resolver') {
      return replay(viaResolver(resolution, name, type), (question) =>
        storedAnswer(context, question, { recursionDesired: true, checkingDisabled: true }),
      );
    }
    const options = { roots: resolution.rootServers, policy, limits: settings.dns, isUsable: usableUnder[addressPolicy], seed: id };
    const iteration = iterate(options, name, type);
    return replay(iteration, (question) => storedAnswer(context, question));
  });
}

/** Unknown with the cause when the name could not be resolved; NODATA and NXDOMAIN are known. */
export function lookup(context: AgencyContext, name: string, type: string): Fact<Lookup> {
  return cached(context, `lookup ${name} ${type}`, () => {
    const found = resolveUnder(context, name, type, 'both');
    if (isIntercepted(context)) return unknown('vantage-dns-intercepted', found.observations);
    const { outcome, records, aliases, cuts, perServer, observations } = found;
    if (outcome === 'broken') return unknown(causeOf(context, found), observations);
    return known({ name, type, outcome, records, aliases, zone: cuts.at(-1)?.zone ?? '', perServer }, observations);
  });
}

/** Addresses of a host in one family. Usable means: passes `address-scope` under the run's address policy. */
export function addressSet(context: AgencyContext, host: string, family: Family): Fact<AddressSet> {
  const type = family === 6 ? 'AAAA' : 'A';
  return cached(context, `addressSet ${host} ${family}`, () => {
    const found = lookup(context, host, type);
    if (!found.known) return found;
    const { outcome, aliases, zone } = found.value;
    if (isSynthesisPossible(context, family) && outcome === 'answer') return unknown('vantage-dns-intercepted', found.observations);
    const scopes = addressesOf(found.value.records).map((address) => ({
      address,
      ...addressScope(address, context.manifest.addressPolicy),
    }));
    if (isInsideView(context, scopes)) return unknown('vantage-dns-intercepted', found.observations);
    const set: AddressSet = {
      family,
      outcome,
      usable: scopes.filter(({ usable }) => usable).map(({ address }) => address),
      unusable: scopes.filter(({ usable }) => !usable).map(({ address, scope }) => ({ address, scope })),
      aliases,
      onAllServers: resolveUnder(context, host, type, 'both').hops.every(serversAgree),
      zone,
    };
    return known(set, found.observations);
  });
}

/** The zone that holds a host itself (not its CNAME target), and the cuts above it. */
export function zoneOf(context: AgencyContext, host: string): Fact<ZonePlace> {
  return cached(context, `zoneOf ${host}`, () => {
    if (context.manifest.resolution.mode === 'resolver') return unknown('vantage-dns-intercepted');
    const type = typesForZone.find((candidate) => context.evidence.dnsQuestions(host, candidate).length > 0) ?? 'SOA';
    const found = resolveUnder(context, host, type, 'both');
    if (isIntercepted(context)) return unknown('vantage-dns-intercepted', found.observations);
    const cuts = found.hops[0]?.cuts ?? cutsToDeadZone(found);
    const cut = cuts.at(-1);
    if (cut === undefined) return unknown(causeOf(context, found), found.observations);
    if (isMissingDomain(context, found, cut.zone)) return unknown('domain-not-found', found.observations);
    return known({ zone: cut.zone, cut, parentChain: cuts.slice(0, -1) }, found.observations);
  });
}

/** Types that probes ask for hosts and zones; the first that was asked shows the way down. */
const typesForZone = ['SOA', 'AAAA', 'A', 'MX', 'TXT', 'PTR'];

function addressesOf(records: readonly DnsRecord[]): string[] {
  return [...new Set(records.flatMap((record) => (record.type === 'A' || record.type === 'AAAA' ? [record.address] : [])))].sort();
}

function serversAgree({ perServer }: Hop): boolean {
  const said = new Set(perServer.map((server) => server.said));
  return !(said.has('answer') && (said.has('nodata') || said.has('nxdomain')));
}

/** None of the servers of the last known cut helped. At or below the registrable domain that cut is the zone all the same. */
function cutsToDeadZone(found: Resolution): ZoneCut[] {
  const isDeepEnough = found.brokenCut !== null && labelCount(found.brokenCut) >= labelCount(registrableDomain(found.name));
  return isDeepEnough ? found.cuts : [];
}

/** Not only this host is missing but the domain above it: a zone shared by many denies it, or it is the agency's own domain. */
function isMissingDomain(context: AgencyContext, found: Resolution, zone: string): boolean {
  if (found.outcome !== 'nxdomain' || found.aliases.length > 0) return false;
  return found.name === context.agency.domain || labelCount(zone) < labelCount(registrableDomain(found.name));
}

/** A DNS64 resolver's AAAA may be made up from the A record (RFC 6147) and cannot be told from a published one. */
function isSynthesisPossible(context: AgencyContext, family: Family): boolean {
  return family === 6 && context.manifest.resolution.mode === 'resolver' && context.run.vantage.dns64;
}

const insideScopes: ReadonlySet<string> = new Set(['private', 'shared', 'unique-local', 'site-local', 'link-local', 'loopback']);

/**
 * A resolver that gives private addresses may show the inside of a split horizon (faults A7), or answer for a filter: what the
 * agency publishes to the Internet cannot be told from it.
 */
function isInsideView({ manifest }: AgencyContext, scopes: readonly { usable: boolean; scope: string }[]): boolean {
  return manifest.resolution.mode === 'resolver' && scopes.some(({ usable, scope }) => !usable && insideScopes.has(scope));
}

function isIntercepted(context: AgencyContext): boolean {
  return context.run.vantage.dnsPath === 'intercepted';
}

/** Why a broken resolution is unknown to us. Where nothing was asked, the crash or the budget that prevented it. */
function causeOf(context: AgencyContext, found: Resolution): Cause {
  const cause = found.cause ?? 'not-attempted';
  if (cause === 'not-attempted') {
    if (context.crashes.length > 0) return 'probe-error';
    return context.budgetExhausted ? 'budget-exhausted' : cause;
  }
  const { dns } = context.run.vantage;
  const unproven = dns['4'] !== 'proven' && dns['6'] !== 'proven';
  return cause === 'dns-timeout' && unproven ? 'vantage-no-ipv4' : cause;
}
