import { z } from 'zod';
import { causeSchema } from './cause.ts';

export const statuses = ['pass', 'warn', 'fail', 'info', 'not-applicable', 'inconclusive', 'skipped'] as const;
export const statusSchema = z.enum(statuses);
export type Status = z.infer<typeof statusSchema>;

export const areas = ['dns', 'address', 'web', 'mail', 'ipv6-only', 'routing'] as const;
export const areaSchema = z.enum(areas);
export type Area = z.infer<typeof areaSchema>;

export const levels = ['required', 'recommended', 'informative'] as const;
export const levelSchema = z.enum(levels);
export type Level = z.infer<typeof levelSchema>;

export const serviceRoles = ['portal', 'public-services', 'mail', 'other'] as const;
export const serviceRoleSchema = z.enum(serviceRoles);
export type ServiceRole = z.infer<typeof serviceRoleSchema>;

/** A value shown in a message. Strings may come from remote servers: renderers make them harmless, nobody before. */
export const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
export type Value = z.infer<typeof valueSchema>;
export type Values = Record<string, Value>;

/** What a check is about. */
export const subjectKinds = ['zone', 'host', 'mail-domain', 'exchanger', 'service'] as const;
export const subjectKindSchema = z.enum(subjectKinds);
export type SubjectKind = z.infer<typeof subjectKindSchema>;

/** One check's outcome on one subject. */
export const findingSchema = z.strictObject({
  check: z.string(),
  area: areaSchema,
  level: levelSchema,
  /** The service whose subject this is; a zone that serves several services is listed under the first. */
  service: serviceRoleSchema,
  /** Host, zone, mail domain or exchanger name (A-labels). For a service its deciding host. */
  host: z.string(),
  subject: subjectKindSchema,
  status: statusSchema,
  /** A message id that the check declares, or 'not-measured' (an unknown fact; the cause says why), or 'skipped'. */
  message: z.string(),
  cause: causeSchema.nullable(),
  /** Share of the evidence behind it that is direct: 1 both families measured and proven, lower when tries were lost. */
  confidence: z.number().min(0).max(1),
  values: z.record(z.string(), valueSchema),
  observations: z.array(z.string()),
  seenFrom: z.array(z.strictObject({ vantage: z.string(), status: statusSchema })),
  ignored: z.strictObject({ reason: z.string(), until: z.string() }).nullable(),
});
export type Finding = z.infer<typeof findingSchema>;
