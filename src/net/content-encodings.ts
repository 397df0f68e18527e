import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  brotliDecompressSync,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  gunzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';

/** One way to decode: as the bytes come, or a whole body at once. */
interface Decoder {
  stream(): Transform;
  whole(bytes: Uint8Array, options: { maxOutputLength: number }): Buffer;
}

/** Chooses the decoder once the first byte is known: 'deflate' is sent with and without the zlib wrapper (RFC 9110 §8.4.1.2). */
type MakeDecoder = (firstByte: number) => Decoder;

const gzip: Decoder = { stream: () => createGunzip(), whole: gunzipSync };
const brotli: Decoder = { stream: () => createBrotliDecompress(), whole: brotliDecompressSync };
const zlib: Decoder = { stream: () => createInflate(), whole: inflateSync };
const raw: Decoder = { stream: () => createInflateRaw(), whole: inflateRawSync };

const decoders: Readonly<Record<string, MakeDecoder>> = {
  gzip: () => gzip,
  'x-gzip': () => gzip,
  br: () => brotli,
  deflate: (firstByte) => ((firstByte & 0x0f) === 8 ? zlib : raw),
};

/** A Content-Encoding that we do not decode: unknown, or too many stacked. */
export class EncodingError extends Error {
  readonly code = 'ERR_ENCODING_REFUSED';
}

/**
 * The decoders for a Content-Encoding header, in the order in which they are applied to the wire bytes (the reverse of how
 * they are written). Throws `EncodingError` for an unknown encoding or more than `limit`.
 */
export function contentDecoders(header: string, limit: number): MakeDecoder[] {
  const tokens = header
    .slice(0, 1_000)
    .split(',')
    .map((token) => token.trim().toLowerCase())
    .filter((token) => token !== '' && token !== 'identity');
  if (tokens.length > limit) throw new EncodingError(`${tokens.length} stacked encodings`);
  return tokens.reverse().map((token) => {
    const make = Object.hasOwn(decoders, token) ? decoders[token] : undefined;
    if (make === undefined) throw new EncodingError('encoding not supported');
    return make;
  });
}

/** Most pages have fewer bytes on the wire; to wake a thread for those costs more than to decode them. */
const smallWireBytes = 32_768;
/** A few milliseconds of the event loop. */
const smallDecodedBytes = 524_288;
/** What a stream gives at a time: the caps on what is decoded are looked at between these. */
const chunkBytes = 16_384;

/**
 * Runs bytes through one decoder, with backpressure; a small body that has come whole at once. An empty source gives nothing and is no
 * error (a 304, an empty page).
 */
export async function* decodeWith(source: AsyncGenerator<Uint8Array>, make: MakeDecoder): AsyncGenerator<Uint8Array> {
  const start = await readStart(source);
  const [first] = start.chunks;
  if (first !== undefined) {
    const decoder = make(first[0] ?? 0);
    const whole = start.state === 'whole' ? decodeWhole(decoder, start.chunks) : null;
    if (whole === null) yield* decodeStream(decoder.stream(), start, source);
    else for (let at = 0; at < whole.length; at += chunkBytes) yield whole.subarray(at, at + chunkBytes);
  }
  if (start.state === 'broken') throw start.error;
}

interface Start {
  chunks: Uint8Array[];
  /** The source ended here, goes on, or broke with `error`. */
  state: 'whole' | 'more' | 'broken';
  error: unknown;
}

async function readStart(source: AsyncGenerator<Uint8Array>): Promise<Start> {
  const chunks: Uint8Array[] = [];
  try {
    for (let bytes = 0; bytes <= smallWireBytes; ) {
      const next = await source.next();
      if (next.done === true) return { chunks, state: 'whole', error: null };
      chunks.push(next.value);
      bytes += next.value.length;
    }
    return { chunks, state: 'more', error: null };
  } catch (error) {
    return { chunks, state: 'broken', error };
  }
}

/** Null for what is broken or decodes to more: the stream says how, and how far. */
function decodeWhole(decoder: Decoder, chunks: readonly Uint8Array[]): Buffer | null {
  try {
    return decoder.whole(Buffer.concat(chunks), { maxOutputLength: smallDecodedBytes });
  } catch {
    return null;
  }
}

async function* decodeStream(stream: Transform, start: Start, source: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  // Its errors also destroy the stream and come out of the loop below.
  pipeline(startingWith(start, source), stream).catch(() => {});
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    // That the bytes end too early is the source's fault, which says why.
    if (start.state !== 'broken' || (error as NodeJS.ErrnoException).code !== 'Z_BUF_ERROR') throw error;
  } finally {
    stream.destroy();
  }
}

async function* startingWith({ chunks, state }: Start, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
  if (state === 'more') yield* rest;
}
