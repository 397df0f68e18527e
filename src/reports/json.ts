import type { Report } from '../model/report.ts';
import { jsonText } from './escape.ts';

/** `ipv6gov.report/1` exactly: one JSON object, an agency a line. Remote control characters are escaped (faults S1). */
export function* renderJson(report: Report): Generator<string> {
  const { schema, tool, criteria, run, vantages, agencies, summary } = report;
  const head = Object.entries({ schema, tool, criteria, run, vantages }).map(
    ([name, value]) => `  ${jsonText(name)}: ${jsonText(value)},\n`,
  );
  yield `{\n${head.join('')}  "agencies": [`;
  for (const [index, agency] of agencies.entries()) yield `${index === 0 ? '' : ','}\n    ${jsonText(agency)}`;
  yield `${agencies.length === 0 ? '' : '\n  '}],\n  "summary": ${jsonText(summary)}\n}\n`;
}
