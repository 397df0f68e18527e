import { describe, expect, it } from 'vitest';
import { connectEngine, EngineError, ensureStreams } from '../../src/fleet/engine.ts';
import { streams } from '../../src/fleet/names.ts';
import { agencyCount, listOf, measuredIn } from '../support/fleet-world.ts';
import { type EngineServer, startEngineServer } from './engine-server.ts';
import { cellsOf, expectExact, type FleetCase, fleetCase, tell, until } from './fleet-case.ts';

const all = [agencyCount, agencyCount, agencyCount];

/** A case with an engine of its own, which it may end or fill. */
const withEngine =
  (name: string, run: (fleet: FleetCase, server: EngineServer) => Promise<void>, configuration = '') =>
  async (): Promise<void> => {
    const server = await startEngineServer(configuration);
    const fleet = await fleetCase(name, server.url);
    try {
      await run(fleet, server);
    } finally {
      await fleet.close();
      await server.stop();
    }
  };

describe.concurrent('the engine', () => {
  it(
    'F2 is killed in the middle and comes back: nothing is lost, nothing counts twice',
    withEngine('restart', async (fleet, server) => {
      for (const vantage of fleet.vantages) await fleet.inside(vantage, { inFlight: 4 });
      let seen = 0;
      const collecting = fleet.coordinate({
        onCell: (collected) => {
          seen = cellsOf(collected).reduce((sum, count) => sum + count, 0);
        },
      });
      await until('a part is collected', () => seen >= 100);
      await server.kill();
      const before = seen;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await server.restart();
      const collected = await collecting;
      expect(before).toBeLessThan(3 * agencyCount);
      expect(cellsOf(collected)).toEqual(all);
      await expectExact(fleet);
      const measured = await Promise.all(fleet.vantages.map(async (vantage) => [...(await measuredIn(fleet.log(vantage))).values()]));
      const twice = measured.flat().reduce((sum, count) => sum + count - 1, 0);
      expect(twice).toBeLessThan(agencyCount);
      tell('engine killed', collected, `, killed after ${before} cells, measured twice ${twice}`);
    }),
  );

  it(
    'F2 has no room for evidence: the workers wait until it is collected',
    withEngine('full', async (fleet) => {
      const engine = await fleet.engine();
      const evidence = 135;
      await ensureStreams(engine, { jobs: 20_000, evidence });
      for (const vantage of fleet.vantages) await fleet.inside(vantage);
      const submitted = await fleet.coordinator({ detach: true });
      expect((await submitted.ended).code).toBe(0);
      const stateOf = async () => (await engine.manager.streams.info(streams.evidence)).state;
      let last = -1;
      await until('it is full, and stays as it is', async () => {
        const { messages } = await stateOf();
        await new Promise((resolve) => setTimeout(resolve, 500));
        const isSame = messages === last && messages > 0;
        last = messages;
        return isSame;
      });
      const { bytes, messages } = await stateOf();
      expect(messages).toBe(evidence);
      const collected = await fleet.coordinate();
      expect(cellsOf(collected)).toEqual(all);
      await expectExact(fleet);
      tell('evidence stream full', collected, `, full at ${messages} results, ${bytes} bytes`);
    }),
  );

  it(
    'F2 takes few jobs at a time: the list waits, for each vantage by itself, and is in nobody’s memory',
    withEngine('few', async (fleet) => {
      const [a, b, c] = fleet.vantages;
      const jobs = 50;
      await ensureStreams(await fleet.engine(), { jobs, evidence: 10_000 });
      await fleet.inside(a);
      let seen: number[] = [];
      let readings = 0;
      const read: number[] = [];
      const agencies = async function* () {
        const reading = readings;
        readings += 1;
        for await (const agency of listOf(agencyCount)) {
          read[reading] = (read[reading] ?? 0) + 1;
          yield agency;
        }
      };
      const collecting = fleet.coordinate({
        agencies,
        onCell: (collected) => {
          seen = cellsOf(collected);
        },
      });
      // The first reading is for the digests; then one a vantage.
      await until('who is there gets the whole list', () => seen[0] === agencyCount);
      expect(read.slice(0, 2)).toEqual([agencyCount, agencyCount]);
      const waiting = read.slice(2);
      expect(waiting.length).toBe(2);
      for (const count of waiting) expect(count).toBeLessThanOrEqual(2 * jobs);
      await fleet.inside(b);
      await fleet.inside(c);
      const collected = await collecting;
      expect(cellsOf(collected)).toEqual(all);
      await expectExact(fleet);
      tell('50 jobs at a time', collected, `, read for vantages that were absent: ${waiting.join(' and ')} of ${agencyCount}`);
    }),
  );

  const reached = (url: string, credentials: string | null = null): Promise<unknown> =>
    connectEngine({ url, credentials: credentials === null ? null : Buffer.from(credentials), authority: null, name: 'x' }).then(
      (engine) => engine.close(),
      (error: unknown) => error,
    );

  it('is not there: said at once', async () => {
    const begun = performance.now();
    const error = await reached('nats://127.0.0.1:1');
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ kind: 'unreachable' });
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  it('has no streams: said by its kind', async () => {
    const server = await startEngineServer((port) => `listen: "127.0.0.1:${port}"`);
    const engine = await connectEngine({ url: server.url, credentials: null, authority: null, name: 'x' });
    await expect(ensureStreams(engine)).rejects.toMatchObject({ name: 'EngineError', kind: 'no-streams' });
    await engine.close();
    await server.stop();
  });

  it('refuses the credentials: said at once, at the start and when they are withdrawn', async () => {
    const { createUser } = await import('@nats-io/nkeys');
    const [known, stranger] = [createUser(), createUser()];
    const users = (keys: string[]) => `authorization { users: [ ${keys.map((key) => `{ nkey: "${key}" }`).join(' ')} ] }`;
    const server = await startEngineServer(users([known.getPublicKey()]));
    try {
      const begun = performance.now();
      for (const credentials of [null, Buffer.from(stranger.getSeed()).toString(), 'no key at all']) {
        const error = await reached(server.url, credentials);
        expect(error, String(credentials)).toMatchObject({ name: 'EngineError', kind: 'refused' });
      }
      expect(performance.now() - begun).toBeLessThan(15_000);
      expect(await reached(server.url, Buffer.from(known.getSeed()).toString())).toBeUndefined();
      // Withdrawn while a worker is at work: it ends with that reason, and does not try for ever.
      const engine = await connectEngine({ url: server.url, credentials: known.getSeed(), authority: null, name: 'x' });
      const fleet = await fleetCase('withdrawn', server.url);
      const { ended } = await fleet.inside(fleet.vantages[0], { engine });
      const outcome = ended.then(
        () => 'ended',
        (error: unknown) => error,
      );
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await server.reconfigure(users([stranger.getPublicKey()]));
      expect(await outcome).toMatchObject({ name: 'EngineError', kind: 'refused' });
      await engine.close();
      await fleet.close();
    } finally {
      await server.stop();
    }
  });
});
