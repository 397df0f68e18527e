import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a page said and asked while it was open. Both are empty for a sound report. */
export interface Heard {
  errors: string[];
  requests: string[];
}

export interface Opened extends Heard {
  page: Page;
  file: string;
  /** From the start of the navigation until the page had been drawn. */
  openMs: number;
  /** Processor time of the page's main thread for that: what else the machine does is not in it. */
  mainThreadMs: number;
}

export interface OpenOptions {
  width?: number;
  dark?: boolean;
  script?: boolean;
  /** Leaves the pages opened before as they are. */
  keep?: boolean;
}

/** One Chromium over a folder of its own. Without a browser this fails: a check that is skipped tells nothing. */
export async function startChromium() {
  if (!existsSync(executablePath))
    throw new Error(`No Chromium at ${executablePath}: install the package chromium, or name the program in CHROMIUM.`);
  const folder = await mkdtemp(join(tmpdir(), 'ipv6gov-browser-'));
  let files = 0;
  const browser = await chromium.launch({ executablePath, headless: true, args: quiet });

  async function open(html: string, { width = 1440, dark = false, script = true, keep = false }: OpenOptions = {}): Promise<Opened> {
    files += 1;
    const file = join(folder, `report-${files}.html`);
    await writeFile(file, html);
    // One page at a time: what an earlier test left open would take from the time of this one.
    if (!keep) await Promise.all(browser.contexts().map((context) => context.close()));
    const context = await browser.newContext({
      viewport: { width, height: width < 600 ? 780 : 900 },
      colorScheme: dark ? 'dark' : 'light',
      javaScriptEnabled: script,
      reducedMotion: 'reduce',
      // The policy of the page must hold in the tests too; axe is put in by the debugger, which it does not bind.
      bypassCSP: false,
    });
    const page = await context.newPage();
    const heard = listen(page, pathToFileURL(file).href);
    const debug = await context.newCDPSession(page);
    await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
    const start = performance.now();
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    if (script) await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const openMs = performance.now() - start;
    const { metrics } = await debug.send('Performance.getMetrics');
    await debug.detach();
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
    return { ...heard, page, file, openMs, mainThreadMs: seconds * 1_000 };
  }

  async function close(): Promise<void> {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { open, close };
}

function listen(page: Page, own: string): Heard {
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== own) requests.push(request.url());
  });
  return { errors, requests };
}
