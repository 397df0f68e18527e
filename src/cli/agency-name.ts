import { isIP } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';
import type { NameProblem } from '../i18n/error-texts.ts';
import type { Settings } from '../model/settings.ts';

export type NameResult = { name: string } | { problem: NameProblem };

/** Longer input is not looked at any further. */
const maxTypedCharacters = 1_024;
const control = /\p{Cc}/u;
/** Format characters, line separators, lone surrogates, fillers: nothing a person typed. */
const hidden = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]/u;
const asciiLabel = /^[a-z0-9-]+$/;
const letterOrMark = /^[\p{L}\p{M}\p{N}-]+$/u;

/**
 * One host name of the input as lower-case A-labels without the final dot (faults A1, A2). Separators and shapes that are no name are
 * refused before `domainToASCII`, which would turn `127.1` into an address and `gov.vn/..` into a name; length, hyphens and characters
 * are checked after it (RFC 1123 §2.1, RFC 5890).
 */
export function readName(typed: string, limits: Settings['input']): NameResult {
  const text = typed.trim();
  const shape = shapeProblem(text);
  if (shape !== null) return { problem: shape };
  const dotted = text.endsWith('.') ? text.slice(0, -1) : text;
  const name = dotted.normalize('NFC').toLowerCase();
  const labels = name.split('.');
  if (labels.some((label) => label === '')) return { problem: 'empty-label' };
  if (looksLikeAddress(name.normalize('NFKC'))) return { problem: 'ip-address' };
  if (labels.length === 1) return { problem: 'single-label' };
  for (const label of labels) {
    const problem = labelProblem(label);
    if (problem !== null) return { problem };
  }
  return toALabels(name, limits);
}

/** The name as people write it, for an agency that has no other. */
export function readableName(name: string): string {
  const unicode = domainToUnicode(name);
  return unicode === '' ? name : unicode;
}

/** Is the name the suffix itself or below it? Both are A-labels. */
export function isUnder(name: string, suffix: string): boolean {
  return name === suffix || name.endsWith(`.${suffix}`);
}

function shapeProblem(text: string): NameProblem | null {
  if (text === '') return 'empty';
  if (text.length > maxTypedCharacters) return 'name-too-long';
  if (control.test(text)) return 'control-character';
  if (hidden.test(text)) return 'hidden-character';
  if (text.includes('://') || text.startsWith('//')) return 'url';
  if (text.includes('@')) return 'user-info';
  if (isIP(text.startsWith('[') ? text.slice(1, -1) : text) !== 0) return 'ip-address';
  if (/[/\\?#]/.test(text)) return isIP(text.slice(0, text.indexOf('/'))) === 0 ? 'path' : 'ip-address';
  if (text.includes(':')) return text.startsWith('[') || text.indexOf(':') !== text.lastIndexOf(':') ? 'ip-address' : 'port';
  if (/\s/u.test(text)) return 'blank';
  return text.includes('*') ? 'wildcard' : null;
}

/** What a URL parser would read as an IPv4 address: the last label is a number, decimal, octal or hexadecimal (WHATWG URL, "ends in a number"). */
function looksLikeAddress(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return /^[0-9]+$/.test(last) || /^0x[0-9a-f]*$/.test(last);
}

function labelProblem(label: string): NameProblem | null {
  if (label.includes('_')) return 'underscore';
  if (label.startsWith('-') || label.endsWith('-')) return 'hyphen';
  return letterOrMark.test(label) ? null : 'bad-character';
}

function toALabels(name: string, limits: Settings['input']): NameResult {
  const isAscii = name.split('.').every((label) => asciiLabel.test(label));
  const ascii = isAscii && !name.includes('xn--') ? name : domainToASCII(name);
  // domainToASCII gives '' for too long labels too when it must encode them.
  if (ascii === '') return { problem: 'bad-idn' };
  const labels = ascii.split('.');
  if (labels.some((label) => label.length > limits.maxLabelOctets)) return { problem: 'label-too-long' };
  if (ascii.length > limits.maxNameOctets) return { problem: 'name-too-long' };
  if (isIP(ascii) !== 0 || looksLikeAddress(ascii)) return { problem: 'ip-address' };
  if (!labels.every((label) => asciiLabel.test(label))) return { problem: 'bad-character' };
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-'))) return { problem: 'hyphen' };
  // An A-label that is not what its own U-label makes is a disguise (RFC 5891 §5.4).
  return domainToASCII(domainToUnicode(ascii)) === ascii ? { name: ascii } : { problem: 'bad-idn' };
}
