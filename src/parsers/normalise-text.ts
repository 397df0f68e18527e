import { atOnce, type Slices, sliceLength, textPieces } from './slices.ts';

/** Stands for whatever changes from one request to the next. */
const CHANGING = '#';
/** Words longer than this are not words of a language. */
const MAX_WORD = 64;
/** The same before composition, which makes at most four characters one. */
const MAX_WRITTEN_WORD = 4 * MAX_WORD;

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

function shapeOf(word: string): WordShape {
  const shape: WordShape = { digits: 0, lower: 0, upper: 0, hex: 0, foreign: 0, joiners: 0 };
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
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
function isChanging(word: string): boolean {
  const { length } = word;
  if (length > MAX_WORD) return true;
  const { digits, lower, upper, hex, foreign, joiners } = shapeOf(word);
  if (digits > 0 && digits >= lower + upper + foreign) return true;
  if (foreign > 0) return false;
  if (digits > 0 && length >= 8 && digits + hex + joiners === length) return true;
  const tokenLike = digits + lower + upper + joiners === length;
  return tokenLike && length >= 16 && (digits >= 2 || (digits > 0 && lower > 0 && upper > 0));
}

/** Below it no character changes under NFC. */
const FIRST_COMBINING = 0x300;

/**
 * A word in NFC. Word by word, because the time of `normalize` grows with the square of a run of combining marks (measured: 32,000 took
 * half a second), and spaces compose with nothing.
 */
function composedWord(text: string, start: number, end: number): string {
  const word = text.slice(start, end);
  for (let at = 0; at < word.length; at += 1) if (word.charCodeAt(at) >= FIRST_COMBINING) return word.normalize('NFC');
  return word;
}

/**
 * Visible text made comparable between two fetches of the same page (faults W15): white space becomes single spaces; numbers, dates,
 * times, counters, long hexadecimal or base64 runs, tokens and nonces become `#`, neighbouring ones a single `#`. One linear pass.
 */
export function* normalisedSlices(text: string): Slices<string> {
  const words = textPieces(' ');
  let at = 0;
  let previousChanging = false;
  for (let pauseAt = sliceLength; at < text.length; ) {
    while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
    const start = at;
    while (at < text.length && !isSpace(text.charCodeAt(at))) at += 1;
    if (at === start) break;
    const word = at - start > MAX_WRITTEN_WORD ? null : composedWord(text, start, at);
    const changing = word === null || isChanging(word);
    if (!changing) words.push(word);
    else if (!previousChanging) words.push(CHANGING);
    previousChanging = changing;
    if (at < pauseAt) continue;
    pauseAt = at + sliceLength;
    words.flush();
    yield;
  }
  return words.finish();
}

/** The same in one go. */
export const normaliseText = (text: string): string => atOnce(normalisedSlices(text));

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
