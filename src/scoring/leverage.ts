import { siblingOf } from '../model/agency-services.ts';
import type { Finding } from '../model/finding.ts';
import type { ReportAgency, Summary } from '../model/report.ts';
import type { Rubric } from './rubric.ts';

export type Lever = Summary['leverage'][number];

const shownLevers = 20;

/** Faults of a web host that whoever runs the host can mend. A redirect may lead elsewhere, and a record's scope is the agency's own. */
const hostChecks: ReadonlySet<string> = new Set(['web-addresses', 'web-connect', 'web-tls', 'web-response', 'web-content', 'web-transfer']);

/** Faults over IPv6 alone that name in `unlockedBy` who could mend them alone. Messages that speak of names are the name servers' affair. */
const kindOfCheck: Readonly<Record<string, Lever['kind']>> = {
  'ipv6-only-names': 'name-server-operator',
  'ipv6-only-page': 'name-server-operator',
  'ipv6-only-dependencies': 'dependency-host',
  'ipv6-only-mail': 'mail-host',
};

/**
 * Which provider, name-server operator, mail or dependency host unlocks how many agencies (checks.md, "Over a run"): an agency counts for one of them
 * when all that fails its conformity, or all that holds it below its next readiness rung, would be mended by that one alone. Feed agencies
 * one by one; the agency's own domain is no lever.
 */
export function createLeverage(rubric: Rubric) {
  const levers = new Map<string, Lever>();
  return {
    add(agency: ReportAgency): void {
      const unlocking = new Map<string, Lever>();
      for (const failing of [failingConformity(agency, rubric), failingRung(agency, rubric)]) {
        for (const lever of leversOf(agency, failing)) unlocking.set(keyOf(lever), lever);
      }
      for (const [key, lever] of unlocking) levers.set(key, { ...lever, agencies: (levers.get(key)?.agencies ?? 0) + 1 });
    },
    finish(): Lever[] {
      return [...levers.values()].sort((a, b) => b.agencies - a.agencies || (keyOf(a) < keyOf(b) ? -1 : 1)).slice(0, shownLevers);
    },
  };
}

function keyOf({ kind, name }: Pick<Lever, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

/** What made the verdict fail: deciding checks on hosts that decide. */
function failingConformity(agency: ReportAgency, { conformity }: Rubric): Finding[] {
  if (agency.conformity.verdict !== 'fail') return [];
  return agency.findings.filter(({ check, status, subject, host, service }) => {
    if (status !== 'fail' || !conformity.deciding.includes(check) || !isActive(agency, service)) return false;
    return subject !== 'host' || !isOnlySibling(agency, host);
  });
}

/** What stops the climb: the failing checks of the rung above the level reached. */
function failingRung(agency: ReportAgency, { readiness }: Rubric): Finding[] {
  const { level } = agency.readiness;
  const rung = level === null ? undefined : readiness.ladder[level];
  if (rung === undefined) return [];
  const checks = [...rung.mustWork, ...rung.mustNotFail];
  return agency.findings.filter(({ check, status, subject, host, service }) => {
    if (status !== 'fail' || !checks.includes(check) || !isActive(agency, service)) return false;
    return subject === 'service' || (subject === 'host' && !isOnlySibling(agency, host));
  });
}

function isActive(agency: ReportAgency, role: Finding['service']): boolean {
  return role === 'portal' || agency.services.some((service) => service.role === role && service.state === 'active' && role !== 'other');
}

/** The twin of the listed portal decides only where the listed host has no web of its own. */
function isOnlySibling(agency: ReportAgency, host: string): boolean {
  const portal = agency.services.find(({ role }) => role === 'portal');
  if (portal === undefined || host !== siblingOf(portal.host)) return false;
  const listed = agency.findings.find((finding) => finding.check === 'web-addresses' && finding.host === portal.host);
  return listed?.status !== 'not-applicable';
}

function leversOf(agency: ReportAgency, failing: readonly Finding[]): Lever[] {
  const [first = [], ...others] = failing.map((finding) => attributed(agency, finding));
  const isOwn = (name: string): boolean => name === agency.domain || agency.domain.endsWith(`.${name}`);
  return first.filter((lever) => !isOwn(lever.name) && others.every((list) => list.some((other) => keyOf(other) === keyOf(lever))));
}

/** Who alone could mend this one; nobody in particular: an empty list. */
function attributed(agency: ReportAgency, finding: Finding): Lever[] {
  const { check, host, message, values } = finding;
  const named = (kind: Lever['kind'], names: readonly string[]): Lever[] => names.map((name) => ({ kind, name, agencies: 0 }));
  const { unlockedBy } = values;
  if (Array.isArray(unlockedBy)) {
    const kind = message === 'mx-not-resolved' ? 'name-server-operator' : kindOfCheck[check];
    return kind === undefined ? [] : named(kind, unlockedBy);
  }
  const isOfHost = hostChecks.has(check) || (check === 'ipv6-only-page' && message !== 'redirect-broken');
  if (!isOfHost) return [];
  const provider = agency.findings.find((other) => other.check === 'web-addresses' && other.host === host)?.values.provider;
  return typeof provider === 'string' && provider !== '' ? named('web-host', [provider]) : [];
}
