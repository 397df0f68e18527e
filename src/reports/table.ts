import { criteriaName, ownScores } from '../i18n/criteria-words.ts';
import { catalogueOf } from '../i18n/language.ts';
import { mergingWords } from '../i18n/vantage-words.ts';
import type { Report, VantageReport } from '../model/report.ts';
import { renderCard } from './card.ts';
import { visible, withoutCommand } from './escape.ts';
import type { TableStyle } from './formats.ts';
import { renderLeagueTable } from './league-table.ts';
import { isPort25Suspected } from './own-trouble.ts';
import { createPaint, type Paint } from './paint.ts';
import { utcMinute } from './utc-minute.ts';
import { wrap } from './wrap.ts';

/** Up to this many agencies each gets a card; more are a league table. */
const cards = 3;
/** A clock that differs by less is not worth a word. */
const clockToleranceMs = 5_000;

/** The report for people, ending in a line feed: what our own side could not do, the vantage, coverage, then cards or a league table. */
export function renderTable(report: Report, style: TableStyle): string {
  const catalogue = catalogueOf(style.language);
  const paint = createPaint(catalogue.words, style.colourLevel);
  const lines = heading(report, style, paint);
  if (report.agencies.length === 0) lines.push(catalogue.report.noAgencies);
  else if (report.agencies.length > cards) lines.push(...renderLeagueTable(report, style, paint));
  else for (const agency of report.agencies) lines.push(...renderCard(agency, { style, paint, criteria: report.criteria }), '');
  while (lines.at(-1) === '') lines.pop();
  return `${lines.map(withoutCommand).join('\n')}\n`;
}

function heading(report: Report, style: TableStyle, paint: Paint): string[] {
  const { report: texts } = catalogueOf(style.language);
  const paragraph = (text: string): string[] => wrap(text, { width: style.width, indent: '  ', first: '' });
  const lines = style.troubles.flatMap((trouble) => paragraph(texts.ownTrouble[trouble]).map((line) => paint.red(line)));
  for (const vantage of report.vantages) lines.push(...paragraph(vantageLine(vantage, style)));
  for (const { clockOffsetMs } of report.vantages) {
    if (clockOffsetMs !== null && Math.abs(clockOffsetMs) > clockToleranceMs)
      lines.push(...paragraph(texts.clock(paint.number(clockOffsetMs / 1000))));
  }
  lines.push(...paragraph(coverageLine(report, style, paint)));
  if (isPort25Suspected(report)) lines.push(...paragraph(texts.portBlocked));
  if (!report.run.complete) lines.push(...paragraph(paint.bold(texts.incomplete)));
  lines.push('', ...paragraph(ownScores(report.criteria)[style.language]));
  const criteria = visible(criteriaName(report.criteria)[style.language]);
  lines.push(
    ...paragraph(`${texts.criteria(criteria)} ${texts.run(visible(report.run.id), visible(utcMinute(report.run.startedAt)))}`),
    '',
  );
  return lines;
}

function vantageLine(vantage: VantageReport, { language }: TableStyle): string {
  const { words, report: texts } = catalogueOf(language);
  const proofs = (['dns', 'web', 'smtp'] as const).map((proof) => `${words.proofClasses[proof]}: ${words.proofs[vantage[proof]['6']]}`);
  const line = texts.vantage({
    name: visible(vantage.name),
    ipv6: words.vantageIpv6[vantage.ipv6],
    proofs: proofs.join(', '),
    dnsPath: words.dnsPaths[vantage.dnsPath],
    dns64: vantage.dns64 ? words.yes : words.no,
  });
  return vantage.setAside === undefined ? line : `${line} ${mergingWords(language).setAside(visible(vantage.name), vantage.setAside)}`;
}

function coverageLine({ agencies }: Report, style: TableStyle, paint: Paint): string {
  const enough = agencies.filter(({ conformity }) => conformity.score !== null).length;
  return catalogueOf(style.language).report.coverage({ agencies: agencies.length, enough, floor: paint.percent(style.coverageFloor) });
}
