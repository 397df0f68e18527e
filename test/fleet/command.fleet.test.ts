import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditCommand } from '../../src/cli/audit-command.ts';
import type { Laboratory } from '../../src/cli/begin-run.ts';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { effectiveOptions } from '../../src/cli/effective-options.ts';
import { main } from '../../src/cli/main.ts';
import { type Invocation, invocationOf } from '../../src/cli/options.ts';
import { workerCommand } from '../../src/cli/worker-command.ts';
import type { FleetStatus } from '../../src/fleet/status.ts';
import { catalogueOf } from '../../src/i18n/language.ts';
import type { Report, ReportFinding } from '../../src/model/report.ts';
import type { EndpointMap } from '../../src/net/live-context.ts';
import { loadScenarios } from '../../src/testbed/scenario.ts';
import { startTestbed, type Testbed } from '../../src/testbed/testbed.ts';
import { testbedManifest } from '../support/audit-scenarios.ts';
import { fakeIo } from '../support/cli-io.ts';
import { findingsOf, ndjson } from '../support/recorded-world.ts';
import { type EngineServer, startEngineServer } from './engine-server.ts';

const en = catalogueOf('en');
const ids = ['healthy', 'ipv4-only', 'web-refused-ipv6', 'null-mx', 'services-retired'];

function read(...argv: string[]): Invocation {
  const line = parseCommandLine(argv, en);
  if (line.help !== null) throw new Error('help');
  const options = effectiveOptions(line.command, { env: new Map(), file: new Map(), flags: line.flags });
  return invocationOf(line.command, line.operands, { options, language: 'en' });
}

let engine: EngineServer;
let testbed: Testbed;
let dir: string;
let list: string;
let laboratory: Laboratory;
/** What the one machine of `open` says of the same list. */
let alone: Report;

interface Worker {
  ended: Promise<number>;
  said: () => string;
  stop: () => void;
}
const workers: Worker[] = [];

function startWorker(vantage: string, endpoints: EndpointMap, ...more: string[]): Worker {
  const invocation = read('worker', '--engine', engine.url, '--vantage', vantage, '--concurrency', '8', ...more);
  if (invocation.command !== 'worker') throw new Error('no worker');
  const listeners = new Set<(signal: 'SIGTERM') => void>();
  const { io, seen } = fakeIo({
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const ended = workerCommand(invocation.options, en, io, { live: { ...laboratory.live, endpoints } });
  const stop = (): void => {
    for (const listener of listeners) listener('SIGTERM');
  };
  const worker = { ended, said: () => seen.err, stop };
  workers.push(worker);
  return worker;
}

async function audit(...argv: string[]) {
  const invocation = read('audit', ...argv, '--run-dir', join(dir, 'runs'), '-f', 'json');
  if (invocation.command !== 'audit') throw new Error('no audit');
  const { io, seen } = fakeIo();
  const code = await auditCommand(invocation.options, en, io, laboratory).catch((error: unknown) => {
    throw error;
  });
  return { code, ...seen };
}

async function run(...argv: string[]) {
  const { io, seen } = fakeIo();
  const code = await main([...argv, '--run-dir', join(dir, 'runs'), '--lang', 'en'].filter(isKnownTo(argv[0])), io);
  return { code, ...seen };
}
/** Only some commands know the folder of runs. */
const isKnownTo = (command: string | undefined) => (word: string, at: number, all: string[]) =>
  command === 'judge' || (word !== '--run-dir' && all[at - 1] !== '--run-dir');

const through = (...vantages: string[]): string[] => ['--engine', engine.url, ...vantages.flatMap((vantage) => ['--vantage', vantage])];

beforeAll(async () => {
  engine = await startEngineServer();
  testbed = await startTestbed({ scenarios: (await loadScenarios()).filter(({ id }) => ids.includes(id)) });
  dir = await mkdtemp(join(tmpdir(), 'ipv6gov-fleet-'));
  list = join(dir, 'list.ndjson');
  await writeFile(list, ndjson(testbed.agencies));
  const { resolution, controls, addressPolicy, settings } = testbedManifest(testbed);
  laboratory = {
    manifest: { resolution, controls, addressPolicy, settings },
    live: { endpoints: testbed.endpoints, extraCertificates: testbed.extraCertificates, helo: 'probe.doi-chung.vn' },
  };
  alone = JSON.parse((await audit('-l', list)).out) as Report;
  const cited = alone.agencies.find(({ id }) => id === 'healthy')?.findings.find(({ check }) => check === 'web-connect')?.observations;
  const addresses = new Set(
    alone.agencies
      .flatMap(({ observations }) => observations)
      .filter(({ id, address }) => cited?.includes(id) && address.includes(':'))
      .map(({ address }) => address),
  );
  startWorker('open', testbed.endpoints);
  startWorker('hcm.filtered', {
    lookup(endpoint) {
      const place = testbed.endpoints.lookup(endpoint);
      return endpoint.transport === 'tcp' && addresses.has(endpoint.address) && !('failure' in place) ? { ...place, port: 1 } : place;
    },
  });
  startWorker('blind', {
    lookup: (endpoint) =>
      endpoint.address.includes(':')
        ? { failure: { code: 'no-route', step: 'connect', synchronous: true, detail: 'no IPv6 here' } }
        : testbed.endpoints.lookup(endpoint),
  });
});

afterAll(async () => {
  for (const worker of workers) worker.stop();
  const codes = await Promise.all(workers.map(({ ended }) => ended));
  expect(codes.every((code) => code === 143 || code === 0)).toBe(true);
  await testbed.stop();
  await engine.stop();
  await rm(dir, { recursive: true, force: true });
});

const findings = (report: Report, id: string, check: string): ReportFinding[] =>
  report.agencies.find((agency) => agency.id === id)?.findings.filter((finding) => finding.check === check) ?? [];

describe('F3 V8 one list, three vantages, a real engine', () => {
  it('one vantage says what the machine alone says', async () => {
    const { code, out } = await audit('-l', list, ...through('open'));
    expect(code).toBe(0);
    expect(findingsOf(JSON.parse(out) as Report)).toEqual(findingsOf(alone));
  });

  it('three are merged: what a filter refuses depends on the path, a vantage without IPv6 is set aside; judging again says the same', async () => {
    const { code, out, err } = await audit('-l', list, ...through('open', 'hcm.filtered', 'blind'));
    const report = JSON.parse(out) as Report;
    expect([code, report.run.complete]).toEqual([0, true]);
    expect(report.vantages.map(({ name, setAside }) => [name, setAside])).toEqual([
      ['open', undefined],
      ['hcm.filtered', undefined],
      ['blind', 'no-ipv6'],
    ]);
    expect(findings(report, 'healthy', 'web-connect')[0]).toMatchObject({
      status: 'warn',
      message: 'path-dependent',
      values: { worksFrom: ['open'], failsFrom: ['hcm.filtered'] },
    });
    expect(err).toContain('Collected: open 5, hcm.filtered 5, blind 5.');
    const judged = await run('judge', report.run.id, '-f', 'json');
    expect(judged.out).toBe(out);
    console.log(`fleet: ${report.agencies.length} agencies from ${report.vantages.length} vantages, as one machine says`);
  });

  it('is submitted now and collected later', async () => {
    const submitted = await audit('-l', list, ...through('open', 'blind'), '--detach');
    const id = submitted.out.trim();
    expect(submitted.code).toBe(0);
    expect(submitted.err).toContain(`Collect with: ipv6gov audit --engine ${engine.url} --attach ${id}`);
    const { code, out } = await audit('--attach', id, '--engine', engine.url);
    expect(code).toBe(0);
    expect((JSON.parse(out) as Report).run.id).toBe(id);
    expect(findingsOf(JSON.parse(out) as Report).healthy).toEqual(findingsOf(alone).healthy);
    await expect(audit('--resume', id)).rejects.toMatchObject({ code: 'fleet-run', exitCode: 2 });
    const again = await audit('--attach', id, '--engine', engine.url);
    expect(findingsOf(JSON.parse(again.out) as Report)).toEqual(findingsOf(JSON.parse(out) as Report));
  });

  it('F6 a vantage that is named and absent: the run ends at its deadline, with 3, and says what is missing', async () => {
    const { code, out, err } = await audit('-l', list, ...through('open', 'nowhere'), '--deadline', '12s');
    const report = JSON.parse(out) as Report;
    expect([code, report.run.complete]).toEqual([3, false]);
    expect(report.vantages[1]).toMatchObject({ name: 'nowhere', setAside: 'no-evidence', missing: 5 });
    expect(err).toContain('Vantage nowhere: no evidence of 5 of 5 agencies.');
    expect(findingsOf(report)).toEqual(findingsOf(alone));
  });

  it('F6 none of them is there: no report, 3, and how to go on', async () => {
    await expect(audit('-l', list, ...through('nowhere'), '--deadline', '2s')).rejects.toMatchObject({ code: 'no-evidence', exitCode: 3 });
  });
});

describe('the fleet', () => {
  it('says who is there, how long the queues are, and whose clock is off', async () => {
    const { code, out } = await run('fleet', 'status', '--engine', engine.url, '-f', 'json');
    const { workers: heard, queues } = JSON.parse(out) as FleetStatus;
    expect(code).toBe(0);
    expect(heard.map(({ vantage, state, ipv6 }) => [vantage, state, ipv6])).toEqual([
      ['blind', 'working', 'absent'],
      ['hcm.filtered', 'working', 'ok'],
      ['open', 'working', 'ok'],
    ]);
    expect(heard.every(({ clockOffsetS }) => Math.abs(clockOffsetS) < 2)).toBe(true);
    expect(queues.find(({ vantage }) => vantage === 'nowhere')).toEqual({ vantage: 'nowhere', waiting: 10, underWay: 0 });
    const table = (await run('fleet', 'status', '--engine', engine.url)).out;
    expect(table).toContain('hcm.filtered');
    expect(table).toContain('queue nowhere: 10 waiting, 0 under way');
  });

  it('writes metrics, and ends with 0 when it is drained', async () => {
    const metrics = join(dir, 'worker.prom');
    const worker = startWorker('drained', testbed.endpoints, '--metrics', metrics);
    await expect.poll(() => worker.said(), { timeout: 20_000 }).toContain('Taking jobs.');
    expect(await readFile(metrics, 'utf8')).toContain('ipv6gov_worker_jobs_done_total{vantage="drained"} 0');
    expect((await run('fleet', 'drain', '--vantage', 'drained', '--engine', engine.url)).code).toBe(0);
    expect(await worker.ended).toBe(0);
  });

  it('nobody there ends with 3', async () => {
    const empty = await startEngineServer();
    const { code, out } = await run('fleet', 'status', '--engine', empty.url);
    await empty.stop();
    expect([code, out]).toEqual([3, 'No worker was heard.\n']);
  });
});

describe('what cannot be used', () => {
  it.each<[string, string[], number, string]>([
    ['no engine there', ['fleet', 'status', '--engine', 'nats://127.0.0.1:1'], 3, '[engine-unreachable]'],
    ['no engine given', ['fleet', 'status'], 2, '[no-engine]'],
    ['drain nobody', ['fleet', 'drain', '--engine', 'nats://127.0.0.1:1'], 2, '[no-vantage]'],
  ])('%s', async (_title, argv, code, said) => {
    const ended = await run(...argv);
    expect(ended.code).toBe(code);
    expect(ended.err).toContain(said);
  });

  it('a run of one machine is not attached to', async () => {
    const [id = ''] = await readdir(join(dir, 'runs'));
    await expect(audit('--attach', id, '--engine', engine.url)).rejects.toMatchObject({ code: 'not-fleet', exitCode: 2 });
  });
});
