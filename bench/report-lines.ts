import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Report, ReportAgency } from '../src/model/report.ts';
import { digestOf, findingLines } from './digest.ts';

/** What the benchmark wants of a report. */
export interface ReportSummary {
  run: Report['run'];
  agencies: number;
  inconclusive: number;
  digest: string;
}

/** Reads `report.json`, which has an agency a line: a report of ten thousand agencies is longer than any string may be. */
export async function summariseReport(file: string): Promise<ReportSummary> {
  return summariseLines(createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY }));
}

export async function summariseLines(lines: AsyncIterable<string> | Iterable<string>): Promise<ReportSummary> {
  let run: Report['run'] | null = null;
  let agencies = 0;
  let inconclusive = 0;
  const digested: string[] = [];
  for await (const line of lines) {
    if (line.startsWith('  "run": ')) run = JSON.parse(line.slice('  "run": '.length, -1)) as Report['run'];
    if (!line.startsWith('    {')) continue;
    const { id, findings } = JSON.parse(line.endsWith(',') ? line.slice(0, -1) : line) as ReportAgency;
    agencies += 1;
    inconclusive += findings.filter(({ status }) => status === 'inconclusive').length;
    digested.push(...findingLines(id, findings));
  }
  if (run === null) throw new Error('the report has no run');
  return { run, agencies, inconclusive, digest: digestOf(digested) };
}
