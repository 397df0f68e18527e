import type { Agency } from '../model/agency.ts';
import type { EvidenceRecord } from '../model/evidence.ts';
import type { Operation } from '../model/observation.ts';
import type { RunManifest } from '../model/run.ts';
import type { Network } from '../net/network.ts';
import { pause } from '../net/pause.ts';
import { probeAgency } from '../probes/plan.ts';
import { createRecorder } from './recorder.ts';

export interface CollectInput {
  agency: Agency;
  /** The run's shared network: memo over persistent over polite over live, or a replay. */
  network: Network;
  manifest: RunManifest;
  isUsable: (address: string) => boolean;
  /** At shutdown nobody waits any longer. */
  signal?: AbortSignal;
}

/** Measures one agency: its `main` record. Faults of single probes are inside it; it never rejects for what the network did. */
export async function collectAgency(input: CollectInput): Promise<EvidenceRecord> {
  const { agency, manifest } = input;
  const recorder = createRecorder(input.network, { budgetMs: manifest.settings.run.agencyBudgetMs });
  const crashes = await probeAgency({
    network: recorder,
    agency,
    runId: manifest.id,
    resolution: manifest.resolution,
    settings: manifest.settings,
    isUsable: input.isUsable,
    servicesOverride: manifest.servicesOverride,
    pause: (ms) => pause(ms, input.signal),
  });
  return {
    schema: 'ipv6gov.evidence/1',
    agency,
    part: 'main',
    observations: recorder.observations(),
    crashes,
    budgetExhausted: recorder.budgetExhausted(),
  };
}

export interface RetestInput {
  agency: Agency;
  network: Network;
  operations: readonly Operation[];
  /** Proof of our own connectivity before an operation is tried (design §5). */
  confirm: (operation: Operation) => Promise<void>;
}

/** The second look at an agency at the end of a run: its `retest` record. */
export async function retestAgency({ agency, network, operations, confirm }: RetestInput): Promise<EvidenceRecord> {
  const observations = await Promise.all(
    operations.map(async (operation) => {
      await confirm(operation);
      return network.perform(operation);
    }),
  );
  return { schema: 'ipv6gov.evidence/1', agency, part: 'retest', observations, crashes: [], budgetExhausted: false };
}
