import ipaddr from 'ipaddr.js';

const longestLiteral = 45;

/**
 * The 4 or 16 bytes of an address literal, or null when it is none. As strict as `net.isIP`, but pure: four decimal parts
 * without leading zeros (`127.1`, `010.0.0.1` and `2130706433` are no addresses), no zone id, no brackets.
 */
export function addressBytes(text: string): Uint8Array | null {
  if (text.length > longestLiteral) return null;
  if (!text.includes(':')) return ipv4Bytes(text);
  return ipv6Bytes(text);
}

function ipv4Bytes(text: string): Uint8Array | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every(isOctet)) return null;
  return Uint8Array.from(parts, Number);
}

function isOctet(part: string): boolean {
  return /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255;
}

function ipv6Bytes(text: string): Uint8Array | null {
  if (!/^[0-9A-Fa-f:.]+$/.test(text) || !hasPlainGroups(text)) return null;
  const embedded = text.slice(text.lastIndexOf(':') + 1);
  if (embedded.includes('.') && ipv4Bytes(embedded) === null) return null;
  if (!ipaddr.IPv6.isValid(text)) return null;
  return Uint8Array.from(ipaddr.IPv6.parse(text).toByteArray());
}

/** Groups of at most four hex digits, at most one '::', no lone colon at an end: what inet_pton takes and ipaddr.js is lenient about. */
function hasPlainGroups(text: string): boolean {
  if (text.includes(':::') || text.indexOf('::') !== text.lastIndexOf('::')) return false;
  if (text.startsWith(':') && !text.startsWith('::')) return false;
  if (text.endsWith(':') && !text.endsWith('::')) return false;
  return text.split(':').every((group) => group.length <= 4 || group.includes('.'));
}

/** True when both texts are the same address, however they are written. */
export function sameAddress(one: string, other: string): boolean {
  const left = addressBytes(one);
  const right = addressBytes(other);
  return left !== null && right !== null && left.length === right.length && left.every((byte, index) => byte === right[index]);
}
