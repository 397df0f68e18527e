import { addressBytes } from './address-bytes.ts';

/** How an address is classified; see the table's date in this file. */
export interface AddressScope {
  /** Global unicast inside allocated space: the only addresses that are dialled or counted as published. */
  usable: boolean;
  /** 'global', or the block's name: 'loopback', 'link-local', 'unique-local', 'documentation', 'nat64', '6to4', 'teredo', 'mapped'… */
  scope: string;
}

export type AddressPolicy = 'public' | 'documentation-is-global' | 'allow-private';

/**
 * State of the copied tables: 2025-05; the youngest entry is 100:0:0:1::/64 of RFC 9780.
 * IANA IPv6 special-purpose address registry (RFC 6890 and updates), multicast (RFC 4291 §2.7) and the transition prefixes.
 * The first match counts, so narrow blocks stand before the wide ones around them. 64:ff9b::/96, 2001::/32 and 2002::/16
 * are here although the registry lists some as globally reachable: such an address is no host of its own but stands for an IPv4
 * address (faults A5).
 */
const ipv6Blocks: readonly [prefix: string, scope: string][] = [
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  ['::ffff:0:0/96', 'mapped'],
  ['::ffff:0:0:0/96', 'translated'],
  ['::/96', 'ipv4-compatible'],
  ['64:ff9b::/96', 'nat64'],
  ['64:ff9b:1::/48', 'nat64-local'],
  ['100::/64', 'discard'],
  ['100:0:0:1::/64', 'dummy'],
  ['2001::/32', 'teredo'],
  ['2001:2::/48', 'benchmarking'],
  ['2001:4:112::/48', 'global'], // AS112: real name servers
  ['2001:10::/28', 'orchid'],
  ['2001:20::/28', 'orchid'],
  ['2001:30::/28', 'drone-remote-id'],
  ['2001::/23', 'ietf-protocol'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4'],
  ['3ffe::/16', '6bone'],
  ['3fff::/20', 'documentation'],
  ['5f00::/16', 'segment-routing'],
  ['fc00::/7', 'unique-local'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'site-local'],
  ['ff00::/8', 'multicast'],
];

/**
 * Where the registries hand out addresses, at the size of whole regions and not of single assignments: a table that
 * grows old must not turn a new assignment into a fault of the agency.
 */
const ipv6Allocated: readonly string[] = ['2001::/16', '2003::/16', '2400::/7', '2600::/7', '2800::/7', '2a00::/7', '2c00::/8'];

/** IANA IPv4 special-purpose address registry, multicast (RFC 5771) and the reserved class E (RFC 1112 §4). */
const ipv4Blocks: readonly [prefix: string, scope: string][] = [
  ['0.0.0.0/32', 'unspecified'],
  ['0.0.0.0/8', 'this-network'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'ietf-protocol'],
  ['192.0.2.0/24', 'documentation'],
  ['192.88.99.0/24', '6to4-relay'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['255.255.255.255/32', 'broadcast'],
  ['240.0.0.0/4', 'reserved'],
];

/** Not even a lab dials these: no single host answers there, and a mapped address is IPv4 behind an IPv6 literal (R4). */
const neverUsable: ReadonlySet<string> = new Set(['not-an-address', 'unspecified', 'multicast', 'broadcast', 'mapped']);

interface Block {
  bytes: Uint8Array;
  length: number;
  scope: string;
}

const ipv6Table = ipv6Blocks.map(toBlock);
const ipv4Table = ipv4Blocks.map(toBlock);
const allocatedTable = ipv6Allocated.map((prefix) => toBlock([prefix, 'global']));
const globalUnicast = toBlock(['2000::/3', 'global']);

/** Classifies a literal IPv4 or IPv6 address (must pass `net.isIP`; anything else is `{usable: false, scope: 'not-an-address'}`). */
export function addressScope(address: string, policy: AddressPolicy): AddressScope {
  const scope = scopeOf(address);
  if (policy === 'documentation-is-global' && scope === 'documentation') return { usable: true, scope: 'global' };
  if (policy === 'allow-private') return { usable: !neverUsable.has(scope), scope };
  return { usable: scope === 'global', scope };
}

/** A run meets the same addresses thousands of times, above all those of the root servers. */
const knownScopes = new Map<string, string>();
const mostKnownScopes = 10_000;

function scopeOf(address: string): string {
  const known = knownScopes.get(address);
  if (known !== undefined) return known;
  const scope = lookUpScope(address);
  if (knownScopes.size >= mostKnownScopes) knownScopes.clear();
  // What is no address may be of any length.
  if (scope !== 'not-an-address') knownScopes.set(address, scope);
  return scope;
}

function lookUpScope(address: string): string {
  const bytes = addressBytes(address);
  if (bytes === null) return 'not-an-address';
  if (bytes.length === 4) return ipv4Table.find((block) => contains(block, bytes))?.scope ?? 'global';
  const special = ipv6Table.find((block) => contains(block, bytes));
  if (special !== undefined) return special.scope;
  if (!contains(globalUnicast, bytes)) return 'reserved';
  return allocatedTable.some((block) => contains(block, bytes)) ? 'global' : 'unallocated';
}

function toBlock([prefix, scope]: readonly [string, string]): Block {
  const [address = '', length = ''] = prefix.split('/');
  return { bytes: addressBytes(address) ?? new Uint8Array(), length: Number(length), scope };
}

function contains(block: Block, bytes: Uint8Array): boolean {
  const whole = block.length >> 3;
  for (let index = 0; index < whole; index += 1) {
    if (block.bytes[index] !== bytes[index]) return false;
  }
  const rest = block.length & 7;
  if (rest === 0) return true;
  return (block.bytes[whole] ?? 0) >> (8 - rest) === (bytes[whole] ?? 0) >> (8 - rest);
}
