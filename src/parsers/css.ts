import type { Resource } from '../model/observation.ts';

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

/** Reads one escape whose backslash is at the position (CSS Syntax 3, section 4.3.7). */
function readEscape(scan: Scan): string {
  scan.at += 1;
  let digits = '';
  while (digits.length < 6 && scan.at < scan.text.length && '0123456789abcdefABCDEF'.includes(scan.text[scan.at] ?? '-')) {
    digits += scan.text[scan.at];
    scan.at += 1;
  }
  if (digits === '') {
    const plain = scan.text[scan.at] ?? '';
    scan.at += 1;
    return plain === '\n' ? '' : plain;
  }
  if (isSpace(scan.text[scan.at])) scan.at += 1;
  const code = Number.parseInt(digits, 16);
  return code === 0 || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}

/** Reads until `isEnd`, with escapes decoded; keeps at most 2,048 characters but always moves past the end. */
function readUntil(scan: Scan, isEnd: (char: string) => boolean): string {
  let value = '';
  while (scan.at < scan.text.length) {
    const char = scan.text[scan.at] ?? '';
    if (isEnd(char)) break;
    let piece = char;
    if (char === '\\') piece = readEscape(scan);
    else scan.at += 1;
    if (value.length < 2_048) value += piece;
  }
  return value;
}

/** A string whose quote is at the position. A bare line end closes it (a "bad string"). */
function readString(scan: Scan): string {
  const quote = scan.text[scan.at];
  scan.at += 1;
  const value = readUntil(scan, (char) => char === quote || char === '\n');
  scan.at += 1;
  return value;
}

/** What is between `url(` and `)`; the position is after the bracket. */
function readUrl(scan: Scan): string {
  skipSpace(scan);
  if (QUOTES.has(scan.text[scan.at] ?? '')) return readString(scan);
  const value = readUntil(scan, (char) => char === ')' || isSpace(char));
  return value;
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
export function cssUrls(text: string, maxUrls: number): Resource[] {
  const found: Resource[] = [];
  const scan: Scan = { text, at: 0 };
  let inFont = false;
  while (scan.at < text.length && found.length < maxUrls) {
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
  }
  return found;
}
