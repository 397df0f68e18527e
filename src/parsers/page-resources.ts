import type { Resource } from '../model/observation.ts';
import { cssUrls } from './css.ts';
import type { ResourceList } from './resource-list.ts';

/** Attributes of an element by name; the first of a name wins, as in browsers. */
export type Attributes = ReadonlyMap<string, string>;

/** Elements whose one attribute names what is loaded. */
const simple: Record<string, readonly [attribute: string, kind: Resource['kind']][]> = {
  script: [['src', 'script']],
  img: [['src', 'image']],
  iframe: [['src', 'frame']],
  frame: [['src', 'frame']],
  video: [
    ['src', 'media'],
    ['poster', 'image'],
  ],
  audio: [['src', 'media']],
  track: [['src', 'media']],
  object: [['data', 'other']],
  embed: [['src', 'other']],
  form: [['action', 'form']],
  button: [['formaction', 'form']],
  a: [['href', 'anchor']],
  area: [['href', 'anchor']],
  body: [['background', 'image']],
  table: [['background', 'image']],
  td: [['background', 'image']],
  image: [['href', 'image']],
  use: [['href', 'image']],
};

function addSrcset(list: ResourceList, srcset: string | undefined): void {
  if (srcset === undefined) return;
  let at = 0;
  // Candidates are split at a comma that a space follows or that ends one (WHATWG HTML, "parse a srcset attribute").
  for (let count = 0; at < srcset.length && count < 100; count += 1) {
    while (at < srcset.length && (srcset.charCodeAt(at) <= 0x20 || srcset[at] === ',')) at += 1;
    const start = at;
    while (at < srcset.length && srcset.charCodeAt(at) > 0x20) at += 1;
    let end = at;
    while (end > start && srcset[end - 1] === ',') end -= 1;
    list.add(srcset.slice(start, end), 'image');
    if (end === at) while (at < srcset.length && srcset[at] !== ',') at += 1;
  }
}

/** Only what a browser loads for the page itself: canonical, alternate, author, next, license… are no resources (faults W21). */
function addLink(list: ResourceList, attributes: Attributes): void {
  const rel = (attributes.get('rel') ?? '').slice(0, 256).toLowerCase().split(/\s/u);
  const href = attributes.get('href');
  if (rel.includes('stylesheet')) {
    if (!rel.includes('alternate')) list.add(href, 'style');
  } else if (rel.includes('icon') || rel.includes('apple-touch-icon')) list.add(href, 'image');
  else if (rel.includes('preload') || rel.includes('modulepreload')) list.add(href, 'preload');
}

/** Adds what one start tag makes a browser load. `parent` tells a picture's source from a video's. */
export function addElement(list: ResourceList, tagName: string, attributes: Attributes): void {
  if (tagName === 'link') addLink(list, attributes);
  else if (tagName === 'input') {
    if (attributes.get('type')?.toLowerCase() === 'image') list.add(attributes.get('src'), 'image');
    list.add(attributes.get('formaction'), 'form');
  } else if (tagName === 'source') {
    list.add(attributes.get('src'), 'media');
    addSrcset(list, attributes.get('srcset'));
  } else {
    for (const [attribute, kind] of simple[tagName] ?? []) list.add(attributes.get(attribute), kind);
    if (tagName === 'img') addSrcset(list, attributes.get('srcset'));
  }
  const style = attributes.get('style');
  if (style?.includes('(') === true) addCss(list, style);
}

/** Adds the URLs of a style block or attribute; at most 200 of each. */
export function addCss(list: ResourceList, text: string): void {
  for (const { url, kind } of cssUrls(text, 200)) list.add(url, kind);
}
