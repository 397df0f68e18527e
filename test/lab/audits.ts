import { join } from 'node:path';
import { inject } from 'vitest';
import { ourCauses } from '../../src/model/cause.ts';
import { type Report, type ReportAgency, type ReportFinding, reportSchema } from '../../src/model/report.ts';
import { attempt, type Outcome } from './commands.ts';
import type { ExpectedAgency, ExpectedFinding } from './expected.ts';
import { resolvers, type Vantage } from './namespaces.ts';

const auditLimitMs = 17 * 60_000;
/** The servers are ours; and with four audits on two cores, more agencies at once would only make each other late. */
const busyPace = '40';
/** In order, and never without others to prove our own path by. */
const companions = ['ky-ten.gov.vn', 'duong-dan.gov.vn'];
const controls = ['--web-control', 'tot.ha-tang.vn', '--smtp-control', 'mx.tot.gov.vn'];

export interface Audit extends Outcome {
  vantage: Vantage;
  runDir: string;
  report: Report;
  seconds: number;
}

/**
 * The command as people type it: real ports, the shipped root hints; of a lab only are the CA, the trust anchor and the pace.
 * Behind DNS64 it uses the resolver that is given there.
 */
export async function audit(vantage: Vantage, domains: readonly string[], own: Own = {}): Promise<Audit> {
  const runDir = join(inject('folder'), `runs-${own.name ?? vantage}`);
  const path = vantage === 'nat64' ? ['--resolver', resolvers.dns64] : ['--trust-anchor', inject('anchor')];
  const pace = ['--lab-rates', '--concurrency', own.pace ?? busyPace];
  const options = ['-f', 'json', '--run-dir', runDir, '--ca', inject('authority'), '--vantage', vantage, ...pace, ...path];
  const startedAt = Date.now();
  const outcome = await inNamespace(vantage, [
    'audit',
    ...domains,
    ...options,
    ...(vantage === 'dual' ? routeData() : []),
    ...(own.options ?? []),
  ]);
  return { ...outcome, vantage, runDir, report: readReport(outcome), seconds: Math.round((Date.now() - startedAt) / 1000) };
}

interface Own {
  name?: string;
  options?: string[];
  pace?: string;
}

/** A second audit, of few domains at a time, while nothing else keeps the machine busy. */
export function auditQuietly(vantage: Vantage, few: { domains: readonly string[]; name: string; pace: string }): Promise<Audit> {
  const all = [...new Set([...few.domains, ...companions])];
  return audit(vantage, all, { name: few.name, pace: few.pace, options: controls });
}

export function routeData(): string[] {
  return ['--vrps', join(inject('folder'), 'vrps.csv'), '--asn-db', join(inject('folder'), 'asn.csv')];
}

export function inNamespace(vantage: Vantage, args: readonly string[]): Promise<Outcome> {
  const namespace = `${inject('namespacePrefix')}${vantage}`;
  return attempt('ip', ['netns', 'exec', namespace, process.execPath, 'bin/ipv6gov.js', ...args], { timeoutMs: auditLimitMs });
}

export function readReport({ stdout, stderr, exitCode }: Outcome): Report {
  if (!stdout.startsWith('{')) throw new Error(`no report, exit code ${exitCode}: ${stderr.slice(-4_000)}`);
  return reportSchema.parse(JSON.parse(stdout));
}

export function agencyOf({ agencies: reported }: Report, domain: string): ReportAgency {
  const agency = reported.find((candidate) => candidate.domain === domain);
  if (agency === undefined) throw new Error(`${domain} is not in the report`);
  return agency;
}

/** Every `fail` that no expectation allows, one line each, so that a red run says what the tool saw. */
export function unexpectedFails({ findings }: ReportAgency, { findings: wanted, mayFail }: ExpectedAgency): string[] {
  const allowed = ({ check, host }: ReportFinding): boolean =>
    mayFail.includes(check) || wanted.some((finding) => finding.status === 'fail' && finding.check === check && finding.host === host);
  return findings.filter((seen) => seen.status === 'fail' && !allowed(seen)).map((seen) => `unexpected: ${describeFinding(seen)}`);
}

/**
 * What had to be found and was not. What was not seen for our own trouble is looked for in `again`, the audit of few domains that
 * followed; without that it is missing, too.
 */
export function missingFindings({ findings }: ReportAgency, wanted: readonly ExpectedFinding[], again: ReportAgency | null): string[] {
  const isFound = (finding: ExpectedFinding): boolean => {
    if (findings.some((seen) => isSame(seen, finding))) return true;
    const troubled = findings.some((seen) => isAbout(seen, finding) && isOwnTrouble(seen));
    return troubled && (again?.findings ?? []).some((seen) => isSame(seen, finding));
  };
  return wanted
    .filter((finding) => !isFound(finding))
    .map(({ check, host, status, cause }) => {
      const seen = [...findings, ...(again?.findings ?? [])].filter((finding) => finding.check === check && finding.host === host);
      return `missing: ${check} ${host} ${status} ${cause ?? '-'}; seen: ${seen.map(describeFinding).join(' | ') || 'nothing'}`;
    });
}

/**
 * What a machine that was too busy could not see: said to be our own trouble, or that part was not measured. It is no wrong
 * verdict, and no right one either: such domains are measured again.
 */
export function ownTrouble({ findings }: ReportAgency, wanted: readonly ExpectedFinding[]): string[] {
  return wanted.flatMap(({ check, host, status, cause }) => {
    const seen = findings.filter((finding) => finding.check === check && finding.host === host);
    if (seen.some((finding) => isSame(finding, { check, host, status, cause }))) return [];
    return seen.filter(isOwnTrouble).map(describeFinding);
  });
}

/** Anything in the agency that was not seen for our own trouble, expected or not: it may have moved the verdict. */
export function hasOwnTrouble({ findings }: ReportAgency): boolean {
  return findings.some(isOwnTrouble);
}

function isOwnTrouble({ status, cause, message }: ReportFinding): boolean {
  if (status === 'inconclusive') return cause !== null && (ourCauses.has(cause) || cause === 'unstable');
  return partlyMeasured.has(message);
}

const partlyMeasured: ReadonlySet<string> = new Set(['all-measured-reached', 'all-measured-answer', 'valid-where-measured']);

function isAbout(seen: ReportFinding, { check, host }: Pick<ExpectedFinding, 'check' | 'host'>): boolean {
  return seen.check === check && seen.host === host;
}

function isSame(seen: ReportFinding, { status, cause, ...about }: ExpectedFinding): boolean {
  return isAbout(seen, about) && seen.status === status && (cause === 'any' || seen.cause === cause);
}

export function describeFinding({ check, host, status, cause, message, text }: ReportFinding): string {
  return `${check} ${host} ${status} ${cause ?? '-'} (${message}: ${text.en})`;
}
