import { visible } from '../escape.ts';

/**
 * The same value with every string in it made harmless and visible on one line (faults S1, S2), keys of records too. Done once at the
 * door, so that no component can forget it; escaping for HTML is the renderer's.
 */
export function neutral<Kind>(value: Kind): Kind {
  return walk(value) as Kind;
}

function walk(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map(walk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [visible(key), walk(item)]));
}
