import type { Slices } from './slices.ts';

/** How far a `<meta charset>` may stand from the start (WHATWG says 1,024; Vietnamese portals put comments before it). */
const PRESCAN_BYTES = 4_096;

type Decoder = InstanceType<typeof TextDecoder>;

function decoderFor(label: string): Decoder | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}

function ofBom(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return null;
}

/** The label after the first `charset` and its `=` in a text; quotes and spaces are left out. */
function labelIn(text: string, from: number, to: number): string | null {
  const found = text.indexOf('charset', from);
  if (found === -1 || found >= to) return null;
  let at = found + 7;
  while (at < to && text[at] === ' ') at += 1;
  if (text[at] !== '=') return null;
  at += 1;
  while (at < to && (text[at] === ' ' || text[at] === '"' || text[at] === "'")) at += 1;
  const start = at;
  while (at < to && at - start < 40 && !' "\';>/\t\n\r'.includes(text[at] ?? ' ')) at += 1;
  return at === start ? null : text.slice(start, at);
}

function ofMeta(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, PRESCAN_BYTES)).toString('latin1').toLowerCase();
  for (let at = head.indexOf('<meta'); at !== -1; at = head.indexOf('<meta', at + 5)) {
    const end = head.indexOf('>', at);
    const label = labelIn(head, at, end === -1 ? head.length : end);
    // A page that could be read this far is not UTF-16, whatever it says (WHATWG HTML, "prescan").
    if (label !== null) return label.startsWith('utf-16') ? 'utf-8' : label;
  }
  return null;
}

/** Bytes decoded in one slice. */
const SLICE_BYTES = 65_536;

/** Decodes what comes next of a text; `isLast` ends it, else a character cut at the end waits for its rest. */
export function* decodeSlices(decoder: Decoder, bytes: Uint8Array, isLast: boolean): Slices<string> {
  let text = '';
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    text += decoder.decode(bytes.subarray(at, at + SLICE_BYTES), { stream: true });
    yield;
  }
  return isLast ? text + decoder.decode() : text;
}

/** True when the bytes are UTF-8, a character cut at the end left aside. */
function* isUtf8(bytes: Uint8Array): Slices<boolean> {
  try {
    yield* decodeSlices(new TextDecoder('utf-8', { fatal: true }), bytes, false);
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds the decoder for a body: byte order mark, then the Content-Type's charset, then (HTML only) the page's own meta element,
 * then UTF-8 when the bytes are, else windows-1252, which reads any bytes. An unknown label counts as none.
 */
export function* decoderSlices(bytes: Uint8Array, contentType: string | null, isHtml: boolean): Slices<Decoder> {
  const header = contentType === null ? null : labelIn(contentType.toLowerCase(), 0, contentType.length);
  for (const label of [ofBom(bytes), header, isHtml ? ofMeta(bytes) : null]) {
    const decoder = label === null ? null : decoderFor(label);
    if (decoder !== null) return decoder;
  }
  return new TextDecoder((yield* isUtf8(bytes)) ? 'utf-8' : 'windows-1252');
}
