import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Collected } from '../../src/fleet/collect.ts';
import { type Coordination, coordinate } from '../../src/fleet/coordinate.ts';
import { connectEngine, type Engine } from '../../src/fleet/engine.ts';
import { serve, type WorkerOptions, type WorkerTimes } from '../../src/fleet/worker.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import { readJournal } from '../../src/runner/evidence-journal.ts';
import { partsOfRun, writeFleet } from '../../src/runner/fleet-folder.ts';
import { createRunFolder, type RunFolder, writeManifest } from '../../src/runner/run-folder.ts';
import { builtTool } from '../support/built-tool.ts';
import type { FleetRequest } from '../support/fleet-driver.ts';
import { agencyAt, agencyCount, evidenceOf, fleetLive, fleetManifest, listOf, type Stub, stubbed } from '../support/fleet-world.ts';
import { type Running, start } from '../support/run-process.ts';

export const times: WorkerTimes = { ackWaitMs: 3_000, beatMs: 200 };

/** One run over its own vantages. What it starts ends with it. */
export interface FleetCase {
  vantages: [string, string, string];
  folder: RunFolder;
  dir: string;
  log: (vantage: string) => string;
  /** A worker in this process; ends by itself at the end of the case. */
  inside(vantage: string, more?: Partial<WorkerOptions>): Promise<{ engine: Engine; ended: Promise<void>; stop: () => void }>;
  /** A worker in a process of its own. */
  worker(vantage: string, more?: { url?: string; of?: number; inFlight?: number; stub?: Partial<Stub> }): Promise<Running>;
  /** A coordinator in a process of its own. */
  coordinator(more?: { detach?: boolean; deadlineMs?: number }): Promise<Running>;
  coordinate(more?: Partial<Coordination>): Promise<Collected>;
  engine(): Promise<Engine>;
  close(): Promise<void>;
}

let cases = 0;

export async function fleetCase(name: string, url: string, agencies = agencyCount, as?: FleetCase['vantages']): Promise<FleetCase> {
  const dir = await mkdtemp(join(tmpdir(), `ipv6gov-fleet-${name}-`));
  cases += 1;
  const id = `20261124-031500-${process.pid.toString(16).padStart(4, '0').slice(-4)}${cases.toString(16).padStart(2, '0')}`;
  const manifest = fleetManifest(id, agencies);
  const vantages: FleetCase['vantages'] = as ?? [`${name}.a`, `${name}.b`, `${name}.c`];
  const folder = await createRunFolder({ dir, id });
  await writeManifest(folder, manifest);
  await writeFleet(folder, { vantages, submitted: {} });
  const stopping = new AbortController();
  const started: { engines: Engine[]; serving: Promise<void>[]; running: Running[] } = { engines: [], serving: [], running: [] };
  const log = (vantage: string): string => join(dir, `measured-${vantage}`);
  const engine = async (): Promise<Engine> => {
    const connected = await connectEngine({ url, credentials: null, authority: null, name });
    started.engines.push(connected);
    return connected;
  };
  const run = async (request: FleetRequest): Promise<Running> => {
    const running = start(process.execPath, [(await builtTool()).fleetDriver, JSON.stringify(request)]);
    started.running.push(running);
    return running;
  };
  return {
    vantages,
    folder,
    dir,
    log,
    engine,
    async inside(vantage, more = {}) {
      const own = new AbortController();
      const connected = more.engine ?? (await engine());
      const ended = serve({
        engine: connected,
        vantage,
        version: '0.0.0',
        of: 1,
        inFlight: 16,
        live: fleetLive,
        allowPrivate: false,
        signal: AbortSignal.any([stopping.signal, own.signal]),
        onEvent: () => undefined,
        collect: stubbed({ vantage, costMs: 2, log: log(vantage) }),
        times,
        ...more,
      });
      started.serving.push(ended.catch(() => undefined));
      return { engine: connected, ended, stop: () => own.abort() };
    },
    worker: (vantage, { url: by = url, of = 1, inFlight = 8, stub = {} } = {}) =>
      run({ role: 'worker', url: by, of, inFlight, times, stub: { vantage, costMs: 20, log: log(vantage), ...stub } }),
    coordinator: ({ detach = false, deadlineMs = 60_000 } = {}) =>
      run({ role: 'coordinator', url, dir, id, ackWaitMs: times.ackWaitMs, deadlineMs, detach }),
    async coordinate(more = {}) {
      const collected = await coordinate({
        engine: more.engine ?? (await engine()),
        folder,
        manifest,
        agencies: () => listOf(agencies),
        detach: false,
        deadlineMs: 60_000,
        signal: stopping.signal,
        onCell: () => undefined,
        ackWaitMs: times.ackWaitMs,
        ...more,
      });
      if (collected === null) throw new Error('nothing was collected');
      return collected;
    },
    async close() {
      stopping.abort();
      for (const { child } of started.running) child.kill('SIGKILL');
      await Promise.all(started.running.map(({ ended }) => ended));
      await Promise.all(started.serving);
      await Promise.all(started.engines.map((each) => each.close()));
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Runs one case, and ends whatever it began. */
export const withCase = (name: string, url: () => string, run: (fleet: FleetCase) => Promise<void>) => async (): Promise<void> => {
  const fleet = await fleetCase(name, url());
  try {
    await run(fleet);
  } finally {
    await fleet.close();
  }
};

/** Waits until it is so, for at most a minute. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const killed = async ({ child, ended }: Running): Promise<void> => {
  child.kill('SIGKILL');
  await ended;
};

/** What the run folder holds, by vantage: all records of agencies, in whichever part. */
export async function recordsOf(folder: RunFolder): Promise<Map<string, EvidenceRecord[]>> {
  const records = new Map<string, EvidenceRecord[]>();
  for (const { place, folder: part } of await partsOfRun(folder)) {
    const known = records.get(place) ?? [];
    for await (const record of readJournal(part.journal)) if (record.agency !== null) known.push(record);
    records.set(place, known);
  }
  return records;
}

/** Every vantage has every agency once, with the evidence that an undisturbed run gives. */
export async function expectExact(
  { folder, vantages }: { folder: RunFolder; vantages: readonly string[] },
  { count = agencyCount, agencyOf = agencyAt, except = [] as readonly string[] } = {},
): Promise<void> {
  const records = await recordsOf(folder);
  for (const vantage of vantages) {
    const found = (records.get(vantage) ?? []).toSorted((a, b) => (a.agency?.input.line ?? 0) - (b.agency?.input.line ?? 0));
    expect(found.length, vantage).toBe(count);
    const expected = Array.from({ length: count }, (_, at) => evidenceOf(vantage, agencyOf(at)));
    const isOther = (record: EvidenceRecord, at: number): boolean => JSON.stringify(record) !== JSON.stringify(expected[at]);
    const others = found.filter(isOther).map(({ agency }) => agency?.id);
    expect(others).toEqual(except);
  }
}

export const cellsOf = ({ cells }: Pick<Collected, 'cells'>): number[] => [...cells.values()].map((ids) => ids.size);

/** One line a case, for who reads the log. */
export function tell(name: string, collected: Pick<Collected, 'cells' | 'repeated' | 'rejected'>, more = ''): void {
  const { repeated, rejected } = collected;
  process.stdout.write(`fleet: ${name}: cells ${cellsOf(collected).join(' + ')}, repeated ${repeated}, rejected ${rejected}${more}\n`);
}
