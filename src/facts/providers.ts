import { addressBytes } from '../model/address-bytes.ts';
import type { AddressSet } from './address-set.ts';
import { registrableDomain } from './registrable-domain.ts';

/**
 * Who runs a web host, as far as the DNS tells: the registrable domain of the name that its alias leads to; without an alias the network of its
 * address, the /32 over IPv6 (what a provider gets), else the /24 over IPv4. '' where there is neither.
 */
export function webProvider(host: string, sets: readonly (AddressSet | null)[]): string {
  const known = sets.flatMap((set) => (set === null ? [] : [set]));
  const alias = known.map(({ aliases }) => aliases.at(-1)).find((name) => name !== undefined);
  if (alias !== undefined && registrableDomain(alias) !== registrableDomain(host)) return registrableDomain(alias);
  const address = known.flatMap(({ usable }) => usable)[0];
  return address === undefined ? '' : networkOf(address);
}

function networkOf(address: string): string {
  const bytes = addressBytes(address);
  if (bytes === null) return '';
  if (bytes.length === 4) return `${bytes.subarray(0, 3).join('.')}.0/24`;
  const groups = [0, 2].map((at) => (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16));
  return `${groups.join(':')}::/32`;
}

/** Names that are in every list: whoever is to mend several faults alone must be behind each of them. */
export function inEvery(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists;
  return [...new Set(first)].filter((name) => others.every((list) => list.includes(name))).sort();
}

/** The one registrable domain that all these hosts are of, in a list; none where they are of several. */
export function soleDomain(hosts: readonly string[]): string[] {
  const domains = [...new Set(hosts.map(registrableDomain))];
  return domains.length === 1 ? domains : [];
}
