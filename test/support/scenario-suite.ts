import { beforeAll, describe, expect, it } from 'vitest';
import { loadScenarios, type Scenario } from '../../src/testbed/scenario.ts';
import { familyOf } from '../../src/testbed/world.ts';
import { type Audited, auditScenarios } from './audit-scenarios.ts';
import { surprises, unexpectedFails } from './expected-findings.ts';

/** Scenarios whose expectation follows checks.md and is not met yet, with what is wrong. Each must leave this list when it is met. */
const open: Readonly<Record<string, string>> = {};

/** Scenarios that are audited in one run, in two parts for two workers: groups stay together, and each part is half of the work. */
export async function scenariosOfPart(part: 0 | 1): Promise<Scenario[]> {
  const together = (await loadScenarios()).filter(({ vantage }) => vantage === undefined);
  return together.filter(({ slot, group }) => (group === undefined ? slot % 2 : 0) === part);
}

export function meetsExpectations(scenario: Scenario, audited: Audited): void {
  const agency = audited.agencies.get(scenario.id);
  expect(audited.records.flatMap(({ crashes }) => crashes)).toEqual([]);
  expect(surprises(scenario, agency?.findings ?? [])).toEqual([]);
}

/**
 * The audit that a scenario is judged by. Scenarios that count questions ("the first one only") go another way when a busy machine asks
 * once more for a late answer: what differs is audited a second time, with nothing beside it, and said. A false fail is never the machine's doing, and stands.
 */
export async function settledAudit(scenario: Scenario, audited: Audited, alone: readonly Scenario[]): Promise<Audited> {
  const findings = audited.agencies.get(scenario.id)?.findings ?? [];
  const found = surprises(scenario, findings);
  if (found.length === 0 || unexpectedFails(scenario, findings).length > 0) return audited;
  process.stdout.write(`${scenario.id} is audited again: ${found.join('; ')}\n`);
  return auditScenarios(alone);
}

/** Each observation speaks of the address that was asked, in its family, and the servers saw nothing else (design §5, faults W10). */
export function keepsToAskedAddresses({ records, requestLog }: Audited): void {
  const observations = records.flatMap((record) => record.observations);
  const strays = observations.filter(
    ({ request, peer }) => familyOf(request.address) !== request.family || (peer !== null && peer.address !== request.address),
  );
  expect(strays).toEqual([]);
  const asked = new Set(observations.map(({ request }) => `${request.address} ${request.port}`));
  const unasked = requestLog.filter(({ address, port, family }) => familyOf(address) !== family || !asked.has(`${address} ${port}`));
  expect(unasked).toEqual([]);
}

/** The tests of one part; replays of some of its agencies are added by the caller. */
export function describePart(scenarios: readonly Scenario[], more: (audited: () => Audited) => void): void {
  describe('audited together', () => {
    let audited: Audited;
    beforeAll(async () => {
      audited = await auditScenarios(scenarios);
    }, 600_000);

    for (const scenario of scenarios) {
      const test = scenario.id in open ? it.fails : it;
      const alone = scenarios.filter(({ id, group }) => id === scenario.id || (group !== undefined && group === scenario.group));
      test(
        `${scenario.id}: ${scenario.title.en}`,
        async () => meetsExpectations(scenario, await settledAudit(scenario, audited, alone)),
        120_000,
      );
    }

    it('the vantage proves itself', () => {
      const proven = { '4': 'proven', '6': 'proven' };
      expect(audited.vantage).toMatchObject({ dns: proven, web: proven, smtp: proven, dnsPath: 'direct', dns64: false, ipv6: 'ok' });
    });

    it('W10 keeps to the address and the family that it asked', () => keepsToAskedAddresses(audited));

    more(() => audited);
  });
}
