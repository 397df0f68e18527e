import type { Finding, Status } from '../model/finding.ts';
import type { ReportFinding } from '../model/report.ts';
import type { View } from './view.ts';

/** A finding, and the vantage that made it. */
export interface Sighting {
  vantage: string;
  finding: ReportFinding;
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
 * not measure is no vote. `aside`: vantages that are shown and decide nothing. Pure.
 */
export function mergeFindings(views: readonly View[], aside: ReadonlySet<string>): Merged[] {
  const bySubject = new Map<string, Sighting[]>();
  for (const { vantage, agency } of views) {
    for (const finding of agency.findings) {
      const key = [finding.check, finding.subject, finding.service, finding.host].join(' ');
      const known = bySubject.get(key);
      if (known === undefined) bySubject.set(key, [{ vantage, finding }]);
      else known.push({ vantage, finding });
    }
  }
  return [...bySubject.values()].flatMap((sightings) => mergeSubject(sightings, aside));
}

function mergeSubject(all: readonly Sighting[], aside: ReadonlySet<string>): Merged[] {
  const sound = all.filter(({ vantage }) => !aside.has(vantage));
  const seenFrom = all.map(({ vantage, finding }) => ({ vantage, status: finding.status }));
  const failsFrom = sound.filter(({ finding }) => finding.status === 'fail');
  const worksFrom = sound.filter(({ finding }) => works(finding.status));
  const [firstFail] = failsFrom;
  if (firstFail !== undefined && worksFrom.length > 0) return [{ decided: firstFail, split: { worksFrom, failsFrom }, seenFrom }];
  const decided = firstOf(sound) ?? firstOf(all);
  return decided === undefined ? [] : [{ decided, split: null, seenFrom }];
}

/** Judged, and no fault that counts. */
const works = (status: Status): boolean => status === 'pass' || status === 'warn' || status === 'info';

/** Which of several statuses stands where no vantage contradicts another; what was judged before what was not. */
const precedence: readonly Status[] = ['fail', 'pass', 'warn', 'info', 'not-applicable', 'inconclusive', 'skipped'];

function firstOf(sightings: readonly Sighting[]): Sighting | undefined {
  for (const wanted of precedence) {
    const found = sightings.find(({ finding }) => finding.status === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}
