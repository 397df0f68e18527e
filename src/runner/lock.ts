import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { isRunning, processStart } from './process-start.ts';
import type { RunFolder } from './run-folder.ts';

const holderSchema = z.object({ pid: z.int().min(1), startedAt: z.string(), host: z.string(), processStart: z.string().nullable() });
type Holder = z.infer<typeof holderSchema>;

/** Another process works in the run folder (faults P4). */
export class LockedError extends Error {
  readonly pid: number;
  readonly host: string;

  constructor(folder: string, { pid, host, startedAt }: Holder) {
    super(`${folder} is in use by process ${pid} on ${host} since ${startedAt}; wait for it, or end it, or use another folder`);
    this.name = 'LockedError';
    this.pid = pid;
    this.host = host;
  }
}

export interface Lock {
  /** Removes the lock if it is still ours. May be called twice. */
  release(): Promise<void>;
  /** Why an older lock was not respected, for the log; null when there was none. */
  tookOverStale: string | null;
}

/** A process on another host cannot be asked whether it lives. */
const foreignLockMs = 24 * 3_600_000;
/** Takers that meet over one stale lock: few, and each round ends with one of them holding it. */
const attempts = 5;

/**
 * Takes the run folder for this process. A lock of a process that is gone (same host, no such pid, or the pid belongs to a process
 * started at another time), unreadable, or of another host and over a day old is taken over. Throws `LockedError` else.
 */
export async function acquireLock(folder: RunFolder): Promise<Lock> {
  const mine: Holder = {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    host: hostname(),
    processStart: await processStart(process.pid),
  };
  const text = `${JSON.stringify({ ...mine, token: randomBytes(8).toString('hex') })}\n`;
  let tookOverStale: string | null = null;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await createLock(folder.lock, text)) return { tookOverStale, release: () => removeIfSame(folder.lock, text).then(() => undefined) };
    const found = await readLock(folder.lock);
    if (found === null) continue;
    const holder = parseHolder(found);
    const stale = await whyStale(holder);
    if (holder !== null && stale === null) throw new LockedError(folder.path, holder);
    if (await removeIfSame(folder.lock, found)) tookOverStale = `took over the lock of ${folder.path}: ${stale ?? 'it cannot be read'}`;
  }
  throw new Error(`${folder.lock}: several processes are taking this lock at once; try again`);
}

/** Who works in the folder now, as the error that taking the lock would throw; null when nobody does. Changes nothing. */
export async function findHolder(folder: RunFolder): Promise<LockedError | null> {
  const found = await readLock(folder.lock);
  const holder = found === null ? null : parseHolder(found);
  return holder !== null && (await whyStale(holder)) === null ? new LockedError(folder.path, holder) : null;
}

/** Creates the lock with its text at once, so that nobody ever reads half of it. False when there is one. */
async function createLock(path: string, text: string): Promise<boolean> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(temporary, text, { flag: 'wx' });
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'EPERM' || code === 'ENOSYS' || code === 'ENOTSUP' || code === 'EOPNOTSUPP' || code === 'EMLINK')
      return createWithoutLink(path, text);
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** For file systems without hard links. */
async function createWithoutLink(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(text).finally(() => file.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes the lock only if it still says `text`. It is moved aside first: of two takers only one gets it, and one that
 * got a newer lock by mistake puts it back.
 */
async function removeIfSame(path: string, text: string): Promise<boolean> {
  if ((await readLock(path)) !== text) return false;
  const aside = `${path}.${randomBytes(6).toString('hex')}.old`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  const same = (await readLock(aside)) === text;
  if (!same) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  return same;
}

async function readLock(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parseHolder(text: string): Holder | null {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Null when the holder must be believed to be at work. */
async function whyStale(holder: Holder | null): Promise<string | null> {
  if (holder === null) return null;
  const { pid, host, startedAt } = holder;
  if (host !== hostname()) {
    const ageMs = Date.now() - Date.parse(startedAt);
    return ageMs > foreignLockMs ? `process ${pid} on ${host} has held it since ${startedAt}, more than a day` : null;
  }
  if (!isRunning(pid)) return `process ${pid} on this host is gone`;
  const start = await processStart(pid);
  const another = start !== null && holder.processStart !== null && start !== holder.processStart;
  return another ? `process ${pid} on this host is another one now` : null;
}
