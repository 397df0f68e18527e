import { loadChecks } from '../../src/checks/index.ts';
import { commandTable } from '../../src/cli/command-table.ts';
import { optionTable } from '../../src/cli/option-table.ts';
import { betweenWords } from '../../src/i18n/between-words.ts';
import type { Language } from '../../src/i18n/catalogue.ts';
import { causeTexts } from '../../src/i18n/causes.ts';
import * as criteriaWords from '../../src/i18n/criteria-words.ts';
import { formatWords } from '../../src/i18n/format-words.ts';
import { htmlWords } from '../../src/i18n/html-words.ts';
import { catalogueOf } from '../../src/i18n/language.ts';
import { stepWords } from '../../src/i18n/value-words.ts';
import { recipes } from '../../src/recipes/index.ts';
import { internetNl } from '../../src/scoring/rubrics/internet-nl.ts';
import { ipv6ForGov1 } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';
import { rfc10001 } from '../../src/scoring/rubrics/rfc10001.ts';
import { usgv6 } from '../../src/scoring/rubrics/usgv6.ts';

/** Stands for every value that a sentence is made with: a number, a string, an object, a list. */
export const filling = '7';
const anything: unknown = new Proxy(() => '', {
  get: (_, key) => (key === Symbol.toPrimitive ? () => filling : key === Symbol.iterator ? undefined : anything),
  apply: () => anything,
});

type Texts = Record<string, string>;

/** Every text under its path; what takes values is filled. */
function flat(value: unknown, path: string, texts: Texts): Texts {
  if (value === anything) return texts;
  // A function of an object was given a number.
  if (typeof value === 'string') {
    if (!value.includes('undefined')) texts[path] = value;
  } else if (typeof value === 'function') {
    flat(value(anything, anything, anything, anything), `${path}()`, texts);
    if (value.length > 0)
      flat(
        sure(() => value(1, 1, 1)),
        `${path}(1)`,
        texts,
      );
    if (value.length > 1)
      flat(
        sure(() => value(anything, null)),
        `${path}(null)`,
        texts,
      );
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) flat(item, `${path}.${key}`, texts);
  }
  return texts;
}

/** Functions that take objects cannot take a number. */
function sure(call: () => unknown): unknown {
  try {
    return call();
  } catch {
    return null;
  }
}

/** Both languages of everything that stands side by side in one place. */
function pairs(value: unknown, path: string, texts: Record<Language, Texts>): void {
  if (typeof value !== 'object' || value === null) return;
  const { vi, en } = value as { vi?: unknown; en?: unknown };
  if (typeof vi === 'string' && typeof en === 'string') {
    texts.vi[path] = vi;
    texts.en[path] = en;
  }
  for (const [key, item] of Object.entries(value)) if (key !== 'vi' && key !== 'en') pairs(item, `${path}.${key}`, texts);
}

const criteria = Object.fromEntries(
  [ipv6ForGov1, internetNl, rfc10001, usgv6].map(({ name, version }) => [
    name,
    [criteriaWords.criteriaName, criteriaWords.conformityTitle, criteriaWords.ownScores].map((say) => say({ name, version })),
  ]),
);

/** Every text of the interface in both languages, by the same keys. */
export async function catalogueTexts(): Promise<Record<Language, Texts>> {
  const texts: Record<Language, Texts> = { vi: {}, en: {} };
  for (const language of ['vi', 'en'] as const) {
    const { language: _, ...catalogue } = catalogueOf(language);
    flat({ ...catalogue, between: betweenWords(language), format: formatWords[language] }, '', texts[language]);
  }
  const checks = Object.fromEntries((await loadChecks()).map((check) => [check.id, check]));
  pairs({ html: htmlWords, causes: causeTexts, steps: stepWords, criteria, commandTable, optionTable, recipes, checks }, '', texts);
  return texts;
}
