import { addressBytes } from '../model/address-bytes.ts';
import type { Covering } from '../model/routes.ts';

/** Values by IP prefix. */
export interface PrefixTable<Value> {
  add(prefix: { bytes: Uint8Array; length: number }, value: Value): void;
  /** Everything whose prefix covers the address, shortest prefix first; empty for what is no address. */
  covering(address: string): Covering<Value>[];
}

/** One map a prefix length: a look-up asks at most 129 of them, and a million prefixes fit in memory. */
export function createPrefixTable<Value>(): PrefixTable<Value> {
  const lengths: Record<4 | 16, Map<number, Map<string, Value[]>>> = { 4: new Map(), 16: new Map() };
  const mapsOf = (bytes: Uint8Array): Map<number, Map<string, Value[]>> => lengths[bytes.length === 4 ? 4 : 16];
  return {
    add({ bytes, length }, value) {
      const maps = mapsOf(bytes);
      const map = maps.get(length) ?? new Map<string, Value[]>();
      maps.set(length, map);
      const key = keyOf(bytes, length);
      const values = map.get(key);
      if (values === undefined) map.set(key, [value]);
      else values.push(value);
    },
    covering(address) {
      const bytes = addressBytes(address);
      if (bytes === null) return [];
      return [...mapsOf(bytes)]
        .sort(([left], [right]) => left - right)
        .flatMap(([length, map]) =>
          (map.get(keyOf(bytes, length)) ?? []).map((value) => ({ prefix: shownPrefix(bytes, length), length, value })),
        );
    },
  };
}

/** The first `length` bits as text; the rest is cleared. */
function keyOf(bytes: Uint8Array, length: number): string {
  let key = '';
  for (const byte of masked(bytes, length).subarray(0, (length + 7) >> 3)) key += String.fromCharCode(byte);
  return key;
}

function masked(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.map((byte, index) => {
    const bits = Math.min(8, Math.max(0, length - index * 8));
    return byte & (0xff << (8 - bits)) & 0xff;
  });
}

function shownPrefix(bytes: Uint8Array, length: number): string {
  const kept = masked(bytes, length);
  if (kept.length === 4) return `${kept.join('.')}/${length}`;
  const groups = Array.from({ length: 8 }, (_, index) => (((kept[index * 2] ?? 0) << 8) | (kept[index * 2 + 1] ?? 0)).toString(16));
  while (groups.length > 1 && groups.at(-1) === '0') groups.pop();
  return `${groups.length === 8 ? groups.join(':') : `${groups.join(':')}::`}/${length}`;
}
