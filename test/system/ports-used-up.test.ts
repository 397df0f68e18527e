import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { driveInNamespace } from '../support/namespace.ts';
import type { NamespaceAnswer } from '../support/namespace-driver.ts';

const ids = ['healthy', 'healthy-services', 'ipv4-only', 'null-mx', 'mail-ipv4-only', 'web-refused-ipv6'];
const scenario = async (id: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../../fixtures/scenarios/${id}.json`, import.meta.url), 'utf8'));

it('P8 hardly any ports left: ours, and the same verdicts', async () => {
  const scenarios = await Promise.all(ids.map(scenario));
  const request = { kind: 'audit', scenarios, agenciesInFlight: 6 } as const;
  const sound = await driveInNamespace(request);
  // Outside of what the servers got: for clients alone, and fewer than they would like at once.
  const starved = await driveInNamespace({ ...request, portRange: [20_000, 20_011] });
  const shortages = ({ failures = {} }: NamespaceAnswer): string[] =>
    Object.keys(failures).filter((text) => /local-limit .*EADDR/.test(text));
  expect(shortages(starved).length).toBeGreaterThan(0);
  expect(shortages(sound)).toEqual([]);
  expect(sound.findings?.length).toBeGreaterThan(100);
  expect(starved.findings?.toSorted()).toEqual(sound.findings?.toSorted());
});
