import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJournal } from '../src/runner/evidence-journal.ts';
import { run } from '../test/lab/commands.ts';
import type { MicroFigures } from './history.ts';
import { places } from './namespaces.ts';
import type { Servers } from './servers.ts';
import type { Country } from './world.ts';

const starts = 20;
const audits = 5;
const program = 'bin/ipv6gov.js';

/** What one person waits for: the command's start, and the audit of one sound agency with hardly any spacing. */
export async function startFigures({ agencies }: Country, servers: Servers): Promise<MicroFigures[]> {
  const [{ domain } = { domain: '' }] = agencies.filter(({ dead }) => !dead);
  return [...(await versionFigures()), ...(await oneAudit(domain, servers))];
}

/** The least of many, in turn: what else the machine does comes on top. */
async function versionFigures(): Promise<MicroFigures[]> {
  let bare = Number.POSITIVE_INFINITY;
  let version = Number.POSITIVE_INFINITY;
  for (let count = 0; count < starts; count += 1) {
    bare = Math.min(bare, await wallMs(() => run(process.execPath, ['-e', '0'])));
    version = Math.min(version, await wallMs(() => run(process.execPath, [program, '--version'])));
  }
  return [
    { name: `node -e 0: least of ${starts}`, value: rounded(bare), unit: 'ms' },
    { name: `ipv6gov --version: least of ${starts}`, value: rounded(version), unit: 'ms' },
    { name: 'ipv6gov --version against node -e 0', value: rounded(version / bare), unit: '×' },
  ];
}

async function oneAudit(domain: string, { authority, anchor }: Servers): Promise<MicroFigures[]> {
  let best = { wallMs: Number.POSITIVE_INFINITY, slowestMs: 0 };
  const files = ['--ca', authority, '--trust-anchor', anchor, '--helo', 'probe.doi-chung.vn', '--lab-rates', '-f', 'csv'];
  for (let count = 0; count < audits; count += 1) {
    const dir = await mkdtemp(join(tmpdir(), 'ipv6gov-bench-one-'));
    try {
      const list = join(dir, 'list.txt');
      await writeFile(list, `${domain}\n`);
      const args = [program, 'audit', '-l', list, '--run-dir', join(dir, 'runs'), ...files];
      const took = await wallMs(() => run('ip', ['netns', 'exec', places.client, process.execPath, ...args]));
      if (took < best.wallMs) best = { wallMs: took, slowestMs: await slowestOf(join(dir, 'runs')) };
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }
  return [
    { name: `audit of one sound agency: least of ${audits}`, value: rounded(best.wallMs), unit: 'ms' },
    { name: 'its slowest operation', value: rounded(best.slowestMs), unit: 'ms' },
    { name: 'audit of one beyond that', value: rounded(best.wallMs - best.slowestMs), unit: 'ms' },
  ];
}

async function slowestOf(runs: string): Promise<number> {
  const [id = ''] = await readdir(runs);
  let slowest = 0;
  for await (const { observations } of readJournal(join(runs, id, 'evidence.ndjson.gz')))
    for (const { elapsedMs } of observations) slowest = Math.max(slowest, elapsedMs);
  return slowest;
}

async function wallMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
