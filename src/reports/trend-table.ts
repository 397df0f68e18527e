import { type BetweenWords, betweenWords } from '../i18n/between-words.ts';
import type { Words } from '../i18n/catalogue.ts';
import { catalogueOf } from '../i18n/language.ts';
import type { Denominator } from '../model/report.ts';
import type { Trend, TrendAgency, TrendPoint } from '../model/trend.ts';
import { alignColumns } from './columns.ts';
import { visible, withoutCommand } from './escape.ts';
import type { TableStyle } from './formats.ts';
import { createPaint } from './paint.ts';
import { dayOf, ladderKeys, thinPoints, usedCategories, usedGroups } from './trend-rows.ts';
import { wrap } from './wrap.ts';

type TrendStyle = Pick<TableStyle, 'language' | 'colourLevel' | 'width'>;

const maxAgencies = 20;
/** More categories than this do not fit beside each other; the other forms have all. */
const maxColumns = 9;

/** Progress for people, ending in a line feed: shares, categories and ladder a row each night (thinned when they are many), then who changed. */
export function renderTrendTable(trend: Trend, style: TrendStyle): string {
  const between = betweenWords(style.language);
  const { words } = catalogueOf(style.language);
  const paint = createPaint(words, style.colourLevel);
  const { trend: texts } = between;
  const { points, by } = thinPoints(trend);
  const lines = [paint.bold(texts.title), ...wrap(texts.ownFigures, { width: style.width, indent: '  ' })];
  if (by !== null) lines.push(`  ${texts.thinned[by]}`);
  if (points.every(({ gap }) => gap !== null)) lines.push(`  ${texts.noSound}`);
  const groups = usedGroups(points);
  const shares = groups.map((group) => ({ head: words.counted[group], of: (point: TrendPoint) => point.denominators[group] }));
  lines.push('', paint.bold(texts.shares), ...shareRows(points, shares, between));
  const categories = usedCategories(points).slice(0, maxColumns);
  if (categories.length > 1) {
    const columns = categories.map((category) => ({
      head: categoryName(category, words),
      of: ({ byCategory }: TrendPoint) => byCategory[category],
    }));
    lines.push('', paint.bold(texts.byCategory), ...shareRows(points, columns, between));
  }
  lines.push('', paint.bold(texts.ladder), ...ladderRows(points, between), ...agencyLines(trend, { between, words, bold: paint.bold }));
  return `${lines.map(withoutCommand).join('\n')}\n`;
}

/** A category of the programme by its name; anything else as it is. */
export function categoryName(category: string, words: Words): string {
  return Object.hasOwn(words.categories, category) ? words.categories[category as keyof Words['categories']] : visible(category);
}

interface Column {
  head: string;
  of: (point: TrendPoint) => Denominator | undefined;
}

/** Long heads are put above as a key, so that columns stay narrow. */
function shareRows(points: readonly TrendPoint[], columns: readonly Column[], between: BetweenWords): string[] {
  const { trend: texts } = between;
  const names = columns.map(({ head }, index) => (columns.length === 1 ? head : `(${index + 1})`));
  const key = columns.length === 1 ? [] : columns.map(({ head }, index) => `  (${index + 1}) ${head}`);
  const rows = points.map((point) => {
    if (point.gap !== null) return [dayOf(point), texts.gaps[point.gap]];
    const cells = columns.map(({ of }) => {
      const total = of(point);
      return total === undefined || total.agencies === 0 ? '-' : texts.cell(total);
    });
    return [dayOf(point), ...cells, breaksText(point, between)];
  });
  return [...key, ...framed([texts.night, ...names], rows)];
}

function ladderRows(points: readonly TrendPoint[], between: BetweenWords): string[] {
  const { trend: texts } = between;
  const rows = points.map((point) => {
    if (point.gap !== null) return [dayOf(point), texts.gaps[point.gap]];
    return [dayOf(point), ...ladderKeys.map((key) => String(point.byLevel[key] ?? 0)), breaksText(point, between)];
  });
  return framed([texts.night, ...ladderKeys.map((key) => (key === 'unknown' ? texts.unknownLevel : key))], rows);
}

/** The text of a gap spans the columns, so it must not widen the first of them. */
function framed(head: string[], rows: string[][]): string[] {
  const full = rows.filter((row) => row.length > 2);
  const aligned = alignColumns([head, ...full]);
  const [top = '', ...lines] = aligned;
  let next = 0;
  const body = rows.map((row) => (row.length > 2 ? (lines[next++] ?? '') : row.join('  ')));
  return [top, ...body].map((line) => `  ${line}`);
}

function breaksText({ breaks }: TrendPoint, { trend }: BetweenWords): string {
  return breaks.length === 0 ? '' : `< ${breaks.map((found) => trend.breaks[found]).join('; ')}`;
}

function agencyLines(
  { agencies }: Trend,
  { between, words, bold }: { between: BetweenWords; words: Words; bold: (text: string) => string },
): string[] {
  const { trend: texts } = between;
  const section = (title: string, chosen: readonly TrendAgency[], line: (agency: TrendAgency) => string): string[] => {
    if (chosen.length === 0) return [];
    const shown = chosen.slice(0, maxAgencies).map((agency) => `  ${agencyName(agency, between)}: ${line(agency)}`);
    return ['', bold(title), ...shown, ...(chosen.length > maxAgencies ? [`  ${texts.more(chosen.length - maxAgencies)}`] : [])];
  };
  const flapping = agencies.filter((agency) => agency.flapping);
  const steady = agencies.filter((agency) => !agency.flapping && agency.previous !== null && agency.since !== null);
  const latest = steady.toSorted((a, b) => Date.parse(b.since ?? '') - Date.parse(a.since ?? '') || (a.domain < b.domain ? -1 : 1));
  return [
    ...section(texts.flapping, flapping, ({ flips }) => texts.flips(flips)),
    ...section(texts.changed, latest, ({ previous, verdict, since, confirmed }) =>
      texts.changedLine({
        before: words.verdicts[previous ?? 'inconclusive'],
        after: words.verdicts[verdict ?? 'inconclusive'],
        since: (since ?? '').slice(0, 10),
        confirmed,
      }),
    ),
  ];
}

function agencyName({ domain, formerly }: TrendAgency, { trend }: BetweenWords): string {
  return formerly.length === 0 ? visible(domain) : `${visible(domain)} (${trend.formerly(visible(formerly.join(', ')))})`;
}
