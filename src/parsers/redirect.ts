import { getDomain } from 'tldts';
import type { HttpResponse } from '../model/observation.ts';
import { httpTarget, plainUrl } from './http-target.ts';
import { addressLiteral, parseUrl } from './url-literals.ts';

/** Statuses whose Location is followed (RFC 9110 section 15.4); 300, 304, 305 and 306 are not. */
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** A slower meta refresh is an announcement to the reader, no hop (checks.md, `web-redirects`). */
const MAX_REFRESH_SECONDS = 10;

export type RedirectTarget =
  /** `url` is absolute, without user name and fragment; `userinfo`: the server had put one in (faults W6). */
  | { kind: 'http' | 'meta'; url: string; userinfo: boolean }
  /** The target is an address, not a name: it is reported and not followed. */
  | { kind: 'literal'; via: 'http' | 'meta'; url: string; family: 4 | 6; address: string; userinfo: boolean }
  | { kind: 'bad'; reason: 'no-location' | 'invalid-url' | 'scheme'; location: string | null };

function locationOf(response: HttpResponse): string | null {
  for (const [name, value] of response.headers) if (name === 'location' && value.trim() !== '') return value.trim();
  return null;
}

function resolve(via: 'http' | 'meta', location: string, base: string): RedirectTarget {
  const parsed = parseUrl(location, base);
  if (parsed === null) return { kind: 'bad', reason: 'invalid-url', location };
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return { kind: 'bad', reason: 'scheme', location };
  const target = httpTarget(parsed.href);
  if (target === null) return { kind: 'bad', reason: 'invalid-url', location };
  const userinfo = parsed.username !== '' || parsed.password !== '';
  const url = plainUrl(target);
  const literal = addressLiteral(parsed);
  return literal === null ? { kind: via, url, userinfo } : { kind: 'literal', via, url, ...literal, userinfo };
}

/**
 * Where a response sends its reader: by a 3xx status with Location, resolved by the WHATWG URL rules against the URL asked for
 * (RFC 9110 section 10.2.2), or by a meta refresh of at most 10 s on a 2xx page. Null: nowhere, this is the end.
 */
export function redirectTarget(input: { url: string; response: HttpResponse }): RedirectTarget | null {
  const { url, response } = input;
  if (redirects.has(response.status)) {
    const location = locationOf(response);
    return location === null ? { kind: 'bad', reason: 'no-location', location: null } : resolve('http', location, url);
  }
  const refresh = response.body?.metaRefresh ?? null;
  if (refresh === null || response.status < 200 || response.status > 299 || refresh.seconds > MAX_REFRESH_SECONDS) return null;
  const target = resolve('meta', refresh.url, url);
  const asked = httpTarget(url);
  // A page that refreshes itself is its own end, unlike a 3xx to itself, which is a loop.
  return target.kind === 'meta' && asked !== null && target.url === plainUrl(asked) ? null : target;
}

/** Do two hosts belong to one registrable domain (Public Suffix List, private part included)? Equal hosts always do. */
export function sameSite(hostA: string, hostB: string): boolean {
  if (hostA === hostB) return true;
  const site = getDomain(hostA, { allowPrivateDomains: true });
  return site !== null && site === getDomain(hostB, { allowPrivateDomains: true });
}
