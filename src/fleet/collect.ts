import type { JsMsg } from '@nats-io/jetstream';
import type { Agency } from '../model/agency.ts';
import type { RunManifest } from '../model/run.ts';
import { pause } from '../net/pause.ts';
import { type Journal, openJournal } from '../runner/evidence-journal.ts';
import { openPart, partId, partsOfRun } from '../runner/fleet-folder.ts';
import { journalState } from '../runner/run-course.ts';
import type { RunFolder } from '../runner/run-folder.ts';
import { type Engine, ensureConsumer, fetchSome } from './engine.ts';
import { maxResultBytes, type Result, resultSchema, unpacked } from './messages.ts';
import { consumers, streams, subjects, vantageOf } from './names.ts';
import { createAssembly, maxWaiting, partBytes, partOf } from './parts.ts';

export interface Collecting {
  engine: Engine;
  folder: RunFolder;
  manifest: RunManifest;
  vantages: readonly string[];
  /** Is this an agency of the list, unchanged? What a worker makes up about a name or domain counts for nothing. */
  isListed: (agency: Agency) => boolean;
  onCell: (collected: Collected) => void;
  signal: AbortSignal;
}

/** Counts of a collection, as it stands. */
export interface Collected {
  /** Agencies of which there is evidence, by vantage. */
  cells: ReadonlyMap<string, ReadonlySet<string>>;
  /** Results of what was collected before: redelivered, or measured by two workers. Counted once. */
  repeated: number;
  /** Results that are of no schema, of another vantage than their sender, or of no agency of the list. */
  rejected: number;
}

const fetchMost = 64;
const fetchWaitMs = 1_000;
const ackWaitMs = 60_000;
/** Workers that one vantage may have had in one run, restarts included; each has a folder and an open file here. */
const mostWorkers = 256;
/** Until acknowledgements that are under way must have reached the engine. */
const flushMs = 2_000;

/**
 * Takes evidence off the engine into the run folder until every vantage has every agency, or the signal. A result is acknowledged once it is
 * in its journal, so a coordinator that is killed loses none; what was collected before is read from the journals first (faults F3).
 */
export async function collect(options: Collecting): Promise<Collected> {
  const { engine, folder, manifest, vantages, isListed, signal } = options;
  const cells = new Map<string, Set<string>>(vantages.map((vantage) => [vantage, new Set<string>()]));
  const workers = new Map<string, Set<string>>(vantages.map((vantage) => [vantage, new Set<string>()]));
  const journals = new Map<string, Promise<Journal>>();
  const assembly = createAssembly<JsMsg>();
  const counts = { repeated: 0, rejected: 0 };
  for (const part of await partsOfRun(folder)) {
    workers.get(part.place)?.add(part.folder.id);
    for (const id of (await journalState(part.folder)).done) cells.get(part.place)?.add(id);
  }
  const wanted = vantages.length * manifest.input.agencies;
  const have = (): number => [...cells.values()].reduce((sum, ids) => sum + ids.size, 0);
  const consumer = consumers.collect(manifest.id);
  const filter = subjects.evidenceOf(manifest.id);
  // What a collector that was killed had in hand is given out again at once, not after its time.
  await engine.manager.consumers.delete(streams.evidence, consumer).catch(() => false);
  await ensureConsumer(engine, { stream: streams.evidence, name: consumer, filter, ackWaitMs, most: mostInHand(vantages.length) });

  function journalOf(vantage: string, worker: string): Promise<Journal> {
    const key = `${vantage} ${worker}`;
    const known = journals.get(key);
    if (known !== undefined) return known;
    const opening = openPart(folder, { manifest: { ...manifest, vantage }, place: vantages.indexOf(vantage), worker }).then((part) =>
      openJournal(part.journal),
    );
    journals.set(key, opening);
    return opening;
  }

  async function keep(bytes: Uint8Array, sender: string | null): Promise<void> {
    const result = await unpacked(bytes, resultSchema, maxResultBytes);
    const agency = result?.record.agency ?? null;
    const ids = result === null ? undefined : cells.get(result.vantage);
    if (result === null || agency === null || ids === undefined || !isHonest(result, sender, manifest.id) || !isListed(agency)) {
      counts.rejected += 1;
      return;
    }
    const known = workers.get(result.vantage);
    const id = partId(vantages.indexOf(result.vantage), result.worker);
    if (known === undefined || (!known.has(id) && known.size >= mostWorkers)) {
      counts.rejected += 1;
      return;
    }
    known.add(id);
    const isRepeated = ids.has(agency.id);
    if (isRepeated) counts.repeated += 1;
    const journal = isRepeated && result.proofs.length === 0 ? null : await journalOf(result.vantage, result.worker);
    // What the worker showed about itself holds for its other results too, and is sent once.
    for (const proof of result.proofs) await journal?.append(proof);
    if (isRepeated) return;
    await journal?.append(result.record);
    ids.add(agency.id);
    options.onCell({ cells, ...counts });
  }

  async function take(message: JsMsg): Promise<void> {
    const key = message.headers?.get('Ipv6gov-Key') ?? '';
    const place = partOf(key, message.headers?.get('Ipv6gov-Part') ?? '');
    if (place === null || message.data.length > partBytes) {
      counts.rejected += 1;
      message.ack();
      return;
    }
    const { whole, dropped } = assembly.add({ ...place, sender: message.subject }, message.data, message);
    if (dropped.length > 0) counts.rejected += 1;
    for (const lost of dropped) lost.ack();
    if (whole === null) return;
    await keep(whole.bytes, vantageOf(message.subject));
    for (const part of whole.handles) part.ack();
  }

  try {
    while (!signal.aborted && have() < wanted) {
      const from = { stream: streams.evidence, consumer, most: fetchMost, waitMs: fetchWaitMs, signal };
      for await (const message of fetchSome(engine, from)) {
        await take(message);
        if (have() === wanted) break;
      }
    }
  } finally {
    for (const opening of journals.values()) await (await opening).close();
  }
  // Acknowledgements still under way reach the engine before anybody leaves.
  await Promise.race([engine.connection.flush().catch(() => undefined), pause(flushMs)]);
  return { cells, ...counts };
}

/** More than all vantages may have waiting in parts, or those of one would keep away the results of the others. */
const mostInHand = (vantages: number): number => 1_024 + vantages * maxWaiting;

/** It comes from where it says, is of this run, and its proofs speak of no agency. */
function isHonest({ vantage, run, record, proofs }: Result, sender: string | null, id: string): boolean {
  return vantage === sender && run === id && record.part === 'main' && proofs.every(({ agency }) => agency === null);
}
