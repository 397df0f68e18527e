import { hashOfThree, hashText, MAX_SHINGLES } from './min-hash.ts';

/** Elements without content (WHATWG HTML, "void elements"). */
const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr']);
/** Elements whose end tag is usually left out before the next of the same name. */
const closedByNext = new Set(['p', 'li', 'tr', 'td', 'th', 'option', 'dt', 'dd']);
/** Deeper elements are not opened: pages of unclosed tags must cost no more than others. */
const MAX_DEPTH = 256;
/** How far up an end tag looks for its start. */
const MAX_LOOK_UP = 32;

/** The shape of a page, without its words. */
export interface TagPaths {
  open(tagName: string): void;
  close(tagName: string): void;
  /** Hashes of all runs of three tag paths; a tag path is an element's name under its three nearest ancestors. */
  shingles(): number[];
}

export function tagPaths(): TagPaths {
  const names: string[] = [];
  const hashes: number[] = [];
  const found: number[] = [];
  let first = 0;
  let second = 0;
  let elements = 0;
  const pop = (): void => {
    names.pop();
    hashes.pop();
  };
  return {
    open(tagName) {
      if (closedByNext.has(tagName) && names.at(-1) === tagName) pop();
      const depth = hashes.length;
      const name = hashText(tagName, 0, Math.min(tagName.length, 32));
      const path = hashOfThree(name, hashes[depth - 1] ?? 0, hashOfThree(hashes[depth - 2] ?? 0, hashes[depth - 3] ?? 0, 0));
      elements += 1;
      if (elements >= 3 && found.length < MAX_SHINGLES) found.push(hashOfThree(first, second, path));
      first = second;
      second = path;
      if (empty.has(tagName) || depth >= MAX_DEPTH) return;
      names.push(tagName);
      hashes.push(name);
    },
    close(tagName) {
      const lowest = Math.max(0, names.length - MAX_LOOK_UP);
      for (let at = names.length - 1; at >= lowest; at -= 1) {
        if (names[at] !== tagName) continue;
        while (names.length > at) pop();
        return;
      }
    },
    shingles: () => found,
  };
}
