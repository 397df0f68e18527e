import { createHash } from 'node:crypto';
import { SAXParser } from 'parse5-sax-parser';

export interface HtmlElement {
  name: string;
  attributes: Record<string, string>;
  children: (HtmlElement | string)[];
}

const voids = new Set(['meta', 'input', 'br', 'hr', 'link', 'wbr', 'img', 'col', 'source']);

/**
 * The elements of a page as parse5 reads them. Stricter than a browser, which mends what it can: throws where an end does not match, an
 * element is not closed or an attribute is there twice, so that what is in the text is what is in the tree.
 */
export function readHtml(html: string): HtmlElement {
  const root: HtmlElement = { name: '#document', attributes: {}, children: [] };
  const open = [root];
  const parser = new SAXParser({ sourceCodeLocationInfo: true });
  const into = (): HtmlElement => open.at(-1) ?? root;
  parser.on('startTag', ({ tagName, attrs, selfClosing, sourceCodeLocation }) => {
    const written = html.slice(sourceCodeLocation?.startOffset, sourceCodeLocation?.endOffset);
    const names = [...written.replace(/"[^"]*"/g, '""').matchAll(/\s([^\s=>/]+)/g)].map(([, name = '']) => name);
    if (new Set(names).size !== names.length) throw new Error(`an attribute twice: ${written}`);
    const element = { name: tagName, attributes: Object.fromEntries(attrs.map(({ name, value }) => [name, value])), children: [] };
    into().children.push(element);
    if (!selfClosing && !voids.has(tagName)) open.push(element);
  });
  parser.on('endTag', ({ tagName }) => {
    if (open.pop()?.name !== tagName || open.length === 0) throw new Error(`</${tagName}> ends nothing`);
  });
  parser.on('text', ({ text }) => {
    const { children } = into();
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + text;
    else children.push(text);
  });
  parser.on('comment', ({ text }) => into().children.push({ name: '#comment', attributes: { text }, children: [] }));
  parser.on('doctype', ({ name }) => into().children.push({ name: '#doctype', attributes: { name: name ?? '' }, children: [] }));
  parser.end(html);
  if (open.length !== 1) throw new Error(`not closed: ${open.map(({ name }) => name).join(' ')}`);
  // To a parser with script this element is text; a browser without script reads it like the rest.
  for (const element of elementsOf(root, 'noscript')) element.children = readHtml(textOf(element)).children;
  return root;
}

/** Elements of a name, in the order of the page. */
export function elementsOf(root: HtmlElement, name: string): HtmlElement[] {
  const inside = root.children.filter((child) => typeof child !== 'string');
  return inside.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)]);
}

export const textOf = ({ children }: HtmlElement): string =>
  children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');

/**
 * A page as lines: an element, an attribute or a text each in its place. Scripts and styles are their hash, data for scripts is JSON with
 * a value a line. Of more than `most` children of one kind the rest is one hash.
 */
export function canonicalHtml(html: string, most: number): string {
  return `${linesOf(readHtml(html), most).join('\n')}\n`;
}

/** Lines that differ, by number: before and after. Texts of different lengths are told as a whole. */
export function changedLines(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  if (old.length !== now.length) return after;
  return now.flatMap((line, at) => (line === old[at] ? [] : [`${at + 1} - ${old[at]}`, `${at + 1} + ${line}`])).join('\n');
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

function linesOf(element: HtmlElement, most: number): string[] {
  const seen = new Map<string, number>();
  const rest = new Map<string, string[]>();
  const lines: string[] = [];
  for (const child of element.children) {
    const own = childLines(child, element, most);
    if (own.length === 0) continue;
    const kind = typeof child === 'string' ? '#text' : child.name;
    const number = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, number);
    if (number <= most) lines.push(...own);
    else rest.set(kind, [...(rest.get(kind) ?? []), ...own]);
  }
  for (const [kind, own] of rest) lines.push(`… ${(seen.get(kind) ?? 0) - most} more ${kind}: ${hashOf(own.join('\n'))}`);
  return lines;
}

function childLines(child: HtmlElement | string, parent: HtmlElement, most: number): string[] {
  if (typeof child === 'string') return textLines(child, parent, most);
  const attributes = Object.entries(child.attributes).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  const inside = linesOf(child, most);
  const start = `<${child.name}${attributes.join('')}>`;
  if (child.children.length === 1 && typeof child.children[0] === 'string') return [[start, ...inside].join(' ')];
  return [start, ...inside.map((line) => ` ${line}`)];
}

function textLines(text: string, { name, attributes }: HtmlElement, most: number): string[] {
  if (name === 'script' && attributes.type === 'application/json') return jsonLines(folded(JSON.parse(text), most));
  if (name === 'script' || name === 'style') return [`${name}: ${hashOf(text)}`];
  return /^\n*$/.test(text) ? [] : [JSON.stringify(text)];
}

/** A value a line, but lists of plain values, and short ones, on one line. */
function jsonLines(value: unknown): string[] {
  const whole = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || whole.length < 100) return [whole];
  const [start, end] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const items = Object.entries(value).map(([key, item]) => {
    const [first = '', ...rest] = jsonLines(item);
    return [Array.isArray(value) ? first : `${JSON.stringify(key)}: ${first}`, ...rest].map((line) => ` ${line}`);
  });
  return [start, ...items.flat(), end];
}

/** The value with the end of each long list as one hash. */
function folded(value: unknown, most: number): unknown {
  if (Array.isArray(value)) {
    const rest = value.slice(most);
    const kept = value.slice(0, most).map((item) => folded(item, most));
    return rest.length === 0 ? kept : [...kept, `… ${rest.length} more: ${hashOf(JSON.stringify(rest))}`];
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, folded(item, most)]));
}
