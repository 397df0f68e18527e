import type { Agency } from '../model/agency.ts';
import type { EvidenceRecord } from '../model/evidence.ts';
import type { Observation } from '../model/observation.ts';
import { collectAgency } from './collect.ts';
import { openJournal } from './evidence-journal.ts';
import { measureVantage } from './measure-vantage.ts';
import { createNetworkStack } from './network-stack.ts';
import { type Course, crashRecord, flushProofs, journalState, keepRecord, type MeasureInput, networkFor } from './run-course.ts';
import { inParallel } from './schedule.ts';
import { remeasure, retest } from './second-looks.ts';
import { createStartGate } from './start-gate.ts';
import type { Control } from './vantage-proofs.ts';

export type { MeasureInput, RunEvent } from './run-course.ts';

/**
 * Measures a list into the journal of a run folder: preflight, every agency's main record, the retests, and once more what a gap of our
 * own connectivity fell on. A folder that holds records already is repaired and continued: only agencies without `main` and pending
 * retests are asked (faults P2). Returns whether it came to its end. Throws when the journal cannot be written; then nothing goes on.
 */
export async function measureRun(input: MeasureInput): Promise<{ complete: boolean }> {
  const before = await journalState(input.folder);
  const resumed = before.done.size > 0 || before.droppedBytes > 0;
  if (resumed) input.onEvent({ kind: 'resumed', agencies: before.done.size, droppedBytes: before.droppedBytes });
  const proofs: Observation[] = [];
  const controls: { web: Control[]; smtp: Control[] } = { web: [], smtp: [] };
  // What ends the run from inside, a full disk say, must end what is under way too (faults P5).
  const ended = new AbortController();
  const signal = AbortSignal.any([input.signal, ended.signal]);
  const stack = createNetworkStack({
    manifest: input.manifest,
    live: input.live,
    signal,
    record: (observation) => void proofs.push(observation),
    controls: { web: () => controls.web, smtp: () => controls.smtp },
  });
  const journal = await openJournal(input.folder.journal);
  const { done, pending, remeasured } = before;
  const course: Course = { collect: collectAgency, ...input, signal, journal, stack, proofs, done, pending, remeasured };
  try {
    await measureVantage(course, controls);
    await measureAgencies(course);
    const healed = await retest(course);
    if (resumed || healed || stack.sawGap()) await remeasure(course);
    await flushProofs(course);
    return { complete: !input.signal.aborted };
  } finally {
    ended.abort();
    stack.close();
    await journal.close();
  }
}

async function measureAgencies(course: Course): Promise<void> {
  const { manifest, stack, signal } = course;
  const total = manifest.input.agencies;
  let done = course.done.size;
  const gate = createStartGate(signal);
  const measureOne = (agency: Agency): Promise<EvidenceRecord> =>
    course.collect({ agency, network: networkFor(course, agency, stack.network), manifest, isUsable: stack.isUsable, signal });
  const records = inParallel(unmeasured(course), manifest.settings.run.agenciesInFlight, (agency) =>
    gate.enter(() => measureOne(agency)).catch((error: unknown) => crashRecord(agency, 'main', error)),
  );
  for await (const record of records) {
    if (signal.aborted || record.agency === null) continue;
    await keepRecord(course, record);
    done += 1;
    course.onEvent({ kind: 'agency', done, total, id: record.agency.id });
  }
}

async function* unmeasured({ agencies, done, signal }: Course): AsyncGenerator<Agency> {
  for await (const agency of agencies) {
    if (signal.aborted) return;
    if (!done.has(agency.id)) yield agency;
  }
}
