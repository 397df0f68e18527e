const isSpace = (char: string | undefined): boolean => char === ' ' || char === '\t' || char === '\n' || char === '\f' || char === '\r';

/** Longest content attribute that is read. */
const MAX_LENGTH = 4_096;

/** Reads the number at the start; null where there is none. Returns where it ended. */
function readSeconds(text: string): { seconds: number; at: number } | null {
  let at = 0;
  while (isSpace(text[at])) at += 1;
  const start = at;
  while (at < text.length && '0123456789.'.includes(text[at] ?? '-')) at += 1;
  const seconds = Number.parseFloat(text.slice(start, at));
  if (Number.isFinite(seconds)) return { seconds, at };
  return text[start] === '.' ? { seconds: 0, at } : null;
}

/** Moves over `url` and `=` where they stand; otherwise stays. */
function skipUrlWord(text: string, from: number): number {
  if (text.slice(from, from + 3).toLowerCase() !== 'url') return from;
  let at = from + 3;
  while (isSpace(text[at])) at += 1;
  if (text[at] !== '=') return from;
  at += 1;
  while (isSpace(text[at])) at += 1;
  return at;
}

/**
 * Reads the content of `<meta http-equiv="refresh">` as browsers do (WHATWG HTML, "shared declarative refresh steps"): seconds, then
 * `;`, `,` or space, then the URL with or without `url=` and quotes. Null without a URL: a page that loads itself again is no redirect.
 */
export function parseMetaRefresh(content: string): { seconds: number; url: string } | null {
  const text = content.slice(0, MAX_LENGTH);
  const number = readSeconds(text);
  if (number === null) return null;
  let { at } = number;
  if (at < text.length && text[at] !== ';' && text[at] !== ',' && !isSpace(text[at])) return null;
  while (isSpace(text[at])) at += 1;
  if (text[at] === ';' || text[at] === ',') at += 1;
  while (isSpace(text[at])) at += 1;
  at = skipUrlWord(text, at);
  const quote = text[at] === '"' || text[at] === "'" ? text[at] : undefined;
  const rest = text.slice(quote === undefined ? at : at + 1);
  const end = quote === undefined ? -1 : rest.indexOf(quote);
  const url = (end === -1 ? rest : rest.slice(0, end)).trim();
  return url === '' ? null : { seconds: number.seconds, url };
}
