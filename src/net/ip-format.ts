/** Dotted decimal of 4 bytes; '' for any other number of bytes. */
export function formatIpv4(bytes: Uint8Array): string {
  return bytes.length === 4 ? bytes.join('.') : '';
}

/** RFC 5952 §4 text of 16 bytes, always in hex groups; '' for any other number of bytes. */
export function formatIpv6(bytes: Uint8Array): string {
  if (bytes.length !== 16) return '';
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0));
  const { start, length } = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The first of the longest runs of zero groups (RFC 5952 §4.2.3). */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (const [at, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: at - length + 1, length };
  }
  return best;
}
