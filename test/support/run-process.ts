import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../../src/model/report.ts';
import type { DriverRequest } from './audit-driver.ts';
import { builtTool } from './built-tool.ts';
import type { HostedWorld } from './recorded-world.ts';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Settles when this text was on stderr; rejects when the process ends without it. */
  said(text: string | RegExp): Promise<void>;
}

/** Starts a program and gathers what it says. */
export function start(program: string, args: readonly string[], options: Parameters<typeof spawn>[2] = {}): Running {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const seen = { out: '', err: '' };
  const waiting = new Set<() => void>();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    seen.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    seen.err += text;
    for (const look of waiting) look();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...seen }));
  });
  const said = (text: string | RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (typeof text === 'string' ? seen.err.includes(text) : text.test(seen.err)) resolve();
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`never said ${String(text)}: ${seen.err}`)));
    });
  return { child, ended, said };
}

/** The command as people start it. */
export async function startCommand(args: readonly string[]): Promise<Running> {
  return start(process.execPath, [(await builtTool()).command, ...args]);
}

export type AuditStart = Omit<DriverRequest, 'world' | 'options'> & {
  options?: DriverRequest['options'] | Omit<DriverRequest['options'], 'runDir'>;
  settings?: Partial<DriverRequest['world']['manifest']['settings']['run']>;
  /** Redirections after the program, for a shell. */
  redirect?: string;
};

/** Starts an audit of a hosted world in a process of its own, with runs under `dir/runs`. */
export async function startAudit(hosted: HostedWorld, { options, settings, redirect, ...rest }: AuditStart = {}): Promise<Running> {
  const { driver } = await builtTool();
  const { manifest } = hosted.world;
  const world = {
    ...hosted.world,
    manifest: { ...manifest, settings: { ...manifest.settings, run: { ...manifest.settings.run, ...settings } } },
  };
  const request: DriverRequest = { world, options: { runDir: join(hosted.dir, 'runs'), lists: [hosted.list], ...options }, ...rest };
  const file = join(hosted.dir, `${randomBytes(6).toString('hex')}.json`);
  await writeFile(file, JSON.stringify(request));
  if (redirect === undefined) return start(process.execPath, [driver, file]);
  return start('bash', ['-c', `"$0" "$1" "$2" ${redirect}`, process.execPath, driver, file]);
}

export async function audit(hosted: HostedWorld, how: AuditStart = {}): Promise<Ended> {
  return (await startAudit(hosted, how)).ended;
}

/** The report that a run wrote to stdout as JSON. */
export function reportOf({ out, err }: Pick<Ended, 'out' | 'err'>): Report {
  try {
    return JSON.parse(out) as Report;
  } catch {
    throw new Error(`no report on stdout: ${out.slice(0, 300)} ${err}`);
  }
}

/** Waits until a run of this folder of runs is under its lock, from when on it listens to signals; its id. */
export async function lockIn(runDir: string): Promise<string> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    const [id] = await readdir(runDir).catch(() => []);
    if (id !== undefined && existsSync(join(runDir, id, 'lock'))) return id;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no run was begun');
}
