import { connectEngine } from '../../src/fleet/engine.ts';
import { serve } from '../../src/fleet/worker.ts';
import type { Agency } from '../../src/model/agency.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import { evidenceOf, fleetLive } from '../../test/support/fleet-world.ts';

/** What one agency costs, as the benchmark of an audit measured it. */
export interface StubbedCost {
  url: string;
  of: number;
  /** Processor time of an agency, burnt. */
  cpuMs: number;
  /** Bytes of its evidence when it is packed. */
  evidenceBytes: number;
  inFlight: number;
}

/** A worker that measures nothing: each agency burns the processor time and sends the evidence that a real one does. `node fleet-worker.js COST` */
const cost = JSON.parse(process.argv[2] ?? '') as StubbedCost;

/** Does not pack any further, so that what is sent is as long as the evidence of a real agency. */
const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(Math.min(65_536, cost.evidenceBytes)))).toString('base64');

function evidence(agency: Agency): EvidenceRecord {
  const record = evidenceOf('bench', agency);
  return {
    ...record,
    agency,
    crashes: [{ probe: 'bench', detail: noise.repeat(Math.ceil(cost.evidenceBytes / noise.length)).slice(0, cost.evidenceBytes) }],
  };
}

const stopped = new AbortController();
process.once('SIGTERM', () => stopped.abort());
const engine = await connectEngine({ url: cost.url, credentials: null, authority: null, name: 'bench' });
await serve({
  engine,
  vantage: 'bench',
  version: '0.0.0',
  of: cost.of,
  inFlight: cost.inFlight,
  live: fleetLive,
  allowPrivate: false,
  signal: stopped.signal,
  onEvent: () => undefined,
  collect: ({ agency }) => {
    const end = process.cpuUsage();
    while (cpuMsSince(end) < cost.cpuMs);
    return Promise.resolve(evidence(agency));
  },
});
await engine.close();

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
