import type { Resource } from '../model/observation.ts';
import { ipv4LiteralOf, ipv4LiteralsInPolicy } from '../parsers/url-literals.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { type Presence, webAddresses } from './web-addresses.ts';
import { chainFrom } from './web-chain.ts';
import { pageToRead } from './web-pages.ts';
import { type HttpObservation, idsOf, urlOf } from './web-requests.ts';

export type LiteralPlace = Resource['kind'] | 'redirect' | 'policy-header';

export interface FoundLiteral {
  address: string;
  place: LiteralPlace;
  url: string;
  /** In a place without which the page does not work: redirect, script, style, frame, form. */
  blocking: boolean;
}

export interface WebLiterals {
  host: string;
  presence: Presence;
  found: FoundLiteral[];
  /** The list of URLs was cut: there may be more. */
  cut: boolean;
  pageUrl: string;
}

const blockingPlaces: ReadonlySet<LiteralPlace> = new Set(['redirect', 'script', 'style', 'frame', 'form']);

/** IPv4 literals in redirects, page, style sheets and Content-Security-Policy: dead behind DNS64 and NAT64 (RFC 6586). */
export function webLiterals(context: AgencyContext, host: string): Fact<WebLiterals> {
  return cached(context, `webLiterals ${host}`, () => {
    const addresses = webAddresses(context, host);
    if (!addresses.known) return unknown(addresses.cause, addresses.observations);
    const { presence } = addresses.value;
    if (presence === 'no-address') return known({ host, presence, found: [], cut: false, pageUrl: '' }, addresses.observations);
    const redirects = redirectLiterals(context, host);
    const page = pageToRead(context, host);
    // A literal in the redirect is found whether or not a page could be read behind it.
    if (!page.known && redirects.length === 0) return unknown(page.cause, page.observations);
    const sheets = page.known ? styleSheets(context, page.value.answer) : [];
    const sources = page.known ? [page.value.answer, ...sheets] : [];
    const found = [...redirects, ...sources.flatMap(literalsIn)];
    return known(
      {
        host,
        presence,
        found: unique(found),
        cut: sources.some(({ response }) => response?.body?.resourcesCut === true),
        pageUrl: page.known ? page.value.url : '',
      },
      [...page.observations, ...idsOf(sheets)],
    );
  });
}

/** Style sheets that were fetched from the page's host or its dependencies, over the page's family. */
export function styleSheets(context: AgencyContext, page: HttpObservation): HttpObservation[] {
  const linked = new Set(
    (page.response?.body?.resources ?? []).flatMap(({ url, kind }) =>
      kind === 'style' && URL.canParse(url, urlOf(page.request)) ? [new URL(url, urlOf(page.request)).href] : [],
    ),
  );
  return context.evidence.all.filter(
    (observation): observation is HttpObservation =>
      observation.op === 'http-request' && observation.response?.body?.kind === 'css' && linked.has(urlOf(observation.request)),
  );
}

function redirectLiterals(context: AgencyContext, host: string): FoundLiteral[] {
  const chains = (['https', 'http'] as const).flatMap((scheme) =>
    ([6, 4] as const).map((family) => chainFrom(context, `${scheme}://${host}/`, family)),
  );
  return chains.flatMap(({ hops }) =>
    hops.slice(1).flatMap(({ url }) => {
      const address = ipv4LiteralOf(url);
      return address === null ? [] : [{ address, place: 'redirect' as const, url, blocking: true }];
    }),
  );
}

function literalsIn({ request, response }: HttpObservation): FoundLiteral[] {
  const resources = (response?.body?.resources ?? []).flatMap(({ url, kind }) => {
    const address = ipv4LiteralOf(url);
    return address === null ? [] : [{ address, place: kind, url, blocking: blockingPlaces.has(kind) }];
  });
  const policies = (response?.headers ?? []).filter(([name]) => name === 'content-security-policy');
  const inPolicies = policies.flatMap(([, value]) =>
    ipv4LiteralsInPolicy(value).map((address) => ({ address, place: 'policy-header' as const, url: urlOf(request), blocking: false })),
  );
  return [...resources, ...inPolicies];
}

function unique(found: FoundLiteral[]): FoundLiteral[] {
  return [...new Map(found.map((literal) => [`${literal.place} ${literal.url} ${literal.address}`, literal])).values()];
}
