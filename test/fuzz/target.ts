import { readdir, readFile } from 'node:fs/promises';
import type { Random } from './random.ts';

/** Something that reads what others wrote. */
export interface Target {
  /** Also its folder in fixtures/fuzz. */
  name: string;
  seeds: readonly Buffer[];
  mutate(random: Random): Buffer;
  /** Reads one input; gives the size of what came of it, in characters. Throws declared errors, or it is a fault. */
  read(input: Buffer): number | Promise<number>;
  isDeclared(error: unknown): boolean;
  /** Longest time for one input, on a machine that does nothing else. Null: it waits for something, and only its end counts. */
  maxMs: number | null;
  /** More for large inputs, where the limit is one of speed. */
  msPerMiB?: number;
  /** Largest result for one input. */
  maxResult(inputBytes: number): number;
}

/** How often a slow input is read again before it counts: neither the machine's other work nor code that is not compiled yet is the reader's. */
const looks = 12;

/** Reads an input as the target does. Null, or what is wrong. */
export async function judge(target: Target, input: Buffer): Promise<{ fault: string | null; ms: number }> {
  const maxMs = target.maxMs === null ? Number.POSITIVE_INFINITY : target.maxMs + ((target.msPerMiB ?? 0) * input.length) / 1_048_576;
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < looks; look += 1) {
    const start = performance.now();
    const fault = await readOnce(target, input);
    least = Math.min(least, performance.now() - start);
    if (fault !== null) return { fault, ms: least };
    if (least <= maxMs) break;
  }
  return { fault: least > maxMs ? `${least.toFixed(1)} ms for one input` : null, ms: least };
}

async function readOnce(target: Target, input: Buffer): Promise<string | null> {
  try {
    const size = await target.read(input);
    const most = target.maxResult(input.length);
    return size > most ? `a result of ${size} from ${input.length} bytes, more than ${most}` : null;
  } catch (error) {
    if (target.isDeclared(error)) return null;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

const corpus = new URL('../../fixtures/fuzz/', import.meta.url);

/** Inputs that broke something once, by file name. */
export async function knownCases(name: string): Promise<{ file: string; input: Buffer }[]> {
  const folder = new URL(`${name}/`, corpus);
  const files = (await readdir(folder).catch(() => [])).sort();
  return Promise.all(files.map(async (file) => ({ file, input: await readFile(new URL(file, folder)) })));
}
