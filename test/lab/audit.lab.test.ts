import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type Report, type ReportAgency, type ReportFinding, reportSchema } from '../../src/model/report.ts';
import { agencies } from './agencies.ts';
import { ensureBuilt } from './build.ts';
import { attempt, type Outcome } from './commands.ts';
import { type ExpectedAgency, type ExpectedFinding, expected, reachabilityChecks } from './expected.ts';

const auditLimitMs = 6 * 60_000;

interface Audit extends Outcome {
  runDir: string;
  report: Report;
}

let dual: Audit;
let v4only: Audit;

/** The command as people type it: real ports, the shipped root hints, no option that only a lab would use but the CA. */
async function audit(vantage: 'dual' | 'v4only'): Promise<Audit> {
  const runDir = join(inject('folder'), `runs-${vantage}`);
  const domains = agencies.map(({ domain }) => domain);
  const options = ['-f', 'json', '--run-dir', runDir, '--ca', inject('authority'), '--vantage', vantage];
  const outcome = await inNamespace(vantage, ['audit', ...domains, ...options]);
  return { ...outcome, runDir, report: readReport(outcome) };
}

function inNamespace(vantage: 'dual' | 'v4only', args: readonly string[]): Promise<Outcome> {
  const namespace = `${inject('namespacePrefix')}${vantage}`;
  return attempt('ip', ['netns', 'exec', namespace, process.execPath, 'bin/ipv6gov.js', ...args], { timeoutMs: auditLimitMs });
}

function readReport({ stdout, stderr, exitCode }: Outcome): Report {
  if (!stdout.startsWith('{')) throw new Error(`no report, exit code ${exitCode}: ${stderr.slice(-4_000)}`);
  return reportSchema.parse(JSON.parse(stdout));
}

beforeAll(async () => {
  await ensureBuilt();
  [dual, v4only] = await Promise.all([audit('dual'), audit('v4only')]);
});

describe('from a vantage with both families', () => {
  it('could measure', () => {
    expect(dual.exitCode, dual.stderr).toBe(0);
    expect(dual.report.run.complete).toBe(true);
    expect(dual.report.vantages[0]).toMatchObject({
      dns: { '4': 'proven', '6': 'proven' },
      web: { '4': 'proven', '6': 'proven' },
      smtp: { '4': 'proven', '6': 'proven' },
      dnsPath: 'direct',
      ipv6: 'ok',
    });
  });

  it.each(expected)('$domain: the expected findings, no other fail', (wanted) => {
    const agency = agencyOf(dual.report, wanted.domain);
    expect(wrongFindings(agency, wanted)).toEqual([]);
  });

  it.each(expected)('$domain: conformity $conformity, readiness level $level', ({ domain, conformity, level }) => {
    const agency = agencyOf(dual.report, domain);
    expect({ conformity: agency.conformity.verdict, level: agency.readiness.level }).toEqual({ conformity, level });
  });

  it('judges again, offline, to the same bytes', async () => {
    const [id = ''] = await readdir(dual.runDir);
    // From the other vantage: judging asks nothing, so it cannot matter where it runs.
    const again = await inNamespace('v4only', ['judge', id, '--run-dir', dual.runDir, '-f', 'json']);
    expect(again.exitCode, again.stderr).toBe(0);
    const [before, after] = [findingTexts(dual.report), findingTexts(readReport(again))];
    expect(after.length).toBe(before.length);
    // One by one: the whole text would bury the one difference.
    expect(after.find((text, index) => text !== before[index])).toBeUndefined();
  });
});

describe('from a vantage without IPv6', () => {
  it('ends with 3: our side could not measure', () => {
    expect(v4only.exitCode, v4only.stderr).toBe(3);
    expect(v4only.report.agencies).toHaveLength(agencies.length);
    expect(v4only.report.vantages[0]).toMatchObject({ web: { '4': 'proven', '6': 'absent' }, ipv6: 'absent' });
  });

  it('fails not one reachability', () => {
    const failed = v4only.report.agencies.flatMap(({ findings }) => findings).filter(failsReachability);
    expect(failed.map(describeFinding)).toEqual([]);
  });

  it('holds against an agency only what DNS published, which IPv4 shows too', () => {
    const failing = v4only.report.agencies.filter(({ conformity }) => conformity.verdict === 'fail').map(({ domain }) => domain);
    expect(failing).toEqual(['khong-aaaa.gov.vn']);
    const passing = v4only.report.agencies.filter(({ conformity }) => conformity.verdict === 'pass').map(({ domain }) => domain);
    expect(passing).toEqual([]);
  });
});

/** That no AAAA is published was seen over IPv4; nothing was reached for, so nothing was held against the vantage. */
function failsReachability({ check, status, message }: ReportFinding): boolean {
  return status === 'fail' && reachabilityChecks.has(check) && !(check === 'ipv6-only-page' && message === 'no-ipv6-address');
}

function agencyOf({ agencies: reported }: Report, domain: string): ReportAgency {
  const agency = reported.find((candidate) => candidate.domain === domain);
  if (agency === undefined) throw new Error(`${domain} is not in the report`);
  return agency;
}

/** One line per difference, so that a red run says what the tool saw. */
function wrongFindings({ findings }: ReportAgency, { findings: wanted, mayFail }: ExpectedAgency): string[] {
  const missing = wanted
    .filter((finding) => !findings.some((seen) => isSame(seen, finding)))
    .map((finding) => missingLine(finding, findings));
  const allowed = (seen: ReportFinding): boolean => mayFail.includes(seen.check) || wanted.some((finding) => isSame(seen, finding));
  const unexpected = findings
    .filter((seen) => seen.status === 'fail' && !allowed(seen))
    .map((seen) => `unexpected: ${describeFinding(seen)}`);
  return [...missing, ...unexpected];
}

function isSame(seen: ReportFinding, { check, host, status, cause }: ExpectedFinding): boolean {
  return seen.check === check && seen.host === host && seen.status === status && (cause === 'any' || seen.cause === cause);
}

function missingLine({ check, host, status, cause }: ExpectedFinding, findings: readonly ReportFinding[]): string {
  const seen = findings.filter((finding) => finding.check === check && finding.host === host).map(describeFinding);
  return `missing: ${check} ${host} ${status} ${cause ?? '-'}; seen: ${seen.join(' | ') || 'nothing'}`;
}

function describeFinding({ check, host, status, cause, message, text }: ReportFinding): string {
  return `${check} ${host} ${status} ${cause ?? '-'} (${message}: ${text.en})`;
}

function findingTexts({ agencies: reported }: Report): string[] {
  return reported.flatMap(({ id, findings }) => findings.map((finding) => `${id} ${JSON.stringify(finding)}`));
}
