import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/catalogue.ts';
import { renderBadge } from '../../src/reports/badge.ts';
import { smallReport } from '../support/format-reports.ts';
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

describe('a small report is written as the golden files say', () => {
  for (const language of languages) {
    test.each(formatNames)(`%s in ${language}`, async (name) => {
      await matchesGolden(`${name}.${language}.${suffixes[name]}`, renderers[name](smallReport(), language));
    });

    test(`the badge of one agency in ${language}`, async () => {
      await matchesGolden(`badge/agency.${language}.svg`, renderBadge(reportOf([reportAgency()]), { language }));
    });
  }
});
