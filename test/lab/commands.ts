import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { delimiter } from 'node:path';

/** `ip`, `nft` and the daemons are in the sbin folders, which an ordinary PATH lacks. */
export const labPath = [process.env.PATH ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'].join(delimiter);

export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end; throws with what it wrote when it fails. `input` is its standard input, `timeoutMs` ends it. */
export async function run(program: string, args: readonly string[], options: { input?: string; timeoutMs?: number } = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await attempt(program, args, options);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}: ${stderr || stdout}`);
  return stdout;
}

/** The same, with the exit code as a value; -1 when a signal or the timeout ended it. */
export function attempt(program: string, args: readonly string[], options: { input?: string; timeoutMs?: number } = {}): Promise<Outcome> {
  const settings = { timeout: options.timeoutMs ?? 60_000, maxBuffer: 64 << 20, env: { ...process.env, PATH: labPath } };
  return new Promise((resolve) => {
    const child = execFile(program, [...args], settings, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ exitCode: code, stdout, stderr: code === -1 ? `${error?.message}\n${stderr}` : stderr });
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}

/** Starts a program that stays in the foreground of a namespace. What it writes is kept (the last 20,000 characters) for the error message. */
export function startIn(namespace: string, program: string, args: readonly string[]): { child: ChildProcess; written: () => string } {
  let text = '';
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-20_000);
  };
  const child = spawn('ip', ['netns', 'exec', namespace, program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // No resolver of the machine is in reach of the lab: who asks it all the same is not to wait for it.
    env: { ...process.env, PATH: labPath, RES_OPTIONS: 'timeout:1 attempts:1' },
  });
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(error.message)));
  return { child, written: () => text };
}
