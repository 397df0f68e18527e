import type { Random } from './random.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const strings = [
  ...[
    '',
    ' ',
    '0',
    '::1',
    '2001:db8::1',
    '192.0.2.1',
    'gov.vn',
    '.',
    'a'.repeat(300),
    'fail',
    'AAAA',
    'timeout',
    'https://[::',
    '__proto__',
    'constructor',
  ],
  ...[
    '\u0000',
    '\u001b]8;;x\u0007',
    '\u202e',
    '<script>',
    '=1+1',
    '::error::',
    '|',
    '`',
    '1970-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
    '\ud800',
  ],
];
const numbers = [0, -1, 1, 0.5, 443, 65_536, 2 ** 31, Number.MAX_SAFE_INTEGER, 1e300];

/** A copy with some values changed: mostly into others of their kind, so that the schema lets many through. */
export function mutateJson(value: unknown, random: Random): unknown {
  const copy = structuredClone(value) as Json;
  for (let times = 1 + random.below(5); times > 0; times -= 1) changeOne(copy, random);
  return copy;
}

function changeOne(root: Json, random: Random): void {
  let node: Json = root;
  for (let depth = 0; depth < 40; depth += 1) {
    if (typeof node !== 'object' || node === null) return;
    const keys: (string | number)[] = Array.isArray(node) ? [...node.keys()] : Object.keys(node);
    if (keys.length === 0) return;
    const key = random.pick(keys);
    const holder = node as Record<string | number, Json>;
    const child: Json = holder[key] ?? null;
    if (typeof child === 'object' && child !== null && random.chance(0.92)) {
      node = child;
      continue;
    }
    if (Array.isArray(node) && random.chance(0.3)) reshape(node, Number(key), random);
    else holder[key] = changed(child, random);
    return;
  }
}

function reshape(list: Json[], at: number, random: Random): void {
  const item = list[at];
  if (item === undefined || random.chance(0.5)) list.splice(at, 1);
  else list.push(...Array.from({ length: 1 + random.below(20) }, () => structuredClone(item)));
}

function changed(value: Json, random: Random): Json {
  if (random.chance(0.1)) return random.pick<Json>([null, true, [], {}, 'x', 1]);
  if (typeof value === 'string') return random.chance(0.5) ? random.pick(strings) : value + random.pick(strings);
  if (typeof value === 'number') return random.pick(numbers);
  if (typeof value === 'boolean') return !value;
  return null;
}
