import type { Cause } from '../../src/model/cause.ts';
import type { Report, ReportAgency, ReportFinding, VantageReport } from '../../src/model/report.ts';
import { createSummary } from '../../src/scoring/counted.ts';

/** A finding of a report; what is not given is an ordinary pass. */
export function reportFinding(part: Partial<ReportFinding> = {}): ReportFinding {
  return {
    check: 'web-connect',
    area: 'web',
    level: 'required',
    service: 'portal',
    host: 'tinh-mau.gov.vn',
    subject: 'host',
    status: 'pass',
    message: 'all-reached',
    cause: null,
    confidence: 1,
    values: {},
    observations: [],
    seenFrom: [],
    ignored: null,
    text: { vi: 'Câu mẫu về kết quả.', en: 'Sample sentence about the outcome.' },
    fix: { vi: '', en: '' },
    ...part,
  };
}

export const unmeasuredFinding = (check: string, cause: Cause, part: Partial<ReportFinding> = {}): ReportFinding =>
  reportFinding({
    check,
    status: 'inconclusive',
    message: 'not-measured',
    cause,
    confidence: 0,
    text: { vi: 'Chưa đo được: lý do mẫu.', en: 'Not measured: sample cause.' },
    ...part,
  });

/** An agency that passes everything, changed by `part`. */
export function reportAgency(part: Partial<ReportAgency> = {}): ReportAgency {
  return {
    id: 'mau',
    name: { vi: 'Tỉnh Mẫu', en: 'Sample Province' },
    category: 'province',
    domain: 'tinh-mau.gov.vn',
    input: { file: 'list.csv', line: 2 },
    counted: 'present51',
    conformity: {
      verdict: 'pass',
      score: 96.5,
      coverage: 1,
      breakdown: [{ component: 'portal', weight: 64.3, score: 100, coverage: 1, cap: null }],
      services: { portal: { verdict: 'pass', cause: null, check: null, undecided: [] } },
    },
    readiness: { level: 3, atLeast: 3, verdict: 'equal', score: 70, coverage: 1, breakdown: [] },
    services: [
      { role: 'portal', host: 'tinh-mau.gov.vn', state: 'active', triple: { dns: 'operational', web: 'operational', mail: 'none' } },
    ],
    findings: [reportFinding()],
    observations: [],
    notObservable: ['plan', 'wan', 'data-centre'],
    ...part,
  };
}

export const goodVantage: VantageReport = {
  name: 'hanoi',
  dns: { '4': 'proven', '6': 'proven' },
  web: { '4': 'proven', '6': 'proven' },
  smtp: { '4': 'proven', '6': 'unproven' },
  dnsPath: 'direct',
  dns64: false,
  ipv6: 'ok',
  clockOffsetMs: 20,
};

/** A report over these agencies with its true summary. */
export function reportOf(agencies: readonly ReportAgency[], part: Partial<Report> = {}): Report {
  const summary = createSummary();
  for (const agency of agencies) summary.add(agency);
  return {
    schema: 'ipv6gov.report/1',
    tool: { name: 'ipv6gov', version: '0.1.0' },
    criteria: { name: 'ipv6-for-gov', version: '1' },
    run: { id: '20261124-031500-a1b2c3', startedAt: '2026-11-24T03:15:00.000Z', finishedAt: '2026-11-24T03:16:00.000Z', complete: true },
    vantages: [goodVantage],
    agencies: [...agencies],
    summary: summary.finish(),
    ...part,
  };
}
