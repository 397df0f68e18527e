import { startIn } from '../test/lab/commands.ts';
import { device, places } from './namespaces.ts';

/** What the servers saw of the client's politeness; the names are those of the program that watches. */
export interface Seen {
  /** Most connections open at once at any address, at port 25 of any address, and queries to any name server in any second. */
  most: { any: number; mail: number; queries: number };
  /** All that were watched. */
  seen: { any: number; mail: number; queries: number };
}

/** Counts at the servers' end of the link while `work` runs. */
export async function watched<Result>(work: () => Promise<Result>): Promise<{ result: Result; seen: Seen }> {
  const { child, written } = startIn(places.servers, 'python3', ['bench/programs/watch.py', device]);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (let waits = 0; !written().includes('ready'); waits += 1) {
    if (waits > 100 || child.exitCode !== null) throw new Error(`nothing watches: ${written()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  try {
    const result = await work();
    child.kill('SIGTERM');
    await ended;
    return { result, seen: JSON.parse(written().slice(written().indexOf('{'))) as Seen };
  } finally {
    child.kill('SIGTERM');
  }
}
