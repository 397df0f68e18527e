import type { Report, ReportFinding } from '../../src/model/report.ts';

/** One finding of every status an agency: every kind of element, and a page that is laid out in a moment. */
export function short(report: Report): Report {
  const isFirst = ({ status }: ReportFinding, at: number, all: ReportFinding[]): boolean =>
    all.findIndex((other) => other.status === status) === at;
  return { ...report, agencies: report.agencies.map((agency) => ({ ...agency, findings: agency.findings.filter(isFirst) })) };
}
