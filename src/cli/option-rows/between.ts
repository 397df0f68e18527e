import { betweenEn } from '../../i18n/between-words-en.ts';
import { betweenVi } from '../../i18n/between-words-vi.ts';
import type { Bilingual } from '../../model/report.ts';

/** Help of an option that speaks of several runs: its words stand with the others of that kind. */
export const between = (name: keyof typeof betweenEn.help.options): Bilingual => ({
  vi: betweenVi.help.options[name],
  en: betweenEn.help.options[name],
});
