/**
 * Characters that change what a terminal or an editor shows, beside C0, DEL and C1: soft hyphen, Arabic letter mark, Mongolian vowel
 * separator, zero-width and direction marks, separators of lines, word joiner and invisible operators, byte order mark, interlinear
 * marks, tags and other format characters (Unicode Cf, Zl, Zp), and lone surrogates.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]/gu;

/**
 * Makes a string from anywhere harmless and visible on one line: U+202E becomes ‹U+202E› (faults S1). Line feeds too: lines are made by
 * the renderer. Every string that reaches a terminal passes here.
 */
export function visible(text: string): string {
  return text.replace(unsafe, (character) => `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`);
}

/**
 * JSON in which such characters are written as escapes, as JSON itself does only below U+0020: a reader of the JSON gets every string as it
 * was, a terminal that shows it nothing that acts (faults S1). Line feeds are those of the indentation.
 */
export function jsonText(value: unknown, indent = 0): string {
  const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, indent).replace(unsafe, (character) =>
    character === '\n' ? character : Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(''),
  );
}

/** Harmless and cut to at most `length` characters with an ellipsis. Cuts between code points. */
export function visibleShort(text: string, length: number): string {
  const characters = Array.from(visible(text.slice(0, length * 4)));
  return characters.length <= length && text.length <= length * 4 ? characters.join('') : `${characters.slice(0, length - 1).join('')}…`;
}

/**
 * An output line that begins with `::`, blanks aside, is a command to the CI runner that shows it (faults S4): a mark is put before it. For
 * whole lines, because wrapping may bring any word to the front.
 */
export function withoutCommand(line: string): string {
  const text = line.trimStart();
  return text.startsWith('::') ? `${line.slice(0, line.length - text.length)}· ${text}` : line;
}
