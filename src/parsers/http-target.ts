import { parseUrl } from './url-literals.ts';

/** The parts of an http(s) URL as a request names them. */
export interface HttpTarget {
  scheme: 'http' | 'https';
  /** Lower-case name without a final dot, or an address literal (IPv6 in brackets). */
  host: string;
  port: number;
  /** Path with query. */
  path: string;
}

/** Splits an absolute URL into what an `http-request` asks for; null for other schemes, port 0 and nonsense. The fragment is dropped. */
export function httpTarget(url: string): HttpTarget | null {
  const parsed = parseUrl(url);
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return null;
  const scheme = parsed.protocol === 'https:' ? 'https' : 'http';
  const host = parsed.hostname.endsWith('.') ? parsed.hostname.slice(0, -1) : parsed.hostname;
  const port = parsed.port === '' ? (scheme === 'https' ? 443 : 80) : Number(parsed.port);
  if (host === '' || host.length > 253 || port === 0) return null;
  return { scheme, host, port, path: `${parsed.pathname}${parsed.search}` };
}

/** One spelling of an http(s) URL: default port, final dot, fragment and user name removed. Finds loops and equal final pages. */
export function plainUrl(target: HttpTarget): string {
  const isDefault = target.port === (target.scheme === 'https' ? 443 : 80);
  return `${target.scheme}://${target.host}${isDefault ? '' : `:${target.port}`}${target.path}`;
}
