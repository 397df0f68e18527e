/** Longest URL that is read; a longer one is cut there (its host survives). */
export const MAX_URL_LENGTH = 2_048;

/** Schemes under which a browser fetches something from a host. */
const fetched: ReadonlySet<string> = new Set(['http:', 'https:', 'ws:', 'wss:', 'ftp:']);

/** Parses a URL by the WHATWG rules; null where it is none. */
export function parseUrl(url: string, base?: string): URL | null {
  try {
    return base === undefined ? new URL(url) : new URL(url, base);
  } catch {
    return null;
  }
}

/** Dotted decimal with four plain numbers. The WHATWG parser has already turned `127.1`, `0x7f.1` and `2130706433` into this form. */
export function isIpv4Literal(host: string): boolean {
  const parts = host.split('.', 5);
  if (parts.length !== 4 || host.length > 15) return false;
  for (const part of parts) {
    if (part.length === 0 || part.length > 3) return false;
    for (let at = 0; at < part.length; at += 1) {
      const code = part.charCodeAt(at);
      if (code < 48 || code > 57) return false;
    }
    if (Number(part) > 255) return false;
  }
  return true;
}

/** The address literal that a URL names instead of a host; null for a name. IPv6 comes without its brackets. */
export function addressLiteral(url: URL): { family: 4 | 6; address: string } | null {
  if (url.hostname.startsWith('[')) return { family: 6, address: url.hostname.slice(1, -1) };
  return isIpv4Literal(url.hostname) ? { family: 4, address: url.hostname } : null;
}

/**
 * The IPv4 literal in a URL as a browser reads it (`//192.0.2.1/x`, `http://3221225985/`), else null. RFC 6586: such a URL
 * cannot be reached through DNS64 and NAT64. A relative URL has no host of its own and gives null.
 */
export function ipv4LiteralOf(url: string): string | null {
  const parsed = parseUrl(url.slice(0, MAX_URL_LENGTH), 'https://base.invalid/');
  if (parsed === null || !fetched.has(parsed.protocol)) return null;
  const literal = addressLiteral(parsed);
  return literal?.family === 4 ? literal.address : null;
}

/**
 * IPv4 literals in the value of a policy header such as Content-Security-Policy: its tokens are split at spaces, `;` and `,`,
 * and each is read as a source with or without scheme, port and path (CSP3 section 2.3.1). At most 50, each once.
 */
export function ipv4LiteralsInPolicy(value: string): string[] {
  const found = new Set<string>();
  for (const token of value.slice(0, 16_384).split(/[\s;,]/u)) {
    if (token.length < 7 || found.size >= 50) continue;
    const scheme = token.indexOf('://');
    const rest = scheme === -1 ? token : token.slice(scheme + 3);
    let end = 0;
    while (end < rest.length && rest[end] !== ':' && rest[end] !== '/') end += 1;
    const host = rest.slice(0, end);
    if (isIpv4Literal(host)) found.add(host);
  }
  return [...found];
}

/** Lower-case host name of an absolute http(s) or ws(s) URL without a final dot; null for literals, other schemes and nonsense. */
export function hostNameOf(url: URL): string | null {
  if (!fetched.has(url.protocol) || addressLiteral(url) !== null) return null;
  const name = url.hostname.endsWith('.') ? url.hostname.slice(0, -1) : url.hostname;
  return name === '' || name.length > 253 ? null : name;
}
