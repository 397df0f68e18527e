import type { Random } from './random.ts';

const wild = [0, 1, 0x7f, 0x80, 0xc0, 0xff];

/** Changes that any bytes can suffer: flips, wild values, cuts, copies of a part, another input's end. */
export function mutateBytes(input: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  let bytes: Buffer = Buffer.from(input);
  for (let times = 1 + random.below(4); times > 0; times -= 1) bytes = mutateOnce(bytes, random, others);
  return bytes;
}

function mutateOnce(bytes: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  const at = random.below(bytes.length + 1);
  switch (random.below(7)) {
    case 0:
      return replaced(bytes, at, Buffer.from([(bytes[at] ?? 0) ^ (1 << random.below(8))]));
    case 1:
      return replaced(bytes, at, Buffer.from([random.pick(wild)]));
    case 2:
      return bytes.subarray(0, at);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.below(12)), bytes.subarray(at)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + random.below(16)))]);
    case 5: {
      const part = bytes.subarray(at, at + 1 + random.below(64));
      return Buffer.concat([bytes.subarray(0, at), ...Array.from({ length: 2 + random.below(30) }, () => part), bytes.subarray(at)]);
    }
    default: {
      const other = random.pick(others);
      return Buffer.concat([bytes.subarray(0, at), other.subarray(random.below(other.length + 1))]);
    }
  }
}

function replaced(bytes: Buffer, at: number, by: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + by.length)]);
}

/** Puts words that mean something to the reader at random places. */
export function withTokens(text: string, random: Random, tokens: readonly string[]): string {
  let changed = text;
  for (let times = 1 + random.below(6); times > 0; times -= 1) {
    const at = random.below(changed.length + 1);
    const token = random.pick(tokens);
    const many = random.chance(0.1) ? token.repeat(1 + random.below(2_000)) : token;
    changed = changed.slice(0, at) + many + changed.slice(at + (random.chance(0.3) ? random.below(20) : 0));
  }
  return changed;
}
