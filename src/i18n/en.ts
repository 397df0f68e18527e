import type { Catalogue } from './catalogue.ts';
import { cliEn } from './cli-texts-en.ts';
import { reportEn } from './report-texts-en.ts';
import { wordsEn } from './words-en.ts';

/** Everything the interface says in English. */
export const en: Catalogue = { language: 'en', words: wordsEn, report: reportEn, cli: cliEn };
