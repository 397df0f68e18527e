import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { htmlWords } from '../../i18n/html-words.ts';
import type { Report } from '../../model/report.ts';
import { type CheckCard, checksOf } from '../check-titles.ts';
import { compactData } from './compact-data.ts';
import { neutral } from './neutral.ts';
import { Page } from './page.tsx';
import { problemsOf } from './problems.ts';
import { rowData } from './row-data.ts';
import { earlyScript, script } from './script.ts';
import { earlyScriptHash, scriptHash, styleHash } from './seals.ts';
import { style } from './style.ts';
import type { View } from './view.ts';

/** Up to so many agencies the details are in the page and need no script. */
const mostInPage = 150;
/** Under the 15 MB that may be mailed, by so much that the file opens quickly too: a browser takes a second for every 5 MB or so. */
const mostBytes = 12_000_000;

export interface HtmlOptions {
  /** The language shown first, and without script. */
  lang: 'vi' | 'en';
  /** Titles, messages and references of checks; without them a finding shows the id of its check. */
  checks?: readonly CheckCard[];
}

/**
 * The report as one HTML file that loads nothing: readable without script, in both languages, with a content policy that allows only its
 * own style sheet and scripts (by hash). Every string of the report passes `neutral` before it is drawn (faults S1, S2).
 */
export function renderHtml(report: Report, { lang, checks = [] }: HtmlOptions): string {
  const safe = neutral(report);
  const cards = checksOf(checks);
  const small = safe.agencies.length <= mostInPage;
  const view: View = { report: safe, lang, checks: cards, problems: problemsOf(safe.agencies, cards), small };
  const page = `${head(lang)}${render(h(Page, view))}`;
  const data = small ? '' : dataOf(view, mostBytes - bytesOf(page));
  return `${page}\n${data}<script>${script}</script>\n</body>\n</html>\n`;
}

/** Rows apart from details: the rows are read when the page opens, the details when one is asked for. */
function dataOf(view: View, bytes: number): string {
  const rows = rowData(view);
  const details = compactData(view.report, view.checks, bytes - bytesOf(rows));
  return `<script type="application/json" id="rows">${rows}</script>\n<script type="application/json" id="data">${details}</script>\n`;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function head(lang: 'vi' | 'en'): string {
  const policy = [
    "default-src 'none'",
    `script-src '${earlyScriptHash}' '${scriptHash}'`,
    `style-src '${styleHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const title = (language: 'vi' | 'en'): string => `${htmlWords.title[language]} · ipv6gov`;
  return [
    '<!doctype html>',
    `<html lang="${lang}" data-lang="${lang}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title data-vi="${title('vi')}" data-en="${title('en')}">${title(lang)}</title>`,
    `<style>${style}</style>`,
    `<script>${earlyScript}</script>`,
    '</head>',
    '<body>',
    '',
  ].join('\n');
}
