import { describe, expect, it } from 'vitest';
import { mix32, sketchDistance, sketchOf, wordShingles } from '../../src/parsers/min-hash.ts';

/** Two sets with the given sizes of what they share and what each has alone. */
function pair(shared: number, alone: number): [number[], number[]] {
  const set = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => mix32(from + at) | 0);
  return [
    [...set(0, shared), ...set(1_000_000, alone)],
    [...set(0, shared), ...set(2_000_000, alone)],
  ];
}

describe('sketchOf and sketchDistance', () => {
  it.each([
    [10, 0, 0],
    [10_000, 0, 0],
    [0, 50, 1],
    [0, 5_000, 1],
    [50, 25, 0.5],
    [5_000, 2_500, 0.5],
    [20, 1, 2 / 22],
    [9_000, 500, 0.1],
    [1_000, 4_500, 0.9],
  ])('%d shared and %d alone on each side are near distance %d', (shared, alone, expected) => {
    const [a, b] = pair(shared, alone);
    const distance = sketchDistance(sketchOf(a), sketchOf(b));
    // Four standard errors of 512 samples.
    expect(Math.abs((distance ?? -1) - expected)).toBeLessThanOrEqual(4 * Math.sqrt((expected * (1 - expected)) / 512) + 1e-9);
  });

  it('does not depend on order or repetition', () => {
    const [a] = pair(300, 0);
    expect(sketchOf([...a].reverse())).toBe(sketchOf(a));
    expect(sketchOf([...a, ...a, ...a])).toBe(sketchOf(a));
  });

  it('needs four shingles, and two sketches', () => {
    expect(sketchOf([1, 2, 3])).toBe('');
    expect(Buffer.from(sketchOf([1, 2, 3, 4]), 'base64')).toHaveLength(2_048);
    expect(sketchDistance('', sketchOf([1, 2, 3, 4]))).toBeNull();
    expect(sketchDistance(sketchOf([1, 2, 3, 4]), '')).toBeNull();
    expect(sketchDistance('AAAA', sketchOf([1, 2, 3, 4]))).toBeNull();
  });
});

describe('wordShingles', () => {
  it('hashes runs of three words, case left aside', () => {
    expect(wordShingles('a b')).toHaveLength(0);
    expect(wordShingles('a b c d')).toHaveLength(2);
    expect(wordShingles('A b C')).toEqual(wordShingles('a B c'));
    expect(wordShingles('a b c')).not.toEqual(wordShingles('c b a'));
  });
});
