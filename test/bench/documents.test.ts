import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { HistoryEntry } from '../../bench/history.ts';

const read = (file: string): Promise<string> => readFile(new URL(`../../${file}`, import.meta.url), 'utf8');

/** A document that quotes the benchmark: what its table row of so many agencies holds besides their number, in the order of the columns. */
const quoted = [
  [
    'docs/scale.md',
    [
      'cpuMsPerAgency',
      'floorCpuMsPerAgency',
      'ratio',
      'queries',
      'handshakes',
      'bytesSent',
      'packetsSent',
      'journalMiB',
      'reportMiB',
      'peakRssMiB',
    ],
  ],
  ['README.md', ['deadPercent', 'wallS', 'cpuMsPerAgency', 'floorCpuMsPerAgency', 'peakRssMiB', 'loopDelayP99Ms']],
  ['README.vi.md', ['deadPercent', 'wallS', 'cpuMsPerAgency', 'floorCpuMsPerAgency', 'peakRssMiB', 'loopDelayP99Ms']],
] as const;

it.each(quoted)('%s quotes figures of the history', async (file, columns) => {
  const history = (await read('bench/history.ndjson'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryEntry);
  const landed = history.flatMap(({ figures }) => {
    if (figures === undefined) return [];
    const { cpuMsPerAgency, floorCpuMsPerAgency: floor, bytesSent } = figures;
    const shown = {
      ...figures,
      ratio: floor === null ? '-' : (cpuMsPerAgency / floor).toFixed(2),
      bytesSent: (bytesSent / 1e6).toFixed(1),
    };
    const cells: Record<string, unknown> = { ...shown, peakRssMiB: Math.round(figures.peakRssMiB), floorCpuMsPerAgency: floor ?? '-' };
    return [[figures.agencies, ...columns.map((column) => cells[column])].join(' | ')];
  });
  const rows = (await read(file)).split('\n').filter((line) => /^\| (?:60|1[.,]?000) +\|/.test(line));
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    const cells = row
      .split('|')
      .slice(1, -1)
      .map((cell) =>
        cell
          .trim()
          .replace(/(\d)[,.](?=\d{3}\b)(?!\d{3}\.)/g, '$1')
          .replace(/ %$/, ''),
      );
    expect(landed).toContain(cells.map((cell) => cell.replace(',', '.')).join(' | '));
  }
});
