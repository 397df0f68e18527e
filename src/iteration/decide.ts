import type { DnsRecord } from '../model/dns.ts';
import type { Reply } from './cause.ts';

export type Decision =
  | { kind: 'answer'; records: DnsRecord[] }
  | { kind: 'alias'; target: string }
  | { kind: 'referral' | 'nodata' | 'nxdomain' | 'failed' };

/**
 * What the servers of a zone say together. Existence wins: a server that has the data shows more than one that has not, and
 * the differences stay visible per server. Records are the union over the servers that have them.
 */
export function decide(replies: readonly Reply[]): Decision {
  const records = replies.flatMap(({ verdict }) => (verdict?.kind === 'answer' ? verdict.records : []));
  if (records.length > 0) return { kind: 'answer', records: distinct(records) };
  const targets = replies.flatMap(({ verdict }) => (verdict?.kind === 'alias' ? [verdict.target] : []));
  const target = mostFrequent(targets);
  if (target !== null) return { kind: 'alias', target };
  for (const kind of ['referral', 'nodata', 'nxdomain'] as const)
    if (replies.some(({ verdict }) => verdict?.kind === kind)) return { kind };
  return { kind: 'failed' };
}

/** Each record once, whatever its TTL. */
export function distinct(records: readonly DnsRecord[]): DnsRecord[] {
  const seen = new Map<string, DnsRecord>();
  for (const record of records) {
    const key = textOf(record);
    if (!seen.has(key)) seen.set(key, record);
  }
  return [...seen.values()];
}

/** Addresses are most of what is met, and a text of them costs a tenth of their JSON. */
function textOf(record: DnsRecord): string {
  if (record.type === 'A' || record.type === 'AAAA') return `${record.type} ${record.name} ${record.address}`;
  return JSON.stringify({ ...record, ttl: 0 });
}

function mostFrequent(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranked = [...counts].sort(([left, leftCount], [right, rightCount]) => rightCount - leftCount || (left < right ? -1 : 1));
  return ranked[0]?.[0] ?? null;
}
