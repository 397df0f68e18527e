import { z } from 'zod';
import { levelSchema, serviceRoleSchema } from '../model/finding.ts';

const componentSchema = z.strictObject({
  id: z.string(),
  /** Share of the whole, 0-100, before what an agency does not have is shared out. */
  weight: z.number().min(0).max(100),
  /** Findings of this service only; null: of every service. */
  role: serviceRoleSchema.nullable(),
  areas: z.array(z.string()),
  /** Checks of other areas that count here too. */
  checks: z.array(z.string()),
  /** One of these passing or warning shows that something of the component works over IPv6. */
  worksOverIpv6: z.array(z.string()),
  /** Checks that count only where something works over IPv6. */
  conditional: z.array(z.string()),
  /** Score at most this when the service's verdict is fail; null: no cap. */
  failedCap: z.number().nullable(),
});
export type Component = z.infer<typeof componentSchema>;

/** How findings become results (design §6). Data with a name and version: another file may weigh otherwise. */
export const rubricSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  levelWeights: z.record(levelSchema, z.number().min(0)),
  /** Weight of a check by id, over its level's. */
  checkWeights: z.record(z.string(), z.number().min(0)),
  coverageFloor: z.number().min(0).max(1),
  conformity: z.strictObject({
    /** Checks that decide a service's verdict. */
    deciding: z.array(z.string()),
    /** Of these: must be known, and pass or warn, for any verdict but fail. */
    mustWork: z.array(z.string()),
    /** Roles whose services decide the agency's verdict. */
    roles: z.array(serviceRoleSchema),
    components: z.array(componentSchema),
  }),
  readiness: z.strictObject({
    checkWeights: z.record(z.string(), z.number().min(0)),
    /** Rungs from 1 upwards; each asks that its checks are satisfied. */
    ladder: z.array(
      z.strictObject({
        verdict: z.enum(['published', 'working', 'equal', 'ipv6-only', 'complete']),
        mustWork: z.array(z.string()),
        mustNotFail: z.array(z.string()),
      }),
    ),
  }),
});
export type Rubric = z.infer<typeof rubricSchema>;
