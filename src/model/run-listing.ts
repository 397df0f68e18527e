import { z } from 'zod';
import { runProblemSchema } from './run-problem.ts';

/** A run folder as `ipv6gov runs` lists it. */
export const runListingSchema = z.strictObject({
  id: z.string(),
  path: z.string(),
  /** Null: its manifest cannot be read, see `problem`. */
  startedAt: z.string().nullable(),
  vantage: z.string().nullable(),
  criteria: z.string().nullable(),
  /** Agencies on its list. */
  agencies: z.int().nullable(),
  state: z.enum(['complete', 'incomplete', 'locked', 'unusable']),
  /** Of the agencies that are counted in a share; null without a report. */
  conforming: z.int().nullable(),
  counted: z.int().nullable(),
  bytes: z.number(),
  problem: runProblemSchema.nullable(),
  detail: z.string(),
});
export type RunListing = z.infer<typeof runListingSchema>;
