import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { labPath } from '../test/lab/commands.ts';
import { places } from './namespaces.ts';
import type { ProcessFigures } from './programs/measure.ts';

export interface Measured {
  code: number | null;
  wallMs: number;
  figures: ProcessFigures;
}

export interface NodeStart {
  args: readonly string[];
  /** Where the figures, stdout and stderr go. */
  figuresFile: string;
  outFile: string;
  errFile: string;
  timeoutMs: number;
  /** In the client's namespace, or where we are. */
  inClient: boolean;
}

const measureScript = new URL('programs/measure.js', import.meta.url).href;

/** Runs a Node program to its end with its own costs measured; throws with what it said when that fails. */
export async function measuredNode({ args, figuresFile, outFile, errFile, timeoutMs, inClient }: NodeStart): Promise<Measured> {
  const command = [process.execPath, '--import', measureScript, ...args];
  const [program = '', ...rest] = inClient ? ['ip', 'netns', 'exec', places.client, ...command] : command;
  const child = spawn(program, rest, {
    stdio: ['ignore', openSync(outFile, 'w'), openSync(errFile, 'w')],
    env: { ...process.env, PATH: labPath, BENCH_FIGURES: figuresFile },
  });
  const start = performance.now();
  const timer = setTimeout(() => child.kill('SIGTERM'), timeoutMs);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  clearTimeout(timer);
  const wallMs = performance.now() - start;
  try {
    return { code, wallMs, figures: JSON.parse(await readFile(figuresFile, 'utf8')) as ProcessFigures };
  } catch {
    throw new Error(`${args[0]} ended with ${code}: ${(await readFile(errFile, 'utf8')).slice(-2_000)}`);
  }
}
