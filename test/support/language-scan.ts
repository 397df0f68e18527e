import type { Language } from '../../src/i18n/catalogue.ts';
import type { HtmlElement } from './html-document.ts';

/** Letters that only Vietnamese has, composed or not. */
const vietnamese = /[ăâđêôơưàáãèéìíòóõùúýĩũ\u1ea0-\u1ef9]|\p{M}/iu;

/** English words that are no Vietnamese syllable and no name of the field. */
const english = new Set(
  (
    'the of is are was were be been not with without this that these those and from which whose has have had its by cannot does than only for ' +
    'where when what who there their they them your you it as at but if into over under each every other another more most must may can will ' +
    'would should could after before between because while about such some any all both either neither nor here out'
  ).split(' '),
);

/** What is no sentence: code, options, addresses, names of hosts, files and environment variables, proper names. */
function prose(text: string): string {
  return text
    .replace(/`[^`\n]*`/g, ' ')
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(/(^|[\s(=,])--?[a-z][\w-]*/g, '$1')
    .replace(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g, ' ')
    .replace(/IPv6 For Gov|IPv6-only/g, ' ');
}

/** The stretch of English in a text, or null: at least two English words among four or more words without a Vietnamese letter. */
export function englishIn(text: string): string | null {
  for (const clause of prose(text).split(/[.,;:!?()[\]{}"“”…|·→\n]|\s[-–]\s/)) {
    let stretch: string[] = [];
    for (const word of [...clause.split(/\s+/), 'đ']) {
      if (/^[A-Za-z][A-Za-z'’-]*$/.test(word)) {
        stretch.push(word);
        continue;
      }
      if (stretch.length >= 4 && new Set(stretch.filter((own) => english.has(own.toLowerCase()))).size >= 2) return stretch.join(' ');
      stretch = [];
    }
  }
  return null;
}

/** The first word with a Vietnamese letter, or null. */
export function vietnameseIn(text: string): string | null {
  return text.split(/[\s"<>()]+/).find((word) => vietnamese.test(word)) ?? null;
}

/** What of the other language a text holds, or null. */
export const foreignIn = (text: string, language: Language): string | null => (language === 'vi' ? englishIn(text) : vietnameseIn(text));

const shownAttributes = ['aria-label', 'label', 'placeholder', 'title', 'alt'];

/** Everything that a reader of one language sees of a page, or hears, a text each: after the switch to it, if the page opened in the other. */
export function shownTexts(element: HtmlElement, language: Language): string[] {
  const { name, attributes, children } = element;
  if (name === 'script' || name === 'style') return [];
  const { lang } = attributes;
  if (lang !== undefined && lang !== language && name !== 'html') return [];
  const own = attributes[`data-${language}`];
  const others = Object.entries(attributes).flatMap(([key, value]) =>
    key.startsWith('data-') && key.endsWith(`-${language}`) ? [value] : [],
  );
  const replaced = own === undefined ? undefined : (attributes['data-attribute'] ?? '#text');
  const said = shownAttributes.flatMap((key) => (key === replaced ? [] : (attributes[key] ?? [])));
  const inside =
    replaced === '#text' ? [] : children.flatMap((child) => (typeof child === 'string' ? [child] : shownTexts(child, language)));
  return [...(own === undefined ? [] : [own]), ...others, ...said, ...inside].filter((text) => text.trim() !== '');
}
