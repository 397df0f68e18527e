import { visible } from './escape.ts';

/** An HTML comment: shows nothing, is not copied, and keeps what stands around it from being read as one word. */
const breaker = '<!-- -->';

/**
 * Characters with a meaning in Markdown, HTML or the reference syntax of code hosts (@name, #1, !1, $1, ~label, ^alert), then what turns
 * into a link without any markup (https://, www., GH-1) or into a picture (`2001:b::1` holds `:b:`; the renderer may add the last
 * colon; `:15:` of a time is none).
 */
const active = /[&<>`*_[\]\\|~#@!$^]|:(?=\/\/|(?!\d{1,2}:)[\w+-]{1,40}(?::|$))|www(?=\.)|gh(?=-\d)/gi;

/**
 * Text from anywhere as plain text of one line, in Markdown and inside HTML blocks alike (faults S4): no markup, table cell, link, mention
 * or `##[command]` can arise, because entities are never markup and references are cut by a comment. It must not begin a line: there
 * `1.`, `-` and `::` have a meaning of their own, so the renderer puts its own words first.
 */
export function markdownText(text: string): string {
  return visible(text).replace(active, (found, offset: number, whole: string) => {
    if (found.length > 1 || found === ':') return found + breaker;
    const isReference = found === '@' || found === '#' || (/[!$~^&[]/.test(found) && /[\w"']/.test(whole.charAt(offset + 1)));
    return `&#${found.charCodeAt(0)};${isReference ? breaker : ''}`;
  });
}

/** A host, check or domain: in code style where it is nothing but letters, digits, dots, hyphens and underscores, else as text. */
export function markdownName(text: string): string {
  return /^[A-Za-z0-9._-]{1,253}$/.test(text) ? `\`${text}\`` : markdownText(text);
}

/** What a configuration line or command consists of: nothing here is a reference, a table cell or the end of the code. */
const code = /(?<!`)`(?! )[\w .:;,=+/()[\]{}"'*-]{1,80}`(?!`)/g;

/**
 * A sentence of ours that names configuration in backticks: those stay code. A value inside it that holds backticks cannot get more out of
 * this than code style for harmless characters (faults S4).
 */
export function markdownSentence(text: string): string {
  let end = 0;
  let written = '';
  for (const found of text.matchAll(code)) {
    written += `${markdownText(text.slice(end, found.index))}${found[0]}`;
    end = found.index + found[0].length;
  }
  return written + markdownText(text.slice(end));
}
