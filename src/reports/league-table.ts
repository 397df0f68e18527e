import Table from 'cli-table3';
import { catalogueOf } from '../i18n/language.ts';
import type { Report, ReportAgency } from '../model/report.ts';
import { checksOf } from './check-titles.ts';
import { visible, visibleShort } from './escape.ts';
import type { TableStyle } from './formats.ts';
import type { Paint } from './paint.ts';
import { summarySections } from './summary-lines.ts';
import { plainTable, tableLines } from './table-frame.ts';
import { problemText, worstAgenciesFirst, worstCause } from './worst-cause.ts';
import { wrap } from './wrap.ts';

/** cli-table3 is slow (3.8 s for 5,000 rows, faults §12.3), and nobody reads more in a terminal. */
const maxRows = 200;
const nameLength = 38;
/** Columns that all but the cause take, and the least a cause gets. */
const otherColumns = 88;
const shortestCause = 24;
/** Columns beside the first where the cause stands below the name, because the terminal is narrow. */
const narrowColumns = 42;
const shortestName = 24;
/** Of names in the totals. */
const longestName = 200;

/** One row an agency, worst first, then totals that name their denominators. No rank: the programme published none. */
export function renderLeagueTable(report: Report, style: TableStyle, paint: Paint): string[] {
  const { report: texts } = catalogueOf(style.language);
  const { columns } = texts;
  const isNarrow = style.width < otherColumns + shortestCause;
  const longest = isNarrow ? Math.max(shortestName, Math.min(nameLength, style.width - narrowColumns)) : nameLength;
  const worst = isNarrow ? [] : [columns.worst];
  const table = new Table(plainTable([columns.agency, columns.conformity, columns.score, columns.level, ...worst, columns.coverage]));
  const sorted = worstAgenciesFirst(report.agencies);
  for (const agency of sorted.slice(0, maxRows)) {
    const { conformity, readiness } = agency;
    const name = `${visibleShort(agency.name[style.language], longest)}\n${isNarrow ? visibleShort(agency.domain, longest) : visible(agency.domain)}`;
    const cause = worstCell(agency, style, isNarrow ? longest : Math.max(shortestCause, style.width - otherColumns));
    table.push([
      isNarrow && cause !== '-' ? `${name}\n${cause}` : name,
      paint.verdict(conformity.verdict),
      conformity.score === null ? '-' : paint.number(conformity.score),
      readiness.level === null ? `≥ ${readiness.atLeast}/5` : `${readiness.level}/5`,
      ...(isNarrow ? [] : [cause]),
      paint.percent(conformity.coverage),
    ]);
  }
  const lines = tableLines(table);
  if (sorted.length > maxRows) lines.push(texts.moreRows(sorted.length - maxRows));
  const { language, width, checks = [] } = style;
  const sections = summarySections(report, { language, checks: checksOf(checks), clean: (text) => visibleShort(text, longestName) });
  const paragraph = (text: string): string[] => wrap(text, { width, indent: '    ', first: '  ' });
  return [
    ...lines,
    '',
    ...sections.flatMap(({ title, lines: said }) => [
      ...wrap(title, { width, indent: '', first: '' }).map((line) => paint.bold(line)),
      ...said.flatMap(paragraph),
    ]),
  ];
}

/** The check, and below it what is wrong, without the names that the first column holds. */
function worstCell(agency: ReportAgency, { language, checks = [] }: TableStyle, length: number): string {
  const worst = worstCause(agency);
  if (worst === null) return '-';
  const text = visibleShort(problemText(worst, checksOf(checks))[language], length);
  return worst.check === '' ? text : `${visibleShort(worst.check, length)}\n${text}`;
}
