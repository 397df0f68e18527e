import { atOnce, type Slices, sliceLength } from './slices.ts';

/** Values in a sketch. The standard error of an estimated similarity s is sqrt(s (1 - s) / 512): at most 0.022. */
const BINS = 512;
/** Sets with fewer shingles say too little. */
const MIN_SHINGLES = 4;
/** Shingles that are looked at; what comes after is left aside. */
export const MAX_SHINGLES = 65_536;

/** Finaliser of MurmurHash3: every input bit changes every output bit. Unsigned 32 bit. */
export function mix32(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** FNV-1a over the UTF-16 units from `start` to `end`. Signed 32 bit. */
export function hashText(text: string, start = 0, end = text.length): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}

/** Hash of a sequence of three hashes; the order matters. Signed 32 bit, so that arrays of them stay small integers. */
export function hashOfThree(first: number, second: number, third: number): number {
  return mix32(Math.imul(Math.imul(first, 0x9e3779b1) ^ mix32(second), 0x85ebca77) ^ mix32(third ^ 0x27d4eb2f)) | 0;
}

/** Fills bins of one round; later rounds never replace what an earlier one filled. Returns how many bins were empty before and are not now. */
function fillRound(state: { bins: Uint32Array; filledIn: Int16Array }, round: number, shingles: Iterable<number>): number {
  const { bins, filledIn } = state;
  const seed = mix32(Math.imul(round + 1, 0x9e3779b9));
  let filled = 0;
  for (const shingle of shingles) {
    const value = mix32(shingle ^ seed);
    const bin = round < BINS ? value >>> 23 : round - BINS;
    const before = filledIn[bin] ?? 0;
    if (before === -1) {
      filled += 1;
      filledIn[bin] = round;
      bins[bin] = value;
    } else if (before === round && value < (bins[bin] ?? 0)) bins[bin] = value;
  }
  return filled;
}

/**
 * MinHash sketch of a set of 32-bit shingles: 512 values of 32 bit, little-endian, base64; '' for fewer than 4 shingles.
 * Method: "Fast Similarity Sketching" (Dahlgaard, Knudsen, Thorup 2017): one hash a shingle and round into 512 bins, more rounds
 * only while bins are empty. As exact as 512 permutations also for small sets, at about one hash a shingle for large ones.
 */
export function* sketchSlices(shingles: readonly number[]): Slices<string> {
  if (shingles.length < MIN_SHINGLES) return '';
  const state = { bins: new Uint32Array(BINS), filledIn: new Int16Array(BINS).fill(-1) };
  let missing = BINS - fillRound(state, 0, shingles);
  yield;
  if (missing > 0) {
    const distinct = [...new Set(shingles)];
    for (let round = 1; round < 2 * BINS && missing > 0; round += 1) {
      missing -= fillRound(state, round, distinct);
      yield;
    }
  }
  const bytes = Buffer.alloc(BINS * 4);
  for (let bin = 0; bin < BINS; bin += 1) bytes.writeUInt32LE(state.bins[bin] ?? 0, bin * 4);
  return bytes.toString('base64');
}

/** The same in one go. */
export const sketchOf = (shingles: readonly number[]): string => atOnce(sketchSlices(shingles));

/** Estimated Jaccard distance of two sketched sets: 0 equal, 1 nothing in common; null when either sketch is empty or not one of ours. */
export function sketchDistance(a: string, b: string): number | null {
  if (a === '' || b === '') return null;
  const left = Buffer.from(a, 'base64');
  const right = Buffer.from(b, 'base64');
  if (left.length !== BINS * 4 || right.length !== BINS * 4) return null;
  let equal = 0;
  for (let at = 0; at < BINS * 4; at += 4) if (left.readUInt32LE(at) === right.readUInt32LE(at)) equal += 1;
  return 1 - equal / BINS;
}

/** Hashes of all runs of three words of a text whose words are separated by single spaces; case is left aside. */
export function* wordShingleSlices(text: string): Slices<number[]> {
  const lower = text.toLowerCase();
  const shingles: number[] = [];
  let first = 0;
  let second = 0;
  let words = 0;
  let start = 0;
  for (let pauseAt = sliceLength; start < lower.length && shingles.length < MAX_SHINGLES; ) {
    const space = lower.indexOf(' ', start);
    const end = space === -1 ? lower.length : space;
    const word = hashText(lower, start, end);
    words += 1;
    if (words >= 3) shingles.push(hashOfThree(first, second, word));
    first = second;
    second = word;
    start = end + 1;
    if (start < pauseAt) continue;
    pauseAt = start + sliceLength;
    yield;
  }
  return shingles;
}

/** The same in one go. */
export const wordShingles = (text: string): number[] => atOnce(wordShingleSlices(text));
