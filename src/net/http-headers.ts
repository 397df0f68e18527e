import type { HttpRequestRequest } from '../model/observation.ts';

const maxHeaders = 100;
const maxValueLength = 2_048;
const paddingLength = 3_000;

/**
 * Request headers in a browser's shape with an honest User-Agent (faults W13, L3). Host is built from the name, never from
 * the address dialled (W10). 'large-headers' adds about 3 KiB, enough to need more than one full-sized packet (`web-transfer`).
 */
export function requestHeaders({ host, port, scheme, shape }: HttpRequestRequest, userAgent: string): Record<string, string> {
  const usualPort = scheme === 'https' ? 443 : 80;
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return {
    host: port === usualPort ? name : `${name}:${port}`,
    'user-agent': userAgent,
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'accept-language': 'vi-VN,vi;q=0.9,en;q=0.8',
    'accept-encoding': 'gzip, br, deflate',
    ...(shape === 'large-headers' ? { 'x-ipv6gov-padding': 'x'.repeat(paddingLength) } : {}),
  };
}

/** Response headers as pairs, names lower-cased; at most 100, values cut at 2,048 characters. Takes undici's flat list of names and values. */
export function headerPairs(flat: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < flat.length && pairs.length < maxHeaders; index += 2) {
    pairs.push([(flat[index] ?? '').toLowerCase(), (flat[index + 1] ?? '').slice(0, maxValueLength)]);
  }
  return pairs;
}

/** All values of one header, joined as RFC 9110 §5.3 allows; null when it is absent. Looks at the whole flat list. */
export function headerValue(flat: readonly string[], name: string): string | null {
  const values: string[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    if (flat[index]?.toLowerCase() === name) values.push(flat[index + 1] ?? '');
  }
  return values.length === 0 ? null : values.join(', ');
}
