import { availableParallelism, loadavg } from 'node:os';
import { describe, expect, it } from 'vitest';
import { loadScenarios } from '../../src/testbed/scenario.ts';
import { auditScenarios } from '../support/audit-scenarios.ts';
import { keepsToAskedAddresses, meetsExpectations, settledAudit } from '../support/scenario-suite.ts';

const scenarios = await loadScenarios();

describe('audited alone, from another vantage', () => {
  for (const scenario of scenarios.filter(({ vantage }) => vantage !== undefined)) {
    it(`${scenario.id}: ${scenario.title.en}`, async () => {
      const audited = await settledAudit(scenario, await auditScenarios([scenario]), [scenario]);
      meetsExpectations(scenario, audited);
      keepsToAskedAddresses(audited);
      expect(audited.agencies.get(scenario.id)?.findings.filter(({ status }) => status === 'fail')).toEqual([]);
    }, 240_000);
  }
});

it('V1 a vantage without IPv6 says so and blames nobody for it', async () => {
  // An agency with faults of every kind over IPv6: nothing of them can be seen from here.
  const faulty = scenarios.filter(({ id }) => ['web-refused-ipv6', 'smtp-refused-ipv6', 'ns-udp-ipv6-none'].includes(id));
  const blind = { ...scenarios.find(({ id }) => id === 'vantage-without-ipv6')?.vantage };
  const audited = await auditScenarios(
    faulty.map((scenario) => ({ ...scenario, vantage: { families: [4], port25: 'open', dns: 'direct', ...blind } })),
  );
  expect(audited.vantage.ipv6).toBe('absent');
  expect(audited.vantage).toMatchObject({ dns: { '6': 'absent' }, web: { '6': 'absent' }, smtp: { '6': 'absent' } });
  const reachability = [
    'web-connect',
    'web-tls',
    'web-response',
    'web-redirects',
    'web-transfer',
    'smtp-connect',
    'smtp-starttls',
    'ns-udp-ipv6',
    'ns-tcp-ipv6',
  ];
  const findings = [...audited.agencies.values()].flatMap((agency) => agency.findings);
  expect(audited.agencies.size).toBe(3);
  expect(findings.filter(({ check }) => reachability.includes(check)).length).toBeGreaterThan(3 * reachability.length);
  expect(findings.filter(({ check, status }) => status === 'fail' && reachability.includes(check))).toEqual([]);
  expect(findings.filter(({ check, status }) => status === 'fail' && check.startsWith('ipv6-only'))).toEqual([]);
}, 240_000);

it('the demo takes less than 30 seconds', async () => {
  const before = process.cpuUsage();
  const audited = await auditScenarios(scenarios.filter(({ demo }) => demo));
  const { user, system } = process.cpuUsage(before);
  // By the clock only where the processors are not busy with something else.
  if ((loadavg()[0] ?? 0) < availableParallelism()) expect(audited.wallMs).toBeLessThan(30_000);
  expect((user + system) / 1_000).toBeLessThan(20_000);
}, 240_000);
