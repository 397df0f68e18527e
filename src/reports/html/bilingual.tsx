import type { Words } from '../../i18n/catalogue.ts';
import { causeTexts } from '../../i18n/causes.ts';
import { type HtmlWord, htmlWords } from '../../i18n/html-words.ts';
import { catalogueOf } from '../../i18n/language.ts';
import type { Cause } from '../../model/cause.ts';
import type { Bilingual } from '../../model/report.ts';
import { oneDecimal, wholePercent } from '../shown-number.ts';

const vi = catalogueOf('vi').words;
const en = catalogueOf('en').words;

/** A word of the common catalogue in both languages. */
export function both(pick: (words: Words) => string): Bilingual {
  return { vi: pick(vi), en: pick(en) };
}

/** The same with a capital letter, for places where it stands alone. */
export function capital({ vi: first, en: second }: Bilingual): Bilingual {
  return { vi: upperFirst(first), en: upperFirst(second) };
}

function upperFirst(text: string): string {
  return `${text.charAt(0).toLocaleUpperCase('vi')}${text.slice(1)}`;
}

/** An entry of a catalogue record whose key may be anything: a known word, else the key itself. */
export function known(record: (words: Words) => Record<string, string>, key: string): Bilingual {
  return both((words) => (Object.hasOwn(record(words), key) ? (record(words)[key] ?? key) : key));
}

export function causeOf(cause: Cause): Bilingual {
  const { vi: first, en: second } = causeTexts[cause];
  return { vi: first, en: second };
}

export const plain = (text: string): Bilingual => ({ vi: text, en: text });

/** At most one decimal, with the mark of the language. */
export function number(value: number): Bilingual {
  const text = oneDecimal(value);
  return { vi: text.replace('.', ','), en: text };
}

/** A share 0-1 as a whole percentage, cut as in every other report, but never down to 0. `script/detail.ts` has the same for the browser. */
export function percent(share: number): Bilingual {
  const whole = wholePercent(share);
  return plain(`${share > 0 && whole === 0 ? 1 : whole}\u00a0%`);
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const vietnamOffsetMs = 7 * 3_600_000;

/** A UTC time stamp as people in Viet Nam read it; anything else as it is. */
export function moment(iso: string): Bilingual {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(iso)) return plain(iso);
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return plain(iso);
  const [date = '', time = ''] = new Date(at + vietnamOffsetMs).toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  const clock = time.slice(0, 5);
  return {
    vi: `${clock} ngày ${day}/${month}/${year} (${htmlWords.local.vi})`,
    en: `${Number(day)} ${months[Number(month) - 1]} ${year}, ${clock} (${htmlWords.local.en})`,
  };
}

/** Both languages; the style sheet shows the one of the page, so that it reads without script. */
export function T({ of }: { of: Bilingual }) {
  if (of.vi === of.en) return <>{of.vi}</>;
  return (
    <>
      <span lang="vi">{of.vi}</span>
      <span lang="en">{of.en}</span>
    </>
  );
}

/** A word of the HTML report. */
export function W({ the }: { the: HtmlWord }) {
  return <T of={htmlWords[the]} />;
}

/** Attributes that hold words cannot hold both languages: the script swaps them by these. */
export function labelled(of: Bilingual, lang: 'vi' | 'en', attribute: 'aria-label' | 'label' | 'placeholder' = 'aria-label') {
  return { [attribute]: of[lang], 'data-attribute': attribute, 'data-vi': of.vi, 'data-en': of.en };
}
