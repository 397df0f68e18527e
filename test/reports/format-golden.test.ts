import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/catalogue.ts';
import { renderBadge } from '../../src/reports/badge.ts';
import { goldenReports, matchesGolden } from '../support/golden.ts';
import { formatNames, languageFree, renderers, suffixes } from '../support/render-formats.ts';
import { reportAgency, reportOf } from '../support/report.ts';
import { validators } from '../support/validate-formats.ts';

describe.each(Object.entries(goldenReports))('the %s report is written as the golden files say', (size, report) => {
  for (const language of languages) {
    test.each(formatNames)(`%s in ${language}, and another program can read it`, async (name) => {
      const text = renderers[name](report(), language);
      validators[name](text);
      await matchesGolden(`${name}.${size}.${language}.${suffixes[name]}`, text);
    });
  }
});

describe('the badge of one agency', () => {
  for (const language of languages) {
    test(`the badge of one agency in ${language}`, async () => {
      await matchesGolden(`badge/agency.${language}.svg`, renderBadge(reportOf([reportAgency()]), { language }));
    });
  }
});

test.each(languageFree)('%s is the same in both languages', (name) => {
  for (const report of Object.values(goldenReports)) expect(renderers[name](report(), 'vi')).toBe(renderers[name](report(), 'en'));
});
