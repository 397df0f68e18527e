import { createRunFacts } from '../facts/run.ts';
import type { Agency } from '../model/agency.ts';
import type { EvidenceRecord } from '../model/evidence.ts';
import type { Observation, Operation } from '../model/observation.ts';
import { retestOperations } from '../probes/retest.ts';
import { retestAgency } from './collect.ts';
import { fellIntoGap, healedInPart } from './connectivity-gap.ts';
import { readJournal } from './evidence-journal.ts';
import { proofClassOf, provesVantage } from './proof-memory.ts';
import { type Course, crashRecord, keepRecord, networkFor } from './run-course.ts';
import { inParallel } from './schedule.ts';

/**
 * The second look at every agency that deserves one, read again from the journal: nothing of an agency is held until then. Returns whether
 * anything that had failed did not fail again.
 */
export async function retest(course: Course): Promise<boolean> {
  const { manifest, stack, signal } = course;
  const total = course.pending.size;
  if (total === 0 || signal.aborted) return false;
  let healed = false;
  course.onEvent({ kind: 'retests', agencies: total });
  let done = 0;
  const records = inParallel(pendingRecords(course), manifest.settings.run.agenciesInFlight, ({ agency, observations }) => {
    const operations = signal.aborted ? [] : retestOperations(observations);
    return retestAgency({ agency, network: networkFor(course, agency, stack.network), operations, confirm: confirmer(course) }).catch(
      (error: unknown) => crashRecord(agency, 'retest', error),
    );
  });
  for await (const record of records) {
    if (signal.aborted || record.agency === null) continue;
    await keepRecord(course, record);
    healed ||= record.observations.some(({ failure }) => failure === null);
    done += 1;
    course.onEvent({ kind: 'retested', done, total, id: record.agency.id });
  }
  return healed;
}

type MainRecord = EvidenceRecord & { agency: Agency };

async function* mainRecords({ folder, signal }: Course): AsyncGenerator<MainRecord> {
  for await (const record of readJournal(folder.journal)) {
    if (signal.aborted) return;
    const { agency } = record;
    if (agency !== null && record.part === 'main') yield { ...record, agency };
  }
}

async function* pendingRecords(course: Course): AsyncGenerator<MainRecord> {
  const waiting = new Set(course.pending);
  for await (const record of mainRecords(course)) if (waiting.delete(record.agency.id)) yield record;
}

export function confirmer({ stack }: Pick<Course, 'stack'>): (operation: Operation) => Promise<void> {
  return (operation) => (operation.request.family === 6 ? stack.proofs.confirm(operation) : Promise.resolve());
}

/**
 * Asks once more, in whole, every agency on which a gap of our own connectivity fell, if it is over (faults V2). In whole, because what
 * failed first kept later questions from being asked; the new record stands in place of the others.
 */
export async function remeasure(course: Course): Promise<void> {
  const { manifest, stack, signal } = course;
  if (signal.aborted) return;
  const { ids, sample } = await agenciesInGap(course);
  if (ids.size === 0 || sample === null || !(await isOver(course, sample))) return;
  course.onEvent({ kind: 'retests', agencies: ids.size });
  // A memory of its own: what the gap taught about servers is not so.
  const fresh = stack.fresh();
  const agencies = (async function* () {
    for await (const { agency } of mainRecords(course)) if (ids.delete(agency.id)) yield agency;
  })();
  for await (const record of inParallel(agencies, manifest.settings.run.agenciesInFlight, (agency) =>
    measureAgain(course, agency, fresh),
  )) {
    if (!signal.aborted && record.crashes.length === 0) await keepRecord(course, record);
  }
}

/** What measuring one agency needs of a run. */
export type Measuring = Pick<Course, 'collect' | 'manifest' | 'stack' | 'live' | 'signal' | 'proofs'>;

export async function measureAgain(course: Measuring, agency: Agency, fresh: Course['stack']['network']): Promise<EvidenceRecord> {
  const network = networkFor(course, agency, fresh);
  const { manifest, stack, signal } = course;
  try {
    const main = await course.collect({ agency, network, manifest, isUsable: stack.isUsable, signal });
    const operations = signal.aborted ? [] : retestOperations(main.observations);
    const second = await retestAgency({ agency, network, operations, confirm: confirmer(course) });
    return { ...main, part: 'remeasure', observations: [...main.observations, ...second.observations] };
  } catch (error) {
    return crashRecord(agency, 'remeasure', error);
  }
}

/** Two passes over the journal, as in judging: what only the whole run tells, then the agencies. */
async function agenciesInGap(course: Course): Promise<{ ids: Set<string>; sample: Operation | null }> {
  const builder = createRunFacts(course.manifest);
  const retests = new Map<string, Observation[]>();
  for await (const record of readJournal(course.folder.journal)) {
    builder.add(record);
    if (record.agency !== null && record.part === 'retest') retests.set(record.agency.id, record.observations);
  }
  const facts = builder.finish();
  const ids = new Set<string>();
  let sample: Operation | null = null;
  for await (const { agency, observations } of mainRecords(course)) {
    if (course.remeasured.has(agency.id)) continue;
    const retested = retests.get(agency.id) ?? [];
    const all = [...observations, ...retested];
    if (!fellIntoGap(agency, all, facts) && !healedInPart(observations, retested)) continue;
    ids.add(agency.id);
    sample ??= sampleOf(all);
  }
  return { ids, sample };
}

/** A question whose family and class say what must be proven first. */
export function sampleOf(observations: readonly Observation[]): Operation | null {
  const failed = observations.filter(({ failure }) => failure !== null && failure.step !== 'gate');
  const found = failed.find((observation) => proofClassOf(observation) === 'dns') ?? failed[0];
  return found === undefined ? null : ({ op: found.op, request: found.request } as Operation);
}

/** Does that family work for us now? */
export async function isOver({ stack, proofs }: Pick<Course, 'stack' | 'proofs'>, sample: Operation): Promise<boolean> {
  const before = proofs.length;
  await stack.proofs.confirm(sample, Date.now());
  return proofs.slice(before).some((observation) => observation.request.family === sample.request.family && provesVantage(observation));
}
