import { type BetweenWords, betweenWords } from '../i18n/between-words.ts';
import type { Language, Words } from '../i18n/catalogue.ts';
import { catalogueOf } from '../i18n/language.ts';
import type { Denominator } from '../model/report.ts';
import type { Trend, TrendPoint } from '../model/trend.ts';
import { visible } from './escape.ts';
import { ladderChart, shareChart } from './trend-chart.ts';
import { dayOf, ladderKeys, thinPoints, usedCategories, usedGroups } from './trend-rows.ts';
import { categoryName } from './trend-table.ts';

/** Made harmless for a terminal first, so that no direction mark hides in a page either, then for HTML text and quoted attributes. */
const escapeHtml = (text: string): string =>
  visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
svg{width:100%;height:auto}.grid{stroke:#d0d7de}.x,.y{font-size:11px;fill:#57606a}.x{text-anchor:middle}.y{text-anchor:end;dominant-baseline:middle}
.line{fill:none;stroke:#0a5c36;stroke-width:2}.dot{fill:#0a5c36}.band{fill:#0a5c36;opacity:.15}.break{stroke:#8a4600;stroke-dasharray:4 3}
.rung-0{fill:#a3262a}.rung-1{fill:#d9733d}.rung-2{fill:#e0b13c}.rung-3{fill:#8db36b}.rung-4{fill:#3f8f5f}.rung-5{fill:#0a5c36}.rung-unknown{fill:#b6bdc5}
.key{display:inline-block;width:.8em;height:.8em;margin-right:.3em}.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.2rem .6rem;border-bottom:1px solid #d0d7de;text-align:left;white-space:nowrap}caption{text-align:left;font-weight:600;padding:.5rem 0}.note{color:#57606a}`;

/** One self-contained page: a chart each group, the ladder, and the figures as tables. No script, nothing loaded from anywhere. */
export function* renderTrendHtml(trend: Trend, language: Language): Generator<string> {
  const between = betweenWords(language);
  const { words } = catalogueOf(language);
  const { trend: texts } = between;
  const { points } = trend;
  yield `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`;
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;
  yield `<title>${escapeHtml(texts.title)} - ipv6gov</title><style>${style}\n${keyStyle()}</style></head><body><main>\n`;
  yield `<h1>${escapeHtml(texts.title)}</h1>\n${note(texts.ownFigures)}`;
  const groups = usedGroups(points);
  if (groups.length === 0) yield note(texts.noSound);
  else yield* charts(points, { groups, between, words });
  yield* tables(trend, between, words);
  yield '</main></body></html>\n';
}

const note = (text: string): string => `<p class="note">${escapeHtml(text)}</p>\n`;

/** The legend has the colours of the chart, without style attributes. */
const keyStyle = (): string =>
  ladderKeys
    .map((key) => `.key.rung-${key}{background:${new RegExp(`\\.rung-${key}\\{fill:(#[0-9a-f]{6})`).exec(style)?.[1] ?? '#fff'}}`)
    .join('');

interface View {
  groups: (keyof TrendPoint['denominators'])[];
  between: BetweenWords;
  words: Words;
}

function* charts(points: readonly TrendPoint[], { groups, between, words }: View): Generator<string> {
  const { trend: texts } = between;
  const breakLabel = (point: TrendPoint): string => `${dayOf(point)}: ${point.breaks.map((found) => texts.breaks[found]).join('; ')}`;
  yield `<h2>${escapeHtml(texts.shares)}</h2>\n`;
  for (const group of groups) {
    const title = texts.chart(words.counted[group]);
    const chart = shareChart(points, ({ denominators }) => denominators[group], { title, breakLabel, escape: escapeHtml });
    yield `<figure>${chart}<figcaption>${escapeHtml(title)}</figcaption></figure>\n`;
  }
  yield note(`${texts.band} ${texts.gapLegend} ${points.some(({ breaks }) => breaks.length > 0) ? texts.breakLegend : ''}`.trim());
  yield `<h2>${escapeHtml(texts.ladder)}</h2>\n`;
  const ladder = ladderChart(points, { title: texts.ladder, breakLabel, escape: escapeHtml });
  const rungs = [
    words.ladder.none,
    words.ladder.published,
    words.ladder.working,
    words.ladder.equal,
    words.ladder['ipv6-only'],
    words.ladder.complete,
  ];
  const legend = ladderKeys.map((key, index) => {
    const meaning = key === 'unknown' ? texts.unknownLevel : `${key} ${rungs[index] ?? ''}`;
    return `<li><span class="key rung-${key}"></span>${escapeHtml(meaning)}</li>`;
  });
  yield `<figure>${ladder}<figcaption><ul>${legend.join('')}</ul></figcaption></figure>\n`;
}

function* tables(trend: Trend, between: BetweenWords, words: Words): Generator<string> {
  const { trend: texts } = between;
  const { points, by } = thinPoints(trend);
  if (by !== null) yield note(texts.thinned[by]);
  const cell = (total: Denominator | undefined): string => (total === undefined || total.agencies === 0 ? '-' : texts.cell(total));
  const groups = usedGroups(points);
  yield table(points, between, {
    caption: texts.shares,
    heads: groups.map((group) => words.counted[group]),
    cells: ({ denominators }) => groups.map((group) => cell(denominators[group])),
  });
  const categories = usedCategories(points);
  yield table(points, between, {
    caption: texts.byCategory,
    heads: categories.map((category) => categoryName(category, words)),
    cells: ({ byCategory }) => categories.map((category) => cell(byCategory[category])),
  });
  yield table(points, between, {
    caption: texts.ladder,
    heads: ladderKeys.map((key) => (key === 'unknown' ? texts.unknownLevel : key)),
    cells: ({ byLevel }) => ladderKeys.map((key) => String(byLevel[key] ?? 0)),
  });
}

interface TableParts {
  caption: string;
  heads: string[];
  cells: (point: TrendPoint) => string[];
}

function table(points: readonly TrendPoint[], { trend: texts }: BetweenWords, { caption, heads, cells }: TableParts): string {
  const row = (point: TrendPoint): string => {
    const head = `<th scope="row">${escapeHtml(dayOf(point))}</th>`;
    if (point.gap !== null)
      return `<tr>${head}<td colspan="${Math.max(1, heads.length + 1)}">${escapeHtml(texts.gaps[point.gap])}</td></tr>`;
    const breaks = escapeHtml(point.breaks.map((found) => texts.breaks[found]).join('; '));
    return `<tr>${head}${cells(point)
      .map((value) => `<td>${escapeHtml(value)}</td>`)
      .join('')}<td>${breaks}</td></tr>`;
  };
  const top = [texts.night, ...heads].map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
  const open = `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption>`;
  return `${open}<thead><tr>${top}<td></td></tr></thead><tbody>${points.map(row).join('\n')}</tbody></table></div>\n`;
}
