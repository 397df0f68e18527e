/** An element as `name` for `<name …>` and `/name` for its end, in the order of the text; attributes and text decoded. */
export interface XmlPart {
  tag: string;
  attributes: Record<string, string>;
  text: string;
}

const name = /[A-Za-z_][A-Za-z0-9_.-]*/y;
const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Reads the part of XML 1.0 that our files use and throws where it is not well-formed: one root, ends that match, no repeated attribute. */
export function readXml(xml: string): XmlPart[] {
  const bad = forbidden.exec(xml);
  if (bad !== null) throw new Error(`forbidden character at ${bad.index}`);
  const parts: XmlPart[] = [];
  const open: string[] = [];
  let at = 0;
  const take = (literal: string): boolean => {
    if (!xml.startsWith(literal, at)) return false;
    at += literal.length;
    return true;
  };
  const until = (end: string): string => {
    const found = xml.indexOf(end, at);
    if (found === -1) throw new Error(`no ${end} after ${at}`);
    const text = xml.slice(at, found);
    at = found + end.length;
    return text;
  };
  const word = (): string => {
    name.lastIndex = at;
    const found = name.exec(xml)?.[0];
    if (found === undefined) throw new Error(`no name at ${at}`);
    at += found.length;
    return found;
  };
  const text = (content: string): void => {
    const current = parts.at(-1);
    if (open.length === 0 && content.trim() !== '') throw new Error(`text outside the root before ${at}`);
    if (current !== undefined) current.text += content;
  };
  if (take('<?xml')) until('?>');
  while (at < xml.length) {
    if (take('<![CDATA[')) text(until(']]>'));
    else if (take('</')) {
      const tag = word();
      if (until('>').trim() !== '' || open.pop() !== tag) throw new Error(`wrong end </${tag}> before ${at}`);
      parts.push({ tag: `/${tag}`, attributes: {}, text: '' });
    } else if (take('<')) {
      if (open.length === 0 && parts.length > 0) throw new Error('a second root');
      const tag = word();
      const part: XmlPart = { tag, attributes: {}, text: '' };
      parts.push(part);
      for (;;) {
        const before = at;
        while (/\s/.test(xml.charAt(at))) at += 1;
        if (take('/>')) {
          parts.push({ tag: `/${tag}`, attributes: {}, text: '' });
          break;
        }
        if (take('>')) {
          open.push(tag);
          break;
        }
        if (at === before) throw new Error(`no blank before an attribute at ${at}`);
        const key = word();
        if (!take('=')) throw new Error(`no = at ${at}`);
        const quote = take('"') ? '"' : take("'") ? "'" : '';
        if (quote === '' || Object.hasOwn(part.attributes, key)) throw new Error(`bad attribute ${key}`);
        part.attributes[key] = decode(until(quote));
      }
    } else {
      const next = xml.indexOf('<', at);
      const content = xml.slice(at, next === -1 ? xml.length : next);
      at += content.length;
      if (content.includes(']]>')) throw new Error('"]]>" in text');
      text(decode(content));
    }
  }
  if (open.length > 0 || parts.length === 0) throw new Error(`not closed: ${open.join(' ')}`);
  return parts;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  if (text.includes('<')) throw new Error('"<" in text or attribute');
  return text.replace(/&([^;&]{0,10});?/g, (whole, entity: string) => {
    const code = /^#x([0-9A-Fa-f]+)$/.exec(entity)?.[1];
    const known = code === undefined ? entities[entity] : String.fromCodePoint(Number.parseInt(code, 16));
    if (known === undefined || !whole.endsWith(';')) throw new Error(`unknown entity ${whole}`);
    return known;
  });
}
