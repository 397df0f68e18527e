import type { Resource } from '../model/observation.ts';
import { atOnce, type Slices, sliceLength } from './slices.ts';

const QUOTES = new Set(['"', "'"]);
const isSpace = (char: string | undefined): boolean => char === ' ' || char === '\n' || char === '\t' || char === '\r' || char === '\f';

/** Position in the text, moved by the readers below; every reader moves it forward, so the whole is linear. */
interface Scan {
  text: string;
  at: number;
}

function isNameChar(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 45 || code === 95 || code > 127
  );
}

function skipSpace(scan: Scan): void {
  while (isSpace(scan.text[scan.at])) scan.at += 1;
}

/** Skips a comment whose slash is at the position; an unclosed one takes the rest (CSS Syntax 3, section 4.3.2). */
function skipComment(scan: Scan): void {
  const end = scan.text.indexOf('*/', scan.at + 2);
  scan.at = end === -1 ? scan.text.length : end + 2;
}

const isHex = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);

/** Where the hex digits of an escape end whose backslash is at `at` (CSS Syntax 3, section 4.3.7); with none of them right behind it. */
function digitsEnd(text: string, at: number): number {
  const most = at + 7;
  let end = at + 1;
  while (end < most && isHex(text.charCodeAt(end))) end += 1;
  return end;
}

/** Moves past one escape: its digits and a space after them, or the one character that stands for itself. */
function skipEscape(scan: Scan): void {
  const end = digitsEnd(scan.text, scan.at);
  const hasDigits = end > scan.at + 1;
  scan.at = hasDigits && !isSpace(scan.text[end]) ? end : end + 1;
}

/** Reads one escape whose backslash is at the position. */
function readEscape(scan: Scan): string {
  const start = scan.at + 1;
  const end = digitsEnd(scan.text, scan.at);
  skipEscape(scan);
  if (end === start) {
    const plain = scan.text[start] ?? '';
    return plain === '\n' ? '' : plain;
  }
  const code = Number.parseInt(scan.text.slice(start, end), 16);
  return code === 0 || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}

/** Longest text that is kept of an URL. */
const MAX_VALUE = 2_048;

/**
 * Reads until `isEnd`, with escapes decoded; keeps at most 2,048 characters but always moves past the end, and does so without making
 * strings: a style sheet may be one URL of a megabyte.
 */
function readUntil(scan: Scan, isEnd: (code: number) => boolean): string {
  const { text } = scan;
  let value = '';
  let start = scan.at;
  const keep = (): void => {
    if (value.length < MAX_VALUE) value += text.slice(start, Math.min(scan.at, start + MAX_VALUE));
  };
  while (scan.at < text.length) {
    const code = text.charCodeAt(scan.at);
    if (isEnd(code)) break;
    if (code !== 0x5c) {
      scan.at += 1;
      continue;
    }
    keep();
    if (value.length < MAX_VALUE) value += readEscape(scan);
    else skipEscape(scan);
    start = scan.at;
  }
  keep();
  return value.slice(0, MAX_VALUE);
}

/** A string whose quote is at the position. A bare line end closes it (a "bad string"). */
function readString(scan: Scan): string {
  const quote = scan.text.charCodeAt(scan.at);
  scan.at += 1;
  const value = readUntil(scan, (code) => code === quote || code === 0x0a);
  scan.at += 1;
  return value;
}

const endsUrl = (code: number): boolean => code === 0x29 || code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0b);

/** What is between `url(` and `)`; the position is after the bracket. */
function readUrl(scan: Scan): string {
  skipSpace(scan);
  if (QUOTES.has(scan.text[scan.at] ?? '')) return readString(scan);
  return readUntil(scan, endsUrl);
}

function readName(scan: Scan): string {
  const start = scan.at;
  while (scan.at < scan.text.length && isNameChar(scan.text.charCodeAt(scan.at))) scan.at += 1;
  return scan.text.slice(start, Math.min(scan.at, start + 32)).toLowerCase();
}

/** `@import "x"` and `@import url(x)`; the position is after the keyword. */
function readImport(scan: Scan): string | null {
  skipSpace(scan);
  if (QUOTES.has(scan.text[scan.at] ?? '')) return readString(scan);
  if (readName(scan) !== 'url' || scan.text[scan.at] !== '(') return null;
  scan.at += 1;
  return readUrl(scan);
}

/** A name or at-keyword at the position. Returns the URL it introduces, and whether it opens an `@font-face` rule. */
function readWord(scan: Scan, inFont: boolean): { url: string | null; kind: Resource['kind']; font: boolean } {
  const isAt = scan.text[scan.at] === '@';
  if (isAt) scan.at += 1;
  const name = readName(scan);
  if (isAt) return { url: name === 'import' ? readImport(scan) : null, kind: 'style', font: name === 'font-face' };
  if (name !== 'url' || scan.text[scan.at] !== '(') return { url: null, kind: 'other', font: inFont };
  scan.at += 1;
  return { url: readUrl(scan), kind: inFont ? 'font' : 'image', font: inFont };
}

/**
 * URLs of a style sheet, a `<style>` block or a `style` attribute, as written: `@import` is 'style', `url()` inside `@font-face`
 * is 'font', any other `url()` 'image'. One pass without look-back; at most `maxUrls` are returned.
 */
export function* cssSlices(text: string, maxUrls: number): Slices<Resource[]> {
  const found: Resource[] = [];
  const scan: Scan = { text, at: 0 };
  let inFont = false;
  for (let pauseAt = sliceLength; scan.at < text.length && found.length < maxUrls; ) {
    const char = text[scan.at] ?? '';
    if (char === '/' && text[scan.at + 1] === '*') skipComment(scan);
    else if (QUOTES.has(char)) readString(scan);
    else if (char === '\\') scan.at += 2;
    else if (char === '@' || isNameChar(text.charCodeAt(scan.at))) {
      const word = readWord(scan, inFont);
      inFont = word.font;
      if (word.url !== null && word.url !== '') found.push({ url: word.url, kind: word.kind });
    } else {
      if (char === '}') inFont = false;
      scan.at += 1;
    }
    if (scan.at < pauseAt) continue;
    pauseAt = scan.at + sliceLength;
    yield;
  }
  return found;
}

/** The same in one go, for what is small. */
export const cssUrls = (text: string, maxUrls: number): Resource[] => atOnce(cssSlices(text, maxUrls));
