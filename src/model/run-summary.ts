import { z } from 'zod';
import { reportSchema, summarySchema, type Verdict, vantageReportSchema, verdictSchema } from './report.ts';

const verdicts: ReadonlySet<unknown> = new Set(verdictSchema.options);
const isLevel = (value: unknown): boolean => value === null || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 5);

/** id, domain, conformity, readiness level or null. An array, because ten years of runs hold millions of them. */
export type AgencyRow = readonly [id: string, domain: string, verdict: Verdict, level: number | null];

function isAgencyRow(value: unknown): value is AgencyRow {
  if (!Array.isArray(value) || value.length !== 4) return false;
  return typeof value[0] === 'string' && typeof value[1] === 'string' && verdicts.has(value[2]) && isLevel(value[3]);
}

/** `summary.json` beside `report.json`: what `trend` and `runs` need of a run, a hundredth of its report. */
export const runSummarySchema = z.strictObject({
  schema: z.literal('ipv6gov.run-summary/1'),
  tool: reportSchema.shape.tool,
  criteria: reportSchema.shape.criteria,
  run: reportSchema.shape.run,
  vantages: z.array(vantageReportSchema.pick({ name: true, ipv6: true, dnsPath: true })),
  summary: summarySchema.pick({ denominators: true, byCategory: true, byLevel: true }),
  /** Checked by hand: a thousand rows a file is where the time goes. */
  agencies: z.custom<AgencyRow[]>(
    (value) => Array.isArray(value) && value.every(isAgencyRow),
    'not a list of [id, domain, verdict, level]',
  ),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
