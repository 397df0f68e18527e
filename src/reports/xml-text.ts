import { visible } from './escape.ts';

/**
 * Text that every XML 1.0 reader takes (faults S5): control and format characters made visible, U+FFFE and U+FFFF, which XML forbids, too.
 * `]]>` is parted, because junit-report-builder 5.1.2 splits only the first one of a CDATA section.
 */
export function xmlText(text: string): string {
  const parted = visible(text).replaceAll(']]>', ']] >');
  return parted.replace(/[\ufffe\uffff]/g, (character) => `‹U+${character.charCodeAt(0).toString(16).toUpperCase()}›`);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** The same, escaped for text and for attributes in either kind of quotes. */
export function xmlEscape(text: string): string {
  return xmlText(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
