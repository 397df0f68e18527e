import type { Resource } from '../model/observation.ts';
import { hostNameOf, parseUrl } from './url-literals.ts';

/** Another host that a page loads something from. */
export interface DependencyHost {
  host: string;
  /** Each kind once, in the order met. */
  kinds: Resource['kind'][];
  /** Absolute URL of the first resource on it, without fragment. */
  firstUrl: string;
}

/**
 * The hosts a page depends on, in the order met: resources resolved against the page's URL (for CSS, the style sheet's). Left out: the page's own host,
 * address literals (they are `web-literals`), plain links, and what is not fetched over the network.
 */
export function dependencyHosts(pageUrl: string, resources: readonly Resource[]): DependencyHost[] {
  const own = parseUrl(pageUrl)?.hostname.replace(/\.$/u, '') ?? '';
  const hosts = new Map<string, DependencyHost>();
  for (const { url, kind } of resources) {
    const parsed = kind === 'anchor' ? null : parseUrl(url, pageUrl);
    const host = parsed === null ? null : hostNameOf(parsed);
    if (parsed === null || host === null || host === own) continue;
    const entry = hosts.get(host);
    if (entry === undefined) {
      parsed.hash = '';
      hosts.set(host, { host, kinds: [kind], firstUrl: parsed.href });
    } else if (!entry.kinds.includes(kind)) entry.kinds.push(kind);
  }
  return [...hosts.values()];
}

/** The value of a link parameter in `; name=value` text, lower case; quotes are removed. */
function parameterOf(parameters: string, name: string): string {
  for (const part of parameters.split(';')) {
    const equals = part.indexOf('=');
    if (equals !== -1 && part.slice(0, equals).trim().toLowerCase() === name)
      return part
        .slice(equals + 1)
        .replaceAll('"', '')
        .trim()
        .toLowerCase();
  }
  return '';
}

/** Where the parameters of a link end: at the comma before the next `<`, outside quotes. */
function endOfLink(value: string, from: number): number {
  let quoted = false;
  for (let at = from; at < value.length; at += 1) {
    if (value[at] === '"') quoted = !quoted;
    else if (value[at] === ',' && !quoted) return at;
  }
  return value.length;
}

/** What `Link` headers make a browser load: stylesheet, preload, modulepreload, icon (RFC 8288 section 3). At most 50. */
export function linkHeaderResources(headers: readonly (readonly [string, string])[]): Resource[] {
  const loaded = new Set(['stylesheet', 'preload', 'modulepreload', 'icon']);
  const found: Resource[] = [];
  for (const [name, value] of headers) {
    if (name !== 'link') continue;
    for (let at = value.indexOf('<'); at !== -1 && found.length < 50; ) {
      const close = value.indexOf('>', at);
      if (close === -1) break;
      const end = endOfLink(value, close + 1);
      const rel = parameterOf(value.slice(close + 1, end), 'rel').split(' ');
      if (rel.some((word) => loaded.has(word))) found.push({ url: value.slice(at + 1, close).trim(), kind: 'link-header' });
      at = value.indexOf('<', end);
    }
  }
  return found;
}
