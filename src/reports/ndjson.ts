import type { Report } from '../model/report.ts';
import { jsonText } from './escape.ts';

/** The report as lines: first everything but the agencies, then an agency a line. */
export function* renderNdjson(report: Report): Generator<string> {
  const { agencies, ...head } = report;
  yield `${jsonText(head)}\n`;
  for (const agency of agencies) yield `${jsonText(agency)}\n`;
}
