import type { Resolution, ZoneCut } from '../iteration/types.ts';
import { siblingOf } from '../model/agency-services.ts';
import { type Cause, ourCauses } from '../model/cause.ts';
import { ourFailures } from '../model/failure.ts';
import type { Subject } from '../model/subject.ts';
import { readMx } from '../parsers/mail-exchangers.ts';
import { isInside } from '../parsers/zone-answer.ts';
import { type AgencyContext, cached } from './context.ts';
import { isDnsPathDirect } from './delegation.ts';
import { type Fact, known, unknown } from './fact.ts';
import { addressSet, resolveUnder, zoneOf } from './lookup.ts';
import { lastTryWindow } from './observed.ts';
import { registrableDomain } from './registrable-domain.ts';

export type NameRole = 'host' | 'sibling' | 'alias' | 'mail-domain' | 'exchanger' | 'name-server';

/** One name that the service needs, resolved with IPv6 only and, as the control, with both families. */
export interface NameUnderIpv6Only {
  name: string;
  role: NameRole;
  /** 'absent': does not exist, by evidence. 'broken-everywhere': fails with both families too, so IPv6 is not the fault. */
  state: 'resolves' | 'absent' | 'broken' | 'broken-everywhere' | 'unknown';
  cause: Cause | null;
  /** The first zone none of whose servers helped over IPv6, and the domains of those who run it. */
  brokenCut: string | null;
  operators: string[];
  /** Zones on the way that only one name server serves over IPv6. */
  oneServerCuts: string[];
}

export interface Ipv6OnlyNames {
  names: NameUnderIpv6Only[];
  /** More names were in scope than are looked at. */
  cut: boolean;
}

interface Scope {
  name: string;
  role: NameRole;
  type: 'AAAA' | 'MX';
}

const maxNames = 40;

/** Names in scope: the host and its twin, CNAME targets, mail exchangers, and name servers outside the zones they serve. */
export function ipv6OnlyNamesOf(context: AgencyContext, subject: Subject): Fact<Ipv6OnlyNames> {
  return cached(context, `ipv6OnlyNames ${subject.service} ${subject.name}`, () => {
    if (!isDnsPathDirect(context)) return unknown('vantage-dns-intercepted');
    const first = subject.service === 'mail' ? mailScope(context, subject.name) : webScope(context, subject);
    const scope = new Map<string, Scope>();
    for (const item of first) {
      scope.set(item.name, item);
      for (const added of namesBehind(context, item)) if (!scope.has(added.name)) scope.set(added.name, added);
    }
    const items = [...scope.values()];
    const observations: string[] = [];
    const names = items.slice(0, maxNames).map((item) => judgeName(context, item, observations));
    return known({ names, cut: items.length > maxNames }, [...new Set(observations)]);
  });
}

function webScope(context: AgencyContext, subject: Subject): Scope[] {
  const scope: Scope[] = [{ name: subject.name, role: 'host', type: 'AAAA' }];
  const sibling = subject.sibling ?? (subject.service === 'portal' ? siblingOf(subject.name) : null);
  if (sibling === null) return scope;
  const published = (['AAAA', 'A'] as const).some((type) => resolveUnder(context, sibling, type, 'both').outcome === 'answer');
  return published ? [...scope, { name: sibling, role: 'sibling', type: 'AAAA' }] : scope;
}

function mailScope(context: AgencyContext, domain: string): Scope[] {
  const { records } = resolveUnder(context, domain, 'MX', 'both');
  // Names that can be no host (localhost, literals) are asked of nobody; `mx-addresses` judges them.
  const { exchangers } = readMx(records, context.manifest.settings.mail);
  const exchanges = exchangers.filter(({ refused }) => refused === null).map(({ name }) => name);
  return [
    { name: domain, role: 'mail-domain', type: 'MX' },
    ...[...new Set(exchanges)].sort().map((name): Scope => ({ name, role: 'exchanger', type: 'AAAA' })),
  ];
}

function namesBehind(context: AgencyContext, item: Scope): Scope[] {
  const dual = resolveUnder(context, item.name, item.type, 'both');
  const aliases = dual.aliases.map((name): Scope => ({ name, role: 'alias', type: 'AAAA' }));
  const zones = [...dual.hops.map(({ cuts }) => cuts.at(-1)), dual.cuts.at(-1)];
  const servers = zones.flatMap((cut) =>
    cut === undefined || cut.zone === '' ? [] : cut.servers.filter(({ name }) => !isInside(name, cut.zone)),
  );
  return [...aliases, ...servers.map(({ name }): Scope => ({ name, role: 'name-server', type: 'AAAA' }))];
}

function judgeName(context: AgencyContext, { name, role, type }: Scope, observations: string[]): NameUnderIpv6Only {
  const only = resolveUnder(context, name, type, 'ipv6-only');
  const dual = resolveUnder(context, name, type, 'both');
  observations.push(...only.observations, ...dual.observations);
  const say = (state: NameUnderIpv6Only['state'], cause: Cause | null): NameUnderIpv6Only => {
    const isBroken = state === 'broken';
    return {
      name,
      role,
      state,
      cause,
      brokenCut: isBroken ? only.brokenCut : null,
      operators: isBroken && only.brokenCut !== null ? operatorsOf(context, only.brokenCut, dual) : [],
      oneServerCuts: state === 'resolves' ? oneServerCutsOf(context, only) : [],
    };
  };
  if (only.outcome === 'nxdomain') return say('absent', null);
  if (only.outcome !== 'broken') return say('resolves', null);
  if (dual.outcome === 'broken') return say(isOurs(dual.cause) ? 'unknown' : 'broken-everywhere', dual.cause ?? 'dns-timeout');
  if (isOurs(only.cause)) return say('unknown', only.cause ?? 'not-attempted');
  const doubt = doubtOf(context, only);
  if (doubt !== null) return say('unknown', doubt);
  return say('broken', lacksIpv6Server(only, dual) ? null : (only.cause ?? 'dns-timeout'));
}

/** No name server of the broken cut has an IPv6 address at all: nothing was asked, so no failure is the cause. */
function lacksIpv6Server(only: Resolution, dual: Resolution): boolean {
  const cut = dual.cuts.find(({ zone }) => zone === only.brokenCut);
  return cut !== undefined && !cut.servers.some(({ addresses }) => addresses.some(({ family }) => family === 6));
}

function isOurs(cause: Cause | null): boolean {
  return cause !== null && ourCauses.has(cause);
}

/** A silent server speaks against the zone only if our own IPv6 worked around that moment, and if it never answered in this run. */
function doubtOf(context: AgencyContext, only: Resolution): Cause | null {
  const subject = registrableDomain(only.name);
  for (const id of only.observations) {
    const observation = context.evidence.byId(id);
    if (observation === undefined || observation.failure === null || observation.request.family !== 6) continue;
    const { address } = observation.request;
    if (ourFailures.has(observation.failure.code)) return context.run.vantage.ipv6 === 'absent' ? 'vantage-no-ipv6' : 'local-no-route';
    if (!context.run.provenAround({ class: 'dns', family: 6, ...lastTryWindow(observation), subject })) return 'vantage-no-ipv6';
    if (observation.failure.code !== 'timeout') continue;
    if (context.run.prefixSuspect(address)) return 'prefix-suspect';
    if (context.run.answeredInRun(address, 'udp/53')) return 'rate-limited';
  }
  return null;
}

function operatorsOf(context: AgencyContext, brokenCut: string, dual: Resolution): string[] {
  const onTheWay = dual.cuts.find(({ zone }) => zone === brokenCut);
  const place = onTheWay === undefined ? zoneOf(context, brokenCut) : null;
  const cut = onTheWay ?? (place?.known ? place.value.cut : undefined);
  const names = cut === undefined || cut.servers.length === 0 ? [brokenCut] : cut.servers.map(({ name }) => name);
  return [...new Set(names.map(registrableDomain))].sort();
}

function oneServerCutsOf(context: AgencyContext, only: Resolution): string[] {
  const cuts = [...only.hops.flatMap((hop) => hop.cuts), ...only.cuts].filter((cut) => hasOneServer(context, cut));
  return [...new Set(cuts.map(({ zone }) => zone))];
}

/** Exactly one NS name of the cut has an IPv6 address, and of no other name is it unknown. */
function hasOneServer(context: AgencyContext, cut: ZoneCut): boolean {
  if (cut.zone === '') return false;
  let usable = 0;
  for (const server of cut.servers) {
    if (server.addresses.some(({ family }) => family === 6)) {
      usable += 1;
      continue;
    }
    const set = addressSet(context, server.name, 6);
    if (!set.known) return false;
    if (set.value.usable.length > 0) usable += 1;
  }
  return usable === 1;
}
