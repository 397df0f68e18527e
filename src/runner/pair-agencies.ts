import type { ReportAgency } from '../model/report.ts';

export interface AgencyPair {
  before: ReportAgency | null;
  after: ReportAgency | null;
  /** 'id': same domain, other id. 'domain': same id, other domain. */
  renamed: 'id' | 'domain' | null;
}

/**
 * Finds each agency of one run in the other. Id and domain together first, then the domain, which is what was measured, then the id. An
 * agency is used once; what finds no partner is new or gone.
 */
export function pairAgencies(before: readonly ReportAgency[], after: readonly ReportAgency[]): AgencyPair[] {
  const free = new Set(before);
  const partners = new Map<ReportAgency, Pick<AgencyPair, 'before' | 'renamed'>>();
  const both = ({ id, domain }: ReportAgency): string => JSON.stringify([id, domain]);
  const rounds: [AgencyPair['renamed'], (agency: ReportAgency) => string][] = [
    [null, both],
    ['id', ({ domain }) => domain],
    ['domain', ({ id }) => id],
  ];
  for (const [renamed, keyOf] of rounds) {
    const byKey = new Map([...free].map((agency) => [keyOf(agency), agency]));
    for (const agency of after) {
      const found = partners.has(agency) ? undefined : byKey.get(keyOf(agency));
      if (found === undefined || !free.delete(found)) continue;
      partners.set(agency, { before: found, renamed });
    }
  }
  const known = after.map((agency) => ({ before: null, renamed: null, ...partners.get(agency), after: agency }));
  return [...known, ...[...free].map((agency) => ({ before: agency, after: null, renamed: null }))];
}
