import { loadChecks } from '../../src/checks/index.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { ReportAgency, VantageReport } from '../../src/model/report.ts';
import type { RunManifest } from '../../src/model/run.ts';
import { testbedSettings } from '../../src/model/settings.ts';
import { createAddressGate } from '../../src/net/address-gate.ts';
import type { LiveContext } from '../../src/net/live-context.ts';
import { createLiveNetwork } from '../../src/net/live-network.ts';
import { createLoopWatch } from '../../src/net/loop-watch.ts';
import { createMemoNetwork } from '../../src/net/memo-network.ts';
import type { Network } from '../../src/net/network.ts';
import { createPermits } from '../../src/net/permits.ts';
import { createPersistentNetwork } from '../../src/net/persistent-network.ts';
import { createPoliteNetwork } from '../../src/net/polite-network.ts';
import { retestOperations } from '../../src/probes/retest.ts';
import { preflight } from '../../src/probes/vantage.ts';
import { collectAgency, retestAgency } from '../../src/runner/collect.ts';
import { judgeRun } from '../../src/runner/judge.ts';
import { inParallel } from '../../src/runner/schedule.ts';
import { createVantageProofs, type VantageProofs } from '../../src/runner/vantage-proofs.ts';
import { ipv6ForGov1 } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';
import { planAddress } from '../../src/testbed/address-plan.ts';
import type { Scenario } from '../../src/testbed/scenario.ts';
import { startTestbed, type Testbed } from '../../src/testbed/testbed.ts';

export interface Audited {
  vantage: VantageReport;
  agencies: Map<string, ReportAgency>;
  records: EvidenceRecord[];
  wallMs: number;
}

function manifestOf(testbed: Testbed): RunManifest {
  return {
    schema: 'ipv6gov.run/1',
    id: 'testbed',
    tool: { name: 'ipv6gov', version: '0.0.0' },
    startedAt: new Date().toISOString(),
    vantage: 'testbed',
    criteria: { name: 'ipv6-for-gov', version: '1' },
    resolution: { mode: 'iterative', rootServers: testbed.rootServers },
    settings: testbedSettings(),
    controls: testbed.controls,
    addressPolicy: 'documentation-is-global',
    servicesOverride: 'listed',
    input: { fingerprint: '', agencies: testbed.agencies.length, duplicates: 0 },
    inputFile: 'testbed',
  };
}

interface Networks {
  polite: Network;
  whole: Network;
  proofs: VantageProofs;
  ours: Observation[];
  isUsable(address: string): boolean;
  stop(): void;
}

function networksOf(testbed: Testbed, manifest: RunManifest): Networks {
  const { settings } = manifest;
  const loop = createLoopWatch();
  const permits = createPermits(32);
  const gate = createAddressGate({ policy: manifest.addressPolicy, optedOut: () => false });
  const context: LiveContext = {
    settings,
    endpoints: testbed.endpoints,
    gate,
    loop,
    tlsPermit: () => permits.acquire(),
    extraCertificates: testbed.extraCertificates,
    helo: 'probe.doi-chung.vn',
    userAgent: 'ipv6gov/0 (test)',
    keepBodies: false,
    signal: new AbortController().signal,
  };
  const polite = createPoliteNetwork(createLiveNetwork(context), { settings });
  const ours: Observation[] = [];
  const roots = testbed.rootServers.flatMap((root) => root.addresses);
  const control = (machine: number, name: string) =>
    ([4, 6] as const).map((family) => ({ address: planAddress(126, machine, family), family, name }));
  const proofs = createVantageProofs({
    network: polite,
    record: (observation) => ours.push(observation),
    now: () => Date.now(),
    maxAgeBeforeMs: settings.run.preflightMaxAgeMs,
    rootAddresses: { 4: roots.filter((address) => !address.includes(':')), 6: roots.filter((address) => address.includes(':')) },
    webControls: () => control(4, 'www.doi-chung.vn'),
    smtpControls: () => control(5, 'mail.doi-chung.vn'),
  });
  const confirmVantage = (...asked: Parameters<VantageProofs['confirm']>): Promise<void> => proofs.confirm(...asked);
  const persistent = createPersistentNetwork(polite, { settings, confirmVantage });
  const whole = createMemoNetwork(persistent, { maxEntries: 200_000 });
  return { polite, whole, proofs, ours, isUsable: (address) => gate(address) === null, stop: () => loop.stop() };
}

/** Servers and tool share one event loop here: more at once would make it late, and our own lateness is no evidence. */
const inFlight = 8;

async function gathered<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for await (const result of inParallel(items, inFlight, work)) results.push(result);
  return results;
}

/** Audits these scenarios in one run on one testbed, with everything real but the addresses. */
export async function auditScenarios(scenarios: readonly Scenario[]): Promise<Audited> {
  const start = performance.now();
  const testbed = await startTestbed({ scenarios });
  const manifest = manifestOf(testbed);
  const networks = networksOf(testbed, manifest);
  try {
    const noting = (domain: string): Network => ({
      async perform(operation) {
        const observation = await networks.whole.perform(operation);
        networks.proofs.noteSuccess(observation, domain);
        return observation;
      },
    });
    const preflightNetwork: Network = {
      async perform(operation) {
        const observation = await networks.whole.perform(operation);
        networks.ours.push(observation);
        return observation;
      },
    };
    await preflight(preflightNetwork, { resolution: manifest.resolution, runId: manifest.id, settings: manifest.settings });
    const collect = (agency: Testbed['agencies'][number]) =>
      collectAgency({ agency, network: noting(agency.domain), manifest, isUsable: networks.isUsable });
    const main = await gathered(testbed.agencies, collect);
    const retests = await gathered(main, async (record) => {
      const operations = retestOperations(record.observations);
      if (record.agency === null || operations.length === 0) return null;
      return retestAgency({
        agency: record.agency,
        network: noting(record.agency.domain),
        operations,
        confirm: (operation) => networks.proofs.confirm(operation),
      });
    });
    const own: EvidenceRecord = {
      schema: 'ipv6gov.evidence/1',
      agency: null,
      part: 'main',
      observations: networks.ours,
      crashes: [],
      budgetExhausted: false,
    };
    const records = [own, ...main, ...retests.filter((record) => record !== null)];
    const judged = await judgeRun({
      manifest,
      checks: await loadChecks(),
      rubric: ipv6ForGov1,
      records: async function* () {
        yield* records;
      },
    });
    const agencies = new Map<string, ReportAgency>();
    for await (const { report } of judged.agencies) agencies.set(report.id, report);
    return { vantage: judged.vantage, agencies, records, wallMs: performance.now() - start };
  } finally {
    networks.stop();
    await testbed.stop();
  }
}
