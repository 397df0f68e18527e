import { listedHosts } from '../model/agency-services.ts';
import type { Cause } from '../model/cause.ts';
import type { Resource } from '../model/observation.ts';
import { dependencyHosts, linkHeaderResources } from '../parsers/dependencies.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { addressSet } from './lookup.ts';
import { registrableDomain } from './registrable-domain.ts';
import { type Presence, webAddresses } from './web-addresses.ts';
import { styleSheets } from './web-literals.ts';
import { pageToRead } from './web-pages.ts';
import { shellTextLimit } from './web-redirects.ts';
import { idsOf, urlOf } from './web-requests.ts';

export type Party = 'same-site' | 'organisation' | 'third-party';
export type Weight = 'blocking' | 'functional' | 'cosmetic' | 'measurement';

/** A host from which a page loads something. */
export interface Dependency {
  host: string;
  kinds: Resource['kind'][];
  firstUrl: string;
  party: Party;
  weight: Weight;
  /** Without it the page is broken: blocking, or of the same site whatever it carries; never mere measurement. */
  decisive: boolean;
  /** 'missing': A but no usable AAAA, by evidence. 'absent': neither, so it is dead in both families and no matter of IPv6. */
  aaaa: 'usable' | 'missing' | 'absent' | 'unknown';
  cause: Cause | null;
}

export interface WebDependencies {
  host: string;
  presence: Presence;
  pageUrl: string;
  dependencies: Dependency[];
  /** The page has hardly any text but scripts: what those load cannot be seen (faults W21). */
  needsScript: boolean;
  cut: boolean;
}

const blockingKinds: ReadonlySet<Resource['kind']> = new Set(['script', 'style', 'frame', 'form']);
const functionalKinds: ReadonlySet<Resource['kind']> = new Set(['font', 'media', 'preload', 'link-header']);
const ignoredKinds: ReadonlySet<Resource['kind']> = new Set(['anchor', 'other']);

/** Registrable domains that count visitors and do nothing for the page (faults W22). */
const measurementDomains: ReadonlySet<string> = new Set([
  'google-analytics.com',
  'googletagmanager.com',
  'doubleclick.net',
  'facebook.net',
  'hotjar.com',
  'clarity.ms',
  'yandex.ru',
  'statcounter.com',
  'histats.com',
  'scorecardresearch.com',
  'chartbeat.com',
  'nr-data.net',
  'cloudflareinsights.com',
  'matomo.cloud',
  'plausible.io',
]);

export function webDependencies(context: AgencyContext, host: string): Fact<WebDependencies> {
  return cached(context, `webDependencies ${host}`, () => {
    const addresses = webAddresses(context, host);
    if (!addresses.known) return unknown(addresses.cause, addresses.observations);
    const { presence } = addresses.value;
    if (presence === 'no-address')
      return known({ host, presence, pageUrl: '', dependencies: [], needsScript: false, cut: false }, addresses.observations);
    const page = pageToRead(context, host);
    if (!page.known) return unknown(page.cause, page.observations);
    const { body, url, answer } = page.value;
    const sheets = styleSheets(context, answer);
    const sources = [answer, ...sheets];
    const listed = sources.flatMap(({ request, response }) =>
      dependencyHosts(urlOf(request), [...(response?.body?.resources ?? []), ...linkHeaderResources(response?.headers ?? [])]),
    );
    const observations = new Set([...page.observations, ...idsOf(sheets)]);
    const dependencies = merge(listed).flatMap((entry) => dependencyOf(context, { ...entry, pageHost: answer.request.host }, observations));
    return known(
      {
        host,
        presence,
        pageUrl: url,
        dependencies,
        needsScript: body.scriptCount > 0 && body.textLength < shellTextLimit,
        cut: body.resourcesCut || dependencies.length > context.manifest.settings.web.maxDependencyHosts,
      },
      [...observations],
    );
  });
}

type Listed = ReturnType<typeof dependencyHosts>[number];

function merge(listed: Listed[]): { host: string; kinds: Resource['kind'][]; firstUrl: string }[] {
  const hosts = new Map<string, { host: string; kinds: Resource['kind'][]; firstUrl: string }>();
  for (const { host, kinds, firstUrl } of listed) {
    const before = hosts.get(host);
    hosts.set(host, { host, kinds: [...new Set([...(before?.kinds ?? []), ...kinds])], firstUrl: before?.firstUrl ?? firstUrl });
  }
  return [...hosts.values()];
}

function dependencyOf(
  context: AgencyContext,
  entry: { host: string; kinds: Resource['kind'][]; firstUrl: string; pageHost: string },
  observations: Set<string>,
): Dependency[] {
  const kinds = entry.kinds.filter((kind) => !ignoredKinds.has(kind));
  if (kinds.length === 0 || entry.host === entry.pageHost) return [];
  const party = partyOf(context, entry.host, entry.pageHost);
  const [ipv6, ipv4] = [addressSet(context, entry.host, 6), addressSet(context, entry.host, 4)];
  for (const id of [...ipv6.observations, ...ipv4.observations]) observations.add(id);
  const weight = weightOf(entry.host, kinds, party);
  const decisive = weight !== 'measurement' && (weight === 'blocking' || party === 'same-site');
  const base = { host: entry.host, kinds, firstUrl: entry.firstUrl, party, weight, decisive };
  if (!ipv6.known) return [{ ...base, aaaa: 'unknown', cause: ipv6.cause }];
  if (ipv6.value.usable.length > 0) return [{ ...base, aaaa: 'usable', cause: null }];
  if (!ipv4.known) return [{ ...base, aaaa: 'unknown', cause: ipv4.cause }];
  return [{ ...base, aaaa: ipv4.value.usable.length > 0 ? 'missing' : 'absent', cause: null }];
}

function partyOf(context: AgencyContext, host: string, pageHost: string): Party {
  const domain = registrableDomain(host);
  if (domain === registrableDomain(pageHost)) return 'same-site';
  const { agency, manifest } = context;
  const own = [...listedHosts(agency, manifest.servicesOverride).map((entry) => entry.host), agency.mailDomain ?? agency.domain].map(
    registrableDomain,
  );
  return own.includes(domain) ? 'organisation' : 'third-party';
}

function weightOf(host: string, kinds: Resource['kind'][], party: Party): Weight {
  if (party === 'third-party' && measurementDomains.has(registrableDomain(host))) return 'measurement';
  if (kinds.some((kind) => blockingKinds.has(kind))) return 'blocking';
  if (kinds.some((kind) => functionalKinds.has(kind)) || party === 'same-site') return 'functional';
  return 'cosmetic';
}
