/** A share 0-1 in whole per cent; cut, not rounded up: 79.7 % is not the 80 % that a score needs, and 100 % means all. */
export function wholePercent(share: number): number {
  // 0.29 * 100 is a little below 29.
  return Math.floor(share * 100 + 1e-9);
}

/** At most one decimal, with a point: each language puts its own mark. */
export function oneDecimal(value: number): string {
  return String(Math.round(value * 10) / 10);
}
