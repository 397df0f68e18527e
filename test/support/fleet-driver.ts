import { coordinate } from '../../src/fleet/coordinate.ts';
import { connectEngine } from '../../src/fleet/engine.ts';
import { serve, type WorkerTimes } from '../../src/fleet/worker.ts';
import { readManifest } from '../../src/runner/open-run.ts';
import { runFolder } from '../../src/runner/run-folder.ts';
import { fleetLive, listOf, type Stub, stubbed } from './fleet-world.ts';

/** A worker or a coordinator in a process of its own, which a test may kill, stop and cut off: `node fleet-driver.js REQUEST`. */

export type FleetRequest =
  | { role: 'worker'; url: string; of: number; inFlight: number; times: WorkerTimes; stub: Stub }
  | { role: 'coordinator'; url: string; dir: string; id: string; ackWaitMs: number; deadlineMs: number; detach: boolean };

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function work({ url, of, inFlight, times, stub }: Extract<FleetRequest, { role: 'worker' }>): Promise<void> {
  const stopped = new AbortController();
  process.once('SIGTERM', () => stopped.abort());
  const engine = await connectEngine({ url, credentials: null, authority: null, name: stub.vantage });
  say('connected');
  await serve({
    engine,
    vantage: stub.vantage,
    version: '0.0.0',
    of,
    inFlight,
    live: fleetLive,
    allowPrivate: false,
    signal: stopped.signal,
    onEvent: (event) => {
      if (event.kind === 'state') say(event.state);
      else if (event.kind === 'done') say(`done ${event.done}.`);
      else say(event.reason);
    },
    collect: stubbed(stub),
    times,
  });
  await engine.close();
}

async function collectRun({ url, dir, id, ...request }: Extract<FleetRequest, { role: 'coordinator' }>): Promise<void> {
  const engine = await connectEngine({ url, credentials: null, authority: null, name: 'coordinator' });
  const folder = runFolder({ dir, id });
  const manifest = await readManifest(folder);
  const collected = await coordinate({
    engine,
    folder,
    manifest,
    agencies: () => listOf(manifest.input.agencies),
    signal: new AbortController().signal,
    onCell: ({ cells }) => say(`cells ${[...cells.values()].reduce((sum, ids) => sum + ids.size, 0)}.`),
    ...request,
  });
  if (collected !== null) {
    const { cells, repeated, rejected } = collected;
    process.stdout.write(JSON.stringify({ cells: [...cells].map(([vantage, ids]) => [vantage, ids.size]), repeated, rejected }));
  }
  await engine.close();
}

const request = JSON.parse(process.argv[2] ?? '') as FleetRequest;
await (request.role === 'worker' ? work(request) : collectRun(request));
