import type { RunManifest } from '../model/run.ts';
import type { AgencyRow, RunSummary } from '../model/run-summary.ts';
import type { Break, Gap, Trend, TrendAgency, TrendPoint } from '../model/trend.ts';

/** What a run gives to a trend: its summary, or only its manifest when it never came to a report. */
export type TrendRun = { summary: RunSummary } | { manifest: RunManifest };

/** Verdicts that are remembered to tell a flap, and how many changes among them are one. */
const rememberedVerdicts = 10;
const flapChanges = 3;

interface Course extends Omit<TrendAgency, 'flapping'> {
  /** One bit a known verdict, youngest lowest: did it differ from the one before? */
  changes: number;
}

/** Joins runs in the order of their start; `add` them one by one. Kept are a point a run and one entry an agency. Pure. */
export function createTrend() {
  const points: TrendPoint[] = [];
  const courses = createCourses();
  let lastSound: TrendPoint | null = null;
  return {
    add(run: TrendRun): void {
      const point = 'summary' in run ? pointOf(run.summary, lastSound) : gapOf(run.manifest);
      points.push(point);
      if (point.gap !== null || !('summary' in run)) return;
      lastSound = point;
      courses.add(run.summary.agencies, point);
    },
    /** False: runs came in another order, and what is said of agencies does not hold. */
    isInOrder: (): boolean => points.every((point, index) => index === 0 || startMs(points[index - 1] ?? point) <= startMs(point)),
    finish: (leftOut: Trend['leftOut']): Trend => ({
      schema: 'ipv6gov.trend/1',
      points: points.toSorted((a, b) => startMs(a) - startMs(b)),
      agencies: courses.finish(),
      leftOut,
    }),
  };
}

export const startMs = ({ startedAt }: { startedAt: string }): number => Date.parse(startedAt);

function pointOf({ run, criteria, vantages, summary }: RunSummary, before: TrendPoint | null): TrendPoint {
  const gap = gapIn(run.complete, vantages);
  const { denominators, byCategory, byLevel } = summary;
  const base = { run: run.id, startedAt: run.startedAt, gap, criteria, vantages, denominators, byCategory, byLevel };
  return { ...base, breaks: before === null || gap !== null ? [] : breaksBetween(before, base) };
}

function gapIn(complete: boolean, vantages: RunSummary['vantages']): Gap | null {
  if (!vantages.some(({ ipv6 }) => ipv6 === 'ok')) return vantages.every(({ ipv6 }) => ipv6 === 'absent') ? 'no-ipv6' : 'ipv6-unproven';
  return complete ? null : 'incomplete';
}

/** An interrupted run: known is when it began. */
function gapOf({ id, startedAt, criteria, vantage, resolution }: RunManifest): TrendPoint {
  const none = { agencies: 0, conforming: 0, notConforming: 0, inconclusive: 0 };
  return {
    run: id,
    startedAt,
    gap: 'incomplete',
    criteria,
    vantages: [{ name: vantage, ipv6: 'inconclusive', dnsPath: resolution.mode === 'resolver' ? 'resolver-only' : 'direct' }],
    breaks: [],
    denominators: { present51: none, programme85: none, other: none },
    byCategory: {},
    byLevel: {},
  };
}

function breaksBetween(before: Pick<TrendPoint, 'criteria' | 'vantages'>, after: Pick<TrendPoint, 'criteria' | 'vantages'>): Break[] {
  const differ = (of: (point: Pick<TrendPoint, 'criteria' | 'vantages'>) => unknown): boolean =>
    JSON.stringify(of(before)) !== JSON.stringify(of(after));
  const breaks: Break[] = [];
  if (differ(({ criteria }) => [criteria.name, criteria.version])) breaks.push('criteria');
  if (differ(({ vantages }) => vantages.map(({ name }) => name).sort())) breaks.push('vantage');
  if (differ(({ vantages }) => vantages.map(({ dnsPath }) => dnsPath).sort())) breaks.push('dns-path');
  return breaks;
}

function createCourses() {
  const byDomain = new Map<string, Course>();
  const byId = new Map<string, Course>();

  function courseOf([id, domain]: AgencyRow, tonight: () => ReadonlySet<string>, startedAt: string): Course {
    const known = byDomain.get(domain);
    const found = known ?? byId.get(id);
    // The same id at another domain is the same agency moved, unless somebody else has its old domain tonight.
    if (found !== undefined && (known !== undefined || !tonight().has(found.domain))) return rename(found, id, domain);
    return begin(id, domain, startedAt);
  }

  function rename(course: Course, id: string, domain: string): Course {
    if (course.domain !== domain) {
      byDomain.delete(course.domain);
      course.formerly.push(course.domain);
    }
    if (course.id !== id) {
      if (byId.get(course.id) === course) byId.delete(course.id);
      course.formerly.push(course.id);
    }
    return enter(Object.assign(course, { id, domain }));
  }

  function begin(id: string, domain: string, startedAt: string): Course {
    const unknown = { verdict: null, previous: null, since: null, confirmed: 0, flips: 0, changes: 0, level: null };
    return enter({ id, domain, formerly: [], ...unknown, firstSeen: startedAt, lastSeen: startedAt });
  }

  function enter(course: Course): Course {
    byDomain.set(course.domain, course);
    byId.set(course.id, course);
    return course;
  }

  return {
    add(rows: readonly AgencyRow[], { startedAt, breaks }: TrendPoint): void {
      let domains: ReadonlySet<string> | null = null;
      const tonight = (): ReadonlySet<string> => {
        domains ??= new Set(rows.map(([, domain]) => domain));
        return domains;
      };
      const sameMeasure = !breaks.includes('criteria') && !breaks.includes('vantage');
      for (const row of rows) {
        const known = byDomain.get(row[1]);
        const course = known !== undefined && known.id === row[0] ? known : courseOf(row, tonight, startedAt);
        proceed(course, row, { startedAt, sameMeasure });
      }
    },
    finish: (): TrendAgency[] => [...byDomain.values()].map(finished).sort((a, b) => (a.domain < b.domain ? -1 : 1)),
  };
}

/** A night that did not know the verdict changes nothing; one by other criteria or from another place begins anew and is no flip. */
function proceed(course: Course, [, , verdict, level]: AgencyRow, night: { startedAt: string; sameMeasure: boolean }): void {
  course.lastSeen = night.startedAt;
  if (level !== null) course.level = level;
  if (verdict !== 'pass' && verdict !== 'fail') return;
  const differs = verdict !== course.verdict;
  const flips = differs && course.verdict !== null && night.sameMeasure;
  course.changes = ((course.changes << 1) | Number(flips)) & (2 ** rememberedVerdicts - 1);
  course.confirmed = differs ? 1 : course.confirmed + 1;
  if (!differs) return;
  course.flips += Number(flips);
  course.previous = course.verdict;
  course.verdict = verdict;
  course.since = night.startedAt;
}

function finished({ changes, ...course }: Course): TrendAgency {
  let count = 0;
  for (let bits = changes; bits > 0; bits >>= 1) count += bits & 1;
  return { ...course, flapping: count >= flapChanges };
}
