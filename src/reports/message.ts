import type { CheckDefinition } from '../checks/define-check.ts';
import type { Language } from '../i18n/catalogue.ts';
import { causeTexts } from '../i18n/causes.ts';
import { catalogueOf } from '../i18n/language.ts';
import { itemWords, scalarWord } from '../i18n/value-words.ts';
import type { Finding, Value, Values } from '../model/finding.ts';
import type { Bilingual } from '../model/report.ts';

/** Lists longer than this are cut in a message; the finding's values keep them whole. */
const shownItems = 6;

/**
 * Fills `{name}` from values, with terms of ours in the words of the language. A missing value shows as '?', which a test over all messages
 * forbids; brackets around a value that says nothing go, and so does a sentence that only introduces it (` Not usable: {list}.`). Escaping
 * is the renderer's business.
 */
export function fillMessage(template: string, values: Values, language: Language): string {
  return template
    .replace(/ \(\{([a-zA-Z0-9]{1,40})\}\)/g, (whole, name: string) => (saysNothing(values[name]) ? '' : whole))
    .replace(/(?<=\.) [^.:;{}]{1,60}: \{([a-zA-Z0-9]{1,40})\}\./g, (whole, name: string) => (saysNothing(values[name]) ? '' : whole))
    .replace(/\{([a-zA-Z0-9]{1,40})\}/g, (_, name: string) => showValue(name, values[name], language));
}

const saysNothing = (value: Value | undefined): boolean => value === '' || value === false || (Array.isArray(value) && value.length === 0);

function showValue(name: string, value: Value | undefined, language: Language): string {
  if (value === undefined) return '?';
  if (typeof value === 'number') return String(value).replace('.', catalogueOf(language).words.decimalPoint);
  if (!Array.isArray(value)) return scalarWord(name, String(value), language);
  if (value.length === 0) return '–';
  const shown = value
    .slice(0, shownItems)
    .map((item) => itemWords(String(item), language))
    .join(', ');
  return value.length > shownItems ? `${shown}, … (${value.length})` : shown;
}

const switchedOff: Bilingual = { vi: 'Đã tắt theo yêu cầu (--only, --skip).', en: 'Switched off on request (--only, --skip).' };

const withoutData: Bilingual = {
  vi: 'Không xét vì chưa có tệp dữ liệu ({missing}).',
  en: 'Not judged: no data file was given ({missing}).',
};

/** Text and fix of a finding in both languages, from the check that made it, or from the cause when nothing was measured. */
export function findingText(finding: Finding, check: CheckDefinition): { text: Bilingual; fix: Bilingual } {
  const message = check.messages[finding.message];
  const cause = finding.cause === null ? null : causeTexts[finding.cause];
  if (finding.status === 'skipped') return { text: skippedText(finding.values), fix: { vi: '', en: '' } };
  if (message === undefined) {
    const known = cause ?? causeTexts['not-attempted'];
    return { text: { vi: `Chưa đo được: ${known.vi}`, en: `Not measured: ${known.en}` }, fix: known.fix };
  }
  const fix = message.fix ?? { vi: '', en: '' };
  const filled = (of: Bilingual, language: Language): string =>
    fillMessage(of[language], { ...finding.values, cause: cause?.[language] ?? '' }, language);
  const both = (of: Bilingual): Bilingual => ({ vi: filled(of, 'vi'), en: filled(of, 'en') });
  return { text: both(message), fix: both(fix) };
}

function skippedText(values: Values): Bilingual {
  if (values.missing === undefined) return switchedOff;
  return { vi: fillMessage(withoutData.vi, values, 'vi'), en: fillMessage(withoutData.en, values, 'en') };
}
