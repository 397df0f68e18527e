import { causes } from '../../src/model/cause.ts';
import { areas, type Status, statuses } from '../../src/model/finding.ts';
import type { Report, ReportAgency, ReportFinding } from '../../src/model/report.ts';
import { goodVantage, reportAgency, reportFinding, reportOf, unmeasuredFinding } from './report.ts';

const fix = { vi: 'Đơn vị vận hành máy chủ web: mở cổng 443 trên IPv6.', en: 'Operator of the web server: open port 443 over IPv6.' };

const failed = reportFinding({
  status: 'fail',
  message: 'refused',
  cause: 'refused',
  host: 'www.bo-mau.gov.vn',
  values: { address: '2001:db8::25' },
  text: { vi: 'Địa chỉ 2001:db8::25 từ chối kết nối.', en: 'Address 2001:db8::25 refused the connection.' },
  fix,
  observations: ['o1', 'o2'],
});

/** Two agencies: one passes, one fails and has a bit of everything. */
export function smallReport(): Report {
  const ministry = reportAgency({
    id: 'bo-mau',
    name: { vi: 'Bộ Mẫu', en: 'Sample Ministry' },
    category: 'ministry',
    domain: 'bo-mau.gov.vn',
    input: { file: 'lists/agencies.csv', line: 3 },
    conformity: {
      verdict: 'fail',
      score: 41.5,
      coverage: 0.875,
      breakdown: [{ component: 'portal', weight: 64.3, score: 49, coverage: 1, cap: 'service-failed' }],
      services: { portal: { verdict: 'fail', cause: 'refused', check: 'web-connect', undecided: [] } },
    },
    readiness: { level: null, atLeast: 1, verdict: 'inconclusive', score: null, coverage: 0.5, breakdown: [] },
    services: [
      { role: 'portal', host: 'www.bo-mau.gov.vn', state: 'active', triple: { dns: 'operational', web: 'assigned', mail: 'absent' } },
      {
        role: 'public-services',
        host: 'dichvucong.bo-mau.gov.vn',
        state: 'retired',
        triple: { dns: 'operational', web: 'none', mail: 'absent' },
      },
      { role: 'mail', host: 'bo-mau.gov.vn', state: 'active', triple: { dns: 'operational', web: 'absent', mail: 'inconclusive' } },
      { role: 'other', host: 'data.bo-mau.gov.vn', state: 'active', triple: { dns: 'operational', web: 'operational', mail: 'absent' } },
    ],
    findings: [
      failed,
      reportFinding({
        check: 'ns-tcp-ipv6',
        area: 'dns',
        level: 'recommended',
        subject: 'zone',
        host: 'bo-mau.gov.vn',
        status: 'warn',
        message: 'some',
        fix,
      }),
      reportFinding({
        check: 'mail-role',
        area: 'mail',
        level: 'informative',
        service: 'mail',
        subject: 'mail-domain',
        status: 'info',
        message: 'seen',
      }),
      reportFinding({ check: 'web-literals', level: 'recommended', status: 'not-applicable', message: 'no-page' }),
      reportFinding({ check: 'web-redirects', status: 'skipped', message: 'skipped' }),
      unmeasuredFinding('smtp-connect', 'vantage-port25-blocked', {
        area: 'mail',
        service: 'mail',
        subject: 'exchanger',
        host: 'mx.bo-mau.gov.vn',
        fix,
      }),
    ],
  });
  return reportOf([reportAgency(), ministry]);
}

/** Every status, area, verdict and cause, over `count` agencies; ids and domains are regular. */
export function largeReport(count: number): Report {
  const verdicts = ['pass', 'fail', 'inconclusive', 'not-counted'] as const;
  const agencies = Array.from({ length: count }, (_, index): ReportAgency => {
    const verdict = verdicts[index % verdicts.length] ?? 'pass';
    const cause = causes[index % causes.length] ?? 'timeout';
    const host = `www.tinh-${index}.gov.vn`;
    return reportAgency({
      id: `tinh-${index}`,
      name: { vi: `Tỉnh số ${index}`, en: `Province ${index}` },
      domain: `tinh-${index}.gov.vn`,
      input: { file: 'list.csv', line: index + 2 },
      counted: verdict === 'not-counted' ? 'not-counted' : 'present51',
      conformity: {
        verdict,
        score: index % 5 === 0 ? null : index % 101,
        coverage: (index % 11) / 10,
        breakdown: [],
        services: { portal: { verdict, cause: verdict === 'pass' ? null : cause, check: 'web-connect', undecided: [] } },
      },
      findings: statuses.map((status, place) => findingOf(status, { host, cause, area: areas[place % areas.length] ?? 'web' })),
    });
  });
  return reportOf(agencies);
}

function findingOf(status: Status, part: Pick<ReportFinding, 'host' | 'area' | 'cause'>): ReportFinding {
  const wanting = status === 'fail' || status === 'warn' || status === 'inconclusive';
  return reportFinding({
    ...part,
    check: `check-${status}`,
    status,
    message: `m-${status}`,
    cause: wanting ? part.cause : null,
    fix: wanting ? fix : { vi: '', en: '' },
  });
}

/** A string in every field that comes from outside: the input list, servers, the options of the run. */
export function hostileReport(text: string): Report {
  const both = { vi: text, en: text };
  const host = text;
  const remote = { host, text: both, fix: both, values: { a: text, b: [text] }, observations: [text] };
  const agency = reportAgency({
    id: text,
    name: both,
    domain: text,
    input: { file: text, line: 2 },
    conformity: {
      verdict: 'fail',
      score: 10,
      coverage: 1,
      breakdown: [],
      services: { portal: { verdict: 'fail', cause: 'refused', check: 'web-connect', undecided: [] } },
    },
    services: [{ role: 'portal', host, state: 'active', triple: { dns: 'none', web: 'none', mail: 'none' } }],
    findings: [
      reportFinding({ ...remote, status: 'fail', cause: 'refused' }),
      reportFinding({ ...remote, status: 'warn', check: 'web-tls' }),
      reportFinding({ ...remote, status: 'info', check: 'web-symmetry' }),
      reportFinding({ ...remote, status: 'not-applicable', check: 'web-literals' }),
      reportFinding({ ...remote, status: 'fail', check: 'web-content', ignored: { reason: text, until: text } }),
      unmeasuredFinding('web-response', 'timeout', remote),
    ],
    observations: [{ id: text, op: 'http-request', target: text, address: text, outcome: 'ok', step: null, elapsedMs: 5 }],
  });
  const other = reportAgency({ name: both, domain: `${text}.vn` });
  const report = reportOf([agency, other], { vantages: [{ ...goodVantage, name: text }] });
  return { ...report, criteria: { name: text, version: text }, run: { ...report.run, id: text } };
}

/** Strings that have broken reports of other programs, one for each way. */
export const hostileStrings: readonly string[] = [
  '::error file=x::owned',
  '##[error]owned',
  '\n::set-output name=x::y',
  '=HYPERLINK("http://evil.example","x")',
  ' \u00a0=1+1',
  '\t+1',
  '＝cmd',
  "|calc'",
  '-2+3',
  '@SUM(A1)',
  '","=1+1\r\n"',
  '| a | b |\n|---|---|',
  '[click](javascript:alert(1))',
  '![x](http://evil.example/x.png)',
  '</details><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '@octocat #1 GH-1 owner/repo#2 a@b.vn www.evil.example https://evil.example :tada:',
  '```\n# x',
  '- [ ] 1. > x',
  ']]><failure/>',
  '"/><failure message="',
  "' onload='alert(1)",
  '&amp;&lt;&#60;',
  '{0} {{1}} }',
  '\\" \\n \\',
  '"} 1\nevil{a="b"} 2',
  '\u001b]52;c;aGk=\u0007\u001b[31mred\u009b',
  '\u202egpj.exe\u2066',
  '\ufffe\uffff\ud800\u0000\u0008',
  '..%2f..\\..//evil.example/?q#f',
  'javascript:alert(1)',
  'nul\u2028sep',
  'x'.repeat(5_000),
  '',
];
