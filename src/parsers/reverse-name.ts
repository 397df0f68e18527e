import { addressBytes } from '../model/address-bytes.ts';

/** Name whose PTR record belongs to an IPv6 address (RFC 3596 §2.5): '1.0.0.….ip6.arpa'. Null for anything but an IPv6 literal. */
export function reverseName(address: string): string | null {
  const bytes = addressBytes(address);
  if (bytes?.length !== 16) return null;
  const nibbles = [...bytes].flatMap((byte) => [byte >> 4, byte & 15]).map((nibble) => nibble.toString(16));
  return `${nibbles.reverse().join('.')}.ip6.arpa`;
}
