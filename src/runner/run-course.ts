import type { Agency } from '../model/agency.ts';
import type { EvidenceRecord } from '../model/evidence.ts';
import type { Observation, ObservationOf, Operation } from '../model/observation.ts';
import type { RunManifest } from '../model/run.ts';
import type { Network } from '../net/network.ts';
import { createOptOutNetwork } from '../net/opt-out-network.ts';
import { retestOperations } from '../probes/retest.ts';
import type { CollectInput } from './collect.ts';
import { type Journal, openJournal, readJournal, repairJournal } from './evidence-journal.ts';
import type { LiveOptions, NetworkStack } from './network-stack.ts';
import type { RunFolder } from './run-folder.ts';

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
  /** Measures one agency; default `collectAgency`. */
  collect?: (input: CollectInput) => Promise<EvidenceRecord>;
}

/** Ids of the agencies that the journal tells of: all that a run keeps of an agency once it is measured (faults P9). */
export interface JournalState {
  /** Have their `main` record. */
  done: Set<string>;
  /** Wait for their second look. */
  pending: Set<string>;
  /** Were asked again because our own connectivity had a gap. */
  remeasured: Set<string>;
}

/** A run that is being measured. */
export interface Course extends Omit<MeasureInput, 'collect'>, JournalState {
  collect: (input: CollectInput) => Promise<EvidenceRecord>;
  journal: Journal;
  stack: NetworkStack;
  /** Observations of the vantage that no record holds yet. */
  proofs: Observation[];
}

/** What an earlier process left in the journal, which is repaired first. */
export async function journalState(folder: RunFolder): Promise<JournalState & { droppedBytes: number }> {
  const state: JournalState = { done: new Set(), pending: new Set(), remeasured: new Set() };
  // A run without records yet is a run: it can be continued and judged like any other.
  await (await openJournal(folder.journal)).close();
  const { droppedBytes } = await repairJournal(folder.journal);
  for await (const record of readJournal(folder.journal)) noteRecord(state, record);
  return { ...state, droppedBytes };
}

export function noteRecord({ done, pending, remeasured }: JournalState, { agency, part, observations }: EvidenceRecord): void {
  if (agency === null) return;
  if (part === 'main') {
    done.add(agency.id);
    if (retestOperations(observations).length > 0) pending.add(agency.id);
    return;
  }
  pending.delete(agency.id);
  if (part === 'remeasure') remeasured.add(agency.id);
}

/** One append per record; the vantage's proofs go first, so that a run cut off here can still judge the agency. */
export async function keepRecord(course: Course, record: EvidenceRecord): Promise<void> {
  await flushProofs(course);
  await course.journal.append(record);
  noteRecord(course, record);
}

export async function flushProofs({ journal, proofs }: Pick<Course, 'journal' | 'proofs'>): Promise<void> {
  if (proofs.length === 0) return;
  const observations = proofs.splice(0);
  await journal.append({ schema: 'ipv6gov.evidence/1', agency: null, part: 'main', observations, crashes: [], budgetExhausted: false });
}

/** An agency that opted out is in the report, and not asked. What works for one proves the vantage to the others at once. */
export function networkFor({ stack: { proofs }, live }: Pick<Course, 'stack' | 'live'>, agency: Agency, network: Network): Network {
  if (live.optedOutName(agency.domain)) return createOptOutNetwork(network, () => true);
  return {
    async perform<Asked extends Operation>(operation: Asked): Promise<ObservationOf<Asked['op']>> {
      const observation = await network.perform(operation);
      proofs.noteSuccess(observation as Observation, agency.domain);
      return observation;
    },
  };
}

/** The record of an agency on which our own code failed as a whole: judged as `probe-error` (faults P11). */
export function crashRecord(agency: Agency, part: EvidenceRecord['part'], error: unknown): EvidenceRecord {
  const detail = (error instanceof Error ? error.message : String(error)).slice(0, 200);
  return { schema: 'ipv6gov.evidence/1', agency, part, observations: [], crashes: [{ probe: part, detail }], budgetExhausted: false };
}
