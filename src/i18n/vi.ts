import type { Catalogue } from './catalogue.ts';
import { cliVi } from './cli-texts-vi.ts';
import { reportVi } from './report-texts-vi.ts';
import { wordsVi } from './words-vi.ts';

/** Everything the interface says in Vietnamese. */
export const vi: Catalogue = { language: 'vi', words: wordsVi, report: reportVi, cli: cliVi };
