import type { Family } from '../model/observation.ts';

/** Slots from here on belong to the infrastructure (root, TLDs, control site…); the 192nd is the last with IPv4 documentation addresses. */
export const infrastructureSlot = 187;
/** Machines of one slot over IPv4: 768 addresses shared out among 192 slots. */
export const machinesPerSlot = 4;
/** Machines of one scenario, by the IPv6 addresses of its slot; the fifth to eighth have IPv4 only with a second slot, the others never. */
export const machinesPerScenario = 16;
const blocks = ['192.0.2', '198.51.100', '203.0.113'] as const;

/**
 * Documentation address of the n-th machine of a slot (RFC 5737, RFC 3849). Over IPv6 every machine has a /48 of its own,
 * because two name servers in one /48 are a finding (`ns-diversity-ipv6`), and a slot has more than it needs.
 */
export function planAddress(slot: number, machine: number, family: Family): string {
  if (family === 6) return `2001:db8:${(0x1000 + slot * 16 + machine).toString(16)}:1::${(0x50 + machine).toString(16)}`;
  const index = slot * machinesPerSlot + machine;
  const block = blocks[Math.floor(index / 256)];
  if (block === undefined || machine >= machinesPerSlot)
    throw new Error(`no IPv4 documentation address for machine ${machine} of slot ${slot}`);
  return `${block}.${index % 256}`;
}
