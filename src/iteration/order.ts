/** 32-bit FNV-1a with a final mix: spreads, and promises nothing else. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The items in an order that depends on the seed alone, so that load spreads over servers and replay stays exact. */
export function orderedBy<Item>(seed: string, items: readonly Item[], key: (item: Item) => string): Item[] {
  const ranked = items.map((item) => ({ item, key: key(item), rank: hash32(`${seed}|${key(item)}`) }));
  ranked.sort((left, right) => left.rank - right.rank || (left.key < right.key ? -1 : 1));
  return ranked.map((entry) => entry.item);
}
