import type { Engine } from './engine.ts';
import { type Beat, beatSchema, read } from './messages.ts';
import { subjects, vantageOf } from './names.ts';

export const beatMs = 2_000;
/** Who was not heard of for so many beats is gone. */
const goneBeats = 4;
/** More workers of one vantage are nobody's. */
const mostHeard = 256;

export interface Heard extends Beat {
  /** Epoch ms by our clock when it came. */
  atMs: number;
}

/** Listens to the workers of a vantage, or of all. A beat that claims another vantage than its subject is nobody's. */
export function listenToBeats({ connection }: Engine, subject: string, everyMs = beatMs, now: () => number = Date.now) {
  const heard = new Map<string, Heard>();
  const isAlive = ({ atMs }: Heard): boolean => now() - atMs <= goneBeats * everyMs;
  const subscription = connection.subscribe(subject, {
    callback(error, message) {
      if (error !== null) return;
      const beat = read(message.data, beatSchema, 4_096);
      if (beat === null || vantageOf(message.subject) !== beat.vantage) return;
      for (const [key, other] of heard) if (!isAlive(other)) heard.delete(key);
      const key = `${beat.vantage} ${beat.worker}`;
      if (!heard.has(key) && [...heard.values()].filter(({ vantage }) => vantage === beat.vantage).length >= mostHeard) return;
      heard.set(key, { ...beat, atMs: now() });
    },
  });
  return {
    alive: (): Heard[] => [...heard.values()].filter(isAlive),
    stop: () => subscription.unsubscribe(),
  };
}

export function sendBeat({ connection }: Engine, beat: Beat): void {
  try {
    connection.publish(subjects.beat(beat.vantage), JSON.stringify(beat));
  } catch {
    // Cut off: nobody would hear it.
  }
}

/**
 * May this worker take jobs? `of` workers of a vantage share its limits, each with its part; one more would make a server see more than
 * the vantage as a whole may send, so it stands by. Who works goes on working, whoever else comes.
 */
export function mayWork(own: Pick<Beat, 'worker' | 'state'>, of: number, alive: readonly Pick<Beat, 'worker' | 'state'>[]): boolean {
  const rank = ({ worker, state }: Pick<Beat, 'worker' | 'state'>): string => `${state === 'standby' ? 1 : 0} ${worker}`;
  const before = alive.filter((other) => other.worker !== own.worker && rank(other) < rank(own));
  return before.length < of;
}
