import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ReportFinding } from '../../src/model/report.ts';
import { loadScenarios, type Scenario } from '../../src/testbed/scenario.ts';
import { createRandom, type Random } from '../fuzz/random.ts';
import type { DriverFaults } from '../support/audit-driver.ts';
import { unexpectedFails } from '../support/expected-findings.ts';
import { type HostedWorld, hostWorld, mainRecords, missedFails, onceEach, onlyRun } from '../support/recorded-world.ts';
import { type Ended, lockIn, type Running, reportOf, startAudit } from '../support/run-process.ts';

const minutes = Number(process.env.SOAK_MINUTES ?? 60);
const seed = Number(process.env.SOAK_SEED ?? Date.now() % 1_000_000_007);
const agenciesPerRound = Number(process.env.SOAK_AGENCIES ?? 30);
/** A run of so few agencies that lasts longer hangs, on the busiest machine too. */
const longestRunMs = 600_000;
/** `run.shutdownMs`, or the writing of a report that was under way, on a busy machine. */
const longestEndMs = 20_000;
/** After the first rounds, when everything is loaded that ever will be. */
const warmUpRounds = 2;
const mostGrowthBytes = 64 * 1024 * 1024;

const disturbances = ['none', 'kill', 'interrupt', 'late', 'clock', 'outage'] as const;

interface Tally {
  rounds: number;
  agencies: number;
  kills: number;
  interrupts: number;
  faults: number;
  /** Largest resident set of a run, KiB. */
  mostKib: number;
}

/** Largest resident set of a run of so few agencies. */
const mostRunKib = 400 * 1_024;

/** Scenarios that say the same whenever they are asked, so that two runs can be compared. */
async function steadyScenarios(): Promise<Scenario[]> {
  return (await loadScenarios()).filter((scenario) => {
    const isSteady = !/"(after|first|every)":|rotat|unstable/.test(JSON.stringify(scenario.changes));
    return scenario.vantage === undefined && scenario.group === undefined && scenario.changes.optedOut.length === 0 && isSteady;
  });
}

function chosen(scenarios: readonly Scenario[], random: Random): string[] {
  const left = scenarios.map(({ id }) => id);
  return Array.from({ length: Math.min(agenciesPerRound, left.length) }, () => left.splice(random.below(left.length), 1)[0] ?? '');
}

/** Ends a process that does not end by itself; a run must. */
async function endOf(running: Running, withinMs = longestRunMs): Promise<Ended> {
  let isHung = false;
  const timer = setTimeout(() => {
    isHung = true;
    running.child.kill('SIGKILL');
  }, withinMs);
  try {
    const ended = await running.ended;
    if (isHung) throw new Error(`did not end in ${withinMs} ms: ${ended.err}`);
    return ended;
  } finally {
    clearTimeout(timer);
  }
}

interface Stopping {
  signal: 'SIGKILL' | 'SIGINT';
  random: Random;
  tally: Tally;
}

/** Stops a run and continues it, up to four times; what its last process said. */
async function stopOften(hosted: HostedWorld, { signal, random, tally }: Stopping): Promise<Ended> {
  const runDir = join(hosted.dir, 'soak');
  let id: string | null = null;
  for (let times = 1 + random.below(4); times > 0; times -= 1) {
    const options = id === null ? { runDir, lists: [hosted.list] } : { runDir, lists: [], resume: id };
    const running = await startAudit(hosted, { options, settings: { agenciesInFlight: agenciesPerRound } });
    id ??= await lockIn(runDir);
    await pause(random.below(6_500));
    running.child.kill(signal);
    const ended = await endOf(running, longestEndMs);
    // Before it listens to signals it ends by the signal itself.
    const isStopped = ended.signal === signal || (signal === 'SIGINT' && ended.code === 130);
    // It was quicker than we.
    if (!isStopped) return ended;
    if (signal === 'SIGKILL') tally.kills += 1;
    else tally.interrupts += 1;
  }
  return endOf(await startAudit(hosted, { options: { runDir, lists: [], resume: id ?? 'latest' } }));
}

async function withOutage(hosted: HostedWorld, random: Random, runDir: string): Promise<Ended> {
  const file = join(hosted.dir, 'down');
  const failure = { code: 'no-route', step: 'connect', synchronous: true, detail: 'ENETUNREACH' } as const;
  const options = { runDir, lists: [hosted.list] };
  const running = await startAudit(hosted, { options, faults: { outage: { file, failure } }, settings: { proofWindowMs: 500 } });
  await pause(1_500 + random.below(4_000));
  await writeFile(file, '');
  await pause(500 + random.below(2_000));
  await rm(file);
  return endOf(running);
}

function faultsFor(kind: 'none' | 'late' | 'clock', random: Random): DriverFaults {
  if (kind === 'late') return { block: { afterMs: 1_500 + random.below(5_000), forMs: 300 + random.below(2_000) } };
  if (kind === 'clock') return { clock: { offsetMs: (random.below(4) - 2) * 3_600_000, fromMs: random.below(6_000) } };
  return {};
}

async function disturbedRun(hosted: HostedWorld, random: Random, tally: Tally): Promise<Ended> {
  const kind = random.pick(disturbances);
  process.stdout.write(`soak: round ${tally.rounds + 1}, ${kind}\n`);
  const runDir = join(hosted.dir, 'soak');
  if (kind === 'kill' || kind === 'interrupt') return stopOften(hosted, { signal: kind === 'kill' ? 'SIGKILL' : 'SIGINT', random, tally });
  if (kind !== 'none') tally.faults += 1;
  if (kind === 'outage') return withOutage(hosted, random, runDir);
  const settings = { agenciesInFlight: agenciesPerRound };
  return endOf(await startAudit(hosted, { options: { runDir, lists: [hosted.list] }, faults: faultsFor(kind, random), settings }));
}

/** How long something took is no fact on a busy machine. */
function falseFailsOf(scenario: Scenario | undefined, findings: readonly ReportFinding[]): string[] {
  if (scenario === undefined) return ['an agency that nobody listed'];
  return unexpectedFails(
    scenario,
    findings.filter(({ check }) => check !== 'web-latency'),
  );
}

/** Nothing lost, nothing twice, nobody wronged, nothing broken passed. Gives the number of agencies. */
async function judgeRound(hosted: HostedWorld, ended: Ended, scenarios: readonly Scenario[]): Promise<number> {
  const report = reportOf(ended);
  const ids = hosted.agencies.map(({ id }) => id).sort();
  expect(ended.signal).toBeNull();
  expect(report.run.complete).toBe(true);
  expect(report.agencies.map(({ id }) => id).sort()).toEqual(ids);
  expect(await mainRecords(await onlyRun(join(hosted.dir, 'soak')))).toEqual(onceEach(ids));
  // Not by the undisturbed run alone: on a busy machine it may have left open what this one saw.
  expect(
    report.agencies.flatMap(({ id, findings }) =>
      falseFailsOf(
        scenarios.find((scenario) => scenario.id === id),
        findings,
      ),
    ),
  ).toEqual([]);
  expect(missedFails(hosted, report)).toEqual([]);
  return ids.length;
}

interface Held {
  resources: Record<string, number>;
  /** The heap, and the buffers outside of it. */
  heapBytes: number;
}

/** What this process, in which a whole audit and all servers of the round ran, still holds. */
async function held(): Promise<Held> {
  await pause(500);
  globalThis.gc?.();
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  const { heapUsed, external } = process.memoryUsage();
  return { resources, heapBytes: heapUsed + external };
}

const leaking = (before: Held, after: Held): string[] =>
  Object.entries(after.resources).flatMap(([kind, count]) =>
    count > (before.resources[kind] ?? 0) ? [`${kind}: ${before.resources[kind] ?? 0} → ${count}`] : [],
  );

it(
  `${minutes} minutes of audits with faults, kills and resumptions: no false fail, no loss, no leak`,
  async () => {
    expect(globalThis.gc).toBeDefined();
    const random = createRandom(seed);
    process.stdout.write(`soak: seed ${seed}\n`);
    const scenarios = await steadyScenarios();
    const tally: Tally = { rounds: 0, agencies: 0, kills: 0, interrupts: 0, faults: 0, mostKib: 0 };
    const end = performance.now() + minutes * 60_000;
    let warm: Held | null = null;
    let last: Held = await held();
    while (performance.now() < end || tally.rounds <= warmUpRounds) {
      const hosted = await hostWorld(chosen(scenarios, random));
      try {
        const ended = await disturbedRun(hosted, random, tally);
        tally.agencies += await judgeRound(hosted, ended, scenarios);
        tally.mostKib = Math.max(tally.mostKib, Number(/largest resident set: (\d+) KiB/.exec(ended.err)?.[1]));
      } finally {
        await hosted.stop();
      }
      tally.rounds += 1;
      last = await held();
      if (tally.rounds === warmUpRounds) warm = last;
    }
    if (warm === null) throw new Error('no round was warm');
    const grownBytes = last.heapBytes - warm.heapBytes;
    process.stdout.write(`soak: seed ${seed}, ${JSON.stringify(tally)}, heap grew by ${(grownBytes / 1_048_576).toFixed(1)} MB\n`);
    expect(leaking(warm, last)).toEqual([]);
    expect(grownBytes).toBeLessThan(mostGrowthBytes);
    expect(tally.mostKib).toBeLessThan(mostRunKib);
  },
  (minutes + 30) * 60_000,
);
