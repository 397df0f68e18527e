import type { Finding, Status } from '../model/finding.ts';
import type { ReportFinding } from '../model/report.ts';
import type { View } from './view.ts';

/** A finding, and the vantage that made it. */
export interface Sighting {
  vantage: string;
  finding: ReportFinding;
}

/** What the vantages are worth. */
export interface Standing {
  /** Are shown and decide nothing. */
  aside: ReadonlySet<string>;
  /** Have no proven IPv4, with which a fault of IPv6 alone is told from a broken service. */
  uncompared: ReadonlySet<string>;
}

/** One check on one subject from every vantage that judged it, and what follows. */
export interface Merged {
  /** The finding that stands; for `path-dependent` what failed where it fails. */
  decided: Sighting;
  /** It works from these and fails from those; null where the vantages agree as far as they could measure. */
  split: { worksFrom: Sighting[]; failsFrom: Sighting[] } | null;
  seenFrom: Finding['seenFrom'];
}

/**
 * Findings of several vantages about one agency, check by check (design §8): it passes if it passes anywhere and fails nowhere; it fails
 * if it fails wherever it could be judged; where it works from here and fails from there it depends on the path. What one vantage could
 * not measure is no vote, and neither is what is only worth knowing. Pure.
 */
export function mergeFindings(views: readonly View[], standing: Standing): Merged[] {
  const bySubject = new Map<string, Sighting[]>();
  for (const { vantage, agency } of views) {
    for (const finding of agency.findings) {
      const key = [finding.check, finding.subject, finding.service, finding.host].join(' ');
      const known = bySubject.get(key);
      if (known === undefined) bySubject.set(key, [{ vantage, finding }]);
      else known.push({ vantage, finding });
    }
  }
  return [...bySubject.values()].flatMap((sightings) => mergeSubject(sightings, standing));
}

function mergeSubject(all: readonly Sighting[], { aside, uncompared }: Standing): Merged[] {
  const sound = all.filter(({ vantage }) => !aside.has(vantage));
  const seenFrom = all.map(({ vantage, finding }) => ({ vantage, status: finding.status }));
  const failsFrom = sound.filter(({ finding }) => finding.status === 'fail');
  const worksFrom = sound.filter(({ vantage, finding }) => works(finding.status, uncompared.has(vantage)));
  const [firstFail] = failsFrom;
  if (firstFail !== undefined && worksFrom.length > 0) return [{ decided: firstFail, split: { worksFrom, failsFrom }, seenFrom }];
  // Who has both families compares; who has IPv6 alone may pass what is worse over IPv6.
  const compared = sound.filter(({ vantage, finding }) => !uncompared.has(vantage) && isJudged(finding.status));
  const decided = firstOf(compared) ?? firstOf(sound) ?? firstOf(all);
  return decided === undefined ? [] : [{ decided, split: null, seenFrom }];
}

/** Contradicts a fail. A warning of who has no IPv4 may only say that there was nothing to compare with. */
const works = (status: Status, uncompared: boolean): boolean => status === 'pass' || (status === 'warn' && !uncompared);

const isJudged = (status: Status): boolean => status === 'fail' || works(status, false);

/** Which of several statuses stands where no vantage contradicts another; what was judged before what was not. */
const precedence: readonly Status[] = ['fail', 'pass', 'warn', 'info', 'not-applicable', 'inconclusive', 'skipped'];

function firstOf(sightings: readonly Sighting[]): Sighting | undefined {
  for (const wanted of precedence) {
    const found = sightings.find(({ finding }) => finding.status === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}
