import { type BetweenWords, betweenWords } from '../i18n/between-words.ts';
import type { Words } from '../i18n/catalogue.ts';
import { catalogueOf } from '../i18n/language.ts';
import { type AgencyChange, type AgencyState, agencyChangeKinds, type Comparison, type FindingChange } from '../model/comparison.ts';
import { visible, visibleShort, withoutCommand } from './escape.ts';
import type { TableStyle } from './formats.ts';
import { createPaint, type Paint } from './paint.ts';
import { utcMinute } from './utc-minute.ts';
import { wrap } from './wrap.ts';

type DiffStyle = Pick<TableStyle, 'language' | 'colourLevel' | 'width'>;

/** Nobody reads more in a terminal. */
const maxAgencies = 200;
const nameLength = 60;
const textLength = 300;

interface View extends DiffStyle {
  between: BetweenWords;
  words: Words;
  paint: Paint;
}

/** A comparison for people, ending in a line feed: what makes the runs differ, then agencies by what became of them, then counts. */
export function renderDiffTable(comparison: Comparison, style: DiffStyle): string {
  const { words } = catalogueOf(style.language);
  const view: View = { ...style, words, between: betweenWords(style.language), paint: createPaint(words, style.colourLevel) };
  const lines = heading(comparison, view);
  const shown = comparison.agencies.slice(0, maxAgencies);
  for (const kind of agencyChangeKinds) {
    const agencies = shown.filter(({ change }) => change === kind);
    if (agencies.length === 0) continue;
    lines.push(view.paint.bold(`${view.between.diff.changes[kind]} (${comparison.summary[kind]})`));
    for (const agency of agencies) lines.push(...agencyLines(agency, view));
    lines.push('');
  }
  if (comparison.agencies.length > shown.length) lines.push(view.between.diff.more(comparison.agencies.length - shown.length), '');
  return `${[...lines, ...totals(comparison, view)].map(withoutCommand).join('\n')}\n`;
}

function heading({ before, after, differences }: Comparison, { between, paint, width }: View): string[] {
  const run = ({ id, startedAt }: Comparison['before']): string => between.run(visible(id), visible(utcMinute(startedAt)));
  const lines = [paint.bold(between.diff.title(run(before), run(after)))];
  for (const difference of differences) {
    const [found, detail] = [between.diff.differences[difference], differenceDetail(difference, before, after)];
    lines.push(...wrap(detail === '' ? found : `${found} (${detail})`, { width, indent: '    ', first: '  ! ' }));
  }
  return [...lines, ''];
}

function differenceDetail(difference: Comparison['differences'][number], before: Comparison['before'], after: Comparison['after']): string {
  const vantages = ({ vantages }: Comparison['before'], of: 'name' | 'dnsPath'): string =>
    vantages.map((vantage) => vantage[of]).join(', ');
  const criteria = ({ criteria: { name, version } }: Comparison['before']): string => `${name}/${version}`;
  const sides: Partial<Record<typeof difference, [string, string]>> = {
    criteria: [criteria(before), criteria(after)],
    vantage: [vantages(before, 'name'), vantages(after, 'name')],
    'dns-path': [vantages(before, 'dnsPath'), vantages(after, 'dnsPath')],
    tool: [before.tool, after.tool],
  };
  const side = sides[difference];
  return side === undefined ? '' : visible(`${side[0]} → ${side[1]}`);
}

function agencyLines(agency: AgencyChange, view: View): string[] {
  const { between, paint, language } = view;
  const flag = agency.regression ? ` ${paint.red(`[${between.diff.regression}]`)}` : '';
  const lines = [`  ${visibleShort(agency.name[language], nameLength)} · ${visible(agency.domain)}${flag}`];
  const { before, after } = agency;
  if (before !== null && after !== null) {
    if (agency.renamed === 'id') lines.push(`    ${between.diff.renamedId(visible(before.id), visible(after.id))}`);
    if (agency.renamed === 'domain') lines.push(`    ${between.diff.renamedDomain(visible(before.domain), visible(after.domain))}`);
    if (agency.conformity !== null)
      lines.push(`    ${between.diff.conformity(paint.verdict(before.verdict), paint.verdict(after.verdict))}`);
    if (agency.readiness !== null) lines.push(`    ${between.diff.readiness(levelOf(before), levelOf(after))}`);
  }
  return [...lines, ...agency.findings.flatMap((finding) => findingLines(finding, view))];
}

const levelOf = ({ level, atLeast }: AgencyState): string => (level === null ? `≥ ${atLeast}` : String(level));

function findingLines({ check, host, change, before, after }: FindingChange, { between, paint, language, width }: View): string[] {
  const status = (state: FindingChange['before']): string => (state === null ? '-' : paint.status(state.status));
  const lines = [`    ${between.diff.findingChanges[change]}: ${visible(check)} ${visible(host)}: ${status(before)} → ${status(after)}`];
  const said = after ?? before;
  if (said === null) return lines;
  const paragraph = (text: string): string[] => wrap(text, { width, indent: '      ' });
  lines.push(...paragraph(visibleShort(said.text[language], textLength)));
  if (said.ignored !== null) lines.push(...paragraph(between.diff.ignored(visible(said.ignored.reason), visible(said.ignored.until))));
  return lines;
}

function totals({ summary, agencies }: Comparison, { between, paint }: View): string[] {
  const { diff } = between;
  const lines = agencies.length === 0 ? [diff.nothing] : [];
  if (summary.regressions > 0) lines.push(paint.red(diff.regressions(summary.regressions)));
  lines.push(diff.unchanged(summary.unchanged));
  if (summary.lostCoverage + summary.gainedCoverage > 0) lines.push(diff.coverage(summary.lostCoverage, summary.gainedCoverage));
  return lines;
}
