import { describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.ts';
import { reportJsonSchema } from '../../src/model/report-schema.ts';
import { type Format, formatOfFile, render } from '../../src/reports/formats.ts';
import { reportAgency, reportOf } from '../support/report.ts';
import { plainStyle } from '../support/table-style.ts';

async function text(report: Report, format: Format): Promise<string> {
  let whole = '';
  for await (const chunk of render(report, format, plainStyle)) whole += chunk;
  return whole;
}

const reports = [
  reportOf([]),
  reportOf([reportAgency()]),
  reportOf([reportAgency(), reportAgency({ id: 'b', name: { vi: 'a\u202e\u001b', en: '"' } })]),
];

describe('JSON', () => {
  it.each(reports.map((report) => [report.agencies.length, report] as const))('of %d agencies is the report exactly', async (_, report) => {
    const parsed: unknown = JSON.parse(await text(report, 'json'));
    expect(parsed).toEqual(report);
    expect(reportSchema.parse(parsed)).toEqual(report);
  });
});

describe('NDJSON', () => {
  it('is a head, then an agency a line', async () => {
    const report = reports[2] ?? reportOf([]);
    const lines = (await text(report, 'ndjson'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [{ schema, summary, agencies }, ...rest] = lines;
    expect(schema).toBe('ipv6gov.report/1');
    expect(summary).toEqual(report.summary);
    expect(agencies).toBeUndefined();
    expect(rest).toEqual(report.agencies);
  });
});

describe('the JSON Schema', () => {
  const schema = reportJsonSchema();

  it('is strict and names every part of a report', () => {
    expect(schema).toMatchObject({ $schema: expect.stringContaining('2020-12'), type: 'object', additionalProperties: false });
    expect(Object.keys(schema.properties as object).sort()).toEqual(Object.keys(reportOf([])).sort());
    expect(schema.required).toEqual(expect.arrayContaining(Object.keys(reportOf([]))));
  });

  it('a report with another key is refused', () => {
    expect(reportSchema.safeParse({ ...reportOf([]), extra: 1 }).success).toBe(false);
  });
});

it.each([
  ['a.json', 'json'],
  ['A.JSON', 'json'],
  ['a.ndjson', 'ndjson'],
  ['a.jsonl', 'ndjson'],
  ['a.csv', 'csv'],
  ['a.pdf', null],
  ['json', null],
])('%s is %s', (path, format) => {
  expect(formatOfFile(path)).toBe(format);
});
