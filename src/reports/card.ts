import Table from 'cli-table3';
import type { Catalogue } from '../i18n/catalogue.ts';
import { causeTexts } from '../i18n/causes.ts';
import { conformityTitle } from '../i18n/criteria-words.ts';
import { formatWords } from '../i18n/format-words.ts';
import { catalogueOf } from '../i18n/language.ts';
import type { BreakdownLine, Report, ReportAgency, ReportFinding } from '../model/report.ts';
import { type Checks, checksOf } from './check-titles.ts';
import { visible } from './escape.ts';
import type { TableStyle } from './formats.ts';
import type { Paint } from './paint.ts';
import { isShown, worstFirst } from './show-level.ts';
import { plainTable, tableLines } from './table-frame.ts';
import { wrap } from './wrap.ts';

/** What all cards of a report share. */
export interface CardStyle {
  style: TableStyle;
  paint: Paint;
  criteria: Report['criteria'];
}

interface Card extends CardStyle {
  agency: ReportAgency;
  catalogue: Catalogue;
  checks: Checks;
}

/** Everything about one agency, worst first. */
export function renderCard(agency: ReportAgency, shared: CardStyle): string[] {
  const { style, paint } = shared;
  const { language, checks = [] } = style;
  const card: Card = { ...shared, agency, catalogue: catalogueOf(language), checks: checksOf(checks) };
  return [
    `${paint.bold(visible(agency.name[language]))} · ${visible(agency.domain)}`,
    ...conformityLines(card),
    ...readinessLines(card),
    ...serviceLines(card),
    ...findingLines(card),
    ...footLines(card),
  ];
}

function conformityLines(card: Card): string[] {
  const { agency, catalogue, paint, criteria } = card;
  const { words, report: texts } = catalogue;
  const { conformity } = agency;
  const lines = [
    `${paint.bold(visible(conformityTitle(criteria)[catalogue.language]))}: ${paint.verdict(conformity.verdict)} · ${result(conformity, texts, paint)}`,
  ];
  for (const [role, service] of Object.entries(conformity.services)) {
    const parts = [`${words.components[role] ?? visible(role)}: ${paint.verdict(service.verdict)}`];
    if (service.check !== null) parts.push(texts.decidedBy(visible(service.check)));
    if (service.cause !== null) parts.push(causeTexts[service.cause][catalogue.language]);
    if (service.undecided.length > 0) {
      const open = service.undecided.map(({ check, cause }) => `${visible(check)} (${causeTexts[cause][catalogue.language]})`);
      parts.push(texts.undecided([...new Set(open)].join(', ')));
    }
    lines.push(`  ${parts.join('; ')}`);
  }
  return [...lines, ...breakdownLines(conformity.breakdown, card)];
}

function readinessLines(card: Card): string[] {
  const { agency, catalogue, paint } = card;
  const { words, report: texts } = catalogue;
  const { readiness } = agency;
  const rung =
    readiness.level === null ? texts.rungAtLeast(readiness.atLeast) : `${texts.rung(readiness.level)} (${words.ladder[readiness.verdict]})`;
  return [
    `${paint.bold(texts.readiness)}: ${paint.bold(rung)} · ${result(readiness, texts, paint)}`,
    ...breakdownLines(readiness.breakdown, card),
  ];
}

function result({ score, coverage }: { score: number | null; coverage: number }, texts: Catalogue['report'], paint: Paint): string {
  return `${score === null ? texts.noScore : texts.score(paint.number(score))} · ${texts.covered(paint.percent(coverage))}`;
}

function breakdownLines(breakdown: readonly BreakdownLine[], { catalogue, paint, checks }: Card): string[] {
  const { words, report: texts, language } = catalogue;
  if (breakdown.length === 0) return [];
  const parts = breakdown.map(({ component, weight, score, coverage, cap }) => {
    const name = words.components[component] ?? visible(checks.title(component)[language]);
    const value = score === null ? texts.notJudged : paint.number(score);
    const notes = [
      coverage < 1 ? texts.covered(paint.percent(coverage)) : '',
      cap === null ? '' : texts.cappedFor(words.caps[cap] ?? visible(cap)),
    ];
    const kept = notes.filter((note) => note !== '');
    return `    ${name}: ${value} × ${paint.number(weight)} %${kept.length === 0 ? '' : ` (${kept.join('; ')})`}`;
  });
  return [paint.dim(`  ${texts.howScored}`), ...parts];
}

function serviceLines({ agency, catalogue, paint }: Card): string[] {
  const { words, report: texts } = catalogue;
  if (agency.services.length === 0) return [];
  const table = new Table(plainTable([texts.columns.service, texts.columns.host, texts.columns.state, 'DNS', 'Web', words.mail]));
  for (const { role, host, state, triple } of agency.services) {
    const cells = [triple.dns, triple.web, triple.mail].map((word) => words.tripleStates[word]);
    table.push([words.roles[role], host === '' ? '-' : visible(host), words.serviceStates[state], ...cells]);
  }
  return [paint.bold(texts.services), ...tableLines(table)];
}

function findingLines(card: Card): string[] {
  const { agency, style, catalogue, paint } = card;
  const { report: texts } = catalogue;
  const shown = worstFirst(agency.findings).filter(({ status }) => isShown(status, style.show));
  const found = shown.filter(({ status }) => status === 'fail' || status === 'warn');
  const open = shown.filter(({ status }) => status === 'inconclusive');
  const others = shown.filter(({ status }) => !['fail', 'warn', 'inconclusive'].includes(status));
  const section = (title: string, findings: readonly ReportFinding[]): string[] =>
    findings.length === 0 ? [] : [paint.bold(title), ...findings.flatMap((finding) => oneFinding(finding, card))];
  if (found.length === 0 && others.length === 0 && open.length === 0) return [texts.noFindings];
  return [
    ...section(texts.findings(found.length), found),
    ...section(texts.unmeasured(open.length), open),
    ...section(texts.others(others.length), others),
  ];
}

function oneFinding(finding: ReportFinding, { style, catalogue, paint }: Card): string[] {
  const { report: texts } = catalogue;
  const { language, width } = style;
  const lines = [`  ${paint.status(finding.status)} · ${visible(finding.check)} · ${visible(finding.host)}`];
  const text = [visible(finding.text[language])];
  // Many messages say the cause already.
  const cause = finding.cause === null ? '' : causeTexts[finding.cause][language];
  if (cause !== '' && !finding.text[language].includes(cause)) text.push(texts.cause(cause));
  const { ignored } = finding;
  if (ignored !== null) text.push(`${formatWords[language].ignored(visible(ignored.reason), visible(ignored.until))}.`);
  if (finding.status !== 'inconclusive' && finding.confidence < 1) text.push(texts.confidence(paint.percent(finding.confidence)));
  lines.push(...wrap(text.join(' '), { width, indent: '    ' }));
  const fix = finding.fix[language];
  if (fix !== '') lines.push(...wrap(`${texts.fix} ${visible(fix)}`, { width, indent: '      ', first: '    → ' }));
  return lines;
}

function footLines({ agency, catalogue, style, paint }: Card): string[] {
  const { words, report: texts } = catalogue;
  const things = agency.notObservable.map((thing) => words.notObservable[thing]).join(', ');
  const foot = things === '' ? texts.ipv4Too : `${texts.notObservable(things)} ${texts.ipv4Too}`;
  return wrap(foot, { width: style.width, indent: '  ', first: '' }).map((line) => paint.dim(line));
}
