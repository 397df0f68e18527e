import { parseArgs } from 'node:util';
import { mostAgencies } from './world.ts';

export interface BenchArguments {
  counts: number[];
  deadPercents: number[];
  concurrencies: number[];
  /** The audit with the politeness that strangers get, and what the servers saw of it. */
  realRates: boolean;
  floor: boolean;
  shell: boolean;
  micro: boolean;
  /** How long the command takes to start, and to audit one agency. */
  start: boolean;
  /** Another checkout of the tool, built, that audits the same country after ours: a change is judged on the same machine in the same hour. */
  also: string | null;
  profileDir: string | null;
  note: string;
  /** Where the result is appended; null: nowhere. */
  history: string | null;
  out: string | null;
}

/** Reads the command line of `npm run bench`. Throws with what is wrong. */
export function readArguments(args: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      agencies: { type: 'string', default: '100' },
      dead: { type: 'string', default: '0,30' },
      concurrency: { type: 'string', default: '200' },
      'real-rates': { type: 'boolean', default: false },
      'no-floor': { type: 'boolean', default: false },
      'no-shell': { type: 'boolean', default: false },
      micro: { type: 'boolean', default: false },
      start: { type: 'boolean', default: false },
      also: { type: 'string' },
      profile: { type: 'string' },
      note: { type: 'string', default: '' },
      'no-history': { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  return {
    counts: numbers(values.agencies, [1, mostAgencies]),
    deadPercents: numbers(values.dead, [0, 100]),
    concurrencies: numbers(values.concurrency, [1, 10_000]),
    realRates: values['real-rates'],
    floor: !values['no-floor'],
    shell: !values['no-shell'],
    micro: values.micro,
    start: values.start,
    also: values.also ?? null,
    profileDir: values.profile ?? null,
    note: values.note,
    history: values['no-history'] ? null : 'bench/history.ndjson',
    out: values.out ?? null,
  };
}

function numbers(text: string, [least, most]: readonly [number, number]): number[] {
  return text.split(',').map((part) => {
    const value = Number(part);
    if (part === '' || !Number.isInteger(value) || value < least || value > most)
      throw new Error(`${JSON.stringify(part)} is no number from ${least} to ${most}`);
    return value;
  });
}
