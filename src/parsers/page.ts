import { SAXParser, type StartTag } from 'parse5-sax-parser';
import type { Resource } from '../model/observation.ts';
import { parseMetaRefresh } from './meta-refresh.ts';
import { collapseSpace } from './normalise-text.ts';
import { type Attributes, addCss, addElement } from './page-resources.ts';
import { resourceList } from './resource-list.ts';
import { type Slices, sliceLength, type TextPieces, textPieces } from './slices.ts';
import { type TagPaths, tagPaths } from './tag-path.ts';
import { MAX_URL_LENGTH, parseUrl } from './url-literals.ts';

/** What is read from a page in one pass, without a tree. */
export interface Page {
  title: string | null;
  canonical: string | null;
  /** Visible text as written, of the compared part. */
  text: string;
  /** Tag-path shingles of the compared part. */
  tagShingles: number[];
  scriptCount: number;
  resources: Resource[];
  /** A limit was reached: a host may be missing. */
  resourcesCut: boolean;
  metaRefresh: { seconds: number; url: string } | null;
}

/** Elements whose text no reader sees. A `noscript` is unseen by browsers with scripts; the parser takes it as raw text. */
const hidden = new Set(['script', 'style', 'noscript', 'template', 'iframe', 'noembed', 'noframes', 'title', 'textarea']);
/**
 * Nested svg and math at which reading ends: the parser keeps them in an array that it shifts at every change, so 200,000
 * of them would take minutes (measured: 50,000 took 0.8 s).
 */
const MAX_FOREIGN_DEPTH = 1_000;
/** Attributes of one element at which reading ends: the parser keeps their names in a set, whose growth stands still for long. */
const MAX_ATTRIBUTES = 20_000;
const MAX_TITLE = 300;
/** Longest style block that is read for URLs, in characters. */
const MAX_STYLE = 262_144;

/** The parser over text in pieces, each read at once; as a stream it would answer only in a later tick. */
class PageTokens extends SAXParser {
  private readonly onChars: (chars: string) => void;

  constructor(onChars: (chars: string) => void) {
    super();
    this.onChars = onChars;
  }

  /** Text as it comes, instead of collected up to the next tag: so that the compared part ends exactly where it should. */
  override onCharacter(token: Parameters<SAXParser['onCharacter']>[0]): void {
    this.onChars(token.chars);
  }

  feed(text: string, isLast: boolean): void {
    this.tokenizer.write(text, isLast);
    if (!isLast) this.tokenizer.flushCharacters();
  }

  /** Attributes of the element whose start tag is not yet whole. */
  get openAttributes(): number {
    // What the tokenizer does not show: there is no event before the tag ends.
    const token: unknown = Reflect.get(this.tokenizer, 'currentToken');
    const attributes: unknown = typeof token === 'object' && token !== null ? Reflect.get(token, 'attrs') : null;
    return Array.isArray(attributes) ? attributes.length : 0;
  }
}

interface State {
  list: ReturnType<typeof resourceList>;
  paths: TagPaths;
  /** The open element that hides its text, and how many of the same name are open inside. */
  hiddenBy: string | null;
  hiddenDepth: number;
  /** Templates are not rendered: nothing in them is loaded. */
  templateDepth: number;
  foreignDepth: number;
  title: string | null;
  /** Inside the first title element. */
  inTitle: boolean;
  canonical: string | null;
  base: string | null;
  metaRefresh: Page['metaRefresh'];
  scriptCount: number;
  text: TextPieces;
  style: string;
  comparing: boolean;
  stopped: boolean;
}

function attributesOf(tag: StartTag): Attributes {
  const attributes = new Map<string, string>();
  for (const { name, value } of tag.attrs.slice(0, 200)) attributes.set(name.toLowerCase(), value);
  return attributes;
}

function readMeta(state: State, attributes: Attributes): void {
  if (state.metaRefresh !== null || attributes.get('http-equiv')?.toLowerCase() !== 'refresh') return;
  const refresh = parseMetaRefresh(attributes.get('content') ?? '');
  if (refresh !== null) state.metaRefresh = { seconds: refresh.seconds, url: refresh.url.slice(0, MAX_URL_LENGTH) };
}

/** The elements of a page that are no resources but say something about it. */
function readHead(state: State, tagName: string, attributes: Attributes): void {
  if (tagName === 'script') state.scriptCount += 1;
  else if (tagName === 'meta') readMeta(state, attributes);
  else if (tagName === 'base') state.base ??= attributes.get('href')?.slice(0, MAX_URL_LENGTH) ?? null;
  else if (tagName === 'link' && state.canonical === null) {
    const isCanonical = attributes.get('rel')?.toLowerCase().split(/\s/u).includes('canonical') === true;
    if (isCanonical) state.canonical = attributes.get('href')?.slice(0, MAX_URL_LENGTH).trim() || null;
  }
}

function hide(state: State, tag: StartTag): void {
  const inForeign = state.foreignDepth > 0;
  if (state.hiddenBy === tag.tagName) state.hiddenDepth += 1;
  else if (state.hiddenBy === null && hidden.has(tag.tagName) && !(inForeign && tag.selfClosing)) {
    state.hiddenBy = tag.tagName;
    state.hiddenDepth = 1;
    state.inTitle = tag.tagName === 'title' && !inForeign && state.title === null;
    if (state.inTitle) state.title = '';
  }
}

function onStart(state: State, tag: StartTag): void {
  const { tagName } = tag;
  if (tagName === 'svg' || tagName === 'math') state.foreignDepth += 1;
  if (tagName === 'template') state.templateDepth += 1;
  if (state.comparing) {
    state.paths.open(tagName);
    state.text.push(' ');
  }
  hide(state, tag);
  if (state.templateDepth > 0 || tag.attrs.length === 0) {
    if (tagName === 'script' && state.templateDepth === 0) state.scriptCount += 1;
    return;
  }
  const attributes = attributesOf(tag);
  readHead(state, tagName, attributes);
  addElement(state.list, tagName, attributes);
}

function onEnd(state: State, tagName: string): void {
  if (state.foreignDepth > 0 && (tagName === 'svg' || tagName === 'math')) state.foreignDepth -= 1;
  if (state.templateDepth > 0 && tagName === 'template') state.templateDepth -= 1;
  if (state.comparing) {
    state.paths.close(tagName);
    state.text.push(' ');
  }
  if (state.hiddenBy !== tagName) return;
  state.hiddenDepth -= 1;
  if (state.hiddenDepth > 0) return;
  state.hiddenBy = null;
  state.inTitle = false;
  if (tagName === 'style' && state.templateDepth === 0) addCss(state.list, state.style);
  state.style = '';
}

function onText(state: State, text: string): void {
  if (state.hiddenBy === null) {
    if (state.comparing) state.text.push(text);
  } else if (state.inTitle) {
    if ((state.title ?? '').length < MAX_TITLE) state.title += text.slice(0, 4 * MAX_TITLE);
  } else if (state.hiddenBy === 'style' && state.style.length < MAX_STYLE) state.style += text.slice(0, MAX_STYLE);
}

function newState(maxUrls: number): State {
  return {
    list: resourceList(maxUrls),
    paths: tagPaths(),
    hiddenBy: null,
    hiddenDepth: 0,
    templateDepth: 0,
    foreignDepth: 0,
    title: null,
    inTitle: false,
    canonical: null,
    base: null,
    metaRefresh: null,
    scriptCount: 0,
    text: textPieces(''),
    style: '',
    comparing: true,
    stopped: false,
  };
}

/** `<base href>` applies to the refresh target and the canonical URL as to all others. */
function absolute(url: string, base: string | null): string {
  return base === null ? url : (parseUrl(url, base)?.href ?? url);
}

/** Feeds a text in slices; the last one ends the page where `isLast`. */
function* feedSlices(parser: PageTokens, state: State, { text, isLast }: { text: string; isLast: boolean }): Slices<void> {
  for (let at = 0; at === 0 || at < text.length; at += sliceLength) {
    if (state.stopped) return;
    const end = at + sliceLength;
    parser.feed(text.slice(at, end), isLast && end >= text.length);
    state.text.flush();
    if (parser.openAttributes > MAX_ATTRIBUTES) state.stopped = true;
    yield;
  }
}

/**
 * Reads an HTML page. `parts` are its compared beginning and the rest: text and structure are taken from the first only, URLs from both.
 * Linear in the length; no regular expression runs over the page. URLs are as written unless the page has a `<base href>`.
 */
export function* pageSlices(parts: readonly [compared: string, rest: string], maxUrls: number): Slices<Page> {
  const state = newState(maxUrls);
  const parser = new PageTokens((chars) => {
    if (!state.stopped) onText(state, chars);
  });
  parser.on('startTag', (tag) => {
    if (state.stopped) return;
    onStart(state, tag);
    if (state.foreignDepth <= MAX_FOREIGN_DEPTH) return;
    state.stopped = true;
    parser.stop();
  });
  parser.on('endTag', (tag) => state.stopped || onEnd(state, tag.tagName));
  const [compared, rest] = parts;
  yield* feedSlices(parser, state, { text: compared, isLast: rest === '' });
  state.comparing = false;
  if (rest !== '') yield* feedSlices(parser, state, { text: rest, isLast: true });
  const { resources, cut } = state.list.finish(state.base);
  const title = state.title === null ? '' : collapseSpace(state.title, MAX_TITLE);
  return {
    title: title === '' ? null : title,
    canonical: state.canonical === null ? null : absolute(state.canonical, state.base),
    text: state.text.finish(),
    tagShingles: state.paths.shingles(),
    scriptCount: state.scriptCount,
    resources,
    resourcesCut: cut || state.stopped,
    metaRefresh: state.metaRefresh === null ? null : { ...state.metaRefresh, url: absolute(state.metaRefresh.url, state.base) },
  };
}
