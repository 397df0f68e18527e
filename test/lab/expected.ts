import type { Cause } from '../../src/model/cause.ts';
import type { Status } from '../../src/model/finding.ts';
import { type Agency, audited } from './agencies.ts';
import type { ExpectedRow } from './model.ts';

/**
 * What an audit from the dual-stack vantage has to find: all is in order, but for what a case changes. Both are written from the
 * configuration and never from what the tool printed. confirm.sh confirms the same with other tools.
 */
export interface ExpectedFinding {
  check: string;
  host: string;
  status: Status;
  /** `any`: the specification names the status only. */
  cause: Cause | 'any' | null;
}

export interface ExpectedAgency {
  domain: string;
  /** Must be there, with this status and cause. */
  findings: ExpectedFinding[];
  /** Must be there in the quiet audit. */
  quietFindings: ExpectedFinding[];
  /** Checks in which the same fault may show as a `fail` too; a `fail` anywhere else is a wrong verdict. */
  mayFail: readonly string[];
  /** Verdict on the portal; `null`: the configuration does not settle it. */
  conformity: Agency['conformity'];
  /** The rung of the readiness ladder that the configuration allows. */
  level: number | null;
}

const zoneChecks = [
  'delegation',
  'ns-ipv6-count',
  'ns-dual-stack',
  'ns-udp-ipv6',
  'ns-tcp-ipv6',
  'glue-ipv6',
  'transport-consistency',
  'aaaa-handling',
  'aaaa-consistency',
];
const hostChecks = [
  'address-scope',
  'web-addresses',
  'web-connect',
  'web-tls',
  'web-response',
  'web-redirects',
  'web-content',
  'web-transfer',
];
const domainChecks = [
  'mail-role',
  'mx-addresses',
  'spf-ipv6',
  'smtp-connect',
  'smtp-starttls',
  'mx-reverse',
  'ipv6-only-names',
  'ipv6-only-page',
  'ipv6-only-mail',
  'dns64-safe',
];

/** What is in order at every agency unless its case says otherwise. */
const inOrder: readonly ExpectedRow[] = [
  ...zoneChecks.map((check): ExpectedRow => [check, '@', 'pass']),
  ...hostChecks.map((check): ExpectedRow => [check, '*', 'pass']),
  ...domainChecks.map((check): ExpectedRow => [check, '@', 'pass']),
];

/** A finding that is not good has its cause, which a case names where the fault settles it. */
const worse: ReadonlySet<Status> = new Set(['warn', 'fail']);

export const expected: readonly ExpectedAgency[] = audited.map((agency) => ({
  domain: agency.domain,
  findings: findingsOf(agency),
  quietFindings: settle(agency, agency.quietFindings ?? []),
  mayFail: agency.mayFail ?? [],
  conformity: agency.conformity,
  level: agency.level,
}));

/** Where the delegation does not exist or nobody serves the zone, nothing is in order. */
function findingsOf(agency: Agency): ExpectedFinding[] {
  const base = agency.parent === 'none' || isServedByNobody(agency) ? [] : inOrder;
  return settle(agency, [...base, ...agency.findings]);
}

/** A later row of the same check and host replaces the earlier. */
function settle(agency: Agency, rows: readonly ExpectedRow[]): ExpectedFinding[] {
  const settled = new Map<string, ExpectedFinding | null>();
  for (const [check, place, status, cause] of rows) {
    for (const host of hostsOf(agency, place)) {
      settled.set(`${check} ${host}`, status === null ? null : { check, host, status, cause: cause ?? (worse.has(status) ? 'any' : null) });
    }
  }
  return [...settled.values()].filter((finding) => finding !== null);
}

function isServedByNobody({ servers }: Agency): boolean {
  return servers !== undefined && Object.values(servers).filter((kind) => kind === 'lame').length === 4;
}

function hostsOf({ domain }: Agency, place: string): string[] {
  if (place === '*') return [domain, `www.${domain}`];
  return [place === '@' ? domain : `www.${domain}`];
}

/** Checks that speak of reaching something over IPv6: without IPv6 of our own none of them may fail (design R3). */
export const reachabilityChecks: ReadonlySet<string> = new Set([
  'web-connect',
  'web-tls',
  'web-response',
  'web-content',
  'web-redirects',
  'web-transfer',
  'web-address-agreement',
  'web-certificate-parity',
  'web-header-parity',
  'smtp-connect',
  'smtp-starttls',
  'ns-udp-ipv6',
  'ns-tcp-ipv6',
  'large-answer-ipv6',
]);

/** Checks that IPv6 alone decides: what they say from the dual-stack vantage they say where IPv4 is missing, too. */
export const ipv6Checks: ReadonlySet<string> = new Set([
  'address-scope',
  'web-addresses',
  'web-connect',
  'web-tls',
  'web-redirects',
  'ns-ipv6-count',
  'ns-udp-ipv6',
  'ns-tcp-ipv6',
  'glue-ipv6',
  'mx-addresses',
  'smtp-connect',
]);

/** Checks that set IPv6 against IPv4: without IPv4 of our own they can neither praise nor blame. */
export const parityChecks: ReadonlySet<string> = new Set(['web-content', 'web-certificate-parity', 'web-header-parity', 'web-latency']);
