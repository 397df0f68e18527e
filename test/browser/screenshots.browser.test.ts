import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderHtml } from '../../src/reports/html/html.ts';
import { largeReport, sampleChecks } from '../support/sample-reports.ts';
import { startChromium } from './chromium.ts';
import { short } from './short.ts';

let chromium: Awaited<ReturnType<typeof startChromium>>;
let folder = '';

beforeAll(async () => {
  chromium = await startChromium();
  folder = process.env.SCREENSHOTS ?? (await mkdtemp(join(tmpdir(), 'ipv6gov-screenshots-')));
  await mkdir(folder, { recursive: true });
});
afterAll(async () => chromium?.close());

test.each([
  [360, false, 'vi'],
  [1600, false, 'vi'],
  [360, true, 'en'],
  [1600, true, 'en'],
] as const)('at %i px (dark: %s, %s) nothing is wider than the window', async (width, dark, lang) => {
  const { page } = await chromium.open(renderHtml(short(largeReport(109)), { lang, checks: sampleChecks }), { width, dark });
  const shot = (part: string, y: number, height: number) =>
    page.screenshot({
      path: join(folder, `${width}-${lang}-${dark ? 'dark' : 'light'}-${part}.png`),
      fullPage: true,
      clip: { x: 0, y, width, height },
    });
  const top = (selector: string): Promise<number> =>
    page.evaluate((own) => (document.querySelector(own)?.getBoundingClientRect().top ?? 0) + scrollY, selector);
  await shot('first', 0, width < 600 ? 2600 : 1500);
  await shot('table', await top('.pair'), 1800);
  await page.evaluate(() => {
    location.hash = '#a3';
  });
  await page.waitForSelector('#a3[open]');
  await page.locator('#a3 .evidence > summary').first().click();
  await shot('detail', await top('#a3'), 1900);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
