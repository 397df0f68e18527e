import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readArguments } from '../../bench/arguments.ts';
import { appendHistory, type Figures, type HistoryEntry, tableOf } from '../../bench/history.ts';

const figures: Figures = {
  tool: 'this',
  agencies: 100,
  deadPercent: 30,
  concurrency: 40,
  labRates: true,
  wallS: 12.34,
  measuringS: 10,
  userS: 4,
  systemS: 1,
  cpuMsPerAgency: 50,
  peakRssMiB: 200.4,
  loopDelayP99Ms: 12.3,
  loopDelayMaxMs: 80,
  queries: 13_000,
  handshakes: 2_000,
  bytesSent: 6_930_729,
  packetsSent: 50_000,
  falseTimeouts: 0,
  localLimits: 0,
  inconclusive: 3,
  digest: '4aaf3ddb64380077',
  journalMiB: 3.6,
  reportMiB: 12,
  floorCpuMsPerAgency: 40,
  floorFailures: 0,
  shellCpuMsPerAgency: 1_000,
  shellCommandMs: null,
  seen: null,
};

it('the table has a row a run, with the ratios to the floor and of the shell', () => {
  const rows = tableOf([figures, { ...figures, floorCpuMsPerAgency: null, shellCpuMsPerAgency: null }])
    .trim()
    .split('\n');
  expect(rows).toHaveLength(4);
  const cells = rows.map((row) => row.split(' | ').length);
  expect(new Set(cells).size).toBe(1);
  expect(rows[2]).toBe(
    '| this | 100 | 30 % | 40 | 12.3 | 50.0 | 40.0 | 1.25 | 1000 | 20.00 | 200 | 12.3 | 13000 | 2000 | 6.9 | 0 | 4aaf3ddb64380077 |',
  );
  expect(rows[3]).toContain('| 50.0 | - | - | - | - | 200 |');
});

it('the history is a line an entry', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'ipv6gov-history-'));
  const entry: HistoryEntry = { date: '2026-01-01', commit: 'abc', command: 'npm run bench', machine: '2 × CPU', note: '', figures };
  try {
    const file = join(dir, 'history.ndjson');
    await appendHistory(file, entry);
    await appendHistory(file, { ...entry, commit: 'def' });
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as HistoryEntry).commit)).toEqual(['abc', 'def']);
  } finally {
    await rm(dir, { recursive: true });
  }
});

it('what landed in the history can be read', async () => {
  const text = await readFile(new URL('../../bench/history.ndjson', import.meta.url), 'utf8');
  const entries = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryEntry);
  expect(entries.length).toBeGreaterThan(0);
  for (const entry of entries) {
    expect(entry).toMatchObject({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      commit: expect.any(String),
      command: expect.stringMatching(/^npm run bench/),
    });
    expect(entry.figures !== undefined || (entry.micro?.length ?? 0) > 0).toBe(true);
  }
});

it.each([
  [['--agencies', '100,1000', '--dead', '30', '--no-shell'], { counts: [100, 1_000], deadPercents: [30], shell: false, floor: true }],
  [['--micro', '--start'], { micro: true, start: true }],
  [['--real-rates', '--concurrency', '1,200'], { realRates: true, concurrencies: [1, 200], counts: [100] }],
  [['--no-history', '--also', '../old'], { history: null, also: '../old' }],
])('%j', (args, wanted) => {
  expect(readArguments(args)).toMatchObject(wanted);
});

it.each([[['--agencies', '0']], [['--agencies', '99999']], [['--dead', '30,']], [['--concurrency', 'many']], [['--unknown']]])(
  '%j is refused',
  (args) => {
    expect(() => readArguments(args)).toThrow();
  },
);
