import type { Report } from '../model/report.ts';

/** `ipv6gov.report/1` exactly: one JSON object, an agency a line. Remote control characters are escaped by JSON itself. */
export function* renderJson(report: Report): Generator<string> {
  const { schema, tool, criteria, run, vantages, agencies, summary } = report;
  const head = Object.entries({ schema, tool, criteria, run, vantages }).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`,
  );
  yield `{\n${head.join('')}  "agencies": [`;
  for (const [index, agency] of agencies.entries()) yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(agency)}`;
  yield `${agencies.length === 0 ? '' : '\n  '}],\n  "summary": ${JSON.stringify(summary)}\n}\n`;
}
