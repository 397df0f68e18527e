import {
  type AgencyChange,
  type AgencyChangeKind,
  type AgencyState,
  agencyChangeKinds,
  type ComparedRun,
  type Comparison,
  type Difference,
  type Direction,
  type FindingChange,
} from '../model/comparison.ts';
import type { Report, ReportAgency } from '../model/report.ts';
import { compareFindings } from './compare-findings.ts';
import { type AgencyPair, pairAgencies } from './pair-agencies.ts';

/**
 * What changed between two runs, on evidence (faults V7, V10). What either run could not measure is no change: it is only counted as
 * coverage lost or gained. Pure.
 */
export function compareReports(before: Report, after: Report): Comparison {
  const differences = differencesOf(before, after);
  const compared: Comparison['compared'] = {
    results: !differences.some((difference) => difference === 'criteria' || difference === 'vantage' || difference === 'checks'),
    findings: differences.includes('vantage') ? 'published' : 'all',
  };
  const coverage = { lost: 0, gained: 0 };
  const counts = new Map<AgencyChangeKind | 'unchanged', number>();
  const agencies: AgencyChange[] = [];
  for (const pair of pairAgencies(before.agencies, after.agencies)) {
    if (pair.before === null && !before.run.complete) continue;
    if (pair.after === null && !after.run.complete) continue;
    const change = compareAgency(pair, compared, coverage);
    const kind = change?.change ?? 'unchanged';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (change !== null) agencies.push(change);
  }
  const count = (kind: AgencyChangeKind | 'unchanged'): number => counts.get(kind) ?? 0;
  return {
    schema: 'ipv6gov.comparison/1',
    before: runOf(before),
    after: runOf(after),
    differences,
    compared,
    agencies: worstFirst(agencies),
    summary: {
      worsened: count('worsened'),
      mixed: count('mixed'),
      improved: count('improved'),
      flapping: count('flapping'),
      changed: count('changed'),
      new: count('new'),
      gone: count('gone'),
      renamed: count('renamed'),
      unchanged: count('unchanged'),
      regressions: agencies.filter(({ regression }) => regression).length,
      lostCoverage: coverage.lost,
      gainedCoverage: coverage.gained,
    },
  };
}

/** What `--fail-on regression` asks. */
export const hasRegression = ({ summary }: Comparison): boolean => summary.regressions > 0;

function runOf({ run, tool, criteria, vantages, agencies }: Report): ComparedRun {
  return {
    ...run,
    tool: tool.version,
    criteria,
    vantages: vantages.map(({ name, ipv6, dnsPath }) => ({ name, ipv6, dnsPath })),
    agencies: agencies.length,
  };
}

function differencesOf(before: Report, after: Report): Difference[] {
  const differ = (of: (report: Report) => unknown): boolean => JSON.stringify(of(before)) !== JSON.stringify(of(after));
  const lost = ({ vantages }: Report): boolean => !vantages.some(({ ipv6 }) => ipv6 === 'ok');
  const found: [Difference, boolean][] = [
    ['criteria', differ(({ criteria }) => [criteria.name, criteria.version])],
    ['vantage', differ(({ vantages }) => vantages.map(({ name }) => name).sort())],
    ['dns-path', differ(({ vantages }) => vantages.map(({ dnsPath }) => dnsPath).sort())],
    ['ipv6-lost-before', lost(before)],
    ['ipv6-lost-after', lost(after)],
    ['incomplete-before', !before.run.complete],
    ['incomplete-after', !after.run.complete],
    ['checks', otherChecks(before, after)],
    ['tool', before.tool.version !== after.tool.version],
  ];
  return found.flatMap(([difference, holds]) => (holds ? [difference] : []));
}

/** A check that one run judged and the other did not, though the other judged subjects of that kind: switched off, or not yet there. */
function otherChecks(before: Report, after: Report): boolean {
  const [one, other] = [checksByKind(before), checksByKind(after)];
  return [...one].some(([kind, checks]) => {
    const theirs = other.get(kind);
    return theirs !== undefined && [...new Set([...checks, ...theirs])].some((check) => !checks.has(check) || !theirs.has(check));
  });
}

function checksByKind({ agencies }: Report): Map<string, Set<string>> {
  const kinds = new Map<string, Set<string>>();
  for (const { findings } of agencies) {
    for (const { subject, check, status, level } of findings) {
      // Informative checks, some of them judged only with data files, weigh nothing.
      if (status === 'skipped' || level === 'informative') continue;
      const checks = kinds.get(subject);
      if (checks === undefined) kinds.set(subject, new Set([check]));
      else checks.add(check);
    }
  }
  return kinds;
}

/** Null: nothing to say. */
function compareAgency(
  pair: AgencyPair,
  compared: Comparison['compared'],
  coverage: { lost: number; gained: number },
): AgencyChange | null {
  const { before, after } = pair;
  const shown = after ?? before;
  if (shown === null) return null;
  const { id, name, domain, category, counted } = shown;
  const states = { before: before === null ? null : stateOf(before), after: after === null ? null : stateOf(after) };
  const base = { id, name, domain, category, counted, renamed: pair.renamed, ...states };
  if (before === null || after === null) {
    const change = before === null ? 'new' : 'gone';
    return { ...base, change, conformity: null, readiness: null, regression: false, findings: [] };
  }
  const { changes, lost, gained } = compareFindings(before, after, compared.findings);
  coverage.lost += lost;
  coverage.gained += gained;
  const conformity = compared.results ? steady(conformityDirection(before, after), changes) : null;
  const readiness = compared.results ? steady(readinessDirection(before, after), changes) : null;
  const change = kindOf([conformity, readiness], changes, pair.renamed !== null);
  if (change === null) return null;
  const regressed = conformity === 'worsened' || readiness === 'worsened' || changes.some(({ regression }) => regression);
  return { ...base, change, conformity, readiness, regression: regressed && counted !== 'not-counted', findings: changes };
}

function stateOf({ id, domain, conformity, readiness }: ReportAgency): AgencyState {
  return { id, domain, verdict: conformity.verdict, score: conformity.score, level: readiness.level, atLeast: readiness.atLeast };
}

function conformityDirection({ conformity: before }: ReportAgency, { conformity: after }: ReportAgency): Direction | null {
  if (before.verdict === 'pass' && after.verdict === 'fail') return 'worsened';
  return before.verdict === 'fail' && after.verdict === 'pass' ? 'improved' : null;
}

/** `atLeast` is known even where the level is not: a level below it is lower for certain. */
function readinessDirection({ readiness: before }: ReportAgency, { readiness: after }: ReportAgency): Direction | null {
  if (after.level !== null && after.level < before.atLeast) return 'worsened';
  return before.level !== null && after.atLeast > before.level ? 'improved' : null;
}

/** A result that moved only because something flaps, or is on the ignore list, did not become better or worse. */
function steady(direction: Direction | null, findings: readonly FindingChange[]): Direction | null {
  const soft = findings.some(({ change }) => change === 'flapping' || change === 'ignored');
  const hard = findings.some(({ change }) => change === direction || change === 'appeared' || change === 'gone');
  return soft && !hard ? null : direction;
}

function kindOf(results: readonly (Direction | null)[], findings: readonly FindingChange[], renamed: boolean): AgencyChangeKind | null {
  const has = (wanted: FindingChange['change']): boolean => findings.some(({ change }) => change === wanted);
  const worse = results.includes('worsened') || has('worsened');
  const better = results.includes('improved') || has('improved');
  if (worse && better) return 'mixed';
  if (worse) return 'worsened';
  if (better) return 'improved';
  if (has('flapping')) return 'flapping';
  if (renamed) return 'renamed';
  return findings.length > 0 ? 'changed' : null;
}

/** Regressions first, then by kind, then by domain: the order never depends on that of the lists. */
function worstFirst(agencies: readonly AgencyChange[]): AgencyChange[] {
  return agencies.toSorted(
    (a, b) =>
      Number(b.regression) - Number(a.regression) ||
      agencyChangeKinds.indexOf(a.change) - agencyChangeKinds.indexOf(b.change) ||
      (a.domain < b.domain ? -1 : a.domain > b.domain ? 1 : 0) ||
      (a.id < b.id ? -1 : 1),
  );
}
