import pLimit from 'p-limit';
import type { BodyEvidence, HttpResponse, Resource } from '../model/observation.ts';
import { dependencyHosts, linkHeaderResources } from '../parsers/dependencies.ts';
import { httpTarget, plainUrl } from '../parsers/http-target.ts';
import { parseUrl } from '../parsers/url-literals.ts';
import type { ProbeContext } from './context.ts';
import { askHttp, type ResolveHost, usableAddresses } from './http-ask.ts';

/** Style sheets of a page that are read for further hosts ("CSS one level"). */
const MAX_STYLE_SHEETS = 5;
/** Hosts asked at once for one agency. */
const AT_ONCE = 8;

/** A page to read dependencies from. */
export interface PageWithUrl {
  url: string;
  body: BodyEvidence;
  /** For its `Link` headers; may be left out. */
  headers?: readonly (readonly [string, string])[];
}

interface Source {
  url: string;
  resources: readonly Resource[];
}

/** Asks a style sheet over IPv6, then over IPv4, at one address each, until one gives it. */
async function fetchStyleSheet(context: ProbeContext, resolveHost: ResolveHost, url: string): Promise<Source | null> {
  const target = httpTarget(url);
  if (target === null) return null;
  const addresses = await resolveHost(target.host);
  for (const family of [6, 4] as const) {
    const [address] = usableAddresses(context, addresses[family], 1);
    if (address === undefined) continue;
    const { response } = await askHttp(context, target, { family, address, round: '1', shape: 'page' });
    if (isStyleSheet(response)) return { url, resources: response.body.resources };
  }
  return null;
}

function isStyleSheet(response: HttpResponse | null): response is HttpResponse & { body: BodyEvidence } {
  return response?.body?.kind === 'css' && response.status === 200;
}

/** The first style sheets of a page, each once, absolute. */
function styleSheetsOf({ url, resources }: Source): string[] {
  const found = new Set<string>();
  for (const resource of resources) {
    const target = resource.kind === 'style' && found.size < MAX_STYLE_SHEETS ? httpTarget(parseUrl(resource.url, url)?.href ?? '') : null;
    if (target !== null) found.add(plainUrl(target));
  }
  return [...found];
}

/** The first URL on every host that the sources name, as many hosts as the settings allow; a page's own host is none. */
function firstUrls(context: ProbeContext, sources: readonly Source[], own: ReadonlySet<string>): string[] {
  const urls = new Map<string, string>();
  for (const { url, resources } of sources) {
    for (const { host, firstUrl } of dependencyHosts(url, resources)) if (!own.has(host) && !urls.has(host)) urls.set(host, firstUrl);
  }
  return [...urls.values()].slice(0, context.settings.web.maxDependencyHosts);
}

async function probeDependency(context: ProbeContext, resolveHost: ResolveHost, url: string): Promise<void> {
  const parsed = parseUrl(url);
  if (parsed === null) return;
  // ws: and ftp: resources name a host, too; what is asked there is an ordinary page.
  const target = httpTarget(url) ?? httpTarget(`https://${parsed.hostname}/`);
  if (target === null) return;
  const addresses = await resolveHost(target.host);
  const [six] = usableAddresses(context, addresses[6], 1);
  if (six === undefined) return;
  const { failure } = await askHttp(context, target, { family: 6, address: six, round: '1', shape: 'page' });
  // IPv4 is the control (R4): it tells a dead host from a dead IPv6, and is asked only where there is something to tell.
  const [four] = usableAddresses(context, addresses[4], 1);
  if (failure !== null && four !== undefined) await askHttp(context, target, { family: 4, address: four, round: '1', shape: 'page' });
}

/**
 * Performs what `web-dependencies` needs: every host that the pages and their first style sheets load from is resolved in both families, and asked once
 * over IPv6 for the very resource named, and over IPv4 where that fails. Bounded by `web.maxDependencyHosts`.
 */
export async function probeSubresources(context: ProbeContext, resolveHost: ResolveHost, pages: readonly PageWithUrl[]): Promise<void> {
  const limit = pLimit(AT_ONCE);
  const sources = pages.map(
    ({ url, body, headers }): Source => ({ url, resources: [...body.resources, ...linkHeaderResources(headers ?? [])] }),
  );
  const styleUrls = [...new Set(sources.flatMap(styleSheetsOf))];
  const styles = await Promise.all(styleUrls.map((url) => limit(() => fetchStyleSheet(context, resolveHost, url))));
  const own = new Set(pages.flatMap(({ url }) => httpTarget(url)?.host ?? []));
  const all = [...sources, ...styles.filter((style) => style !== null)];
  await Promise.all(firstUrls(context, all, own).map((url) => limit(() => probeDependency(context, resolveHost, url))));
}
