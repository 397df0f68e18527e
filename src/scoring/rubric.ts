import { z } from 'zod';
import { levelSchema, serviceRoleSchema } from '../model/finding.ts';

const valuesSchema = z.strictObject({
  pass: z.number().min(0).max(1).optional(),
  warn: z.number().min(0).max(1).optional(),
  fail: z.number().min(0).max(1).optional(),
  /** Left out: such a finding leaves the sum. */
  'not-applicable': z.number().min(0).max(1).optional(),
});

const componentSchema = z.strictObject({
  id: z.string(),
  /** Share of the whole, 0-100, before what an agency does not have is shared out. */
  weight: z.number().min(0).max(100),
  /** Findings of this service only; null: of every service. */
  role: serviceRoleSchema.nullable(),
  areas: z.array(z.string()),
  /** Checks of other areas that count here too. */
  checks: z.array(z.string()),
  /** One of these passing or warning shows that something of the component works over IPv6; else it is worth 0. Empty: it is not asked. */
  worksOverIpv6: z.array(z.string()),
  /** Checks that count only where something works over IPv6. */
  conditional: z.array(z.string()),
  /** Score at most this when the service's verdict is fail; null: no cap. */
  failedCap: z.number().nullable(),
  /** 'lowest': a host is worth the least of its judged checks, and the component the mean of its hosts. Left out: the weighted mean of all checks. */
  combine: z.enum(['mean', 'lowest']).optional(),
});
export type Component = z.infer<typeof componentSchema>;

/**
 * How findings become results (design §6). Deciding checks may be about hosts, the service's zone or its mail domain. Data with a name and version: another file may weigh otherwise.
 */
export const rubricSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  levelWeights: z.record(levelSchema, z.number().min(0)),
  /** Weight of a check by id, over its level's. */
  checkWeights: z.record(z.string(), z.number().min(0)),
  /** What a status of a check is worth, over pass 1, warn 0.5, fail 0. */
  checkValues: z.record(z.string(), valuesSchema).optional(),
  coverageFloor: z.number().min(0).max(1),
  conformity: z.strictObject({
    /** Checks that decide a service's verdict. */
    deciding: z.array(z.string()),
    /** Of these: must be known, and pass or warn, for any verdict but fail. */
    mustWork: z.array(z.string()),
    /** The same for services of one role, in place of `mustWork`. */
    mustWorkOf: z.partialRecord(serviceRoleSchema, z.array(z.string())).optional(),
    /** Of the deciding checks: a warning decides like a fail. */
    warnFails: z.array(z.string()).optional(),
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
