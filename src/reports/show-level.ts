import type { Area, Finding, Status } from '../model/finding.ts';

/** What the table shows of findings; each level includes those before it. */
export const showLevels = ['fail', 'warn', 'inconclusive', 'info', 'all'] as const;
export type ShowLevel = (typeof showLevels)[number];

/** Worst first. */
export const statusOrder: readonly Status[] = ['fail', 'warn', 'inconclusive', 'info', 'pass', 'not-applicable', 'skipped'];

export function isShown(status: Status, level: ShowLevel): boolean {
  return level === 'all' || statusOrder.indexOf(status) <= statusOrder.indexOf(level);
}

const levelOrder = { required: 0, recommended: 1, informative: 2 };

/** What decides conformity before what rests on it: a name without AAAA fails with IPv6 only too, and is mended in one place. */
const areaOrder: Readonly<Record<Area, number>> = { address: 0, web: 0, dns: 1, mail: 2, 'ipv6-only': 3, routing: 4 };

/** Worst first: by status, then level, then area, check and host, so that the order never depends on how findings came. */
export function worstFirst<Kind extends Finding>(findings: readonly Kind[]): Kind[] {
  const compare = (a: Kind, b: Kind): number =>
    statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) ||
    levelOrder[a.level] - levelOrder[b.level] ||
    areaOrder[a.area] - areaOrder[b.area] ||
    (a.check < b.check ? -1 : a.check > b.check ? 1 : 0) ||
    (a.host < b.host ? -1 : a.host > b.host ? 1 : 0);
  return findings.toSorted(compare);
}
