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
