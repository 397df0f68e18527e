import { addressBytes } from '../model/address-bytes.ts';
import type { Cause } from '../model/cause.ts';
import { routeOf } from './address-routes.ts';
import type { AgencyContext } from './context.ts';
import { type Fact, known } from './fact.ts';
import { nameServersOf } from './name-servers.ts';

/** How far the IPv6 addresses of a zone's name servers lie apart (RFC 2182 §3.1). */
export interface NameServerDiversity {
  zone: string;
  addresses: string[];
  /** Distinct /48, written as prefixes. */
  sites: string[];
  /** Distinct announced prefixes and origins; null without routing data. */
  announced: string[] | null;
  asns: string[] | null;
  /** NS names whose AAAA could not be looked up, and why. */
  unknown: string[];
  cause: Cause | null;
}

export function nameServerDiversityOf(context: AgencyContext, zone: string): Fact<NameServerDiversity> {
  const found = nameServersOf(context, zone);
  if (!found.known) return found;
  const { servers } = found.value;
  const addresses = [...new Set(servers.flatMap(({ ipv6 }) => (ipv6.known ? ipv6.value.usable : [])))].sort();
  const lacking = servers.flatMap(({ name, ipv6 }) => (ipv6.known ? [] : [{ name, cause: ipv6.cause }]));
  const { routes } = context;
  const placed = routes === undefined || routes.origins === null ? null : addresses.map((address) => routeOf(routes, address));
  const value: NameServerDiversity = {
    zone,
    addresses,
    sites: distinct(addresses.map(siteOf)),
    announced: placed === null ? null : distinct(placed.map(({ prefix }) => prefix)),
    asns: placed === null ? null : distinct(placed.flatMap(({ asns }) => asns.map((asn) => `AS${asn}`))),
    unknown: lacking.map(({ name }) => name),
    cause: lacking[0]?.cause ?? null,
  };
  return known(value, found.observations);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '').sort();
}

/** The /48 of an address: the usual size of one site (RFC 6177). */
function siteOf(address: string): string {
  const bytes = addressBytes(address) ?? new Uint8Array(16);
  const groups = [0, 2, 4].map((at) => (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16));
  return `${groups.join(':')}::/48`;
}
