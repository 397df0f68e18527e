import type { Bilingual } from '../model/report.ts';

/** A piece of real configuration for one software. Addresses are of the documentation prefixes (RFC 3849, RFC 5737). */
export interface Recipe {
  /** `nginx`, `BIND 9`: proper names, the same in both languages. */
  software: string;
  /** File, menu or shell where it goes. */
  where: string;
  /** What begins a comment there. */
  comment: '#' | ';' | '//';
  /** A line of configuration as it is, or a comment in both languages. */
  lines: readonly (string | Bilingual)[];
}

/** A comment line. */
export const note = (vi: string, en: string): Bilingual => ({ vi, en });

/** The text of a recipe in one language. */
export function recipeLines({ comment, lines }: Recipe, language: 'vi' | 'en'): string[] {
  return lines.map((line) => (typeof line === 'string' ? line : `${comment} ${line[language]}`));
}
