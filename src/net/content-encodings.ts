import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** Makes the decoder once the first bytes are known: 'deflate' is sent with and without the zlib wrapper (RFC 9110 §8.4.1.2). */
type MakeDecoder = (firstByte: number) => Transform;

const decoders: Readonly<Record<string, MakeDecoder>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  br: () => createBrotliDecompress(),
  deflate: (firstByte) => ((firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw()),
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

/** Runs bytes through one decoder, with backpressure. An empty source gives nothing and is no error (a 304, an empty page). */
export async function* decodeWith(source: AsyncGenerator<Uint8Array>, make: MakeDecoder): AsyncGenerator<Uint8Array> {
  const first = await source.next();
  if (first.done === true) return;
  const decoder = make(first.value[0] ?? 0);
  // Its errors also destroy the decoder and come out of the loop below.
  pipeline(startingWith(first.value, source), decoder).catch(() => {});
  try {
    yield* decoder as AsyncIterable<Uint8Array>;
  } finally {
    decoder.destroy();
  }
}

async function* startingWith(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
