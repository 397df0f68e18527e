import Table from 'cli-table3';
import { causeTexts } from '../i18n/causes.ts';
import { catalogueOf } from '../i18n/language.ts';
import type { Report, ReportAgency, Summary, Verdict } from '../model/report.ts';
import { visible, visibleShort } from './escape.ts';
import type { TableStyle } from './formats.ts';
import type { Paint } from './paint.ts';
import { worstFirst } from './show-level.ts';
import { plainTable, tableLines } from './table-frame.ts';

/** cli-table3 is slow (3.8 s for 5,000 rows, faults §12.3), and nobody reads more in a terminal. */
const maxRows = 200;
const nameLength = 38;
/** Columns that all but the cause take, and the least a cause gets. */
const otherColumns = 88;
const shortestCause = 24;

/** One row an agency, worst first, then totals that name their denominators. No rank: the programme published none. */
export function renderLeagueTable(report: Report, style: TableStyle, paint: Paint): string[] {
  const { report: texts } = catalogueOf(style.language);
  const { columns } = texts;
  const table = new Table(plainTable([columns.agency, columns.conformity, columns.score, columns.level, columns.worst, columns.coverage]));
  const sorted = worstAgenciesFirst(report.agencies);
  for (const agency of sorted.slice(0, maxRows)) {
    const { conformity, readiness } = agency;
    table.push([
      `${visibleShort(agency.name[style.language], nameLength)}\n${visible(agency.domain)}`,
      paint.verdict(conformity.verdict),
      conformity.score === null ? '-' : paint.number(conformity.score),
      readiness.level === null ? `≥ ${readiness.atLeast}/5` : `${readiness.level}/5`,
      worstCause(agency, style),
      paint.percent(conformity.coverage),
    ]);
  }
  const lines = tableLines(table);
  if (sorted.length > maxRows) lines.push(texts.moreRows(sorted.length - maxRows));
  return [...lines, '', ...totalLines(report, style, paint)];
}

const verdictOrder: readonly Verdict[] = ['fail', 'inconclusive', 'pass', 'not-counted'];

function worstAgenciesFirst(agencies: readonly ReportAgency[]): ReportAgency[] {
  return agencies.toSorted(
    (a, b) =>
      verdictOrder.indexOf(a.conformity.verdict) - verdictOrder.indexOf(b.conformity.verdict) ||
      (a.conformity.score ?? 101) - (b.conformity.score ?? 101) ||
      (a.domain < b.domain ? -1 : 1),
  );
}

/** What decided a verdict that is not pass, else the worst finding that is not fine. */
function worstCause(agency: ReportAgency, { language, width }: TableStyle): string {
  const causeLength = Math.max(shortestCause, width - otherColumns);
  const verdicts = Object.values(agency.conformity.services);
  const decided = verdicts.find(({ verdict }) => verdict === 'fail') ?? verdicts.find(({ verdict }) => verdict === 'inconclusive');
  if (decided !== undefined && decided.cause !== null) {
    const check = decided.check === null ? '' : `${visible(decided.check)}: `;
    return visibleShort(`${check}${causeTexts[decided.cause][language]}`, causeLength);
  }
  const sorted = worstFirst(agency.findings).filter(({ status }) => status === 'fail' || status === 'warn' || status === 'inconclusive');
  const finding = sorted.find(({ check, status }) => check === decided?.check && status !== 'warn') ?? sorted[0];
  return finding === undefined ? '-' : visibleShort(`${finding.check}: ${finding.text[language]}`, causeLength);
}

function totalLines({ summary, agencies }: Report, style: TableStyle, paint: Paint): string[] {
  const { report: texts, words } = catalogueOf(style.language);
  const lines = [paint.bold(texts.totals)];
  for (const group of ['present51', 'programme85', 'other'] as const) {
    const total = summary.denominators[group];
    if (total.agencies > 0) lines.push(`  ${texts.total({ group: words.counted[group], ...total })}`);
  }
  const notCounted = agencies.filter(({ counted }) => counted === 'not-counted').length;
  if (notCounted > 0) lines.push(`  ${texts.notCounted(notCounted)}`);
  lines.push(
    ...categoryLines(summary, style, paint),
    ...levelLines(summary, style, paint),
    ...causeLines(summary, { agencies, style, paint }),
  );
  return lines;
}

function categoryLines({ byCategory }: Summary, { language }: TableStyle, paint: Paint): string[] {
  const { report: texts, words } = catalogueOf(language);
  const entries = Object.entries(byCategory);
  if (entries.length < 2) return [];
  const name = (category: string): string =>
    Object.hasOwn(words.categories, category) ? words.categories[category as keyof typeof words.categories] : visible(category);
  return [paint.bold(texts.byCategory), ...entries.map(([category, total]) => `  ${texts.total({ group: name(category), ...total })}`)];
}

const rungs = ['none', 'published', 'working', 'equal', 'ipv6-only', 'complete'] as const;

function levelLines({ byLevel }: Summary, { language }: TableStyle, paint: Paint): string[] {
  const { report: texts, words } = catalogueOf(language);
  const of = Object.values(byLevel).reduce((sum, agencies) => sum + agencies, 0);
  if (of === 0) return [];
  const known = rungs.map((rung, level) =>
    texts.levelCount({ level, meaning: words.ladder[rung], agencies: byLevel[String(level)] ?? 0, of }),
  );
  const unknown = texts.levelCount({ level: null, meaning: words.ladder.inconclusive, agencies: byLevel.unknown ?? 0, of });
  return [paint.bold(texts.byLevel), ...[...known, unknown].map((line) => `  ${line}`)];
}

function causeLines(
  { topCauses }: Summary,
  { agencies, style, paint }: { agencies: readonly ReportAgency[]; style: TableStyle; paint: Paint },
): string[] {
  const { report: texts } = catalogueOf(style.language);
  const of = agencies.filter(({ counted }) => counted !== 'not-counted').length;
  const lines = topCauses.map(({ check, message, cause, agencies: hit }) =>
    texts.topCause({
      check: visible(check),
      detail: cause === null ? visible(message) : causeTexts[cause][style.language],
      agencies: hit,
      of,
    }),
  );
  return lines.length === 0 ? [] : [paint.bold(texts.topCauses), ...lines.map((line) => `  ${line}`)];
}
