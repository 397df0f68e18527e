import { createRunFacts } from '../facts/run.ts';
import type { Agency } from '../model/agency.ts';
import type { EvidenceRecord } from '../model/evidence.ts';
import type { Observation } from '../model/observation.ts';
import type { VantageReport } from '../model/report.ts';
import type { RunManifest } from '../model/run.ts';
import { pause } from '../net/pause.ts';
import { retestOperations } from '../probes/retest.ts';
import { type CollectInput, collectAgency, retestAgency } from '../runner/collect.ts';
import { fellIntoGap, healedInPart } from '../runner/connectivity-gap.ts';
import { measureVantage } from '../runner/measure-vantage.ts';
import { createNetworkStack, type LiveOptions } from '../runner/network-stack.ts';
import { crashRecord, networkFor } from '../runner/run-course.ts';
import { confirmer, isOver, type Measuring, measureAgain, sampleOf } from '../runner/second-looks.ts';
import { createStartGate } from '../runner/start-gate.ts';
import type { Control } from '../runner/vantage-proofs.ts';

/** One run as this worker takes part in it: its network, and what it showed about itself. */
export interface VantageRun {
  /**
   * Everything about one agency in one record, so that it is kept whole or not at all: the first look and the second, or, where our own way
   * out had a gap, what was asked in whole after it.
   */
  measure(agency: Agency): Promise<EvidenceRecord>;
  /** Records of agency null that were not handed out yet. */
  takeProofs(): EvidenceRecord[];
  ipv6(): VantageReport['ipv6'];
  close(): void;
}

/** Proofs that judging a gap needs; older ones say nothing about what is measured now. */
const proofsKept = 2_000;
/** How often, and after how many spacings, a worker looks whether its own way out is back. */
const gapLooks = 6;

export interface VantageRunInput {
  manifest: RunManifest;
  live: LiveOptions;
  signal: AbortSignal;
  /** Measures one agency; default `collectAgency`. */
  collect?: ((input: CollectInput) => Promise<EvidenceRecord>) | undefined;
}

/** Opens a run on this machine: asks first what the machine can do (design §5). */
export async function openVantageRun(input: VantageRunInput): Promise<VantageRun> {
  const { manifest, live, signal, collect = collectAgency } = input;
  const gate = createStartGate(signal);
  const proofs: Observation[] = [];
  const fresh: EvidenceRecord[] = [];
  const recent: Observation[] = [];
  const controls: { web: Control[]; smtp: Control[] } = { web: [], smtp: [] };
  const stack = createNetworkStack({
    manifest,
    live,
    signal,
    record: (observation) => void proofs.push(observation),
    controls: { web: () => controls.web, smtp: () => controls.smtp },
  });
  const journal = {
    append: (record: EvidenceRecord): Promise<void> => {
      fresh.push(record);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  const course: Measuring = { collect, manifest, live, signal, stack, proofs };
  await measureVantage({ manifest, stack, proofs, journal }, controls);
  remember(fresh.flatMap(({ observations }) => observations));

  function remember(observations: readonly Observation[]): void {
    recent.push(...observations);
    recent.splice(0, Math.max(0, recent.length - proofsKept));
  }

  function takeProofs(): EvidenceRecord[] {
    const taken = fresh.splice(0);
    if (proofs.length > 0) {
      const observations = proofs.splice(0);
      remember(observations);
      taken.push(vantageRecord(observations));
    }
    return taken;
  }

  /** What this worker knows of itself now. */
  const factsNow = (agencyRecords: readonly EvidenceRecord[]) => {
    const facts = createRunFacts(manifest);
    facts.add(vantageRecord([...recent, ...proofs]));
    for (const record of agencyRecords) facts.add(record);
    return facts.finish();
  };

  async function secondLook(agency: Agency, main: EvidenceRecord): Promise<EvidenceRecord | null> {
    const operations = retestOperations(main.observations);
    if (operations.length === 0) return null;
    await pause(spacingOf(manifest), signal);
    if (signal.aborted) return null;
    const network = networkFor(course, agency, stack.network);
    return retestAgency({ agency, network, operations, confirm: confirmer(course) }).catch((error: unknown) =>
      crashRecord(agency, 'retest', error),
    );
  }

  /** Waits until our own way out is back, then asks in whole once more; null where it did not come back, or there was no gap. */
  async function afterGap(agency: Agency, records: readonly EvidenceRecord[]): Promise<EvidenceRecord | null> {
    const [main, second] = records;
    if (main === undefined || signal.aborted) return null;
    const all = records.flatMap(({ observations }) => observations);
    if (!fellIntoGap(agency, all, factsNow(records)) && !healedInPart(main.observations, second?.observations ?? [])) return null;
    const sample = sampleOf(all);
    if (sample === null) return null;
    for (let look = 0; look < gapLooks && !signal.aborted; look += 1) {
      if (await isOver(course, sample)) return measureAgain(course, agency, stack.fresh());
      await pause(spacingOf(manifest), signal);
    }
    return null;
  }

  async function measureOne(agency: Agency): Promise<EvidenceRecord> {
    const main = await course
      .collect({ agency, network: networkFor(course, agency, stack.network), manifest, isUsable: stack.isUsable, signal })
      .catch((error: unknown) => crashRecord(agency, 'main', error));
    const second = await secondLook(agency, main);
    const again = await afterGap(agency, second === null ? [main] : [main, second]);
    if (again !== null && again.crashes.length === 0) return { ...again, part: 'main' };
    if (second === null) return main;
    return { ...main, observations: [...main.observations, ...second.observations], crashes: [...main.crashes, ...second.crashes] };
  }

  return {
    measure: (agency) => gate.enter(() => measureOne(agency)),
    takeProofs,
    ipv6: () => factsNow([]).vantage.ipv6,
    close: () => stack.close(),
  };
}

/** Time between a first and a second look: 20 s with the usual settings. */
const spacingOf = ({ settings }: RunManifest): number => settings.tcp.timeoutSpacingMs * 4;

const vantageRecord = (observations: Observation[]): EvidenceRecord => ({
  schema: 'ipv6gov.evidence/1',
  agency: null,
  part: 'main',
  observations,
  crashes: [],
  budgetExhausted: false,
});
