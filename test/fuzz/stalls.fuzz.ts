import { expect, it } from 'vitest';
import { worstMessages } from './worst-messages.ts';

/** The event loop must never stand still for longer because of one message (closing numbers of the hostile Internet). */
const mostMs = 20;
/** A message is read so often; the least counts: the machine's other work and code not yet compiled are not the reader's. */
const looks = 5;

/** Milliseconds for which the event loop stands still in each slice of one reading: processor time, since the machine has other work. */
function stallsOf(read: () => unknown): number[] {
  const stalls: number[] = [];
  const timed = <Result>(work: () => Result): Result => {
    const [start, used] = [performance.now(), process.cpuUsage()];
    const result = work();
    const { user, system } = process.cpuUsage(used);
    // Other threads of the process use processor time too.
    stalls.push(Math.min(performance.now() - start, (user + system) / 1_000));
    return result;
  };
  const begun = timed(read);
  if (typeof begun !== 'object' || begun === null || !(Symbol.iterator in begun) || !('next' in begun)) return stalls;
  const slices = begun as Iterator<unknown>;
  while (timed(() => slices.next()).done !== true);
  return stalls;
}

/** The longest slice, each by the least of its times, and which it was. */
function worstStall(read: () => unknown): { ms: number; slice: number; slices: number } {
  let least: number[] = [];
  for (let look = 0; look < looks; look += 1) {
    const stalls = stallsOf(read);
    least = stalls.map((ms, at) => Math.min(ms, least[at] ?? ms));
  }
  const ms = Math.max(...least);
  return { ms, slice: least.indexOf(ms) + 1, slices: least.length };
}

it.each(worstMessages)(
  'D2 W20 V9 $reader: no message stops the event loop for 20 ms',
  ({ reader, messages }) => {
    const found = Object.entries(messages).map(([name, read]) => ({ name, ...worstStall(read) }));
    const [worst] = found.toSorted((a, b) => b.ms - a.ms);
    process.stdout.write(`stall ${reader}: worst ${worst?.ms.toFixed(1)} ms (${worst?.name}) of ${found.length}\n`);
    if (process.env.STALLS_SHOWN !== undefined)
      for (const { name, ms, slice, slices } of found) process.stdout.write(`  ${ms.toFixed(1)} ms ${name}, slice ${slice} of ${slices}\n`);
    expect(found.filter(({ ms }) => ms >= mostMs)).toEqual([]);
  },
  600_000,
);
