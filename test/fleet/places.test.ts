import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadChecks } from '../../src/checks/index.ts';
import { ensureStreams, fetchSome } from '../../src/fleet/engine.ts';
import { consumers, streams, subjects } from '../../src/fleet/names.ts';
import { listenToBeats } from '../../src/fleet/presence.ts';
import { maxDeliveries } from '../../src/fleet/worker.ts';
import { type Report, reportSchema } from '../../src/model/report.ts';
import { partsOfRun } from '../../src/runner/fleet-folder.ts';
import { reportVantages } from '../../src/runner/report-vantages.ts';
import type { RunFolder } from '../../src/runner/run-folder.ts';
import { ipv6ForGov1 } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';
import { agencyAt, agencyCount, evidenceOf, fleetManifest, measuredIn } from '../support/fleet-world.ts';
import { type EngineServer, startEngineServer } from './engine-server.ts';
import { cellsOf, expectExact, fleetCase, killed, recordsOf, tell, times, until, withCase } from './fleet-case.ts';

let server: EngineServer;
beforeAll(async () => {
  server = await startEngineServer();
  const fleet = await fleetCase('first', server.url);
  await ensureStreams(await fleet.engine());
  await fleet.close();
});
afterAll(() => server.stop());
const url = (): string => server.url;

async function reportOf(folder: RunFolder, asked: readonly string[]): Promise<Report> {
  const [first, ...others] = await partsOfRun(folder);
  if (first === undefined) throw new Error('nobody measured');
  return (await reportVantages({ runs: [first, ...others], asked, checks: await loadChecks(), rubric: ipv6ForGov1 })).report;
}

describe.concurrent('vantages', () => {
  it(
    'F6 one that is named and absent: the run ends at its deadline, and the report says what is missing',
    withCase('absent', url, async (fleet) => {
      const [a, b, absent] = fleet.vantages;
      await fleet.inside(a);
      await fleet.inside(b);
      const enough = new AbortController();
      await fleet.coordinate({
        signal: enough.signal,
        onCell: (seen) => {
          if (cellsOf(seen).join() === `${agencyCount},${agencyCount},0`) enough.abort();
        },
      });
      const begun = performance.now();
      const deadlineMs = 2_000;
      const collected = await fleet.coordinate({ deadlineMs });
      const tookMs = performance.now() - begun;
      expect(cellsOf(collected)).toEqual([agencyCount, agencyCount, 0]);
      expect(tookMs).toBeGreaterThanOrEqual(deadlineMs);
      expect(tookMs).toBeLessThan(deadlineMs + 15_000);
      await expectExact({ ...fleet, vantages: [a, b] });
      const report = await reportOf(fleet.folder, fleet.vantages);
      expect(reportSchema.parse(report)).toEqual(report);
      expect(report.run.complete).toBe(false);
      expect(report.agencies.length).toBe(agencyCount);
      expect(report.vantages.map(({ name, setAside, missing }) => [name, setAside, missing])).toEqual([
        [a, undefined, undefined],
        [b, undefined, undefined],
        [absent, 'no-evidence', agencyCount],
      ]);
      // Its jobs wait for it, in case it comes: the run can be gone on with.
      await fleet.inside(absent);
      const later = await fleet.coordinate();
      await expectExact(fleet);
      tell('vantage absent', collected, `, ended after ${Math.round(tookMs)} ms; gone on with: ${cellsOf(later).join(' + ')}`);
    }),
  );

  it(
    'F7 a job that kills its worker each time becomes a record that says so, and harms no other',
    withCase('poison', url, async (fleet) => {
      const [a, b, c] = fleet.vantages;
      await fleet.inside(b);
      await fleet.inside(c);
      const poison = 'a20';
      const collecting = fleet.coordinate();
      let deaths = 0;
      let isOver = false;
      void collecting.finally(() => {
        isOver = true;
      });
      const restarting = (async () => {
        for (; !isOver && deaths < 10; ) {
          const worker = await fleet.worker(a, { stub: { poison } });
          const { signal } = await Promise.race([worker.ended, collecting.then(() => ({ signal: null }))]);
          if (signal === 'SIGKILL') deaths += 1;
        }
      })();
      const collected = await collecting;
      await restarting;
      expect(deaths).toBe(maxDeliveries);
      expect(cellsOf(collected)).toEqual([agencyCount, agencyCount, agencyCount]);
      await expectExact({ ...fleet, vantages: [a] }, { except: [poison] });
      await expectExact({ ...fleet, vantages: [b, c] });
      const record = (await recordsOf(fleet.folder)).get(a)?.find(({ agency }) => agency?.id === poison);
      expect(record).toMatchObject({ observations: [], crashes: [{ probe: 'main', detail: '4 workers did not come to its end' }] });
      expect((await measuredIn(fleet.log(a))).get(poison)).toBe(maxDeliveries);
      const { agencies } = await reportOf(fleet.folder, fleet.vantages);
      const seenBy = agencies
        .find(({ id }) => id === poison)
        ?.findings.flatMap(({ seenFrom, status }) => [...seenFrom.map((seen) => seen.status), status]);
      expect(seenBy).not.toContain('fail');
      const most = Math.max(...[...(await measuredIn(fleet.log(a)))].filter(([id]) => id !== poison).map(([, count]) => count));
      tell('poison', collected, `, deaths ${deaths}, any other measured at most ${most} times`);
    }),
  );

  it(
    'F4 old and new side by side: what is of another version is refused with its name, kept, and holds up nobody',
    withCase('versions', url, async (fleet) => {
      const [a, b, c] = fleet.vantages;
      const engine = await fleet.engine();
      const beats = listenToBeats(engine, subjects.beat(a), times.beatMs);
      const [newer, other] = ['20261124-000000-0000v2', '20261124-000000-0000r2'];
      const put = (subject: string, message: unknown) => engine.jetstream.publish(subject, JSON.stringify(message));
      const job = { vantage: a, agency: agencyAt(0) };
      await put(subjects.job(a, newer), { schema: 'ipv6gov.job/2', run: newer, ...job });
      await put(subjects.run(other), { schema: 'ipv6gov.fleet-run/2', manifest: fleetManifest(other) });
      const heard = new Set<string>();
      const refused = (text: string) => async (): Promise<boolean> => {
        for (const { refusing } of beats.alive()) if (refusing !== null) heard.add(refusing);
        return heard.has(text);
      };
      const old = await fleet.inside(a);
      for (const vantage of [b, c]) await fleet.inside(vantage);
      const collecting = fleet.coordinate();
      await until('the job is refused', refused('job of another version: ipv6gov.job/2'));
      const collected = await collecting;
      await expectExact(fleet);
      await put(subjects.job(a, other), { schema: 'ipv6gov.job/1', run: other, ...job });
      await until('the run is refused', refused(`run ${other} is of another version, or not there`));
      old.stop();
      await old.ended;
      // A new one takes what the old one left.
      const taken: string[] = [];
      await until('both are taken', async () => {
        const from = { stream: streams.jobs, consumer: consumers.work(a), most: 2, waitMs: 1_000, signal: new AbortController().signal };
        for await (const message of fetchSome(engine, from)) {
          taken.push(message.subject);
          message.ack();
        }
        return taken.length === 2;
      });
      expect(taken.toSorted()).toEqual([subjects.job(a, newer), subjects.job(a, other)].toSorted());
      beats.stop();
      tell('versions', collected, `, refused: ${[...heard].join('; ')}`);
    }),
  );

  it(
    'a run that asks for addresses which are not public is refused, and not taken for poison by a worker that is allowed them',
    withCase('private', url, async (fleet) => {
      const manifest = { ...fleetManifest(fleet.folder.id), addressPolicy: 'allow-private' as const };
      const [a, b, c] = fleet.vantages;
      const reasons: string[] = [];
      const refusing = await fleet.inside(a, { onEvent: (event) => void (event.kind === 'refused' && reasons.push(event.reason)) });
      for (const vantage of [b, c]) await fleet.inside(vantage, { allowPrivate: true });
      const collecting = fleet.coordinate({ manifest });
      await until('it is refused', () => reasons.length > 0);
      // As often as a job that kills may come.
      await new Promise((resolve) => setTimeout(resolve, (maxDeliveries + 1) * 2_000));
      expect(new Set(reasons)).toEqual(new Set([`run ${manifest.id} asks for addresses that are not public`]));
      refusing.stop();
      await refusing.ended;
      await fleet.inside(a, { allowPrivate: true });
      const collected = await collecting;
      expect(cellsOf(collected)).toEqual([agencyCount, agencyCount, agencyCount]);
      await expectExact(fleet);
      tell('private run refused, then allowed', collected);
    }),
  );

  it(
    'two that share a vantage both work, at half its rate each, and a third stands by until one is gone',
    withCase('shared', url, async (fleet) => {
      const [a, b, c] = fleet.vantages;
      const workers = [await fleet.worker(a, { of: 2 }), await fleet.worker(a, { of: 2 })];
      for (const worker of workers) await worker.said('working');
      const third = await fleet.worker(a, { of: 2 });
      await third.said('connected');
      let isWorking = false;
      const takesOver = third.said('working').then(() => {
        isWorking = true;
      });
      await fleet.inside(b);
      await fleet.inside(c);
      const collecting = fleet.coordinate();
      for (const worker of workers) await worker.said('done 20.');
      expect(isWorking).toBe(false);
      await killed(workers[0] ?? third);
      await takesOver;
      const collected = await collecting;
      expect(cellsOf(collected)).toEqual([agencyCount, agencyCount, agencyCount]);
      await expectExact(fleet);
      const parts = (await partsOfRun(fleet.folder)).filter(({ place }) => place === a).map(({ vantage }) => vantage);
      expect(parts.length).toBeGreaterThanOrEqual(2);
      tell('two share a vantage', collected, `, parts ${parts.length}`);
    }),
  );

  it('the rate of a worker is its share of the rate of its vantage', async () => {
    const fleet = await fleetCase('rate', server.url, 1);
    const [whole, half, third] = fleet.vantages;
    const tookMs = new Map<string, number>();
    const target = {
      family: 6,
      address: '2606:4700::1',
      port: 53,
      round: '1',
      transport: 'udp',
      type: 'A',
      udpPayloadBytes: null,
    } as const;
    const flags = { recursionDesired: false, checkingDisabled: false, dnssecOk: false };
    const shares: [string, number][] = [
      [whole, 1],
      [half, 2],
      [third, 4],
    ];
    for (const [vantage, of] of shares)
      await fleet.inside(vantage, {
        of,
        async collect({ agency, network }) {
          const begun = performance.now();
          // A name server is asked 20 times a second by a vantage; nobody is behind this address.
          const names = Array.from({ length: 30 }, (_, at) => `n${at}.gov.vn`);
          await Promise.all(names.map((name) => network.perform({ op: 'dns-query', request: { ...target, ...flags, name } })));
          tookMs.set(vantage, performance.now() - begun);
          return evidenceOf(vantage, agency);
        },
      });
    await fleet.coordinate();
    await fleet.close();
    const [one = 0, two = 0, four = 0] = [whole, half, third].map((vantage) => tookMs.get(vantage));
    process.stdout.write(`fleet: rate: 30 questions to one server take ${[one, two, four].map(Math.round).join(', ')} ms at 1, 1/2, 1/4\n`);
    expect(two).toBeGreaterThan(one * 1.5);
    expect(four).toBeGreaterThan(two * 1.5);
  });
});
