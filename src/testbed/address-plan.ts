import type { Family } from '../model/observation.ts';

/** Slots from here on belong to the infrastructure (root, TLDs, control site…); the 128th is the last with IPv4 documentation addresses. */
export const infrastructureSlot = 124;
/** Machines of one slot: 768 addresses shared out among 128 slots. */
export const machinesPerSlot = 6;
const blocks = ['192.0.2', '198.51.100', '203.0.113'] as const;

/**
 * Documentation address of the n-th machine of a slot (RFC 5737, RFC 3849). Over IPv6 every machine has a /48 of its own,
 * because two name servers in one /48 are a finding (`ns-diversity-ipv6`).
 */
export function planAddress(slot: number, machine: number, family: Family): string {
  const index = slot * machinesPerSlot + machine;
  if (family === 4) {
    const block = blocks[Math.floor(index / 256)];
    if (block === undefined) throw new Error(`no IPv4 documentation address left for machine ${machine} of slot ${slot}`);
    return `${block}.${index % 256}`;
  }
  return `2001:db8:${(0x1000 + slot * 16 + machine).toString(16)}:1::${(0x50 + machine).toString(16)}`;
}
