import Table from 'cli-table3';
import type { Catalogue } from '../i18n/catalogue.ts';
import { causeTexts } from '../i18n/causes.ts';
import { catalogueOf } from '../i18n/language.ts';
import type { BreakdownLine, ReportAgency, ReportFinding } from '../model/report.ts';
import { visible } from './escape.ts';
import type { TableStyle } from './formats.ts';
import type { Paint } from './paint.ts';
import { isShown, worstFirst } from './show-level.ts';
import { plainTable, tableLines } from './table-frame.ts';
import { wrap } from './wrap.ts';

interface Card {
  agency: ReportAgency;
  style: TableStyle;
  catalogue: Catalogue;
  paint: Paint;
}

/** Everything about one agency, worst first. */
export function renderCard(agency: ReportAgency, style: TableStyle, paint: Paint): string[] {
  const card: Card = { agency, style, catalogue: catalogueOf(style.language), paint };
  return [
    `${paint.bold(visible(agency.name[style.language]))} · ${visible(agency.domain)}`,
    ...conformityLines(card),
    ...readinessLines(card),
    ...serviceLines(card),
    ...findingLines(card),
    ...footLines(card),
  ];
}

function conformityLines({ agency, catalogue, paint }: Card): string[] {
  const { words, report: texts } = catalogue;
  const { conformity } = agency;
  const lines = [`${paint.bold(texts.conformity)}: ${paint.verdict(conformity.verdict)} · ${result(conformity, texts, paint)}`];
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
  return [...lines, ...breakdownLines(conformity.breakdown, catalogue, paint)];
}

function readinessLines({ agency, catalogue, paint }: Card): string[] {
  const { words, report: texts } = catalogue;
  const { readiness } = agency;
  const rung =
    readiness.level === null ? texts.rungAtLeast(readiness.atLeast) : `${texts.rung(readiness.level)} (${words.ladder[readiness.verdict]})`;
  return [
    `${paint.bold(texts.readiness)}: ${paint.bold(rung)} · ${result(readiness, texts, paint)}`,
    ...breakdownLines(readiness.breakdown, catalogue, paint),
  ];
}

function result({ score, coverage }: { score: number | null; coverage: number }, texts: Catalogue['report'], paint: Paint): string {
  return `${score === null ? texts.noScore : texts.score(paint.number(score))} · ${texts.covered(paint.percent(coverage))}`;
}

function breakdownLines(breakdown: readonly BreakdownLine[], { words, report: texts }: Catalogue, paint: Paint): string[] {
  if (breakdown.length === 0) return [];
  const parts = breakdown.map(({ component, weight, score, coverage, cap }) => {
    const name = words.components[component] ?? visible(component);
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
  // A message of a finding that was not measured is the cause already.
  if (finding.cause !== null && finding.message !== 'not-measured') text.push(texts.cause(causeTexts[finding.cause][language]));
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
