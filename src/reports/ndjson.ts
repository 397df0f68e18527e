import type { Report } from '../model/report.ts';

/** The report as lines: first everything but the agencies, then an agency a line. */
export function* renderNdjson(report: Report): Generator<string> {
  const { agencies, ...head } = report;
  yield `${JSON.stringify(head)}\n`;
  for (const agency of agencies) yield `${JSON.stringify(agency)}\n`;
}
