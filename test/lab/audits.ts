import { join } from 'node:path';
import { inject } from 'vitest';
import { ourCauses } from '../../src/model/cause.ts';
import { type Report, type ReportAgency, type ReportFinding, reportSchema } from '../../src/model/report.ts';
import { attempt, type Outcome } from './commands.ts';
import type { ExpectedAgency, ExpectedFinding } from './expected.ts';
import { resolvers, type Vantage } from './namespaces.ts';

const auditLimitMs = 17 * 60_000;
/** The servers are ours; and with four audits on two cores, more agencies at once would only make each other late. */
const pace = ['--lab-rates', '--concurrency', '40'];

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
export async function audit(vantage: Vantage, domains: readonly string[], own: { name?: string; options?: string[] } = {}): Promise<Audit> {
  const runDir = join(inject('folder'), `runs-${own.name ?? vantage}`);
  const path = vantage === 'nat64' ? ['--resolver', resolvers.dns64] : ['--trust-anchor', inject('anchor')];
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

/** What had to be found and was not. */
export function missingFindings({ findings }: ReportAgency, wanted: readonly ExpectedFinding[]): string[] {
  return wanted
    .filter((finding) => !findings.some((seen) => isSame(seen, finding) || (isAbout(seen, finding) && isOwnTrouble(seen))))
    .map(({ check, host, status, cause }) => {
      const seen = findings.filter((finding) => finding.check === check && finding.host === host).map(describeFinding);
      return `missing: ${check} ${host} ${status} ${cause ?? '-'}; seen: ${seen.join(' | ') || 'nothing'}`;
    });
}

/**
 * What a machine that was too busy could not see: said to be our own trouble, or that part was not measured. It is no wrong
 * verdict, and no right one either: the suite bears a few of them.
 */
export function ownTrouble({ findings }: ReportAgency, wanted: readonly ExpectedFinding[]): string[] {
  return wanted.flatMap(({ check, host, status, cause }) => {
    const seen = findings.filter((finding) => finding.check === check && finding.host === host);
    if (seen.some((finding) => isSame(finding, { check, host, status, cause }))) return [];
    return seen.filter(isOwnTrouble).map(describeFinding);
  });
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
