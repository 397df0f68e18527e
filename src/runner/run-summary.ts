import { join } from 'node:path';
import type { Report } from '../model/report.ts';
import type { RunSummary } from '../model/run-summary.ts';
import { replaceFile } from './replace-file.ts';
import type { RunFolder } from './run-folder.ts';

export const summaryFile = ({ path }: Pick<RunFolder, 'path'>): string => join(path, 'summary.json');

/** The small part of a report that comparing over many runs needs. Pure. */
export function summarizeRun({ tool, criteria, run, vantages, summary, agencies }: Report): RunSummary {
  const { denominators, byCategory, byLevel } = summary;
  return {
    schema: 'ipv6gov.run-summary/1',
    tool,
    criteria,
    run,
    vantages: vantages.map(({ name, ipv6, dnsPath }) => ({ name, ipv6, dnsPath })),
    summary: { denominators, byCategory, byLevel },
    agencies: agencies.map(({ id, domain, conformity, readiness }) => [id, domain, conformity.verdict, readiness.level]),
  };
}

/** Writes `summary.json` beside `report.json`, whole or not at all. */
export async function writeRunSummary(folder: Pick<RunFolder, 'path'>, report: Report): Promise<void> {
  await replaceFile(summaryFile(folder), `${JSON.stringify(summarizeRun(report))}\n`);
}
