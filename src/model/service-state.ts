import { z } from 'zod';
import { causeSchema } from './cause.ts';
import { serviceRoleSchema } from './finding.ts';

/** A service of an agency as the list and the evidence show it; what scoring needs to know beside the findings. */
export const assessedServiceSchema = z.strictObject({
  role: serviceRoleSchema,
  /** The listed host; for mail the mail domain. */
  host: z.string(),
  /** `retired`: the list says so, or it only redirects to the national portal. `gone`: listed, but it does not exist or answers in neither family. */
  state: z.enum(['active', 'retired', 'gone', 'not-listed']),
  /** `service-gone`, `domain-not-found`, or null. */
  cause: causeSchema.nullable(),
  /** Hosts that decide the verdict: the listed one (www where the apex has no web) and where it leads. Empty for mail. */
  decidingHosts: z.array(z.string()),
  /** Zone of the listed host. */
  zone: z.string(),
});
export type AssessedService = z.infer<typeof assessedServiceSchema>;
