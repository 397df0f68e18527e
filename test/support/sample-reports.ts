import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { CheckDefinition } from '../../src/checks/define-check.ts';
import { loadChecks } from '../../src/checks/index.ts';
import { type Category, categorySchema } from '../../src/model/agency.ts';
import type { Cause } from '../../src/model/cause.ts';
import { type ServiceRole, type Status, statuses, type Values } from '../../src/model/finding.ts';
import type { ObservationLine, Report, ReportAgency, ReportFinding, ServiceReport } from '../../src/model/report.ts';
import { findingText } from '../../src/reports/message.ts';
import { createSummary } from '../../src/scoring/counted.ts';

/** Every check, for renderers that show titles and references. */
export const sampleChecks: readonly CheckDefinition[] = await loadChecks();

/** What an agency of a sample is like. */
type Kind = 'good' | 'complete' | 'partly' | 'ipv4-only' | 'broken' | 'unmeasured';
const kinds: readonly Kind[] = ['good', 'broken', 'ipv4-only', 'good', 'partly', 'unmeasured', 'complete'];

interface Row {
  id: string;
  name: { vi: string; en: string };
  category: Category;
  domain: string;
  services: string;
  retired: boolean;
  mail: string;
  line: number;
}

const listFile = new URL('../../fixtures/agencies.vn.csv', import.meta.url);
const listRows: Row[] = (parse(readFileSync(listFile), { columns: true }) as Record<string, string>[]).map((record, index) => ({
  id: record.id ?? '',
  name: { vi: record.name_vi ?? '', en: record.name_en ?? '' },
  category: categorySchema.parse(record.category),
  domain: record.domain ?? '',
  services: record.services_domain ?? '',
  retired: record.services_status === 'retired',
  mail: record.mail_domain ?? '',
  line: index + 2,
}));

/** Row of the list; after its end invented communes. */
function rowAt(index: number): Row {
  const listed = listRows[index];
  if (listed !== undefined) return listed;
  const domain = `xa-${index}.tinh-mau.gov.vn`;
  return {
    id: `xa-${index}`,
    name: { vi: `Ủy ban nhân dân xã Mẫu số ${index}`, en: `People's Committee of Sample Commune ${index}` },
    category: index % 3 === 0 ? 'subordinate' : 'other',
    domain,
    services: index % 2 === 0 ? `dichvucong.${domain}` : '',
    retired: index % 4 === 0,
    mail: domain,
    line: index + 2,
  };
}

/** What the sample agency of a kind shows in an area; the number spreads the messages. */
function statusOf(kind: Kind, check: CheckDefinition, spread: number): Status {
  const { area, id } = check;
  if (kind === 'complete') return 'pass';
  if (kind === 'unmeasured') return area === 'dns' ? 'pass' : 'inconclusive';
  if (kind === 'good') return area === 'ipv6-only' && spread % 3 === 0 ? 'fail' : spread % 11 === 0 ? 'warn' : 'pass';
  if (kind === 'partly')
    return area === 'web' ? (spread % 4 === 0 ? 'warn' : 'pass') : spread % 5 === 0 ? 'fail' : spread % 7 === 0 ? 'info' : 'pass';
  if (kind === 'ipv4-only') return area === 'dns' ? 'warn' : id === 'web-addresses' || area === 'ipv6-only' ? 'fail' : 'not-applicable';
  return area === 'web' || area === 'ipv6-only' ? (spread % 3 === 2 ? 'inconclusive' : 'fail') : spread % 4 === 0 ? 'warn' : 'pass';
}

const causesOfDoubt: readonly Cause[] = ['vantage-web-unproven', 'prefix-suspect', 'content-unstable', 'budget-exhausted'];

interface FindingInput {
  check: CheckDefinition;
  status: Status;
  service: ServiceRole;
  host: string;
  spread: number;
  observations: string[];
}

/** A finding with a true message of its check, every placeholder filled. */
function sampleFinding({ check, status, service, host, spread, observations }: FindingInput): ReportFinding {
  const fitting = Object.entries(check.messages).filter(([, message]) => message.status === status);
  const chosen = fitting[spread % Math.max(1, fitting.length)];
  const fallback: Status = status === 'inconclusive' ? 'inconclusive' : 'not-applicable';
  const [message, real] = chosen ?? ['not-measured', { status: fallback, vi: '', en: '' }];
  const cause: Cause | null =
    real.status === 'inconclusive' || real.status === 'not-applicable'
      ? (causesOfDoubt[spread % causesOfDoubt.length] ?? null)
      : real.status === 'fail'
        ? 'timeout'
        : null;
  const finding = {
    check: check.id,
    area: check.area,
    level: check.level,
    service,
    host,
    subject: check.subject,
    status: real.status,
    message,
    cause,
    confidence: real.status === 'fail' ? 0.9 : 1,
    values: valuesFor(`${real.vi} ${real.en} ${real.fix?.vi ?? ''} ${real.fix?.en ?? ''}`, host, spread),
    observations,
    seenFrom: [{ vantage: 'hanoi', status: real.status }],
    ignored: null,
  };
  return { ...finding, ...findingText(finding, check) };
}

function valuesFor(template: string, host: string, spread: number): Values {
  const values: Values = {};
  for (const [, name] of template.matchAll(/\{([a-zA-Z0-9]{1,40})\}/g)) {
    if (name === undefined || name === 'cause') continue;
    if (name === 'host' || name === 'zone' || name === 'domain') values[name] = host;
    else if (/port|tries|answered|count|number|status|bytes|share|percent|days/i.test(name)) values[name] = 443;
    else if (/address|failing|reached|unmeasured|server/i.test(name)) values[name] = [`2001:db8:${spread.toString(16)}::80`];
    else values[name] = `ns1.${host}`;
  }
  return values;
}

const targets = ['AAAA {h} (udp)', 'https://{h}/', 'tls {h}', 'A {h} (udp)', 'tcp 443', 'smtp mail.{h}', 'NS {h} (tcp)', 'http://{h}/'];
const operations = ['dns-query', 'http-request', 'tls-handshake', 'dns-query', 'tcp-connect', 'smtp-session', 'dns-query', 'http-request'];

function sampleObservations(domain: string, kind: Kind, index: number): ObservationLine[] {
  const bad = kind === 'broken' || kind === 'unmeasured';
  return targets.flatMap((target, at) =>
    [6, 4].map((family): ObservationLine => {
      const failed = bad && family === 6 && at % 2 === 1;
      return {
        id: `${operations[at]}-${domain}-${at}-${family}`,
        op: operations[at] ?? 'dns-query',
        target: target.replace('{h}', domain),
        address: family === 6 ? `2001:db8:${index.toString(16)}:${at}::53` : `192.0.2.${(index + at) % 250}`,
        outcome: failed ? 'timeout' : 'ok',
        step: failed ? 'connect' : null,
        elapsedMs: failed ? 15_000 : 12.5 + at * 7,
      };
    }),
  );
}

function sampleServices(row: Row, kind: Kind): ServiceReport[] {
  const web = kind === 'ipv4-only' ? 'none' : kind === 'broken' ? 'assigned' : kind === 'unmeasured' ? 'inconclusive' : 'operational';
  const portal: ServiceReport = { role: 'portal', host: row.domain, state: 'active', triple: { dns: 'operational', web, mail: 'absent' } };
  const services: ServiceReport = {
    role: 'public-services',
    host: row.services,
    state: row.retired ? 'retired' : 'active',
    triple: { dns: 'operational', web: row.retired ? 'absent' : web, mail: 'absent' },
  };
  const mail: ServiceReport = {
    role: 'mail',
    host: row.mail,
    state: 'active',
    triple: { dns: 'operational', web: 'absent', mail: kind === 'complete' ? 'operational' : 'none' },
  };
  return [portal, ...(row.services === '' ? [] : [services]), ...(row.mail === '' ? [] : [mail])];
}

const scores: Record<
  Kind,
  { conformity: number | null; readiness: number | null; level: number | null; atLeast: number; coverage: number }
> = {
  good: { conformity: 91.4, readiness: 64, level: 3, atLeast: 3, coverage: 1 },
  complete: { conformity: 100, readiness: 100, level: 5, atLeast: 5, coverage: 1 },
  partly: { conformity: 78.2, readiness: 40, level: 2, atLeast: 2, coverage: 0.94 },
  'ipv4-only': { conformity: 0, readiness: 0, level: 0, atLeast: 0, coverage: 1 },
  broken: { conformity: 31.5, readiness: 12.5, level: 1, atLeast: 1, coverage: 0.88 },
  unmeasured: { conformity: null, readiness: null, level: null, atLeast: 1, coverage: 0.41 },
};
const ladder = ['none', 'published', 'working', 'equal', 'ipv6-only', 'complete'] as const;

function sampleAgency(row: Row, kind: Kind, index: number): ReportAgency {
  const { conformity, readiness, level, atLeast, coverage } = scores[kind];
  const counted = row.category.startsWith('former-')
    ? 'not-counted'
    : ['ministry', 'ministerial-level', 'province', 'city'].includes(row.category)
      ? 'present51'
      : 'other';
  const bad = kind === 'ipv4-only' || kind === 'broken';
  const verdict = bad ? 'fail' : kind === 'unmeasured' ? 'inconclusive' : 'pass';
  const services = sampleServices(row, kind);
  const observations = sampleObservations(row.domain, kind, index);
  const line = (component: string, weight: number) => ({
    component,
    weight,
    score: conformity,
    coverage,
    cap: bad ? (kind === 'broken' ? 'service-failed' : 'nothing-works-over-ipv6') : null,
  });
  const findings = sampleChecks.flatMap((check, at) => {
    const hosts = check.area === 'web' && !row.retired && row.services !== '' ? [row.domain, row.services] : [row.domain];
    return hosts.map((host, which) => {
      const service: ServiceRole = check.area === 'mail' ? 'mail' : which === 0 ? 'portal' : 'public-services';
      const evidence = [at, at + 3, at + 6].flatMap((number) => observations[number % observations.length]?.id ?? []);
      return sampleFinding({ check, status: statusOf(kind, check, index + at), service, host, spread: index + at, observations: evidence });
    });
  });
  return {
    id: row.id,
    name: row.name,
    category: row.category,
    domain: row.domain,
    input: { file: 'agencies.vn.csv', line: row.line },
    counted,
    conformity: {
      verdict: counted === 'not-counted' ? 'not-counted' : verdict,
      score: conformity,
      coverage,
      breakdown: [line('portal', 64.3), line('dns', 21.4), line('mail', 14.3)],
      services: {
        portal: {
          verdict,
          cause: bad ? 'timeout' : kind === 'unmeasured' ? 'vantage-web-unproven' : null,
          check: bad ? (kind === 'broken' ? 'web-connect' : 'web-addresses') : kind === 'unmeasured' ? 'web-connect' : null,
          undecided: kind === 'partly' ? [{ check: 'web-content', cause: 'needs-script' }] : [],
        },
      },
    },
    readiness: {
      level,
      atLeast,
      verdict: level === null ? 'inconclusive' : (ladder[level] ?? 'none'),
      score: readiness,
      coverage,
      breakdown: ['ipv6-only-names', 'ipv6-only-page', 'ipv6-only-dependencies', 'ipv6-only-mail', 'dns64-safe'].map((component, at) => ({
        component,
        weight: [30, 30, 20, 10, 10][at] ?? 0,
        score: readiness,
        coverage,
        cap: null,
      })),
    },
    services,
    findings,
    observations,
    notObservable: ['plan', 'wan', 'data-centre'],
  };
}

/** A report over these agencies with its true summary. */
function sampleReport(agencies: ReportAgency[]): Report {
  const summary = createSummary();
  for (const agency of agencies) summary.add(agency);
  return {
    schema: 'ipv6gov.report/1',
    tool: { name: 'ipv6gov', version: '0.1.0' },
    criteria: { name: 'ipv6-for-gov', version: '1' },
    run: { id: '20261124-031500-a1b2c3', startedAt: '2026-11-24T03:15:00.000Z', finishedAt: '2026-11-24T03:41:30.000Z', complete: true },
    vantages: [
      {
        name: 'hanoi',
        dns: { '4': 'proven', '6': 'proven' },
        web: { '4': 'proven', '6': 'proven' },
        smtp: { '4': 'proven', '6': 'unproven' },
        dnsPath: 'direct',
        dns64: false,
        ipv6: 'ok',
        clockOffsetMs: 20,
      },
    ],
    agencies,
    summary: summary.finish(),
  };
}

/** `count` agencies in every state: the shipped list first, then invented communes. The same for every call. */
export function largeReport(count: number): Report {
  const report = sampleReport(
    Array.from({ length: count }, (_, index) =>
      sampleAgency(rowAt(index), kinds[(index * 5 + (index >> 3)) % kinds.length] ?? 'good', index),
    ),
  );
  report.summary.leverage = [
    { kind: 'name-server-operator', name: 'ns.nha-cung-cap-mau.vn', agencies: Math.ceil(count / 6) },
    { kind: 'web-host', name: '2001:db8:77::/48', agencies: Math.ceil(count / 9) },
  ];
  return report;
}

/** Six agencies, one of each kind, and a finding of every status. */
export const smallReport: Report = (() => {
  const wanted: readonly [string, Kind][] = [
    ['p-hanoi', 'good'],
    ['p-hue', 'ipv4-only'],
    ['p-quangtri', 'broken'],
    ['mst', 'complete'],
    ['vn-dvcqg', 'partly'],
    ['p-camau', 'unmeasured'],
    ['fp-hagiang', 'good'],
  ];
  const agencies = wanted.flatMap(([id, kind], index) => {
    const row = listRows.find((entry) => entry.id === id);
    return row === undefined ? [] : [sampleAgency(row, kind, index)];
  });
  const first = agencies[0];
  const missing = statuses.filter((status) => !agencies.some(({ findings }) => findings.some((finding) => finding.status === status)));
  const model = first?.findings[0];
  if (first !== undefined && model !== undefined)
    first.findings.push(
      ...missing.map(
        (status): ReportFinding => ({
          ...model,
          status,
          message: status,
          text: { vi: 'Kiểm tra đã tắt.', en: 'The check is switched off.' },
          fix: { vi: '', en: '' },
        }),
      ),
    );
  return sampleReport(agencies);
})();

/**
 * The report with `text` in every field whose value is free (names, hosts, texts, ids, values, keys of records); fields with a closed
 * list of values stay. Names of the same thing stay equal, as `text` is appended to a part of what was there.
 */
export function withHostileText(report: Report, text: string): Report {
  const add = (own: string): string => `${own}${text}`;
  const both = (own: { vi: string; en: string }) => ({ vi: add(own.vi), en: add(own.en) });
  const breakdown = (lines: Report['agencies'][number]['readiness']['breakdown']) =>
    lines.map((line) => ({ ...line, component: add(line.component), cap: line.cap === null ? null : add(line.cap) }));
  const finding = (own: ReportFinding): ReportFinding => ({
    ...own,
    check: add(own.check),
    host: add(own.host),
    message: add(own.message),
    values: Object.fromEntries(
      Object.entries(own.values).map(([key, value]) => [
        add(key),
        Array.isArray(value) ? value.map(add) : typeof value === 'string' ? add(value) : value,
      ]),
    ),
    observations: own.observations.map(add),
    seenFrom: own.seenFrom.map((seen) => ({ ...seen, vantage: add(seen.vantage) })),
    text: both(own.text),
    fix: both(own.fix),
  });
  return {
    ...report,
    tool: { ...report.tool, version: add(report.tool.version) },
    criteria: { name: add(report.criteria.name), version: add(report.criteria.version) },
    run: { ...report.run, id: add(report.run.id), startedAt: add(report.run.startedAt), finishedAt: add(report.run.finishedAt) },
    vantages: report.vantages.map((vantage) => ({ ...vantage, name: add(vantage.name) })),
    agencies: report.agencies.map((agency) => ({
      ...agency,
      id: add(agency.id),
      name: both(agency.name),
      domain: add(agency.domain),
      input: { ...agency.input, file: add(agency.input.file) },
      conformity: {
        ...agency.conformity,
        breakdown: breakdown(agency.conformity.breakdown),
        services: Object.fromEntries(
          Object.entries(agency.conformity.services).map(([role, service]) => [
            add(role),
            {
              ...service,
              check: service.check === null ? null : add(service.check),
              undecided: service.undecided.map((open) => ({ ...open, check: add(open.check) })),
            },
          ]),
        ),
      },
      readiness: { ...agency.readiness, breakdown: breakdown(agency.readiness.breakdown) },
      services: agency.services.map((service) => ({ ...service, host: add(service.host) })),
      findings: agency.findings.map(finding),
      observations: agency.observations.map((line) => ({
        ...line,
        id: add(line.id),
        op: add(line.op),
        target: add(line.target),
        address: add(line.address),
      })),
    })),
    summary: {
      ...report.summary,
      byCategory: Object.fromEntries(Object.entries(report.summary.byCategory).map(([key, value]) => [add(key), value])),
      topCauses: report.summary.topCauses.map((cause) => ({ ...cause, check: add(cause.check), message: add(cause.message) })),
      leverage: report.summary.leverage.map((lever) => ({ ...lever, name: add(lever.name) })),
    },
  };
}

/** What hostile servers send (faults S1-S5): markup, script links, terminal escapes, bidi overrides, CSV and workflow commands. */
export const hostileText = [
  '</script><script>alert(1)</script><img src=x onerror=alert(2)>',
  '"\'><svg onload=alert(3)>javascript:alert(4)',
  '<!--<script>]]>&lt;&amp;',
  '\u001b[31m\u001b]8;;http://evil.example\u0007\u202eabc\u2066\u0000\u0085\ufeff\u200b',
  '\r\n::error::x\n| a | b |\n=HYPERLINK("http://evil.example")\t@SUM(1)',
  '__proto__ constructor {host} {{x}}',
].join('');

/** The small report with hostile text in every free field. */
export const hostileReport: Report = withHostileText(smallReport, hostileText);
