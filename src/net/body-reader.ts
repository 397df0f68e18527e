import { createHash } from 'node:crypto';
import type { BodyEvidence } from '../model/observation.ts';
import { contentDecoders, decodeWith } from './content-encodings.ts';

/** A small body that compresses well is no bomb: the ratio counts from here on. */
const expansionFloorBytes = 65_536;

export interface BodyLimits {
  maxWireBytes: number;
  maxDecodedBytes: number;
  /** Decoded bytes per wire byte. */
  maxExpansion: number;
  maxEncodings: number;
}

/** What came of a body. `error` is what ended the reading early, null when the body is whole or one of our caps was reached. */
export interface CollectedBody {
  bytes: Buffer;
  wireBytes: number;
  decodedBytes: number;
  cut: BodyEvidence['cut'];
  /** Over all decoded bytes read, hex. */
  sha256: string;
  error: unknown;
}

interface Progress {
  wireBytes: number;
  cut: BodyEvidence['cut'];
}

/**
 * Reads a body to its end or to the first cap and decodes it (faults W3, W4). Wire and decoded bytes are counted apart; the
 * decoded cap also holds for every stage between stacked encodings. Never rejects: what came before an error is kept.
 */
export async function collectBody(stream: AsyncIterable<Uint8Array>, contentEncoding: string, limits: BodyLimits): Promise<CollectedBody> {
  const progress: Progress = { wireBytes: 0, cut: null };
  const kept: Uint8Array[] = [];
  const hash = createHash('sha256');
  let error: unknown = null;
  try {
    let bytes = cappedWire(stream, limits, progress);
    const decoders = contentDecoders(contentEncoding, limits.maxEncodings);
    for (const make of decoders) bytes = cappedStage(decodeWith(bytes, make), limits, progress);
    if (decoders.length === 0) bytes = cappedStage(bytes, limits, progress);
    for await (const chunk of bytes) {
      kept.push(chunk);
      hash.update(chunk);
    }
  } catch (thrown) {
    // An encoding that we cut in the middle always looks broken.
    if (progress.cut === null) error = thrown;
  }
  const bytes = Buffer.concat(kept);
  return { ...progress, bytes, decodedBytes: bytes.length, sha256: hash.digest('hex'), error };
}

async function* cappedWire(stream: AsyncIterable<Uint8Array>, limits: BodyLimits, progress: Progress): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    const room = limits.maxWireBytes - progress.wireBytes;
    progress.wireBytes += Math.min(chunk.length, room);
    if (chunk.length > room) {
      progress.cut ??= 'wire';
      if (room > 0) yield chunk.subarray(0, room);
      return;
    }
    yield chunk;
  }
}

async function* cappedStage(source: AsyncGenerator<Uint8Array>, limits: BodyLimits, progress: Progress): AsyncGenerator<Uint8Array> {
  let produced = 0;
  for await (const chunk of source) {
    const room = limits.maxDecodedBytes - produced;
    produced += chunk.length;
    if (chunk.length > room) {
      progress.cut ??= 'decoded';
      if (room > 0) yield chunk.subarray(0, room);
      return;
    }
    yield chunk;
    if (produced > expansionFloorBytes && produced > progress.wireBytes * limits.maxExpansion) {
      progress.cut ??= 'expansion';
      return;
    }
  }
}
