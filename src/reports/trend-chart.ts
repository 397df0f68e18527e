import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { Denominator } from '../model/report.ts';
import type { TrendPoint } from '../model/trend.ts';
import { ladderKeys } from './trend-rows.ts';

const size = { width: 960, height: 300, left: 44, right: 16, top: 12, bottom: 28 };
/** A lone night between two gaps makes no line: it is drawn as a dot. */
const dotRadius = 2.5;

export interface ChartTexts {
  title: string;
  /** Label of a break, by its position in `points`. */
  breakLabel: (point: TrendPoint) => string;
  escape: (text: string) => string;
}

interface Frame {
  x: (point: TrendPoint) => number;
  y: (value: number) => number;
  svg: (content: string) => string;
}

/** Share of agencies that conform, with what is unknown as a band above. SVG text; interrupted at gaps. Coordinates only: no script. */
export function shareChart(points: readonly TrendPoint[], of: (point: TrendPoint) => Denominator, texts: ChartTexts): string {
  const { x, y, svg } = frame(points, { max: 100, unit: ' %', texts });
  const isDefined = (point: TrendPoint): boolean => point.gap === null && of(point).agencies > 0;
  const share = (point: TrendPoint, count: (total: Denominator) => number): number => y((count(of(point)) * 100) / of(point).agencies);
  const sure = ({ conforming }: Denominator): number => conforming;
  const band = area<TrendPoint>(
    x,
    (point) => share(point, sure),
    (point) => share(point, ({ conforming, inconclusive }) => conforming + inconclusive),
  ).defined(isDefined);
  const path = line<TrendPoint>(x, (point) => share(point, sure)).defined(isDefined);
  const dots = lonely(points, isDefined).map(
    (point) => `<circle cx="${round(x(point))}" cy="${round(share(point, sure))}" r="${dotRadius}" class="dot"/>`,
  );
  return svg(
    `<path class="band" d="${shortened(band([...points]))}"/><path class="line" d="${shortened(path([...points]))}"/>${dots.join('')}`,
  );
}

/** Agencies on each rung, stacked from the lowest; what is not known lies on top. */
export function ladderChart(points: readonly TrendPoint[], texts: ChartTexts): string {
  const total = (point: TrendPoint): number => ladderKeys.reduce((sum, key) => sum + (point.byLevel[key] ?? 0), 0);
  const { x, y, svg } = frame(points, { max: Math.max(1, ...points.filter(({ gap }) => gap === null).map(total)), unit: '', texts });
  const isDefined = ({ gap }: TrendPoint): boolean => gap === null;
  const layers = ladderKeys.map((key, index) => {
    const upTo = (point: TrendPoint, rungs: number): number =>
      ladderKeys.slice(0, rungs).reduce((sum, rung) => sum + (point.byLevel[rung] ?? 0), 0);
    const shape = area<TrendPoint>(
      x,
      (point) => y(upTo(point, index)),
      (point) => y(upTo(point, index + 1)),
    ).defined(isDefined);
    const bars = lonely(points, isDefined).map((point) => {
      const [low, high] = [y(upTo(point, index)), y(upTo(point, index + 1))];
      return `<rect x="${round(x(point) - dotRadius)}" y="${round(high)}" width="${2 * dotRadius}" height="${round(low - high)}"/>`;
    });
    return `<g class="rung-${key}"><path d="${shortened(shape([...points]))}"/>${bars.join('')}</g>`;
  });
  return svg(layers.join(''));
}

function frame(points: readonly TrendPoint[], { max, unit, texts }: { max: number; unit: string; texts: ChartTexts }): Frame {
  const times = points.map(({ startedAt }) => Date.parse(startedAt));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const time = scaleUtc()
    .domain(first === last ? [first - 43_200_000, last + 43_200_000] : [first, last])
    .range([size.left, size.width - size.right]);
  const value = scaleLinear()
    .domain([0, max])
    .range([size.height - size.bottom, size.top]);
  const x = ({ startedAt }: TrendPoint): number => time(Date.parse(startedAt));
  const format = time.tickFormat(8, '%Y-%m-%d');
  const grid = value.ticks(5).map((tick) => {
    const at = round(value(tick));
    return `<line class="grid" x1="${size.left}" x2="${size.width - size.right}" y1="${at}" y2="${at}"/><text class="y" x="${size.left - 6}" y="${at}">${tick}${unit}</text>`;
  });
  const days = time.ticks(8).map((tick) => `<text class="x" x="${round(time(tick))}" y="${size.height - 8}">${format(tick)}</text>`);
  const breaks = points
    .filter((point) => point.breaks.length > 0)
    .map((point) => {
      const at = round(x(point));
      return `<line class="break" x1="${at}" x2="${at}" y1="${size.top}" y2="${size.height - size.bottom}"><title>${texts.escape(texts.breakLabel(point))}</title></line>`;
    });
  const title = texts.escape(texts.title);
  const open = `<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${title}"><title>${title}</title>`;
  return { x, y: value, svg: (content) => `${open}${grid.join('')}${days.join('')}${content}${breaks.join('')}</svg>` };
}

function lonely(points: readonly TrendPoint[], isDefined: (point: TrendPoint) => boolean): TrendPoint[] {
  const at = (index: number): boolean => {
    const point = points[index];
    return point !== undefined && isDefined(point);
  };
  return points.filter((_, index) => at(index) && !at(index - 1) && !at(index + 1));
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** One decimal is a tenth of a pixel, and a third of the size for ten years of nights. */
const shortened = (path: string | null): string => (path ?? '').replaceAll(/\d+\.\d+/g, (number) => String(round(Number(number))));
