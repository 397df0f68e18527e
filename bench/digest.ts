import { createHash } from 'node:crypto';

/** What of a finding must be the same however fast it was found: no values, which hold times and addresses in the order of answers. */
export interface DigestedFinding {
  check: string;
  subject: string;
  service: string;
  host: string;
  status: string;
  message: string;
  cause: string | null;
}

/** They judge how long something took, which no two runs agree on. */
const judgesTime: ReadonlySet<string> = new Set(['web-latency']);

export function findingLines(id: string, findings: readonly DigestedFinding[]): string[] {
  return findings
    .filter(({ check }) => !judgesTime.has(check))
    .map(({ check, subject, service, host, status, message, cause }) =>
      [id, check, subject, service, host, status, message, cause].join(' '),
    );
}

/** One value for all findings of a run, whatever their order. */
export function digestOf(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines.toSorted()) hash.update(`${line}\n`);
  return hash.digest('hex').slice(0, 16);
}
