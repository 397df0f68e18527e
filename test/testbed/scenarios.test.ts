import { beforeAll, describe, expect, it } from 'vitest';
import { loadScenarios, type Scenario } from '../../src/testbed/scenario.ts';
import { type Audited, auditScenarios } from '../support/audit-scenarios.ts';
import { surprises } from '../support/expected-findings.ts';

/** Scenarios whose expectation follows checks.md and is not met yet, with what is wrong. Each must leave this list when it is met. */
const open: Readonly<Record<string, string>> = {};

const scenarios = await loadScenarios();
const together = scenarios.filter((scenario) => scenario.vantage === undefined);
const alone = scenarios.filter((scenario) => scenario.vantage !== undefined);

function meets(scenario: Scenario, audited: Audited): void {
  const agency = audited.agencies.get(scenario.id);
  expect(audited.records.flatMap(({ crashes }) => crashes)).toEqual([]);
  expect(surprises(scenario, agency?.findings ?? [])).toEqual([]);
}

describe('audited together', () => {
  let audited: Audited;
  beforeAll(async () => {
    audited = await auditScenarios(together);
  }, 300_000);

  for (const scenario of together) {
    const test = scenario.id in open ? it.fails : it;
    test(`${scenario.id}: ${scenario.title.en}`, () => meets(scenario, audited));
  }

  it('the vantage proves itself', () => {
    const proven = { '4': 'proven', '6': 'proven' };
    expect(audited.vantage).toMatchObject({ dns: proven, web: proven, smtp: proven, dnsPath: 'direct', dns64: false, ipv6: 'ok' });
  });
});

describe('audited alone, from another vantage', () => {
  for (const scenario of alone) {
    it(`${scenario.id}: ${scenario.title.en}`, async () => {
      const audited = await auditScenarios([scenario]);
      meets(scenario, audited);
      expect(audited.agencies.get(scenario.id)?.findings.filter(({ status }) => status === 'fail')).toEqual([]);
    }, 60_000);
  }
});

it('the demo takes less than 30 seconds', async () => {
  const audited = await auditScenarios(scenarios.filter(({ demo }) => demo));
  expect(audited.wallMs).toBeLessThan(30_000);
}, 60_000);
