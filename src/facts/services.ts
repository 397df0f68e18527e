import { listedHosts, siblingOf } from '../model/agency-services.ts';
import type { Cause } from '../model/cause.ts';
import type { ServiceRole } from '../model/finding.ts';
import { families } from '../model/observation.ts';
import type { AssessedService } from '../model/service-state.ts';
import { redirectTarget } from '../parsers/redirect.ts';
import type { AgencyContext } from './context.ts';
import { addressSet, zoneOf } from './lookup.ts';
import { answeredAnything } from './observed.ts';
import { chainFrom } from './web-chain.ts';

/** Since 2025 the single entry of citizens to public services: a portal that only leads there is retired (programme.md §4). */
const nationalServicePortal = 'dichvucong.gov.vn';

/** More hosts than this a redirect chain adds to what is judged. */
const maxLedTo = 3;

/** The services of an agency as list and evidence show them, portal first (design §6). */
export function assessServices(context: AgencyContext): AssessedService[] {
  const { agency, manifest } = context;
  const hosts = listedHosts(agency, manifest.servicesOverride).filter(({ isSibling }) => !isSibling);
  const services = hosts.map(({ role, host, state }) =>
    role === 'portal' ? portalService(context, host) : listedService(context, { role, host, state }),
  );
  if (agency.servicesDomain === null) services.splice(1, 0, unlistedService);
  if (agency.mailDomain !== null) {
    services.push({
      role: 'mail',
      host: agency.mailDomain,
      state: 'active',
      cause: null,
      decidingHosts: [],
      zone: zoneName(context, agency.mailDomain),
    });
  }
  return services;
}

const unlistedService: AssessedService = {
  role: 'public-services',
  host: '',
  state: 'not-listed',
  cause: null,
  decidingHosts: [],
  zone: '',
};

/** www decides where the apex has no web at all, by evidence. */
function portalService(context: AgencyContext, host: string): AssessedService {
  const sibling = siblingOf(host);
  const main = hasNoAddress(context, host) && !hasNoAddress(context, sibling) ? sibling : host;
  const cause: Cause | null = nameNotFound(context, host) && nameNotFound(context, sibling) ? 'domain-not-found' : null;
  return { role: 'portal', host, state: 'active', cause, decidingHosts: [main, ...ledTo(context, main)], zone: zoneName(context, host) };
}

function listedService(
  context: AgencyContext,
  { role, host, state }: { role: ServiceRole; host: string; state: 'active' | 'retired' },
): AssessedService {
  const base = { role, host, cause: null, decidingHosts: [host, ...ledTo(context, host)], zone: zoneName(context, host) };
  const isRetired =
    role === 'public-services' && host !== nationalServicePortal && (state === 'retired' || leadsToNationalPortal(context, host));
  if (isRetired) return { ...base, state: 'retired' };
  if (role === 'public-services' && (hasNoAddress(context, host) || isSilentInBothFamilies(context, host)))
    return { ...base, state: 'gone', cause: 'service-gone' };
  return { ...base, state: 'active' };
}

/** Neither family has an address, by evidence: NODATA or NXDOMAIN, never silence. */
function hasNoAddress(context: AgencyContext, host: string): boolean {
  return families.every((family) => {
    const set = addressSet(context, host, family);
    return set.known && set.value.outcome !== 'answer';
  });
}

function nameNotFound(context: AgencyContext, host: string): boolean {
  return families.every((family) => {
    const set = addressSet(context, host, family);
    return set.known ? set.value.outcome === 'nxdomain' : set.cause === 'domain-not-found';
  });
}

/** The web ports of every address were asked over both families (where published) and none answered, for reasons of theirs. */
function isSilentInBothFamilies(context: AgencyContext, host: string): boolean {
  const asked = families.flatMap((family) => context.evidence.httpRequests(host, family));
  if (asked.length === 0 || asked.some(answeredAnything)) return false;
  const published = families.filter((family) => {
    const set = addressSet(context, host, family);
    return set.known && set.value.usable.length > 0;
  });
  return published.every((family) =>
    context.evidence
      .httpRequests(host, family)
      .some(({ failure }) => failure !== null && ['timeout', 'refused', 'reset', 'host-unreachable'].includes(failure.code)),
  );
}

function leadsToNationalPortal(context: AgencyContext, host: string): boolean {
  return families.some((family) =>
    context.evidence.httpRequests(host, family).some((observation) => {
      const { scheme, path } = observation.request;
      if (observation.response === null || path !== '/') return false;
      const target = redirectTarget({ url: `${scheme}://${host}${path}`, response: observation.response });
      if (target === null || target.kind === 'bad') return false;
      const there = new URL(target.url).hostname;
      return there === nationalServicePortal || there.endsWith(`.${nationalServicePortal}`);
    }),
  );
}

/** Other hosts that the redirects of a host lead to, in either family: they decide with it. */
function ledTo(context: AgencyContext, host: string): string[] {
  const hosts = new Set<string>();
  for (const family of families) {
    for (const { host: hop } of chainFrom(context, `https://${host}/`, family).hops) if (hop !== host) hosts.add(hop);
  }
  // A host reached over one family only has no evidence of its own: web-redirects judges that.
  return [...hosts].filter((name) => families.some((family) => context.evidence.httpRequests(name, family).length > 0)).slice(0, maxLedTo);
}

function zoneName(context: AgencyContext, host: string): string {
  const zone = zoneOf(context, host);
  return zone.known ? zone.value.zone : host;
}
