import { stringify } from 'csv-stringify/sync';
import type { Denominator } from '../model/report.ts';
import type { Trend, TrendPoint } from '../model/trend.ts';
import { csvCell } from './csv-cell.ts';
import { ladderKeys } from './trend-rows.ts';

const columns = [
  'run',
  'started_at',
  'gap',
  'breaks',
  'criteria',
  'vantage',
  'kind',
  'name',
  'agencies',
  'conforming',
  'not_conforming',
  'inconclusive',
];

/**
 * One row a night and group, category and rung (`kind`: share, category, level), every night. A gap has one row without figures: empty,
 * not zero. Cells that a spreadsheet would take for a formula are disarmed (faults S3).
 */
export function* renderTrendCsv({ points }: Trend): Generator<string> {
  yield csv([columns]);
  for (const point of points) yield csv(rowsOf(point));
}

function rowsOf(point: TrendPoint): (string | number)[][] {
  const { run, startedAt, gap, breaks, criteria, vantages } = point;
  const vantage = vantages.map(({ name }) => name).join(' ');
  const head = [run, startedAt, gap ?? '', breaks.join(' '), `${criteria.name}/${criteria.version}`, vantage].map(csvCell);
  if (gap !== null) return [[...head, '', '', '', '', '', '']];
  const counts = ({ agencies, conforming, notConforming, inconclusive }: Denominator): number[] => [
    agencies,
    conforming,
    notConforming,
    inconclusive,
  ];
  const shares = Object.entries(point.denominators).filter(([, total]) => total.agencies > 0);
  return [
    ...shares.map(([name, total]) => [...head, 'share', name, ...counts(total)]),
    ...Object.entries(point.byCategory).map(([name, total]) => [...head, 'category', csvCell(name), ...counts(total)]),
    ...ladderKeys.map((level) => [...head, 'level', level, point.byLevel[level] ?? 0, '', '', '']),
  ];
}

function csv(rows: (string | number)[][]): string {
  return stringify(rows);
}
