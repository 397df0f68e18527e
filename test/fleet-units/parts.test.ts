import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createAssembly, maxParts, maxWaiting, partBytes, partOf, partsOf } from '../../src/fleet/parts.ts';

const at = (part: number, of: number, key = 'k', sender = 's') => ({ sender, key, part, of });

it.each([0, 1, partBytes - 1, partBytes, partBytes + 1, 3 * partBytes])('%i bytes come together again, in whatever order', (length) => {
  const bytes = randomBytes(length);
  const parts = partsOf(bytes) ?? [];
  expect(parts.every((part) => part.length <= partBytes)).toBe(true);
  const assembly = createAssembly<number>();
  const wholes = [...parts.entries()]
    .toReversed()
    .map(([index, part]) => assembly.add(at(index + 1, parts.length), part, index).whole)
    .filter((whole) => whole !== null);
  expect(wholes.length).toBe(1);
  expect(Buffer.compare(wholes[0]?.bytes ?? Buffer.alloc(1), bytes)).toBe(0);
  expect(wholes[0]?.handles.toSorted()).toEqual(parts.map((_, index) => index));
});

it('what has more parts than anybody takes is not cut up', () => {
  expect(partsOf(new Uint8Array(maxParts * 10), 10)?.length).toBe(maxParts);
  expect(partsOf(new Uint8Array(maxParts * 10 + 1), 10)).toBeNull();
});

it.each(['', '1', '0/1', '2/1', `1/${maxParts + 1}`, '-1/2', '1/2/3', ' 1/2', '1e0/2', '1/9999'])('%j is no place of a part', (text) =>
  expect(partOf('k', text)).toBeNull(),
);
it('a place of a part', () => expect(partOf('k', `2/${maxParts}`)).toEqual({ key: 'k', part: 2, of: maxParts }));

it('a part that comes again counts once, and is acknowledged each time', () => {
  const assembly = createAssembly<string>();
  expect(assembly.add(at(1, 2), Buffer.from('a'), '1')).toEqual({ whole: null, dropped: [] });
  expect(assembly.add(at(1, 2), Buffer.from('a'), '1 again')).toEqual({ whole: null, dropped: [] });
  const { whole } = assembly.add(at(2, 2), Buffer.from('b'), '2');
  expect([String(whole?.bytes), whole?.handles]).toEqual(['ab', ['1', '1 again', '2']]);
});

it('who says another number of parts begins anew', () => {
  const assembly = createAssembly<string>();
  assembly.add(at(1, 2), Buffer.from('a'), 'old');
  expect(assembly.add(at(2, 3), Buffer.from('x'), 'new').dropped).toEqual(['old']);
  expect(assembly.add(at(2, 2), Buffer.from('b'), 'late').whole).toBeNull();
});

it('F5 what a sender never ends is given up, the oldest first, and what others began stays', () => {
  const assembly = createAssembly<string>();
  assembly.add(at(1, 2, 'honest', 'other'), Buffer.from('a'), 'honest 1');
  const dropped = Array.from({ length: maxWaiting + 3 }, (_, index) =>
    assembly.add(at(1, 2, `k${index}`), Buffer.alloc(1), `liar ${index}`),
  );
  expect(dropped.flatMap((each) => each.dropped)).toEqual(['liar 0', 'liar 1', 'liar 2']);
  expect(assembly.add(at(2, 2, 'honest', 'other'), Buffer.from('b'), 'honest 2').whole?.handles).toEqual(['honest 1', 'honest 2']);
});

it('F5 the same part sent without end is given up too', () => {
  const assembly = createAssembly<number>();
  const held = Array.from({ length: 1_000 }, (_, index) => assembly.add(at(1, 2), Buffer.alloc(1), index).dropped.length);
  expect(1_000 - held.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(maxWaiting);
});
