import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { hostileReport, largeReport, smallReport } from './format-reports.ts';

const folder = join(import.meta.dirname, '../../fixtures/reports');

/** UPDATE_GOLDEN=1 writes the files anew; look at the difference before you commit it. */
export async function matchesGolden(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  if (process.env.UPDATE_GOLDEN === '1') {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  expect(text).toBe(await readFile(path, 'utf8'));
}

/** Something of every way to break a format, in one string. */
export const goldenHostileText = `=1+1|"x",'y' <b onload=a>&lt; [a](javascript:b) {0} @c #1 www.d.vn ]]> \\ \u202e\u0007\n::error\r\n- e`;

/** The runs of the golden files: a few agencies; every status, verdict and area; text that means harm in every field. */
export const goldenReports = {
  small: smallReport,
  large: () => largeReport(9),
  hostile: () => hostileReport(goldenHostileText),
} satisfies Record<string, () => Report>;
