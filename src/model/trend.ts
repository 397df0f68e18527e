import { z } from 'zod';
import { summarySchema, vantageReportSchema, verdictSchema } from './report.ts';
import { runProblemSchema } from './run-problem.ts';

/** Why a night says nothing of the agencies: shown as a gap, never as a fall. */
export const gapSchema = z.enum(['no-ipv6', 'ipv6-unproven', 'incomplete']);
export type Gap = z.infer<typeof gapSchema>;

/** What is not as in the sound run before it: figures on both sides are not comparable without saying so. */
export const breakSchema = z.enum(['criteria', 'vantage', 'dns-path']);
export type Break = z.infer<typeof breakSchema>;

export const trendPointSchema = z.strictObject({
  run: z.string(),
  startedAt: z.string(),
  gap: gapSchema.nullable(),
  criteria: z.strictObject({ name: z.string(), version: z.string() }),
  vantages: z.array(vantageReportSchema.pick({ name: true, ipv6: true, dnsPath: true })),
  breaks: z.array(breakSchema),
  denominators: summarySchema.shape.denominators,
  byCategory: summarySchema.shape.byCategory,
  byLevel: summarySchema.shape.byLevel,
});
export type TrendPoint = z.infer<typeof trendPointSchema>;

/** What the sound runs together say of one agency. */
export const trendAgencySchema = z.strictObject({
  id: z.string(),
  domain: z.string(),
  /** Other ids and domains it had in this series. */
  formerly: z.array(z.string()),
  /** The last that was known; null: never pass or fail. */
  verdict: verdictSchema.extract(['pass', 'fail']).nullable(),
  /** The verdict before the last change, or null. */
  previous: verdictSchema.extract(['pass', 'fail']).nullable(),
  /** Start of the first run with this verdict, or null. */
  since: z.string().nullable(),
  /** Runs that said the same since then. One is news, two or three are an alarm. */
  confirmed: z.int(),
  /** How often the verdict changed in this series. */
  flips: z.int(),
  /** Three or more changes within the last ten runs that knew a verdict. */
  flapping: z.boolean(),
  level: z.int().nullable(),
  /** First and last run that lists it. */
  firstSeen: z.string(),
  lastSeen: z.string(),
});
export type TrendAgency = z.infer<typeof trendAgencySchema>;

export const trendSchema = z.strictObject({
  schema: z.literal('ipv6gov.trend/1'),
  /** By the time the runs started. */
  points: z.array(trendPointSchema),
  agencies: z.array(trendAgencySchema),
  /** Folders that could not be used, and why. */
  leftOut: z.array(z.strictObject({ path: z.string(), problem: runProblemSchema, detail: z.string() })),
});
export type Trend = z.infer<typeof trendSchema>;
