import { z } from 'zod';
import { agencySchema } from './agency.ts';
import { observationSchema } from './observation.ts';

/** `main`: the first pass over an agency; `retest`: its second look at the end of the run; `remeasure`: after our IPv6 came back. */
export const recordPartSchema = z.enum(['main', 'retest', 'remeasure']);

/**
 * One line of `evidence.ndjson.gz`. The evidence of an agency is the union of its records. The run's own measurements
 * (proofs of the vantage) are the records of agency null.
 */
export const evidenceRecordSchema = z.strictObject({
  schema: z.literal('ipv6gov.evidence/1'),
  agency: agencySchema.nullable(),
  part: recordPartSchema,
  observations: z.array(observationSchema),
  /** Probes that crashed: an isolated fault of our own code, shown as `probe-error`. */
  crashes: z.array(z.strictObject({ probe: z.string(), detail: z.string() })),
  /** The agency's time budget ended: what was not asked is `not-attempted`. */
  budgetExhausted: z.boolean(),
});
export type EvidenceRecord = z.infer<typeof evidenceRecordSchema>;
