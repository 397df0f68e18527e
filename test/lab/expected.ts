import type { Cause } from '../../src/model/cause.ts';
import type { Status } from '../../src/model/finding.ts';

/**
 * What an audit from the dual-stack vantage has to find, written from the configuration of the lab (agencies.ts, zones.ts,
 * web-servers.ts, mail-server.ts, firewall.ts) and never from what the tool printed. confirm.sh confirms each with other tools.
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
  /** Checks in which the same fault may show as a `fail` too; a `fail` anywhere else is a wrong verdict. */
  mayFail: string[];
  /** Verdict on the portal. */
  conformity: 'pass' | 'fail';
  /** The rung of the readiness ladder that the configuration allows. */
  level: number;
}

type Row = readonly [check: string, host: string, status: Status, cause?: Cause | 'any'];

/** What is in order at every agency unless its fault says otherwise. Each check is named once for each subject it judges. */
function inOrder(domain: string): Row[] {
  const zone = [
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
  const host = ['address-scope', 'web-addresses', 'web-connect', 'web-tls', 'web-response', 'web-redirects', 'web-content', 'web-transfer'];
  const mail: Row[] = [
    ['mail-role', domain, 'pass'],
    ['mx-addresses', domain, 'pass'],
    ['spf-ipv6', domain, 'pass'],
    ['smtp-connect', domain, 'pass'],
    ['smtp-starttls', domain, 'pass'],
    ['mx-reverse', domain, 'pass'],
  ];
  return [
    ...zone.map((check): Row => [check, domain, 'pass']),
    ...[domain, `www.${domain}`].flatMap((name) => host.map((check): Row => [check, name, 'pass'])),
    ...mail,
    ['ipv6-only-names', domain, 'pass'],
    ['ipv6-only-page', domain, 'pass'],
    ['ipv6-only-mail', domain, 'pass'],
    ['dns64-safe', domain, 'pass'],
  ];
}

/** Replaces what the fault changes; `null` takes a row out whose status the configuration does not settle. */
function except(domain: string, rows: readonly (Row | readonly [check: string, host: string, status: null])[]): ExpectedFinding[] {
  const changed = (check: string, host: string): boolean => rows.some((row) => row[0] === check && row[1] === host);
  const settled = rows.flatMap((row): Row[] => (row[2] === null ? [] : [row as Row]));
  return [...inOrder(domain).filter(([check, host]) => !changed(check, host)), ...settled].map(([check, host, status, cause]) => ({
    check,
    host,
    status,
    cause: cause ?? null,
  }));
}

function onBoth(domain: string, rows: readonly (readonly [check: string, status: Status | null, cause?: Cause])[]) {
  return [domain, `www.${domain}`].flatMap((host) =>
    rows.map(([check, status, cause]) =>
      status === null
        ? ([check, host, null] as const)
        : cause === undefined
          ? ([check, host, status] as const)
          : ([check, host, status, cause] as const),
    ),
  );
}

/** Checks that look at a page which has no working way over IPv6: whether they say so themselves is theirs. */
const behindDeadWeb = ['web-tls', 'web-response', 'web-redirects', 'web-content', 'web-transfer'] as const;

export const expected: readonly ExpectedAgency[] = [
  { domain: 'tot.gov.vn', findings: except('tot.gov.vn', []), mayFail: [], conformity: 'pass', level: 5 },
  {
    domain: 'khong-aaaa.gov.vn',
    findings: except('khong-aaaa.gov.vn', [
      ...onBoth('khong-aaaa.gov.vn', [
        ['web-addresses', 'fail'],
        ['address-scope', null],
        ['web-connect', 'not-applicable'],
        ...behindDeadWeb.map((check) => [check, null] as const),
      ]),
      ['ipv6-only-page', 'khong-aaaa.gov.vn', 'fail'],
      ['aaaa-consistency', 'khong-aaaa.gov.vn', null],
    ]),
    mayFail: ['ipv6-only-dependencies', 'web-dependencies'],
    conformity: 'fail',
    level: 0,
  },
  {
    domain: 'aaaa-chet.gov.vn',
    findings: except('aaaa-chet.gov.vn', [
      ...onBoth('aaaa-chet.gov.vn', [['web-connect', 'fail', 'timeout'], ...behindDeadWeb.map((check) => [check, null] as const)]),
      ['ipv6-only-page', 'aaaa-chet.gov.vn', 'fail', 'timeout'],
    ]),
    mayFail: ['ipv6-only-dependencies'],
    conformity: 'fail',
    level: 1,
  },
  {
    domain: 'ns-v4.gov.vn',
    findings: except('ns-v4.gov.vn', [
      ['ns-ipv6-count', 'ns-v4.gov.vn', 'fail'],
      ['ns-dual-stack', 'ns-v4.gov.vn', 'warn'],
      ['ns-udp-ipv6', 'ns-v4.gov.vn', 'not-applicable'],
      ['ns-tcp-ipv6', 'ns-v4.gov.vn', 'not-applicable'],
      ['glue-ipv6', 'ns-v4.gov.vn', 'not-applicable'],
      ['transport-consistency', 'ns-v4.gov.vn', 'not-applicable'],
      ['ipv6-only-names', 'ns-v4.gov.vn', 'fail', 'any'],
      ['ipv6-only-page', 'ns-v4.gov.vn', null],
      ['ipv6-only-mail', 'ns-v4.gov.vn', null],
    ]),
    mayFail: ['ipv6-only-page', 'ipv6-only-mail', 'ipv6-only-dependencies'],
    conformity: 'pass',
    level: 3,
  },
  {
    domain: 'mx-v4.gov.vn',
    findings: except('mx-v4.gov.vn', [
      ['mx-addresses', 'mx-v4.gov.vn', 'fail'],
      ['spf-ipv6', 'mx-v4.gov.vn', 'warn'],
      ['smtp-connect', 'mx-v4.gov.vn', 'not-applicable'],
      ['smtp-starttls', 'mx-v4.gov.vn', 'not-applicable'],
      ['mx-reverse', 'mx-v4.gov.vn', 'not-applicable'],
      ['ipv6-only-mail', 'mx-v4.gov.vn', 'fail'],
    ]),
    mayFail: [],
    conformity: 'pass',
    level: 3,
  },
  {
    domain: 'khac-trang.gov.vn',
    findings: except('khac-trang.gov.vn', [
      ...onBoth('khac-trang.gov.vn', [
        ['web-content', 'fail'],
        ['web-response', 'fail'],
        ['web-transfer', null],
      ]),
      ['ipv6-only-page', 'khac-trang.gov.vn', null],
    ]),
    mayFail: ['ipv6-only-page', 'ipv6-only-dependencies', 'web-header-parity'],
    conformity: 'fail',
    level: 1,
  },
  {
    domain: 'tu-choi.gov.vn',
    findings: except('tu-choi.gov.vn', [
      ...onBoth('tu-choi.gov.vn', [['web-connect', 'fail', 'refused'], ...behindDeadWeb.map((check) => [check, null] as const)]),
      ['ipv6-only-page', 'tu-choi.gov.vn', 'fail', 'refused'],
    ]),
    // Port 80 answers over IPv6 and sends everybody to the port that refuses: a redirect that leads nowhere.
    mayFail: ['web-redirects', 'web-tls', 'web-response', 'ipv6-only-dependencies'],
    conformity: 'fail',
    level: 1,
  },
  {
    domain: 'chung-thu.gov.vn',
    findings: except('chung-thu.gov.vn', [
      ...onBoth('chung-thu.gov.vn', [
        ['web-tls', 'fail', 'tls-name-mismatch'],
        ['web-response', null],
        ['web-redirects', null],
        ['web-content', null],
        ['web-transfer', null],
      ]),
      ['ipv6-only-page', 'chung-thu.gov.vn', null],
    ]),
    mayFail: ['ipv6-only-page', 'ipv6-only-dependencies', 'web-certificate-parity'],
    conformity: 'fail',
    level: 1,
  },
  {
    domain: 'khong-thu.gov.vn',
    findings: except('khong-thu.gov.vn', [
      ['mx-addresses', 'khong-thu.gov.vn', 'not-applicable'],
      ['spf-ipv6', 'khong-thu.gov.vn', 'not-applicable'],
      ['smtp-connect', 'khong-thu.gov.vn', 'not-applicable'],
      ['smtp-starttls', 'khong-thu.gov.vn', 'not-applicable'],
      ['mx-reverse', 'khong-thu.gov.vn', 'not-applicable'],
      ['ipv6-only-mail', 'khong-thu.gov.vn', 'not-applicable'],
    ]),
    mayFail: [],
    conformity: 'pass',
    level: 5,
  },
];

/** Checks that speak of reaching something over IPv6: without IPv6 of our own none of them may fail (design R3). */
export const reachabilityChecks: ReadonlySet<string> = new Set([
  'web-connect',
  'web-tls',
  'web-response',
  'web-content',
  'web-redirects',
  'web-transfer',
  'smtp-connect',
  'smtp-starttls',
  'ns-udp-ipv6',
  'ns-tcp-ipv6',
  'ipv6-only-page',
]);
