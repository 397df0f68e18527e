import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/fleet/engine.ts';
import { streams, subjects } from '../../src/fleet/names.ts';
import { agencyAt, agencyCount, longAgency, measuredIn } from '../support/fleet-world.ts';
import type { Running } from '../support/run-process.ts';
import { type EngineServer, startEngineServer } from './engine-server.ts';
import { cellsOf, expectExact, type FleetCase, killed, tell, times, until, withCase } from './fleet-case.ts';
import { startProxy } from './proxy.ts';

let server: EngineServer;
const all = [agencyCount, agencyCount, agencyCount];

beforeAll(async () => {
  server = await startEngineServer();
});
afterAll(() => server.stop());

const url = (): string => server.url;

/** Times that a vantage's agencies were measured, beyond once each. */
async function extra(fleet: FleetCase, vantage: string): Promise<number> {
  const counts = await measuredIn(fleet.log(vantage));
  expect(counts.size).toBe(agencyCount);
  return [...counts.values()].reduce((sum, count) => sum + count, 0) - agencyCount;
}

/** Messages of this run that a stream holds. */
async function held({ manager }: Engine, stream: string, filter: string): Promise<number> {
  const { state } = await manager.streams.info(stream, { subjects_filter: filter });
  return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
}

const doneOf = async (worker: Running, atLeast: number): Promise<void> => worker.said(`done ${atLeast}.`);

describe.concurrent('300 agencies from 3 vantages', () => {
  it(
    'undisturbed: each agency once from each, long evidence in parts, and nothing stays in the engine',
    withCase('calm', url, async (fleet) => {
      const agencyOf = (at: number) => (longAgency.id === `a${at}` ? longAgency : agencyAt(at));
      for (const vantage of fleet.vantages) await fleet.inside(vantage);
      const collected = await fleet.coordinate({
        agencies: async function* () {
          for (let at = 0; at < agencyCount; at += 1) yield agencyOf(at);
        },
      });
      expect(cellsOf(collected)).toEqual(all);
      expect(collected).toMatchObject({ repeated: 0, rejected: 0 });
      await expectExact(fleet, { agencyOf });
      for (const vantage of fleet.vantages) expect(await extra(fleet, vantage)).toBe(0);
      const engine = await fleet.engine();
      expect(await held(engine, streams.evidence, subjects.evidenceOf(fleet.folder.id))).toBe(0);
      expect(await held(engine, streams.jobs, subjects.jobsIn(fleet.folder.id))).toBe(0);
      await expect(engine.manager.consumers.info(streams.evidence, `collect-${fleet.folder.id}`)).rejects.toThrow('not found');
      tell('undisturbed', collected);
    }),
  );

  it(
    'F1 a worker that is killed: the one that stands by takes over',
    withCase('kill', url, async (fleet) => {
      const [a, b, c] = fleet.vantages;
      const first = await fleet.worker(a, { stub: { costMs: 100 } });
      await first.said('working');
      const second = await fleet.worker(a);
      await fleet.inside(b);
      await fleet.inside(c);
      const collecting = fleet.coordinate();
      await doneOf(first, 40);
      const standing = second.said('working').then(() => false);
      expect(await Promise.race([standing, new Promise((resolve) => setTimeout(() => resolve(true), 10))])).toBe(true);
      await killed(first);
      const collected = await collecting;
      expect(cellsOf(collected)).toEqual(all);
      await expectExact(fleet);
      const twice = await extra(fleet, a);
      // What it had in hand, and no more.
      expect(twice).toBeGreaterThan(0);
      expect(twice).toBeLessThanOrEqual(8);
      tell('worker killed', collected, `, measured twice ${twice}`);
    }),
  );

  it(
    'F1 a worker that is stopped for longer than the ack wait, and goes on: what it sends late counts once',
    withCase('stop', url, async (fleet) => {
      const [a, b, c] = fleet.vantages;
      const first = await fleet.worker(a, { stub: { costMs: 100 } });
      await first.said('working');
      const second = await fleet.worker(a);
      await fleet.inside(b);
      let fromA = 0;
      const collecting = fleet.coordinate({
        onCell: ({ cells }) => {
          fromA = cells.get(a)?.size ?? 0;
        },
      });
      await doneOf(first, 20);
      first.child.kill('SIGSTOP');
      await second.said('working');
      await until('the other worker did the rest', () => fromA === agencyCount);
      first.child.kill('SIGCONT');
      const twice = await extra(fleet, a);
      // Only now can the run end: what comes late has come.
      await until('it sent what it had', async () => (await measuredIn(fleet.log(a))).size === agencyCount);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await fleet.inside(c);
      const collected = await collecting;
      expect(cellsOf(collected)).toEqual(all);
      await expectExact(fleet);
      expect(twice).toBeGreaterThan(0);
      expect(collected.repeated).toBe(twice);
      tell('worker stopped', collected, `, measured twice ${twice}`);
    }),
  );

  it(
    'F1 a worker that is cut off for longer than the ack wait goes on when the network is back',
    withCase('cut', url, async (fleet) => {
      const [a, b, c] = fleet.vantages;
      const proxy = await startProxy(server.port);
      try {
        const worker = await fleet.worker(a, { url: proxy.url });
        await fleet.inside(b);
        await fleet.inside(c);
        const collecting = fleet.coordinate();
        await doneOf(worker, 40);
        proxy.cut();
        await new Promise((resolve) => setTimeout(resolve, times.ackWaitMs + 2_000));
        const during = (await measuredIn(fleet.log(a))).size;
        expect(during).toBeLessThan(agencyCount);
        proxy.heal();
        const collected = await collecting;
        expect(cellsOf(collected)).toEqual(all);
        await expectExact(fleet);
        tell('network cut', collected, `, measured twice ${await extra(fleet, a)}`);
      } finally {
        await proxy.close();
      }
    }),
  );

  it(
    'F3 a coordinator that is killed while it submits, and while it collects: nothing is measured twice',
    withCase('coordinator', url, async (fleet) => {
      const engine = await fleet.engine();
      const jobs = (): Promise<number> => held(engine, streams.jobs, subjects.jobsIn(fleet.folder.id)).catch(() => 0);
      const first = await fleet.coordinator();
      await until('some were submitted', async () => (await jobs()) >= 60);
      await killed(first);
      const submitted = await jobs();
      expect(submitted).toBeLessThan(3 * agencyCount);
      const logs = fleet.vantages.map((vantage) => fleet.log(vantage));
      for (const vantage of fleet.vantages) await fleet.inside(vantage, { inFlight: 4 });
      const second = await fleet.coordinator();
      await second.said(/cells [23]\d\d\./);
      await killed(second);
      const fleetFile = JSON.parse(await readFile(join(fleet.folder.path, 'fleet.json'), 'utf8')) as { submitted: Record<string, number> };
      const third = await fleet.coordinator();
      const { out, code } = await third.ended;
      expect(code).toBe(0);
      const said = JSON.parse(out) as { cells: [string, number][]; repeated: number; rejected: number };
      expect(said.cells).toEqual(fleet.vantages.map((vantage) => [vantage, agencyCount]));
      await expectExact(fleet);
      expect(logs.length).toBe(3);
      for (const vantage of fleet.vantages) expect(await extra(fleet, vantage)).toBe(0);
      const cells = new Map(said.cells.map(([vantage, count]) => [vantage, new Set(Array.from({ length: count }, (_, at) => String(at)))]));
      const noted = Object.values(fleetFile.submitted).join(' + ');
      tell(
        'coordinator killed twice',
        { ...said, cells },
        `, killed after ${submitted} jobs, then with ${noted} submitted, measured twice 0`,
      );
    }),
  );
});
