import { readFile } from 'node:fs/promises';

/** Is there a process with this id on this host? One that may not be signalled (EPERM) is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/<pid>/stat, counted after the command name, which may hold blanks and brackets (proc(5)). */
const startAfterCommand = 19;

/**
 * Boot id and start time of a process, which together tell a reused pid from the process it once was. Null where there is no
 * /proc or no such process.
 */
export async function processStart(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[startAfterCommand];
    return start === undefined ? null : `${boot.trim()} ${start}`;
  } catch {
    return null;
  }
}
