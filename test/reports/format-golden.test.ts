import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/catalogue.ts';
import type { Report } from '../../src/model/report.ts';
import { renderBadge } from '../../src/reports/badge.ts';
import { hostileReport, largeReport, smallReport } from '../support/format-reports.ts';
import { formatNames, renderers, suffixes } from '../support/render-formats.ts';
import { reportAgency, reportOf } from '../support/report.ts';

const folder = join(import.meta.dirname, '../../fixtures/reports');

/** UPDATE_GOLDEN=1 writes the files anew; look at the difference before you commit it. */
async function matchesGolden(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  if (process.env.UPDATE_GOLDEN === '1') {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  expect(text).toBe(await readFile(path, 'utf8'));
}

/** Something of every way to break a format, in one string. */
const hostileText = `=1+1|"x",'y' <b onload=a>&lt; [a](javascript:b) {0} @c #1 www.d.vn ]]> \\ \u202e\u0007\n::error\r\n- e`;

/** A few agencies; every status, verdict and area; text that means harm in every field. */
const reports: Record<string, () => Report> = {
  small: smallReport,
  large: () => largeReport(9),
  hostile: () => hostileReport(hostileText),
};

describe.each(Object.entries(reports))('the %s report is written as the golden files say', (size, report) => {
  for (const language of languages) {
    test.each(formatNames)(`%s in ${language}`, async (name) => {
      await matchesGolden(`${name}.${size}.${language}.${suffixes[name]}`, renderers[name](report(), language));
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
