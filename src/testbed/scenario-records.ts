import type { Scenario } from './scenario.ts';

const dualStack = (owner: string, node: string): string[] => [`${owner} A $${node}.4`, `${owner} AAAA $${node}.6`];

/** The records of a healthy agency, as lines of `parseRecord`. */
export function healthyRecords(agency: Scenario['agency']): string[] {
  const inside = [agency.servicesDomain, ...agency.hosts].filter((host): host is string => host?.endsWith(`.${agency.domain}`) === true);
  return [
    '@ SOA ns1 hostmaster 2026010101',
    '@ NS ns1',
    '@ NS ns2',
    ...dualStack('ns1', 'ns1'),
    ...dualStack('ns2', 'ns2'),
    ...dualStack('@', 'web'),
    ...dualStack('www', 'web'),
    ...inside.flatMap((host) => dualStack(`${host}.`, 'web')),
    '@ MX 10 mail',
    ...dualStack('mail', 'mail'),
    '@ TXT v=spf1 mx -all',
  ];
}

/** Lines without those that a pattern ('owner TYPE', 'owner TYPE data', '*' for any) names. Throws when a pattern names none. */
export function withoutRecords(lines: readonly string[], patterns: readonly string[]): string[] {
  let left = [...lines];
  for (const pattern of patterns) {
    const kept = left.filter((line) => !matches(line, pattern));
    if (kept.length === left.length) throw new Error(`nothing to remove: ${pattern}`);
    left = kept;
  }
  return left;
}

/** `{1..9}` in a line makes nine lines of it; numbers below a thousand. */
export function manyLines(line: string): string[] {
  const range = /^(.*)\{(\d{1,3})\.\.(\d{1,3})\}(.*)$/.exec(line);
  if (range === null) return [line];
  const [, before = '', from = '0', to = '0', behind = ''] = range;
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => `${before}${Number(from) + index}${behind}`);
}

function matches(line: string, pattern: string): boolean {
  const [owner, type, ...data] = line.split(' ');
  const [wantedOwner, wantedType, ...wantedData] = pattern.split(' ');
  if (wantedOwner !== '*' && wantedOwner !== owner) return false;
  if (wantedType !== '*' && wantedType !== type) return false;
  return wantedData.length === 0 || wantedData.join(' ') === data.join(' ');
}
