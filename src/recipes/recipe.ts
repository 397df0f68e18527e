import type { Bilingual } from '../model/report.ts';

/** A piece of real configuration for one software. Addresses are of the documentation prefixes (RFC 3849, RFC 5737). */
export interface Recipe {
  /** `nginx`, `BIND 9`: a proper name, the same in both languages; else what kind of thing it is. */
  software: string | Bilingual;
  /** File, menu or shell where it goes. */
  where: string | Bilingual;
  /** What begins a comment there. */
  comment: '#' | ';' | '//';
  /** A line of configuration as it is, or a comment in both languages. */
  lines: readonly (string | Bilingual)[];
}

/** A comment line. */
export const note = (vi: string, en: string): Bilingual => ({ vi, en });

/** What it is for: `nginx · /etc/nginx/nginx.conf`. */
export function recipeTitle({ software, where }: Recipe, language: 'vi' | 'en'): string {
  const [of, at] = [software, where].map((part) => (typeof part === 'string' ? part : part[language]));
  return `${of} · ${at}`;
}

/** The text of a recipe in one language. */
export function recipeLines({ comment, lines }: Recipe, language: 'vi' | 'en'): string[] {
  return lines.map((line) => (typeof line === 'string' ? line : `${comment} ${line[language]}`));
}
