import { criteriaName, ownScores } from '../i18n/criteria-words.ts';
import { formatWords } from '../i18n/format-words.ts';
import { catalogueOf } from '../i18n/language.ts';
import { mergingWords } from '../i18n/vantage-words.ts';
import type { Report, ReportAgency, VantageReport } from '../model/report.ts';
import { checksOf } from './check-titles.ts';
import { visible, visibleShort } from './escape.ts';
import type { TableStyle } from './formats.ts';
import { failingFolds } from './markdown-folds.ts';
import { markdownName, markdownSentence, markdownText } from './markdown-text.ts';
import { isPort25Suspected } from './own-trouble.ts';
import { createPaint, type Paint } from './paint.ts';
import { summarySections } from './summary-lines.ts';
import { utcMinute } from './utc-minute.ts';
import { worstAgenciesFirst, worstCause } from './worst-cause.ts';

export type MarkdownOptions = Pick<TableStyle, 'language' | 'troubles' | 'coverageFloor' | 'checks'>;

/** Rows of the table of agencies. */
const maxRows = 60;
const nameLength = 80;
const causeLength = 90;
/** Comments on code hosts hold 65,536 characters; the rest is for lines that say what was left out. */
const maxLength = 64_000;
/** Of which rows may take. Escaping makes hostile names up to thirteen times longer. */
const maxTableLength = 30_000;
const shortLength = 120;

/**
 * A page of GitHub Flavored Markdown for a CI job summary or an issue comment, at most 65,536 characters: what our own side could not do,
 * vantage and coverage, totals with their denominators, agencies worst first, then the failing checks folded in.
 */
export function renderMarkdown(report: Report, options: MarkdownOptions): string {
  const words = formatWords[options.language];
  const paint = createPaint(catalogueOf(options.language).words, 0);
  const sorted = worstAgenciesFirst(report.agencies);
  const parts = [`## ${words.title}`, ...heading(report, options, paint), ...totals(report, options), `### ${words.agencies}`];
  parts.push(table(sorted, { options, paint, room: Math.min(maxTableLength, maxLength - parts.join('\n\n').length) }));
  parts.push(`### ${words.failingChecks}`);
  const used = parts.join('\n\n').length;
  return `${[...parts, ...failingFolds(sorted, options.language, maxLength - used)].join('\n\n')}\n`;
}

function heading(report: Report, { language, troubles, coverageFloor }: MarkdownOptions, paint: Paint): string[] {
  const { report: texts } = catalogueOf(language);
  const { run, criteria, agencies } = report;
  const enough = agencies.filter(({ conformity }) => conformity.score !== null).length;
  const facts = [
    ...report.vantages.map((vantage) => vantageLine(vantage, language)),
    texts.coverage({ agencies: agencies.length, enough, floor: paint.percent(coverageFloor) }),
    ...(isPort25Suspected(report) ? [texts.portBlocked] : []),
    ...(run.complete ? [] : [`**${texts.incomplete}**`]),
  ];
  return [
    ...troubles.map((trouble) => `> **${texts.ownTrouble[trouble]}**`),
    facts.map((fact) => `- ${fact}`).join('\n'),
    `*${markdownText(ownScores(criteria)[language])}*`,
    `${texts.criteria(short(criteriaName(criteria)[language]))} ${texts.run(short(run.id), short(utcMinute(run.startedAt)))}`,
  ];
}

const short = (text: string): string => markdownText(visibleShort(text, shortLength));

function vantageLine(vantage: VantageReport, language: MarkdownOptions['language']): string {
  const { words, report: texts } = catalogueOf(language);
  const proofs = (['dns', 'web', 'smtp'] as const).map((proof) => `${words.proofClasses[proof]}: ${words.proofs[vantage[proof]['6']]}`);
  const line = texts.vantage({
    name: short(vantage.name),
    ipv6: words.vantageIpv6[vantage.ipv6],
    proofs: proofs.join(', '),
    dnsPath: words.dnsPaths[vantage.dnsPath],
    dns64: vantage.dns64 ? words.yes : words.no,
  });
  return vantage.setAside === undefined ? line : `${line} ${mergingWords(language).setAside(short(vantage.name), vantage.setAside)}`;
}

/** The sections of the table report as lists. */
function totals(report: Report, { language, checks = [] }: MarkdownOptions): string[] {
  const [first, ...others] = summarySections(report, { language, checks: checksOf(checks), clean: short });
  const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
  if (first === undefined) return [];
  return [`**${first.title}**`, list(first.lines), ...others.flatMap(({ title, lines }) => [`**${title}**`, list(lines)])];
}

interface Room {
  options: MarkdownOptions;
  paint: Paint;
  /** Characters that rows may take. */
  room: number;
}

function table(sorted: readonly ReportAgency[], { options: { language }, paint, room }: Room): string {
  const { report: texts } = catalogueOf(language);
  if (sorted.length === 0) return texts.noAgencies;
  const { columns } = texts;
  const head = [columns.agency, columns.conformity, columns.score, columns.level, columns.worst, columns.coverage];
  const lines = [row(head), row(head.map(() => '---'))];
  let left = room;
  let shown = 0;
  for (const agency of sorted.slice(0, maxRows)) {
    const line = row(agencyCells(agency, language, paint));
    left -= line.length + 1;
    if (left < 0) break;
    lines.push(line);
    shown += 1;
  }
  const hidden = sorted.length - shown;
  return `${lines.join('\n')}${hidden > 0 ? `\n\n${formatWords[language].moreRows(hidden)}` : ''}`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function agencyCells(agency: ReportAgency, language: MarkdownOptions['language'], paint: Paint): string[] {
  const { words } = catalogueOf(language);
  const { conformity, readiness } = agency;
  const worst = worstCause(agency);
  const check = worst === null || worst.check === '' ? '' : `${markdownName(visible(worst.check))}: `;
  return [
    `${markdownText(visibleShort(agency.name[language], nameLength))}<br>${markdownName(visibleShort(agency.domain, 253))}`,
    `**${words.verdicts[conformity.verdict]}**`,
    conformity.score === null ? '–' : paint.number(conformity.score),
    readiness.level === null ? `≥ ${readiness.atLeast}` : `${readiness.level} ${words.ladder[readiness.verdict]}`,
    worst === null ? '–' : check + markdownSentence(visibleShort(worst.text[language], causeLength)),
    paint.percent(conformity.coverage),
  ];
}
