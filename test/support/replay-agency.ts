import { expect } from 'vitest';
import { addressScope } from '../../src/model/address-registry.ts';
import { createReplayNetwork } from '../../src/net/replay-network.ts';
import { collectAgency } from '../../src/runner/collect.ts';
import type { Audited } from './audit-scenarios.ts';

/** Asks an agency again with nothing but its stored record for a network: the probes must ask the same and find the same. */
export async function replaysToTheSame({ records, manifest }: Pick<Audited, 'records' | 'manifest'>, id: string): Promise<void> {
  const stored = records.find(({ agency, part }) => agency?.id === id && part === 'main');
  if (stored?.agency === undefined || stored.agency === null) throw new Error(`no record of ${id}`);
  const replayed = await collectAgency({
    agency: stored.agency,
    network: createReplayNetwork(stored.observations),
    manifest,
    isUsable: (address) => addressScope(address, manifest.addressPolicy).usable,
  });
  const byId = (record: typeof stored) => record.observations.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  expect(byId(replayed).map((observation) => observation.id)).toEqual(byId(stored).map((observation) => observation.id));
  expect(byId(replayed)).toEqual(byId(stored));
  expect({ ...replayed, observations: [] }).toEqual({ ...stored, observations: [] });
}
