import type { OwnTrouble } from '../i18n/catalogue.ts';
import { ourCauses } from '../model/cause.ts';
import type { Level } from '../model/finding.ts';
import type { Report, ReportAgency, VantageReport } from '../model/report.ts';

export type OwnTroubles = readonly OwnTrouble[];

/** From this share of agencies on, missing coverage for causes of ours ends a run with exit code 3 (design §7). */
const uncoveredShare = 0.2;
/** Weights of the default criteria; only their proportion matters here. */
const levelWeights: Record<Level, number> = { required: 3, recommended: 1, informative: 0 };

/**
 * What our own side could not do (exit code 3, design §7): IPv6 web or DNS proof missing, a crash, or at least 20 % of agencies under the
 * coverage floor for causes of ours. A blocked port 25 alone is none of it. Worst first.
 */
export function ownTroubles(report: Report, options: { crashed: boolean; coverageFloor: number }): OwnTroubles {
  const troubles: OwnTrouble[] = [];
  const sound = report.vantages.filter(({ setAside }) => setAside === undefined);
  const [first, ...others] = (sound.length === 0 ? report.vantages : sound).map((vantage) => troublesOf(vantage, report));
  if (first === undefined) return ['ipv6-unproven'];
  // What one vantage could not do another did.
  troubles.push(...first.filter((trouble) => others.every((other) => other.includes(trouble))));
  if (report.vantages.some(({ missing }) => missing !== undefined)) troubles.push('evidence-missing');
  if (options.crashed) troubles.push('crashed');
  const uncovered = report.agencies.filter((agency) => isUncoveredByUs(agency, options.coverageFloor)).length;
  if (uncovered > 0 && uncovered >= report.agencies.length * uncoveredShare) troubles.push('coverage');
  return troubles;
}

function troublesOf(vantage: VantageReport, report: Report): OwnTrouble[] {
  const troubles: OwnTrouble[] = [];
  if (vantage.ipv6 === 'absent') troubles.push('no-ipv6');
  else if (vantage.ipv6 !== 'ok') troubles.push('ipv6-unproven');
  if (vantage.dnsPath === 'intercepted') troubles.push('dns-intercepted');
  else if (vantage.dnsPath === 'direct' && vantage.dns['6'] !== 'proven' && vantage.ipv6 !== 'absent') troubles.push('no-dns-proof');
  if (vantage.web['6'] !== 'proven' && vantage.ipv6 !== 'absent' && report.agencies.some(hasUsableAaaa)) troubles.push('no-web-proof');
  return troubles;
}

/** Mail could not be measured because port 25 may be blocked here: a warning, no trouble. */
export function isPort25Suspected(report: Report): boolean {
  return report.agencies.some(({ findings }) => findings.some(({ cause }) => cause === 'vantage-port25-blocked'));
}

function hasUsableAaaa({ findings }: ReportAgency): boolean {
  return findings.some(({ check, status }) => check === 'web-addresses' && (status === 'pass' || status === 'warn'));
}

/** Under the floor, and it would not be, or as much of it is ours as is not. */
function isUncoveredByUs({ conformity, findings }: ReportAgency, floor: number): boolean {
  if (conformity.coverage >= floor) return false;
  const sums = { judged: 0, ours: 0, theirs: 0 };
  for (const { area, level, status, cause } of findings) {
    if (area === 'ipv6-only') continue;
    if (status === 'pass' || status === 'warn' || status === 'fail') sums.judged += levelWeights[level];
    else if (status === 'inconclusive' && cause !== 'vantage-port25-blocked') {
      sums[cause !== null && ourCauses.has(cause) ? 'ours' : 'theirs'] += levelWeights[level];
    }
  }
  const without = sums.judged + sums.theirs;
  return sums.ours > 0 && (sums.ours >= sums.theirs || (without > 0 && sums.judged / without >= floor));
}
