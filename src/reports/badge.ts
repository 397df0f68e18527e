import type { Language } from '../i18n/catalogue.ts';
import { conformityWord, criteriaLabel } from '../i18n/criteria-words.ts';
import { formatWords } from '../i18n/format-words.ts';
import { catalogueOf } from '../i18n/language.ts';
import type { Readiness, Report, ReportAgency, Verdict } from '../model/report.ts';
import { visibleShort } from './escape.ts';
import { xmlEscape } from './xml-text.ts';

export interface BadgeOptions {
  language: Language;
  /** Named in the title, because the verdict is the tool's own; and the label is theirs. */
  criteria: Report['criteria'];
}

const nameLength = 120;
const labelLength = 40;
/** White text on these has a contrast of at least 4.5 (WCAG 2.2, 1.4.3). */
const colours: Record<Verdict, string> = { pass: '#1a7f37', fail: '#b42318', inconclusive: '#6e5600', 'not-counted': '#57606a' };

/** The badge of a report: of its agency when it has one, else how many conform. */
export function renderBadge(report: Report, { language }: { language: Language }): string {
  const { criteria } = report;
  const [agency, ...others] = report.agencies;
  if (agency !== undefined && others.length === 0) return renderAgencyBadge(agency, { language, criteria });
  return renderSummaryBadge(report, { language, criteria });
}

/** One agency: conformity verdict and readiness level, with both spelled out in an accessible title. */
export function renderAgencyBadge({ name, conformity, readiness }: ReportAgency, { language, criteria }: BadgeOptions): string {
  const { badge } = formatWords[language];
  const verdict = catalogueOf(language).words.verdicts[conformity.verdict];
  const level = levelText(readiness, language);
  const title = badge.agencyTitle({
    name: visibleShort(name[language], nameLength),
    conformity: conformityWord(criteria)[language],
    verdict,
    readiness: level,
    criteria: idOf(criteria),
  });
  return svg({ label: labelOf(criteria), value: `${verdict} · ${level}`, title, colour: colours[conformity.verdict] });
}

/** Several agencies: how many of the counted ones conform. Green only when all do, red only when a verdict is fail. */
function renderSummaryBadge({ summary }: Report, { language, criteria }: BadgeOptions): string {
  const { badge } = formatWords[language];
  const total = { of: 0, conforming: 0, notConforming: 0, inconclusive: 0 };
  for (const group of Object.values(summary.denominators)) {
    total.of += group.agencies;
    total.conforming += group.conforming;
    total.notConforming += group.notConforming;
    total.inconclusive += group.inconclusive;
  }
  const verdict = total.notConforming > 0 ? 'fail' : total.of > 0 && total.conforming === total.of ? 'pass' : 'inconclusive';
  const value = badge.conforming(total.conforming, total.of);
  return svg({
    label: labelOf(criteria),
    value,
    title: badge.summaryTitle({ ...total, criteria: idOf(criteria) }),
    colour: colours[verdict],
  });
}

const idOf = ({ name, version }: BadgeOptions['criteria']): string => visibleShort(`${name}/${version}`, nameLength);

const labelOf = (criteria: BadgeOptions['criteria']): string => visibleShort(criteriaLabel(criteria), labelLength);

function levelText({ level, atLeast }: Readiness, language: Language): string {
  const { badge } = formatWords[language];
  return level === null ? badge.atLeast(atLeast) : badge.level(level);
}

/** Width of a character at 11 px, about; `textLength` makes the text fit whatever the font. */
const characterWidth = 6.6;
const padding = 7;
const height = 20;

function svg({ label, value, title, colour }: { label: string; value: string; title: string; colour: string }): string {
  const textWidth = (text: string): number => Math.ceil(Array.from(text).length * characterWidth);
  const [labelText, valueText] = [textWidth(label), textWidth(value)];
  const labelBox = labelText + 2 * padding;
  const width = labelBox + valueText + 2 * padding;
  const text = (content: string, x: number, length: number): string =>
    `  <text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${xmlEscape(content)}</text>\n`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">\n`,
    `  <title id="title">${xmlEscape(title)}</title>\n`,
    `  <rect width="${labelBox}" height="${height}" fill="#24292f"/>\n`,
    `  <rect x="${labelBox}" width="${width - labelBox}" height="${height}" fill="${colour}"/>\n`,
    `  <g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">\n`,
    `  ${text(label, padding, labelText)}  ${text(value, labelBox + padding, valueText)}`,
    '  </g>\n</svg>\n',
  ].join('');
}
