import type { ReportAgency } from '../../src/model/report.ts';
import { audited } from './agencies.ts';
import { type Audit, agencyOf, audit, auditQuietly, hasOwnTrouble, missingFindings, ownTrouble } from './audits.ts';
import { type ExpectedAgency, type ExpectedFinding, expected, ipv6Checks } from './expected.ts';
import { type Vantage, vantages } from './namespaces.ts';

const slowDomains = audited.flatMap(({ domain, slow }) => (slow === true ? [domain] : []));
export const [slow, quick] = [true, false].map((wanted) => expected.filter(({ domain }) => slowDomains.includes(domain) === wanted)) as [
  ExpectedAgency[],
  ExpectedAgency[],
];
export const domains = quick.map(({ domain }) => domain);
const audits = new Map<Vantage, Audit>();
/** Of what the busy machine could not see, and of what shows on a quiet one alone. */
const quietAudits = new Map<Vantage, Audit>();
/** Of the latter alone, where even that audit was not quiet enough. */
let quietest: Audit | null = null;
let slowly: Audit | null = null;

/** The audit from a vantage. */
export function from(vantage: Vantage): Audit {
  const found = audits.get(vantage);
  if (found === undefined) throw new Error(`no audit from ${vantage}`);
  return found;
}

/** With more time for a few agencies that are slow to answer. */
export function patient(): Audit {
  if (slowly === null) throw new Error('no patient audit');
  return slowly;
}

/** The audits that followed the first. */
export function secondLooks(): Audit[] {
  return [...quietAudits.values(), ...(quietest === null ? [] : [quietest])];
}

/** The agency in the second audit, where there was reason for one. */
export function agencyAgain(vantage: Vantage, domain: string): ReportAgency | null {
  return quietAudits.get(vantage)?.report.agencies.find((agency) => agency.domain === domain) ?? null;
}

/** What IPv6 alone decides, where the zone is in reach over IPv6. */
export function decidedByIpv6({ domain, findings }: ExpectedAgency): ExpectedFinding[] {
  if (findings.some(({ check, status }) => check === 'ipv6-only-names' && status === 'fail')) return [];
  if (domain === 'chi-http.gov.vn' || domain === 'khong-het.gov.vn') return []; // That 443 is closed in IPv4 too cannot be known here.
  return findings.filter(({ check, status }) => ipv6Checks.has(check) && status === 'pass');
}

/** The verdicts that the row settles. */
export function verdictOf({ conformity, readiness }: ReportAgency, wanted: ExpectedAgency) {
  return {
    conformity: wanted.conformity === null ? null : conformity.verdict,
    level: wanted.level === null ? null : readiness.level,
  };
}

/** Expectations that were not met, and could not be, for our own trouble. */
export function troubleFrom(vantage: 'dual' | 'v6only', wanted: ExpectedAgency): string[] {
  const agency = agencyOf(from(vantage).report, wanted.domain);
  if (vantage === 'v6only') return ownTrouble(agency, decidedByIpv6(wanted));
  const { conformity, level } = verdictOf(agency, wanted);
  const moved = (conformity !== wanted.conformity || level !== wanted.level) && hasOwnTrouble(agency);
  return [...ownTrouble(agency, wanted.findings), ...(moved ? [`conformity ${conformity}, level ${level}`] : [])];
}

async function measureAgain(vantage: 'dual' | 'v6only'): Promise<void> {
  const troubled = quick
    .map((wanted) => ({ domain: wanted.domain, lines: troubleFrom(vantage, wanted) }))
    .filter(({ lines }) => lines.length > 0);
  const count = troubled.reduce((sum, { lines }) => sum + lines.length, 0);
  const shown = troubled.flatMap(({ domain, lines }) => lines.map((line) => `${domain}: ${line}`)).slice(0, 20);
  console.info([`lab: ${vantage}: ${count} findings not measured for our own trouble, measured again`, ...shown].join('\n'));
  const quiet = vantage === 'dual' ? shownQuietly : [];
  const again = [...troubled, ...quiet].map(({ domain }) => domain);
  if (again.length > 0) quietAudits.set(vantage, await auditQuietly(vantage, { domains: again, name: `${vantage}-again`, pace: '6' }));
}

export const shownQuietly = quick.filter(({ quietFindings }) => quietFindings.length > 0);

/** What was to be seen on a quiet machine, and was not. */
export function missingQuietly(wanted: ExpectedAgency): string[] {
  const seen = quietest?.report.agencies.find(({ domain }) => domain === wanted.domain) ?? agencyAgain('dual', wanted.domain);
  return seen === null ? ['not audited'] : missingFindings(seen, wanted.quietFindings, null);
}

/** Milliseconds want a machine at rest: up to two more audits of these few, where the first was not. */
async function waitForQuiet(): Promise<void> {
  for (let turn = 1; turn <= 2 && shownQuietly.some((wanted) => missingQuietly(wanted).length > 0); turn += 1) {
    const name = `quiet-${turn}`;
    quietest = await auditQuietly('dual', { domains: shownQuietly.map(({ domain }) => domain), name, pace: '2' });
  }
}

/** From all vantages side by side; then what the busy machine could not see. */
export async function measureAll(): Promise<void> {
  const alone = audit('dual', slowDomains, { name: 'slow', options: ['--timeout', '100s'] });
  for (const done of await Promise.all(vantages.map((vantage) => audit(vantage, domains)))) audits.set(done.vantage, done);
  slowly = await alone;
  await Promise.all([measureAgain('dual'), measureAgain('v6only')]);
  await waitForQuiet();
}
