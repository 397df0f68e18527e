import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { auditCommand } from '../../src/cli/audit-command.ts';
import type { Laboratory } from '../../src/cli/begin-run.ts';
import { processIo } from '../../src/cli/io.ts';
import { showError } from '../../src/cli/notes.ts';
import type { AuditOptions } from '../../src/cli/options.ts';
import { readAgencies } from '../../src/cli/read-agencies.ts';
import { keepSpool, readSpool } from '../../src/cli/spool.ts';
import { translateError } from '../../src/cli/translate-error.ts';
import { catalogueOf } from '../../src/i18n/language.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import type { Failure } from '../../src/model/failure.ts';
import type { Operation } from '../../src/model/observation.ts';
import type { RunManifest } from '../../src/model/run.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import type { Endpoint, EndpointMap } from '../../src/net/live-context.ts';
import type { Network } from '../../src/net/network.ts';
import { type CollectInput, collectAgency } from '../../src/runner/collect.ts';
import { measureRun } from '../../src/runner/measure.ts';
import type { LiveOptions } from '../../src/runner/network-stack.ts';
import { type JournalState, noteRecord } from '../../src/runner/run-course.ts';
import { createRunFolder, writeManifest } from '../../src/runner/run-folder.ts';
import { inParallel } from '../../src/runner/schedule.ts';

/**
 * The audit command in a process of its own, over a testbed that lives in another one: `node audit-driver.js REQUEST.json`. It can be
 * killed, starved and lied to without harm to the servers. Not part of the package.
 */

export interface RecordedWorld {
  /** 'udp 2001:db8::1 53' to where it is; made by `recordedWorld`. */
  endpoints: Record<string, { address: string; port: number } | { failure: Failure }>;
  manifest: Pick<RunManifest, 'resolution' | 'controls' | 'addressPolicy' | 'settings'>;
  extraCertificates: string[];
}

/** What is done to the run. Times in ms, from the start of the process. */
export interface DriverFaults {
  /** While this file is there, everything over IPv6 ends with this failure. */
  outage?: { file: string; failure: Failure };
  /** The event loop stands still. */
  block?: { afterMs: number; forMs: number };
  /** The wall clock is wrong by so much from a moment on. */
  clock?: { offsetMs: number; fromMs: number };
  /** Our own code throws when it asks this of that agency. */
  probe?: { agency: string; op: Operation['op'] };
  /** An error that nobody catches. */
  crash?: { afterMs: number; kind: 'exception' | 'rejection' };
}

export interface DriverRequest {
  world: RecordedWorld;
  options: Partial<AuditOptions> & Pick<AuditOptions, 'runDir'>;
  faults?: DriverFaults;
  /** Reads the list and runs the schedule, with nothing measured and no report: what does a list of this length cost? */
  scheduleOnly?: 'memory' | 'journal';
}

const defaults: AuditOptions = {
  language: 'en',
  quiet: false,
  verbose: true,
  colour: false,
  outputs: [],
  format: 'json',
  csvRows: 'agencies',
  show: 'fail',
  failOn: { kind: 'never' },
  only: [],
  skip: [],
  baseline: null,
  criteria: null,
  vrps: null,
  asnDb: null,
  ignoreFile: null,
  resolvers: [],
  rootHints: null,
  webControls: [],
  smtpControls: [],
  contact: null,
  helo: 'probe.doi-chung.vn',
  addressPolicy: 'public',
  domains: [],
  lists: [],
  skipInvalid: false,
  services: 'listed',
  certificateFiles: [],
  optOut: null,
  trustAnchor: null,
  allowedSuffixes: [],
  concurrency: defaultSettings.run.agenciesInFlight,
  timeoutMs: defaultSettings.run.agencyBudgetMs,
  labRates: false,
  runDir: 'runs',
  resume: null,
  keepBodies: false,
  vantage: 'testbed',
  fleet: null,
};

function endpointMap({ endpoints }: RecordedWorld, outage: DriverFaults['outage']): EndpointMap {
  return {
    lookup({ transport, address, port }: Endpoint) {
      if (outage !== undefined && address.includes(':') && existsSync(outage.file)) return { failure: outage.failure };
      const known = endpoints[`${transport} ${address} ${port}`];
      return (
        known ?? { failure: { code: 'internal-error', step: 'gate', synchronous: false, detail: `not recorded: ${transport} ${port}` } }
      );
    },
  };
}

/** A probe of ours that has a fault: `perform` itself throws, which no network failure does. */
function faulty({ agency, op }: NonNullable<DriverFaults['probe']>): Laboratory['collect'] {
  return (input: CollectInput) => {
    if (input.agency.id !== agency) return collectAgency(input);
    const network: Network = {
      perform(operation) {
        if (operation.op === op) throw new TypeError(`injected at ${op}`);
        return input.network.perform(operation);
      },
    };
    return collectAgency({ ...input, network });
  };
}

function inject({ block, clock, crash }: DriverFaults): void {
  if (block !== undefined) {
    setTimeout(() => {
      const end = performance.now() + block.forMs;
      while (performance.now() < end);
    }, block.afterMs);
  }
  if (crash !== undefined) {
    setTimeout(() => {
      if (crash.kind === 'exception') throw new RangeError('injected exception');
      void Promise.reject(new RangeError('injected rejection'));
    }, crash.afterMs);
  }
  if (clock !== undefined) turnClock(clock);
}

function turnClock({ offsetMs, fromMs }: NonNullable<DriverFaults['clock']>): void {
  const TrueDate = Date;
  const now = (): number => TrueDate.now() + (performance.now() >= fromMs ? offsetMs : 0);
  globalThis.Date = new Proxy(TrueDate, {
    construct: (target, args) => (args.length === 0 ? new target(now()) : Reflect.construct(target, args)),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}

function liveOf(world: RecordedWorld, faults: DriverFaults): LiveOptions {
  return {
    endpoints: endpointMap(world, faults.outage),
    extraCertificates: world.extraCertificates,
    helo: 'probe.doi-chung.vn',
    userAgent: 'ipv6gov/0 (test)',
    keepBodies: false,
    optedOut: () => false,
    optedOutName: () => false,
    labRates: 1,
    cores: availableParallelism(),
  };
}

async function scheduleOnly({ world, options, scheduleOnly: into }: DriverRequest): Promise<number> {
  const limits = defaultSettings.input;
  const empty = (async function* (): AsyncGenerator<Uint8Array> {})();
  const list = await readAgencies({
    domains: [],
    lists: options.lists ?? [],
    skipInvalid: false,
    allowedSuffixes: [],
    optedOut: () => false,
    limits,
    stdin: empty,
  });
  const folder = await createRunFolder({ dir: options.runDir, id: 'schedule-only' });
  await keepSpool(list.spool, folder);
  const manifest: RunManifest = {
    schema: 'ipv6gov.run/1',
    id: folder.id,
    tool: { name: 'ipv6gov', version: '0.0.0' },
    startedAt: new Date().toISOString(),
    vantage: 'testbed',
    criteria: { name: 'ipv6-for-gov', version: '1' },
    ...world.manifest,
    controls: { web: [], smtp: [] },
    servicesOverride: 'listed',
    input: { fingerprint: list.fingerprint, agencies: list.agencies, duplicates: list.duplicates },
    inputFile: 'input.ndjson',
  };
  await writeManifest(folder, manifest);
  await list.discard();
  let measured = 0;
  const agencies = readSpool(`${folder.path}/${manifest.inputFile}`);
  const collect = async ({ agency }: Pick<CollectInput, 'agency'>): Promise<EvidenceRecord> => {
    await new Promise((resolve) => setImmediate(resolve));
    return { schema: 'ipv6gov.evidence/1', agency, part: 'main', observations: [], crashes: [], budgetExhausted: false };
  };
  if (into === 'memory') {
    const state: JournalState = { done: new Set(), pending: new Set(), remeasured: new Set() };
    for await (const record of inParallel(agencies, manifest.settings.run.agenciesInFlight, (agency) => collect({ agency }))) {
      noteRecord(state, record);
    }
    process.stdout.write(JSON.stringify({ measured: state.done.size }));
    return 0;
  }
  await measureRun({
    folder,
    manifest,
    agencies,
    live: liveOf(world, {}),
    signal: new AbortController().signal,
    onEvent: ({ kind }) => {
      if (kind === 'agency') measured += 1;
    },
    collect,
  });
  process.stdout.write(JSON.stringify({ measured }));
  return 0;
}

async function main(path: string): Promise<number> {
  const request = JSON.parse(await readFile(path, 'utf8')) as DriverRequest;
  const { world, options, faults = {} } = request;
  const io = processIo();
  const catalogue = catalogueOf('en');
  inject(faults);
  process.on('exit', () => io.err(`largest resident set: ${process.resourceUsage().maxRSS} KiB\n`));
  const collect = faults.probe === undefined ? {} : { collect: faulty(faults.probe) };
  try {
    if (request.scheduleOnly !== undefined) return await scheduleOnly(request);
    return await auditCommand({ ...defaults, ...options }, catalogue, io, {
      live: liveOf(world, faults),
      manifest: world.manifest,
      ...collect,
    });
  } catch (error) {
    const said = translateError(error);
    showError(said, io, catalogue);
    return said.exitCode;
  }
}

const [, , request = ''] = process.argv;
process.exitCode = await main(request);
