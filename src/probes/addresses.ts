import type { Resolution } from '../iteration/types.ts';
import type { ProbeContext } from './context.ts';
import { resolve } from './resolve.ts';

/** Addresses of a host that may be dialled, by family, sorted. */
export interface HostAddresses {
  4: string[];
  6: string[];
  /** CNAME targets on the way, in order. */
  aliases: string[];
}

/**
 * A and AAAA of a host by both families, and again with IPv6 alone (for `ipv6-only-names`). Aliases are followed, so the zones
 * of CNAME targets are walked under each policy too.
 */
export async function probeAddresses(context: ProbeContext, host: string): Promise<HostAddresses> {
  const [ipv6, ipv4] = await Promise.all([
    resolve(context, { name: host, type: 'AAAA', policy: 'both' }),
    resolve(context, { name: host, type: 'A', policy: 'both' }),
    ...underIpv6Only(context, host, ['AAAA', 'A']),
  ]);
  const aliases = ipv6.aliases.length > 0 ? ipv6.aliases : ipv4.aliases;
  return { 4: addressesOf(context, ipv4), 6: addressesOf(context, ipv6), aliases };
}

/** Any other type (MX, TXT, PTR…), aliases followed. Mail domains must resolve with IPv6 alone too: MX is asked both ways. */
export async function probeRecords(context: ProbeContext, name: string, type: string): Promise<Resolution> {
  const [found] = await Promise.all([
    resolve(context, { name, type, policy: 'both' }),
    ...underIpv6Only(context, name, type === 'MX' ? ['MX'] : []),
  ]);
  return found;
}

function underIpv6Only(context: ProbeContext, name: string, types: readonly string[]): Promise<Resolution>[] {
  if (context.resolution.mode === 'resolver') return [];
  return types.map((type) => resolve(context, { name, type, policy: 'ipv6-only' }));
}

function addressesOf(context: ProbeContext, resolution: Resolution): string[] {
  const addresses = resolution.records.flatMap((record) => (record.type === 'A' || record.type === 'AAAA' ? [record.address] : []));
  return [...new Set(addresses)].filter((address) => context.isUsable(address)).sort();
}
