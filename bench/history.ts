import { appendFile } from 'node:fs/promises';
import type { ShellFigures } from './shell.ts';
import type { Seen } from './watch.ts';

/** One audit of the country, and what stands beside it. */
export interface Figures {
  /** 'also': the other checkout of `--also`. */
  tool: 'this' | 'also';
  agencies: number;
  deadPercent: number;
  concurrency: number;
  labRates: boolean;
  wallS: number;
  /** Until the last answer; the rest is judging and reports. */
  measuringS: number;
  userS: number;
  systemS: number;
  /** User and system time of our own process. */
  cpuMsPerAgency: number;
  peakRssMiB: number;
  loopDelayP99Ms: number;
  loopDelayMaxMs: number;
  queries: number;
  handshakes: number;
  bytesSent: number;
  packetsSent: number;
  falseTimeouts: number;
  localLimits: number;
  inconclusive: number;
  digest: string;
  journalMiB: number;
  reportMiB: number;
  floorCpuMsPerAgency: number | null;
  floorFailures: number | null;
  shellCpuMsPerAgency: number | null;
  shellCommandMs: ShellFigures['cpuMsPerCommand'] | null;
  /** What the servers saw, where somebody watched. */
  seen: Seen | null;
}

export interface MicroFigures {
  name: string;
  value: number;
  unit: string;
}

export interface HistoryEntry {
  date: string;
  commit: string;
  command: string;
  machine: string;
  note: string;
  figures?: Figures;
  micro?: MicroFigures[];
}

export async function appendHistory(file: string, entry: HistoryEntry): Promise<void> {
  await appendFile(file, `${JSON.stringify(entry)}\n`);
}

type Column = [title: string, cell: (figures: Figures) => string];

const number = (value: number | null, digits = 0): string => (value === null ? '-' : value.toFixed(digits));
const ratio = (part: number, whole: number | null): string => (whole === null || whole === 0 ? '-' : (part / whole).toFixed(2));

const columns: readonly Column[] = [
  ['tool', ({ tool }) => tool],
  ['agencies', ({ agencies }) => String(agencies)],
  ['dead', ({ deadPercent }) => `${deadPercent} %`],
  ['at once', ({ concurrency }) => String(concurrency)],
  ['wall s', ({ wallS }) => number(wallS, 1)],
  ['CPU ms/agency', ({ cpuMsPerAgency }) => number(cpuMsPerAgency, 1)],
  ['floor', ({ floorCpuMsPerAgency }) => number(floorCpuMsPerAgency, 1)],
  ['× floor', ({ cpuMsPerAgency, floorCpuMsPerAgency }) => ratio(cpuMsPerAgency, floorCpuMsPerAgency)],
  ['shell', ({ shellCpuMsPerAgency }) => number(shellCpuMsPerAgency)],
  [
    'shell ×',
    ({ cpuMsPerAgency, shellCpuMsPerAgency }) => (shellCpuMsPerAgency === null ? '-' : ratio(shellCpuMsPerAgency, cpuMsPerAgency)),
  ],
  ['RSS MiB', ({ peakRssMiB }) => number(peakRssMiB)],
  ['loop p99 ms', ({ loopDelayP99Ms }) => number(loopDelayP99Ms, 1)],
  ['queries', ({ queries }) => String(queries)],
  ['handshakes', ({ handshakes }) => String(handshakes)],
  ['MB sent', ({ bytesSent }) => number(bytesSent / 1e6, 1)],
  ['false timeouts', ({ falseTimeouts }) => String(falseTimeouts)],
  ['digest', ({ digest }) => digest],
];

/** A Markdown table, one row a run. */
export function tableOf(rows: readonly Figures[]): string {
  const lines = [columns.map(([title]) => title), columns.map(() => '---'), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
