import type { Language } from '../i18n/catalogue.ts';
import { htmlWords } from '../i18n/html-words.ts';
import { catalogueOf } from '../i18n/language.ts';
import type { Report, Summary } from '../model/report.ts';
import type { Checks } from './check-titles.ts';
import { messageText } from './worst-cause.ts';

export interface SummaryStyle {
  language: Language;
  checks: Checks;
  /** Makes names from a report harmless in the format that shows them. */
  clean: (text: string) => string;
}

/** A heading and its lines. */
export interface SummarySection {
  title: string;
  lines: string[];
}

/** Places whose repair helps more than one agency: of one alone its own report tells. */
export function sharedLevers({ leverage }: Pick<Summary, 'leverage'>): Summary['leverage'] {
  return leverage.filter(({ agencies }) => agencies > 1);
}

/** A list names no more levers than this; the JSON report holds all. */
const shownLevers = 10;

/** The totals of a list in words: shares with their denominators, categories, rungs, top causes, levers. Sections with nothing to say are left out. */
export function summarySections(report: Report, style: SummaryStyle): SummarySection[] {
  const { report: texts } = catalogueOf(style.language);
  const { summary } = report;
  const sections: SummarySection[] = [
    { title: texts.totals, lines: totalLines(report, style) },
    { title: texts.byCategory, lines: categoryLines(summary, style) },
    { title: texts.byLevel, lines: levelLines(summary, style) },
    { title: texts.topCauses, lines: causeLines(report, style) },
    { title: htmlWords.leverage[style.language], lines: leverLines(summary, style) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

function totalLines({ summary, agencies }: Report, { language }: SummaryStyle): string[] {
  const { report: texts, words } = catalogueOf(language);
  const groups = (['present51', 'programme85', 'other'] as const).filter((group) => summary.denominators[group].agencies > 0);
  const lines = groups.map((group) => texts.total({ group: words.counted[group], ...summary.denominators[group] }));
  const notCounted = agencies.filter(({ counted }) => counted === 'not-counted').length;
  return notCounted > 0 ? [...lines, texts.notCounted(notCounted)] : lines;
}

function categoryLines({ byCategory }: Summary, { language, clean }: SummaryStyle): string[] {
  const { report: texts, words } = catalogueOf(language);
  const entries = Object.entries(byCategory);
  if (entries.length < 2) return [];
  const name = (category: string): string =>
    Object.hasOwn(words.categories, category) ? words.categories[category as keyof typeof words.categories] : clean(category);
  return entries.map(([category, total]) => texts.total({ group: name(category), ...total }));
}

const rungs = ['none', 'published', 'working', 'equal', 'ipv6-only', 'complete'] as const;

function levelLines({ byLevel }: Summary, { language }: SummaryStyle): string[] {
  const { report: texts, words } = catalogueOf(language);
  const of = Object.values(byLevel).reduce((sum, agencies) => sum + agencies, 0);
  if (of === 0) return [];
  const known = rungs.map((rung, level) =>
    texts.levelCount({ level, meaning: words.ladder[rung], agencies: byLevel[String(level)] ?? 0, of }),
  );
  return [...known, texts.levelCount({ level: null, meaning: words.ladder.inconclusive, agencies: byLevel.unknown ?? 0, of })];
}

function causeLines({ summary, agencies }: Report, { language, checks, clean }: SummaryStyle): string[] {
  const { report: texts } = catalogueOf(language);
  const of = agencies.filter(({ counted }) => counted !== 'not-counted').length;
  return summary.topCauses.map((cause) =>
    texts.topCause({ check: clean(cause.check), detail: clean(messageText(cause, checks)[language]), agencies: cause.agencies, of }),
  );
}

function leverLines({ leverage }: Summary, { language, clean }: SummaryStyle): string[] {
  const { report: texts } = catalogueOf(language);
  return sharedLevers({ leverage })
    .slice(0, shownLevers)
    .map(({ kind, name, agencies }) => texts.lever({ name: clean(name), kind: htmlWords[`lever-${kind}`][language], agencies }));
}
