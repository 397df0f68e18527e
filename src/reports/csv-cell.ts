import { visible } from './escape.ts';

/** What starts a formula or a command in some spreadsheet program, with full-width and small forms (faults S3, §12.3). */
const formulaStarts = new Set([...'=+-@|\t\r\n＝＋－＠｜﹢﹣﹦﹫−']);
const blank = /[\p{Z}\s\ufeff\u200b]/u;

/** A text cell no spreadsheet program takes for a formula, and no CI for a command (`::`): control characters visible, then an apostrophe in front where it is needed. */
export function csvCell(text: string): string {
  const shown = visible(text);
  return shown.trimStart().startsWith('::') ? `'${shown}` : guardFormula(shown);
}

/** The apostrophe alone. Leading blanks do not hide a formula: many programs trim them. */
export function guardFormula(text: string): string {
  for (const character of text) {
    if (formulaStarts.has(character)) return `'${text}`;
    if (!blank.test(character)) return text;
  }
  return text;
}
