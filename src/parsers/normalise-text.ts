/** Stands for whatever changes from one request to the next. */
const CHANGING = '#';
/** Words longer than this are not words of a language. */
const MAX_WORD = 64;

function isSpace(code: number): boolean {
  return (
    code <= 0x20 ||
    (code >= 0x7f && code <= 0xa0) ||
    code === 0xad ||
    (code >= 0x2000 && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202f) ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

interface WordShape {
  digits: number;
  lower: number;
  upper: number;
  hex: number;
  /** Characters beyond ASCII: letters of a language, never part of a token. */
  foreign: number;
  /** Characters that tokens contain beside letters and digits: + / = _ - . */
  joiners: number;
}

function shapeOf(text: string, start: number, end: number): WordShape {
  const shape: WordShape = { digits: 0, lower: 0, upper: 0, hex: 0, foreign: 0, joiners: 0 };
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) shape.digits += 1;
    else if (code >= 97 && code <= 122) {
      shape.lower += 1;
      if (code <= 102) shape.hex += 1;
    } else if (code >= 65 && code <= 90) {
      shape.upper += 1;
      if (code <= 70) shape.hex += 1;
    } else if (code > 127) shape.foreign += 1;
    else if (code === 43 || code === 45 || code === 46 || code === 47 || code === 61 || code === 95) shape.joiners += 1;
  }
  return shape;
}

/** Numbers, dates, times, counters; hexadecimal and base64 runs; anything too long to be a word. */
function isChanging(text: string, start: number, end: number): boolean {
  const length = end - start;
  if (length > MAX_WORD) return true;
  const { digits, lower, upper, hex, foreign, joiners } = shapeOf(text, start, end);
  if (digits > 0 && digits >= lower + upper + foreign) return true;
  if (foreign > 0) return false;
  if (digits > 0 && length >= 8 && digits + hex + joiners === length) return true;
  const tokenLike = digits + lower + upper + joiners === length;
  return tokenLike && length >= 16 && (digits >= 2 || (digits > 0 && lower > 0 && upper > 0));
}

/**
 * Visible text made comparable between two fetches of the same page (faults W15): white space becomes single spaces; numbers, dates,
 * times, counters, long hexadecimal or base64 runs, tokens and nonces become `#`, neighbouring ones a single `#`. One linear pass.
 */
export function normaliseText(text: string): string {
  const composed = text.normalize('NFC');
  const words: string[] = [];
  let at = 0;
  let previousChanging = false;
  while (at < composed.length) {
    while (at < composed.length && isSpace(composed.charCodeAt(at))) at += 1;
    const start = at;
    while (at < composed.length && !isSpace(composed.charCodeAt(at))) at += 1;
    if (at === start) break;
    const changing = isChanging(composed, start, at);
    if (!changing) words.push(composed.slice(start, at));
    else if (!previousChanging) words.push(CHANGING);
    previousChanging = changing;
  }
  return words.join(' ');
}

/** White space collapsed and the length cut; nothing else changed. For titles. */
export function collapseSpace(text: string, maxLength: number): string {
  let result = '';
  let pendingSpace = false;
  for (let at = 0; at < text.length && result.length < maxLength; at += 1) {
    if (isSpace(text.charCodeAt(at))) pendingSpace = result !== '';
    else {
      if (pendingSpace) result += ' ';
      result += text[at];
      pendingSpace = false;
    }
  }
  return result.slice(0, maxLength);
}
