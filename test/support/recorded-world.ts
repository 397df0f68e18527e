import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadChecks } from '../../src/checks/index.ts';
import type { Agency } from '../../src/model/agency.ts';
import { ourCauses } from '../../src/model/cause.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import type { Report } from '../../src/model/report.ts';
import type { EndpointMap } from '../../src/net/live-context.ts';
import { readJournal } from '../../src/runner/evidence-journal.ts';
import { measureRun } from '../../src/runner/measure.ts';
import { reportRun } from '../../src/runner/report-run.ts';
import { createRunFolder } from '../../src/runner/run-folder.ts';
import { ipv6ForGov1 } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';
import { loadScenarios } from '../../src/testbed/scenario.ts';
import { startTestbed } from '../../src/testbed/testbed.ts';
import type { RecordedWorld } from './audit-driver.ts';
import { testbedManifest } from './audit-scenarios.ts';

/** A testbed in this process, with all that a run in another process needs to reach it. */
export interface HostedWorld {
  world: RecordedWorld;
  agencies: readonly Agency[];
  /** An NDJSON list of the agencies. */
  list: string;
  /** What a run that nothing disturbs says. */
  report: Report;
  /** For the files of a test. */
  dir: string;
  stop(): Promise<void>;
}

/** Starts the scenarios and audits them once, which shows where every endpoint is. They must not change their endpoints over time. */
export async function hostWorld(ids: readonly string[]): Promise<HostedWorld> {
  const scenarios = (await loadScenarios()).filter(({ id }) => ids.includes(id));
  if (scenarios.length !== ids.length) throw new Error('a scenario is missing');
  const testbed = await startTestbed({ scenarios });
  const dir = await mkdtemp(join(tmpdir(), 'ipv6gov-process-'));
  const endpoints: RecordedWorld['endpoints'] = {};
  const recording: EndpointMap = {
    lookup(endpoint) {
      const place = testbed.endpoints.lookup(endpoint);
      endpoints[`${endpoint.transport} ${endpoint.address} ${endpoint.port}`] = place;
      return place;
    },
  };
  const manifest = testbedManifest(testbed);
  const folder = await createRunFolder({ dir, id: 'reference' });
  const live = {
    endpoints: recording,
    extraCertificates: testbed.extraCertificates,
    helo: 'probe.doi-chung.vn',
    userAgent: 'ipv6gov/0 (test)',
    keepBodies: false,
    optedOut: () => false,
    optedOutName: () => false,
    labRates: 1,
    cores: 2,
  };
  await measureRun({ folder, manifest, agencies: testbed.agencies, live, signal: new AbortController().signal, onEvent: () => undefined });
  const { report } = await reportRun({ folder, manifest, checks: await loadChecks(), rubric: ipv6ForGov1 });
  const list = join(dir, 'list.ndjson');
  await writeFile(list, ndjson(testbed.agencies));
  const { resolution, controls, addressPolicy, settings } = manifest;
  return {
    world: { endpoints, manifest: { resolution, controls, addressPolicy, settings }, extraCertificates: testbed.extraCertificates },
    agencies: testbed.agencies,
    list,
    report,
    dir,
    async stop() {
      await testbed.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A list that the audit command reads. */
export function ndjson(agencies: readonly Agency[]): string {
  const rows = agencies.map(({ id, name, category, domain, servicesDomain, servicesStatus, mailDomain, hosts }) => ({
    id,
    name_vi: name.vi,
    name_en: name.en,
    category,
    domain,
    services_domain: servicesDomain ?? '',
    services_status: servicesStatus,
    mail_domain: mailDomain ?? '',
    hosts: hosts.join(' '),
  }));
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** They judge how long something took, which no two runs on a busy machine agree on. */
const judgesTime: ReadonlySet<string> = new Set(['web-latency']);

/** What two reports must agree on: every agency's findings, in the order of the agencies' ids. */
export function findingsOf({ agencies }: Report): Record<string, string[]> {
  const lines = agencies.map(({ id, findings }) => [
    id,
    findings
      .filter(({ check }) => !judgesTime.has(check))
      .map(({ check, service, host, status, message, cause }) => `${check} ${service} ${host} ${status} ${message} ${cause}`)
      .sort(),
  ]);
  return Object.fromEntries(lines.sort(([a], [b]) => String(a).localeCompare(String(b))));
}

/** Folder of the only run of a folder of runs. */
export async function onlyRun(runDir: string): Promise<string> {
  const [id] = await readdir(runDir);
  return join(runDir, id ?? '');
}

/** A journal, whole. */
export async function recordsOf(folder: string): Promise<EvidenceRecord[]> {
  const records: EvidenceRecord[] = [];
  for await (const record of readJournal(join(folder, 'evidence.ndjson.gz'))) records.push(record);
  return records;
}

/** Agencies by how many main records they have in a journal. */
export async function mainRecords(folder: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for await (const { agency, part } of readJournal(join(folder, 'evidence.ndjson.gz'))) {
    if (agency !== null && part === 'main') counts[agency.id] = (counts[agency.id] ?? 0) + 1;
  }
  return counts;
}

/** What `mainRecords` gives of a run that measured each of these once. */
export const onceEach = (ids: readonly string[]): Record<string, number> => Object.fromEntries(ids.map((id) => [id, 1]));

/** Fails of the undisturbed run that pass in this one: what is broken must not become good either. */
export function missedFails(hosted: Pick<HostedWorld, 'report'>, report: Report): string[] {
  const found = findingsOf(report);
  return Object.entries(findingsOf(hosted.report)).flatMap(([id, findings]) =>
    findings
      .filter((finding) => / fail /.test(finding))
      .filter((finding) => {
        const subject = finding.slice(0, finding.indexOf(' fail '));
        return found[id]?.some((other) => other.startsWith(`${subject} pass `)) === true;
      }),
  );
}

/** Findings that the undisturbed run has not, but for those that are left open for a reason of our own. */
export function otherFindings(hosted: Pick<HostedWorld, 'report'>, report: Report): string[] {
  const sound = findingsOf(hosted.report);
  const isLeftOpen = (finding: string): boolean =>
    finding.includes(' inconclusive ') && [...ourCauses].some((cause) => finding.endsWith(` ${cause}`));
  return Object.entries(findingsOf(report)).flatMap(([id, findings]) =>
    findings.filter((finding) => !isLeftOpen(finding) && sound[id]?.includes(finding) !== true).map((finding) => `${id} ${finding}`),
  );
}

/** Fails that the undisturbed run has not: there must never be one. */
export function falseFails(hosted: Pick<HostedWorld, 'report'>, report: Report): string[] {
  const sound = findingsOf(hosted.report);
  return Object.entries(findingsOf(report)).flatMap(([id, findings]) =>
    findings.filter((finding) => / fail /.test(finding) && !sound[id]?.includes(finding)),
  );
}
