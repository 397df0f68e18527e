/** Names are lower-case presentation form without the final dot; dots inside labels are escaped, so '.' always separates labels. */

export function labelCount(name: string): number {
  return name === '' ? 0 : name.split('.').length;
}

/** Is `name` the zone itself or below it? */
export function isWithin(name: string, zone: string): boolean {
  return zone === '' || name === zone || name.endsWith(`.${zone}`);
}

export function isBelow(name: string, zone: string): boolean {
  return name !== zone && isWithin(name, zone);
}

/** The last `labels` labels of a name. */
export function ancestorAt(name: string, labels: number): string {
  return labels === 0 ? '' : name.split('.').slice(-labels).join('.');
}

export function parentOf(name: string): string {
  const dot = name.indexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1);
}

const oneByOne = 4;
const maxSteps = 10;

/**
 * How many labels to show at each step down to `name` (RFC 9156 §2.3): every one, except for very long names such as those
 * under ip6.arpa, where steps grow after the first four.
 */
export function minimisedLengths(name: string): number[] {
  const total = labelCount(name);
  const stride = total <= maxSteps ? 1 : Math.ceil((total - oneByOne) / (maxSteps - oneByOne));
  const lengths: number[] = [];
  for (let length = 1; length < total; length += length < oneByOne ? 1 : stride) lengths.push(length);
  if (total > 0) lengths.push(total);
  return lengths;
}
