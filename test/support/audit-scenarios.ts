import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadChecks } from '../../src/checks/index.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import type { Report, ReportAgency, VantageReport } from '../../src/model/report.ts';
import type { RunManifest } from '../../src/model/run.ts';
import { testbedSettings } from '../../src/model/settings.ts';
import { readJournal } from '../../src/runner/evidence-journal.ts';
import { measureRun } from '../../src/runner/measure.ts';
import type { LiveOptions } from '../../src/runner/network-stack.ts';
import { readManifest } from '../../src/runner/open-run.ts';
import { reportRun } from '../../src/runner/report-run.ts';
import { createRunFolder, type RunFolder, writeManifest } from '../../src/runner/run-folder.ts';
import { ipv6ForGov1 } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';
import type { LoggedRequest } from '../../src/testbed/request-log.ts';
import type { Scenario } from '../../src/testbed/scenario.ts';
import { startTestbed, type Testbed } from '../../src/testbed/testbed.ts';
import { routesOf } from './scenario-routes.ts';

export interface Audited {
  manifest: RunManifest;
  report: Report;
  vantage: VantageReport;
  /** By scenario. */
  agencies: Map<string, ReportAgency>;
  /** The journal, as written and read again. */
  records: EvidenceRecord[];
  /** What reached the servers. */
  requestLog: readonly LoggedRequest[];
  wallMs: number;
}

/** Servers and tool share one event loop here: more at once would make it late, and our own lateness is no evidence. */
const agenciesInFlight = 12;
/** An agency of many hosts that share one address waits for its turns; on a busy machine a tenth of the usual budget is too little. */
const agencyBudgetMs = 90_000;

/** Times of servers that share our event loop are ours as much as theirs. */
const meaningless: ReadonlySet<string> = new Set(['web-latency']);

export function testbedManifest(testbed: Pick<Testbed, 'resolution' | 'controls' | 'agencies'>): RunManifest {
  const settings = testbedSettings();
  return {
    schema: 'ipv6gov.run/1',
    id: 'testbed',
    tool: { name: 'ipv6gov', version: '0.0.0' },
    startedAt: new Date().toISOString(),
    vantage: 'testbed',
    criteria: { name: 'ipv6-for-gov', version: '1' },
    resolution: testbed.resolution,
    settings: { ...settings, run: { ...settings.run, agenciesInFlight } },
    controls: testbed.controls,
    addressPolicy: 'documentation-is-global',
    servicesOverride: 'listed',
    input: { fingerprint: '', agencies: testbed.agencies.length, duplicates: 0 },
    inputFile: 'testbed',
  };
}

function liveOf(testbed: Testbed): LiveOptions {
  return {
    endpoints: testbed.endpoints,
    extraCertificates: testbed.extraCertificates,
    helo: 'probe.doi-chung.vn',
    userAgent: 'ipv6gov/0 (test)',
    keepBodies: false,
    optedOut: (address) => testbed.optedOut.has(address),
    optedOutName: () => false,
    labRates: 1,
    cores: 2,
  };
}

/** What a test does differently. */
export interface AuditChanges {
  manifest?: (manifest: RunManifest) => RunManifest;
  live?: (live: LiveOptions) => LiveOptions;
  /** Runs when the servers listen and nothing is measured yet. */
  before?: () => Promise<void>;
}

/**
 * Audits these scenarios in one run on one testbed, by the way of the command line: into a run folder and from there. `keep` may
 * copy what it wants of the folder before it is removed.
 */
export async function auditScenarios(
  scenarios: readonly Scenario[],
  keep?: (folder: RunFolder) => Promise<void>,
  changes: AuditChanges = {},
): Promise<Audited> {
  const start = performance.now();
  const testbed = await startTestbed({ scenarios });
  const dir = await mkdtemp(join(tmpdir(), 'ipv6gov-test-'));
  try {
    const folder = await createRunFolder({ dir, id: 'testbed' });
    const made = testbedManifest(testbed);
    const settings = { ...made.settings, run: { ...made.settings.run, agencyBudgetMs } };
    const planned = { ...made, settings };
    await writeManifest(folder, changes.manifest?.(planned) ?? planned);
    const manifest = await readManifest(folder);
    const { agencies } = testbed;
    await changes.before?.();
    const live = changes.live?.(liveOf(testbed)) ?? liveOf(testbed);
    await measureRun({ folder, manifest, agencies, live, signal: new AbortController().signal, onEvent: () => undefined });
    const { report } = await reportRun({
      folder,
      manifest,
      checks: await loadChecks(),
      skipped: meaningless,
      routes: routesOf(scenarios),
      rubric: ipv6ForGov1,
    });
    await keep?.(folder);
    const records: EvidenceRecord[] = [];
    for await (const record of readJournal(folder.journal)) records.push(record);
    const [vantage] = report.vantages;
    if (vantage === undefined) throw new Error('a report without a vantage');
    const byScenario = new Map(report.agencies.map((agency) => [agency.id, agency]));
    return { manifest, report, vantage, agencies: byScenario, records, requestLog: testbed.requestLog, wallMs: performance.now() - start };
  } finally {
    await testbed.stop();
    await rm(dir, { recursive: true });
  }
}
