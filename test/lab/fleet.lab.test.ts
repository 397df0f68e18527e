import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { agencyOf, describeFinding, inNamespace, missingFindings, readReport, unexpectedFails } from './audits.ts';
import { ensureBuilt } from './build.ts';
import { startIn } from './commands.ts';
import { type ExpectedAgency, reachabilityChecks } from './expected.ts';
import { quick, verdictOf } from './measured.ts';
import type { Vantage } from './namespaces.ts';

/** Where the engine is, as each vantage reaches the router. */
const engineOf = {
  dual: 'nats://[2405:4800:f001::1]:4222',
  v4only: 'nats://203.162.202.1:4222',
  v6only: 'nats://[2405:4800:f003::1]:4222',
} as const satisfies Partial<Record<Vantage, string>>;
const places = Object.keys(engineOf) as (keyof typeof engineOf)[];

/** Every eighth agency of the lab that a busy machine can judge, and one that proves the path to the others. */
const wanted: ExpectedAgency[] = quick.filter(
  ({ domain, quietFindings }, at) => (at % 8 === 0 && quietFindings.length === 0) || domain === 'ky-ten.gov.vn',
);

const started: { child: ChildProcess; written: () => string }[] = [];
let folder: string;
let report: Report;
let stderr: string;

beforeAll(async () => {
  await ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'ipv6gov-lab-fleet-'));
  const prefix = inject('namespacePrefix');
  started.push(startIn(`${prefix}router`, 'nats-server', ['-a', '::', '-p', '4222', '-js', '-sd', join(folder, 'store')]));
  await vi.waitUntil(() => started[0]?.written().includes('Server is ready'), { timeout: 20_000, interval: 100 });
  for (const place of places) {
    const args = [
      'worker',
      '--vantage',
      place,
      '--engine',
      engineOf[place],
      '--ca',
      inject('authority'),
      '--lab-rates',
      '--concurrency',
      '12',
    ];
    started.push(startIn(`${prefix}${place}`, process.execPath, ['bin/ipv6gov.js', ...args, '--lang', 'en']));
  }
  const ended = await inNamespace('dual', [
    ...['audit', ...wanted.map(({ domain }) => domain), '--engine', engineOf.dual, '--vantage', places.join(','), '--deadline', '10m'],
    ...['--run-dir', join(folder, 'runs'), '--trust-anchor', inject('anchor'), '-f', 'json', '--lang', 'en'],
    ...['--web-control', 'tot.ha-tang.vn', '--smtp-control', 'mx.tot.gov.vn'],
  ]);
  stderr = ended.stderr;
  report = readReport(ended);
  console.info(`fleet: ${report.agencies.length} agencies of the lab from ${places.length} namespaces`);
});

afterAll(async () => {
  for (const { child } of started.toReversed()) {
    const ended = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGTERM')) await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

describe('the lab, measured by workers in three namespaces', () => {
  it('V1 F6 is complete, and the vantage without IPv6 is set aside', () => {
    expect(report.run.complete, `${stderr}${started.map(({ written }) => written()).join('\n')}`).toBe(true);
    expect(report.vantages.map(({ name, ipv6, setAside }) => [name, ipv6, setAside])).toEqual([
      ['dual', 'ok', undefined],
      ['v4only', 'absent', 'no-ipv6'],
      ['v6only', 'ok', undefined],
    ]);
    expect(report.agencies).toHaveLength(wanted.length);
  });

  it.each(wanted)('$domain: what one machine finds, and nothing else fails', (agency) => {
    const seen = agencyOf(report, agency.domain);
    expect([...missingFindings(seen, agency.findings, null), ...unexpectedFails(seen, agency)]).toEqual([]);
    expect(verdictOf(seen, agency)).toEqual({ conformity: agency.conformity, level: agency.level });
  });

  it('V8 nothing depends on the path where all paths are alike', () => {
    const split = report.agencies.flatMap(({ findings }) => findings.filter(({ message }) => message === 'path-dependent'));
    expect(split.map(describeFinding)).toEqual([]);
  });

  it('V1 no reachability fails from the vantage without IPv6', () => {
    const failed = report.agencies
      .flatMap(({ findings }) => findings.filter(({ check }) => reachabilityChecks.has(check)))
      .filter(({ seenFrom }) => seenFrom.some(({ vantage, status }) => vantage === 'v4only' && status === 'fail'));
    expect(failed.map(describeFinding)).toEqual([]);
  });
});
