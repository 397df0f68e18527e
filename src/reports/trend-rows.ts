import type { Trend, TrendPoint } from '../model/trend.ts';

/** Up to this many nights each gets a row; more are thinned to months, then years. */
const maxRows = 40;

export interface ThinnedPoints {
  points: TrendPoint[];
  /** Null: every night. */
  by: 'month' | 'year' | null;
}

/**
 * The last sound night of each month or year, so that ten years fit a page. What broke the series within a period is told at its row; a
 * period without a sound night stays as a gap. Pure.
 */
export function thinPoints({ points }: Pick<Trend, 'points'>): ThinnedPoints {
  if (points.length <= maxRows) return { points, by: null };
  const months = lastOf(points, 7);
  return months.length <= maxRows * 2 ? { points: months, by: 'month' } : { points: lastOf(points, 4), by: 'year' };
}

function lastOf(points: readonly TrendPoint[], dateLength: number): TrendPoint[] {
  const periods = new Map<string, { point: TrendPoint; breaks: Set<TrendPoint['breaks'][number]> }>();
  for (const point of points) {
    const key = point.startedAt.slice(0, dateLength);
    const period = periods.get(key);
    if (period === undefined) periods.set(key, { point, breaks: new Set(point.breaks) });
    else {
      for (const found of point.breaks) period.breaks.add(found);
      if (point.gap === null || period.point.gap !== null) period.point = point;
    }
  }
  return [...periods.values()].map(({ point, breaks }) => ({ ...point, breaks: [...breaks] }));
}

/** Groups that any sound night counts agencies in. */
export function usedGroups(points: readonly TrendPoint[]): (keyof TrendPoint['denominators'])[] {
  const sound = points.filter(({ gap }) => gap === null);
  return (['present51', 'programme85', 'other'] as const).filter((group) => sound.some((point) => point.denominators[group].agencies > 0));
}

/** Categories of the sound nights, in the order of the first night that has them. */
export function usedCategories(points: readonly TrendPoint[]): string[] {
  return [...new Set(points.flatMap(({ gap, byCategory }) => (gap === null ? Object.keys(byCategory) : [])))];
}

export const ladderKeys = ['0', '1', '2', '3', '4', '5', 'unknown'] as const;

/** `2026-11-24`: nights are told apart by day, in UTC as the report has it. */
export const dayOf = ({ startedAt }: { startedAt: string }): string => startedAt.slice(0, 10);
