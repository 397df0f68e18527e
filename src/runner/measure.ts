import type { Agency } from '../model/agency.ts';
import type { EvidenceRecord } from '../model/evidence.ts';
import type { Observation, ObservationOf, Operation } from '../model/observation.ts';
import type { RunManifest } from '../model/run.ts';
import type { Network } from '../net/network.ts';
import { createOptOutNetwork } from '../net/opt-out-network.ts';
import { probeAddresses } from '../probes/addresses.ts';
import { retestOperations } from '../probes/retest.ts';
import { preflight } from '../probes/vantage.ts';
import { collectAgency, retestAgency } from './collect.ts';
import { type Journal, openJournal, readJournal, repairJournal } from './evidence-journal.ts';
import { createNetworkStack, type LiveOptions, type NetworkStack } from './network-stack.ts';
import { createRecorder } from './recorder.ts';
import type { RunFolder } from './run-folder.ts';
import { inParallel } from './schedule.ts';
import type { Control } from './vantage-proofs.ts';

/** Told as a run goes on; the runner prints nothing. */
export type RunEvent =
  | { kind: 'resumed'; agencies: number; droppedBytes: number }
  | { kind: 'agency'; done: number; total: number; id: string }
  | { kind: 'retests'; agencies: number }
  | { kind: 'retested'; done: number; total: number; id: string };

export interface MeasureInput {
  folder: RunFolder;
  manifest: RunManifest;
  /** The list, streamed; read once. */
  agencies: AsyncIterable<Agency> | Iterable<Agency>;
  live: LiveOptions;
  /** Aborted by the first signal: nothing new is begun, what is under way ends as cancelled and is not kept. */
  signal: AbortSignal;
  onEvent: (event: RunEvent) => void;
}

interface Pending {
  agency: Agency;
  operations: Operation[];
}

interface Run extends MeasureInput {
  journal: Journal;
  stack: NetworkStack;
  /** Observations of the vantage that no record holds yet. */
  proofs: Observation[];
  done: Set<string>;
  pending: Map<string, Pending>;
}

/**
 * Measures a list into the journal of a run folder: preflight, every agency's main record, then the retests. A folder that holds records
 * already is repaired and continued: only agencies without `main` and pending retests are asked (faults P2). Returns whether it came to its end.
 */
export async function measureRun(input: MeasureInput): Promise<{ complete: boolean }> {
  const before = await recordsBefore(input.folder);
  if (before.done.size > 0 || before.droppedBytes > 0) input.onEvent({ kind: 'resumed', agencies: before.done.size, droppedBytes: before.droppedBytes });
  const proofs: Observation[] = [];
  const controls: { web: Control[]; smtp: Control[] } = { web: [], smtp: [] };
  const stack = createNetworkStack({
    manifest: input.manifest,
    live: input.live,
    signal: input.signal,
    record: (observation) => void proofs.push(observation),
    controls: { web: () => controls.web, smtp: () => controls.smtp },
  });
  const journal = await openJournal(input.folder.journal);
  const run: Run = { ...input, journal, stack, proofs, done: before.done, pending: before.pending };
  try {
    await measureVantage(run, controls);
    await measureAgencies(run);
    await retest(run);
    await flushProofs(run);
    return { complete: !input.signal.aborted };
  } finally {
    stack.close();
    await journal.close();
  }
}

/** What an earlier process left: agencies measured, and what of them still waits for its second look. */
async function recordsBefore(folder: RunFolder): Promise<{ done: Set<string>; pending: Map<string, Pending>; droppedBytes: number }> {
  const done = new Set<string>();
  const pending = new Map<string, Pending>();
  // A run without records yet is a run: it can be continued and judged like any other.
  await (await openJournal(folder.journal)).close();
  const repaired = await repairJournal(folder.journal);
  for await (const { agency, part, observations } of readJournal(folder.journal)) {
    if (agency === null) continue;
    if (part === 'main') {
      done.add(agency.id);
      notePending(pending, agency, observations);
    } else if (part === 'retest') pending.delete(agency.id);
  }
  return { done, pending, droppedBytes: repaired.droppedBytes };
}

function notePending(pending: Map<string, Pending>, agency: Agency, observations: readonly Observation[]): void {
  const operations = retestOperations(observations);
  if (operations.length > 0) pending.set(agency.id, { agency, operations });
}

async function measureVantage(run: Run, controls: { web: Control[]; smtp: Control[] }): Promise<void> {
  const { manifest, stack } = run;
  const recorder = createRecorder(stack.network, { budgetMs: Number.MAX_SAFE_INTEGER });
  await preflight(recorder, { resolution: manifest.resolution, runId: manifest.id, settings: manifest.settings });
  const resolve = async (name: string): Promise<Control[]> => {
    const addresses = await probeAddresses(
      {
        network: recorder,
        agency: controlAgency(name),
        runId: manifest.id,
        resolution: manifest.resolution,
        settings: manifest.settings,
        isUsable: stack.isUsable,
        servicesOverride: 'listed',
      },
      name,
    );
    return ([6, 4] as const).flatMap((family) => addresses[family].map((address) => ({ address, family, name })));
  };
  for (const name of manifest.controls.web) controls.web.push(...(await resolve(name)));
  for (const name of manifest.controls.smtp) controls.smtp.push(...(await resolve(name)));
  run.proofs.push(...recorder.observations());
  await flushProofs(run);
}

/** A control host is asked like an agency's, and is none. */
function controlAgency(domain: string): Agency {
  return {
    id: `control:${domain}`,
    name: { vi: domain, en: domain },
    category: 'other',
    domain,
    servicesDomain: null,
    servicesStatus: 'active',
    mailDomain: null,
    hosts: [],
    input: { file: '', line: 0 },
    extra: {},
  };
}

async function measureAgencies(run: Run): Promise<void> {
  const { manifest, stack, signal } = run;
  const total = manifest.input.agencies;
  let done = run.done.size;
  const records = inParallel(unmeasured(run), manifest.settings.run.agenciesInFlight, (agency) =>
    collectAgency({ agency, network: networkFor(run, agency), manifest, isUsable: stack.isUsable }),
  );
  for await (const record of records) {
    if (signal.aborted || record.agency === null) continue;
    await keep(run, record);
    notePending(run.pending, record.agency, record.observations);
    done += 1;
    run.onEvent({ kind: 'agency', done, total, id: record.agency.id });
  }
}

/** An agency that opted out is in the report, and not asked. What works for one proves the vantage to the others at once. */
function networkFor({ stack: { network, proofs }, live }: Run, agency: Agency): Network {
  if (live.optedOutName(agency.domain)) return createOptOutNetwork(network, () => true);
  return {
    async perform<Asked extends Operation>(operation: Asked): Promise<ObservationOf<Asked['op']>> {
      const observation = await network.perform(operation);
      proofs.noteSuccess(observation as Observation, agency.domain);
      return observation;
    },
  };
}

async function* unmeasured({ agencies, done, signal }: Run): AsyncGenerator<Agency> {
  for await (const agency of agencies) {
    if (signal.aborted) return;
    if (!done.has(agency.id)) yield agency;
  }
}

async function retest(run: Run): Promise<void> {
  const { manifest, stack, signal } = run;
  const waiting = [...run.pending.values()];
  if (waiting.length === 0 || signal.aborted) return;
  run.onEvent({ kind: 'retests', agencies: waiting.length });
  let done = 0;
  const confirm = (operation: Operation): Promise<void> => (operation.request.family === 6 ? stack.proofs.confirm(operation) : Promise.resolve());
  const records = inParallel(waiting, manifest.settings.run.agenciesInFlight, ({ agency, operations }) =>
    retestAgency({ agency, network: networkFor(run, agency), operations: signal.aborted ? [] : operations, confirm }),
  );
  for await (const record of records) {
    if (signal.aborted || record.agency === null) continue;
    await keep(run, record);
    done += 1;
    run.onEvent({ kind: 'retested', done, total: waiting.length, id: record.agency.id });
  }
}

/** One append per record; the vantage's proofs go first, so that a run cut off here can still judge the agency. */
async function keep(run: Run, record: EvidenceRecord): Promise<void> {
  await flushProofs(run);
  await run.journal.append(record);
}

async function flushProofs({ journal, proofs }: Run): Promise<void> {
  if (proofs.length === 0) return;
  const observations = proofs.splice(0);
  await journal.append({ schema: 'ipv6gov.evidence/1', agency: null, part: 'main', observations, crashes: [], budgetExhausted: false });
}
