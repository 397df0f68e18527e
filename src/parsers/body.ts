import type { BodyEvidence } from '../model/observation.ts';
import { decoderSlices, decodeSlices } from './charset.ts';
import { cssSlices } from './css.ts';
import { sketchSlices, wordShingleSlices } from './min-hash.ts';
import { normalisedSlices } from './normalise-text.ts';
import { pageSlices } from './page.ts';
import { resourceList } from './resource-list.ts';
import { atOnce, type Slices } from './slices.ts';

export interface BodyInput {
  /** Decoded bytes (content codings undone), possibly cut. */
  bytes: Uint8Array;
  contentType: string | null;
  wireBytes: number;
  decodedBytes: number;
  cut: BodyEvidence['cut'];
  /** Prefix in bytes on which likeness is judged (`http.comparedBytes`). */
  comparedBytes: number;
  maxUrls: number;
  /** Bytes of a page or style sheet that are read at all (`html.maxBytes`). */
  maxHtmlBytes: number;
  /** Keep the decoded text (--keep-bodies). */
  keepText: boolean;
  sha256: string;
}

const TEXT_START = 200;
const htmlStarts = ['<!doctype html', '<html', '<head', '<body', '<title', '<meta', '<script', '<!--', '<div', '<h1', '<center', '<p>'];

/** By Content-Type; a body without one is HTML when it begins like a page (WHATWG MIME Sniffing, section 7.1). */
function kindOf(contentType: string | null, bytes: Uint8Array): BodyEvidence['kind'] | 'text' {
  const end = contentType?.indexOf(';') ?? -1;
  const type = (end === -1 ? (contentType ?? '') : (contentType ?? '').slice(0, end)).trim().toLowerCase();
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (type === 'text/css') return 'css';
  if (type === 'text/plain') return 'text';
  if (type !== '' && type !== 'application/octet-stream' && type !== 'unknown/unknown') return 'other';
  const start = Buffer.from(bytes.subarray(0, 512)).toString('latin1').replace('\u00ef\u00bb\u00bf', '').trimStart().toLowerCase();
  return htmlStarts.some((prefix) => start.startsWith(prefix)) ? 'html' : 'other';
}

function* textFields(text: string): Slices<Pick<BodyEvidence, 'textLength' | 'textStart' | 'textSketch'>> {
  const normal = yield* normalisedSlices(text);
  yield;
  const shingles = yield* wordShingleSlices(normal);
  const textSketch = yield* sketchSlices(shingles);
  return { textLength: normal.length, textStart: normal.slice(0, TEXT_START), textSketch };
}

const nothingRead = {
  title: null,
  canonical: null,
  textLength: 0,
  textStart: '',
  textSketch: '',
  tagSketch: '',
  scriptCount: 0,
  resources: [],
  resourcesCut: false,
  metaRefresh: null,
} satisfies Partial<BodyEvidence>;

type Reading = Omit<BodyEvidence, 'wireBytes' | 'decodedBytes' | 'cut' | 'sha256' | 'kind' | 'text'>;

function* readHtml(parts: readonly [string, string], maxUrls: number): Slices<Reading> {
  const { text, tagShingles, ...page } = yield* pageSlices(parts, maxUrls);
  yield;
  const fields = yield* textFields(text);
  return { ...page, ...fields, tagSketch: yield* sketchSlices(tagShingles) };
}

function* readCss(text: string, maxUrls: number): Slices<Reading> {
  const list = resourceList(maxUrls);
  const found = yield* cssSlices(text, maxUrls * 20);
  yield;
  for (const { url, kind } of found) list.add(url, kind);
  const { resources, cut } = list.finish(null);
  return { ...nothingRead, resources, resourcesCut: cut };
}

/** Decodes the compared prefix and the rest, with a character on the border whole. */
function* decode(input: BodyInput, isHtml: boolean): Slices<[compared: string, rest: string]> {
  const bytes = input.bytes.subarray(0, input.maxHtmlBytes);
  const decoder = yield* decoderSlices(bytes, input.contentType, isHtml);
  const isAllCompared = bytes.length <= input.comparedBytes;
  const compared = yield* decodeSlices(decoder, bytes.subarray(0, input.comparedBytes), isAllCompared);
  return [compared, isAllCompared ? '' : yield* decodeSlices(decoder, bytes.subarray(input.comparedBytes), true)];
}

/**
 * Turns a response body into what evidence keeps of it: kind, title, canonical, text and tag sketches, URLs, meta refresh. Never
 * throws on what a server sent. What a limit cut is said: `cut` as given, `resourcesCut` where a host may be missing.
 */
export function* bodySlices(input: BodyInput): Slices<BodyEvidence> {
  const kind = kindOf(input.contentType, input.bytes);
  const { wireBytes, decodedBytes, cut, sha256 } = input;
  const parts = kind === 'other' && !input.keepText ? (['', ''] as [string, string]) : yield* decode(input, kind === 'html');
  let reading: Reading = nothingRead;
  if (kind === 'html') reading = yield* readHtml(parts, input.maxUrls);
  else if (kind === 'css') reading = yield* readCss(parts[0] + parts[1], input.maxUrls);
  else if (kind === 'text') reading = { ...nothingRead, ...(yield* textFields(parts[0])) };
  const shortened = (kind === 'html' || kind === 'css') && (cut !== null || input.bytes.length > input.maxHtmlBytes);
  return {
    ...reading,
    resourcesCut: reading.resourcesCut || shortened,
    wireBytes,
    decodedBytes,
    cut,
    sha256,
    kind: kind === 'text' ? 'other' : kind,
    text: input.keepText ? parts[0] + parts[1] : null,
  };
}

/** The same in one go. */
export const readBody = (input: BodyInput): BodyEvidence => atOnce(bodySlices(input));
