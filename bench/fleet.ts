import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coordinate } from '../src/fleet/coordinate.ts';
import { connectEngine, type Engine, ensureStreams } from '../src/fleet/engine.ts';
import { streams, subjects } from '../src/fleet/names.ts';
import { writeFleet } from '../src/runner/fleet-folder.ts';
import { createRunFolder, newRunId, writeManifest } from '../src/runner/run-folder.ts';
import { startEngineServer } from '../test/fleet/engine-server.ts';
import { fleetManifest, listOf } from '../test/support/fleet-world.ts';
import type { HistoryEntry } from './history.ts';
import type { StubbedCost } from './programs/fleet-worker.ts';

/**
 * `npm run bench:fleet`: how a fleet grows. A simulation: workers burn the processor time that the last audit of bench/history.ndjson cost an
 * agency, and send evidence of its size; everything else (engine, jobs, evidence, journals) is real, on loopback.
 */
async function main(): Promise<void> {
  const { cpuMs, evidenceBytes } = await lastAudit();
  console.log(`an agency: ${cpuMs.toFixed(0)} ms of processor time, ${evidenceBytes} bytes of evidence, packed`);
  for (const workers of [1, 2, 4]) console.log(await grown(workers, { cpuMs, evidenceBytes }, Math.round(12_000 / cpuMs) * workers));
  console.log(await grown(1, { cpuMs: 0, evidenceBytes }, 2_000));
  console.log(await ceiling(evidenceBytes));
}

async function lastAudit(): Promise<{ cpuMs: number; evidenceBytes: number }> {
  const lines = (await readFile('bench/history.ndjson', 'utf8')).trim().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as HistoryEntry);
  const last = entries.flatMap(({ figures }) => (figures?.tool === 'this' ? [figures] : [])).at(-1);
  if (last === undefined) throw new Error('bench/history.ndjson knows no audit');
  return { cpuMs: last.cpuMsPerAgency, evidenceBytes: Math.round((last.journalMiB * 1_048_576) / last.agencies) };
}

/** Agencies a second of one vantage with so many workers. */
async function grown(workers: number, cost: Pick<StubbedCost, 'cpuMs' | 'evidenceBytes'>, agencies: number): Promise<string> {
  const server = await startEngineServer();
  const dir = await mkdtemp(join(tmpdir(), 'ipv6gov-bench-fleet-'));
  const children: ChildProcess[] = [];
  try {
    for (let started = 0; started < workers; started += 1) {
      const request: StubbedCost = { ...cost, url: server.url, of: workers, inFlight: 8 };
      const program = join(import.meta.dirname, 'programs/fleet-worker.js');
      children.push(spawn(process.execPath, [program, JSON.stringify(request)], { stdio: ['ignore', 'inherit', 'inherit'] }));
    }
    const manifest = fleetManifest(newRunId(new Date(), Math.random), agencies);
    const folder = await createRunFolder({ dir, id: manifest.id });
    await writeManifest(folder, manifest);
    await writeFleet(folder, { vantages: ['bench'], submitted: {} });
    const engine = await connectEngine({ url: server.url, credentials: null, authority: null, name: 'bench' });
    let [firstMs, cells, before] = [0, 0, process.cpuUsage()];
    await coordinate({
      engine,
      folder,
      manifest,
      agencies: () => listOf(agencies),
      detach: false,
      deadlineMs: 10 * 60_000,
      signal: new AbortController().signal,
      onCell: () => {
        if (cells === 0) [firstMs, before] = [performance.now(), process.cpuUsage()];
        cells += 1;
      },
    });
    const seconds = (performance.now() - firstMs) / 1_000;
    const { user, system } = process.cpuUsage(before);
    await engine.close();
    const rate = (cells - 1) / seconds;
    const megabytes = (rate * cost.evidenceBytes) / 1e6;
    return `${workers} workers, ${cost.cpuMs.toFixed(0)} ms each: ${cells} agencies in ${seconds.toFixed(1)} s, ${rate.toFixed(1)} a second, ${megabytes.toFixed(1)} MB/s; collecting costs ${((user + system) / 1_000 / cells).toFixed(2)} ms an agency`;
  } finally {
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(children.map((child) => new Promise((resolve) => child.once('exit', resolve))));
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** What the engine stores by itself: messages of that size, 64 on the way at a time, kept on disk. */
async function ceiling(bytes: number): Promise<string> {
  const server = await startEngineServer();
  try {
    const engine = await connectEngine({ url: server.url, credentials: null, authority: null, name: 'bench' });
    await ensureStreams(engine);
    const [small, large] = [await published(engine, 500, 20_000), await published(engine, bytes, 4_000)];
    await engine.manager.streams.purge(streams.evidence);
    await engine.close();
    return `the engine alone: ${small.toFixed(0)} messages of 500 bytes a second; ${large.toFixed(0)} of ${bytes} bytes, ${((large * bytes) / 1e6).toFixed(0)} MB/s`;
  } finally {
    await server.stop();
  }
}

async function published({ jetstream }: Engine, bytes: number, count: number): Promise<number> {
  const data = crypto.getRandomValues(new Uint8Array(bytes));
  const start = performance.now();
  for (let sent = 0; sent < count; sent += 64)
    await Promise.all(
      Array.from({ length: Math.min(64, count - sent) }, () => jetstream.publish(subjects.evidence('bench', 'ceiling'), data)),
    );
  return count / ((performance.now() - start) / 1_000);
}

await main();
