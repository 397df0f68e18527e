import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJournal } from '../src/runner/evidence-journal.ts';
import type { Figures } from './history.ts';
import { trafficOf } from './namespaces.ts';
import { createWork, type Performed } from './operations.ts';
import { type Measured, measuredNode } from './process.ts';
import { summariseReport } from './report-lines.ts';
import type { Servers } from './servers.ts';
import type { Country } from './world.ts';

export interface AuditOptions {
  concurrency: number;
  labRates: boolean;
  /** Where `node --cpu-prof` writes, or null. */
  profileDir: string | null;
  deadPercent: number;
  /** Folder of the checkout whose build is run. */
  checkout: string;
}

export interface AuditOutcome {
  figures: Figures;
  performed: Performed[];
  /** Of the finished run: folder of runs, and id. */
  run: { dir: string; id: string };
}

const auditLimitMs = 60 * 60_000;
const mebibyte = 1_048_576;
let runs = 0;

/** The command as people type it, over the servers of the namespace, and what it cost. */
export async function auditCountry(country: Country, servers: Servers, options: AuditOptions): Promise<AuditOutcome> {
  runs += 1;
  const home = join(servers.folder, `audit-${runs}`);
  await mkdir(home);
  const list = join(home, 'list.txt');
  await writeFile(list, country.agencies.map(({ domain }) => `${domain}\n`).join(''));
  const profile = options.profileDir === null ? [] : ['--cpu-prof', '--cpu-prof-dir', options.profileDir];
  const before = await trafficOf();
  const measured = await measuredNode({
    args: [...profile, join(options.checkout, 'bin/ipv6gov.js'), ...auditArgs({ list, runDir: join(home, 'runs'), servers, options })],
    figuresFile: join(home, 'figures.json'),
    outFile: join(home, 'out'),
    errFile: join(home, 'err'),
    timeoutMs: auditLimitMs,
    inClient: true,
  });
  const after = await trafficOf();
  const sent = { bytes: after.sent.bytes - before.sent.bytes, packets: after.sent.packets - before.sent.packets };
  const [id = ''] = await readdir(join(home, 'runs'));
  return outcomeOf({ run: { dir: join(home, 'runs'), id }, measured, sent, country, options });
}

function auditArgs({
  list,
  runDir,
  servers,
  options,
}: {
  list: string;
  runDir: string;
  servers: Servers;
  options: AuditOptions;
}): string[] {
  const lab = ['--ca', servers.authority, '--trust-anchor', servers.anchor, '--helo', 'probe.doi-chung.vn'];
  const pace = options.labRates ? ['--lab-rates'] : [];
  return ['audit', '-l', list, '--run-dir', runDir, '-f', 'csv', '--concurrency', String(options.concurrency), ...lab, ...pace];
}

export interface Ended {
  run: { dir: string; id: string };
  measured: Measured;
  sent: { bytes: number; packets: number };
  country: Pick<Country, 'agencies'>;
  options: Pick<AuditOptions, 'concurrency' | 'labRates' | 'deadPercent' | 'checkout'>;
}

/** Reads what a finished run left, and sets it beside what its process cost. */
export async function outcomeOf({ run: place, measured, sent, country, options }: Ended): Promise<AuditOutcome> {
  const journal = join(place.dir, place.id, 'evidence.ndjson.gz');
  const work = createWork();
  for await (const record of readJournal(journal)) work.add(record);
  const { performed, ...counts } = work.finish();
  const reportFile = join(place.dir, place.id, 'report.json');
  const { run, ...report } = await summariseReport(reportFile);
  const { userMs, systemMs, maxRssKiB, loopDelayMs } = measured.figures;
  const agencies = country.agencies.length;
  if (report.agencies !== agencies) throw new Error(`${report.agencies} of ${agencies} agencies in the report`);
  const figures: Figures = {
    tool: options.checkout === '.' ? 'this' : 'also',
    agencies,
    deadPercent: options.deadPercent,
    concurrency: options.concurrency,
    labRates: options.labRates,
    wallS: rounded(measured.wallMs / 1_000),
    measuringS: rounded((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1_000),
    userS: rounded(userMs / 1_000),
    systemS: rounded(systemMs / 1_000),
    cpuMsPerAgency: rounded((userMs + systemMs) / agencies),
    peakRssMiB: rounded(maxRssKiB / 1_024),
    loopDelayP99Ms: loopDelayMs.p99,
    loopDelayMaxMs: loopDelayMs.max,
    ...counts,
    bytesSent: sent.bytes,
    packetsSent: sent.packets,
    inconclusive: report.inconclusive,
    digest: report.digest,
    journalMiB: rounded((await stat(journal)).size / mebibyte),
    reportMiB: rounded((await stat(reportFile)).size / mebibyte),
    floorCpuMsPerAgency: null,
    floorFailures: null,
    shellCpuMsPerAgency: null,
    shellCommandMs: null,
    seen: null,
  };
  return { figures, performed, run: place };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
