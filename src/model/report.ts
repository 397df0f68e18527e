import { z } from 'zod';
import { categorySchema } from './agency.ts';
import { causeSchema } from './cause.ts';
import { failureCodeSchema, failureStepSchema } from './failure.ts';
import { findingSchema, serviceRoleSchema } from './finding.ts';

export const bilingualSchema = z.strictObject({ vi: z.string(), en: z.string() });
export type Bilingual = z.infer<typeof bilingualSchema>;

export const proofStateSchema = z.enum(['proven', 'absent', 'unproven']);
export type ProofState = z.infer<typeof proofStateSchema>;
const perFamily = z.strictObject({ '4': proofStateSchema, '6': proofStateSchema });

/** Why a vantage decides nothing in a report of several: it had no IPv6, never proved it, contradicts all others on most agencies, or was asked and sent nothing. */
export const setAsideSchema = z.enum(['no-ipv6', 'ipv6-unproven', 'contradicts-others', 'no-evidence']);
export type SetAside = z.infer<typeof setAsideSchema>;

export const vantageReportSchema = z.strictObject({
  name: z.string(),
  dns: perFamily,
  web: perFamily,
  smtp: perFamily,
  dnsPath: z.enum(['direct', 'intercepted', 'resolver-only']),
  dns64: z.boolean(),
  ipv6: z.enum(['ok', 'absent', 'inconclusive']),
  clockOffsetMs: z.number().nullable(),
  /** In a report of several vantages, where this one is shown and decides nothing. */
  setAside: setAsideSchema.optional(),
  /** Agencies of the list that it was asked for and of which there is no evidence from there. */
  missing: z.int().min(1).optional(),
});
export type VantageReport = z.infer<typeof vantageReportSchema>;

export const verdictSchema = z.enum(['pass', 'fail', 'inconclusive', 'not-counted']);
export type Verdict = z.infer<typeof verdictSchema>;

/** One line of how a score came about. */
export const breakdownLineSchema = z.strictObject({
  component: z.string(),
  /** Share of the whole after sharing out what the agency does not have, 0-100. */
  weight: z.number(),
  /** 0-100, null when nothing of it was judged. */
  score: z.number().nullable(),
  coverage: z.number(),
  /** Why the arithmetic result was lowered: 'no-usable-aaaa', 'service-failed', 'nothing-works-over-ipv6', or null. */
  cap: z.string().nullable(),
});
export type BreakdownLine = z.infer<typeof breakdownLineSchema>;

export const conformitySchema = z.strictObject({
  verdict: verdictSchema,
  score: z.number().min(0).max(100).nullable(),
  coverage: z.number().min(0).max(1),
  breakdown: z.array(breakdownLineSchema),
  services: z.record(
    z.string(),
    z.strictObject({
      verdict: verdictSchema,
      cause: causeSchema.nullable(),
      /** Check that decided, or null. */
      check: z.string().nullable(),
      /** Checks that did not decide for a cause in the material (design §6, rule 4). */
      undecided: z.array(z.strictObject({ check: z.string(), cause: causeSchema })),
    }),
  ),
});
export type Conformity = z.infer<typeof conformitySchema>;

export const readinessVerdictSchema = z.enum(['none', 'published', 'working', 'equal', 'ipv6-only', 'complete', 'inconclusive']);
export const readinessSchema = z.strictObject({
  level: z.int().min(0).max(5).nullable(),
  atLeast: z.int().min(0).max(5),
  verdict: readinessVerdictSchema,
  score: z.number().min(0).max(100).nullable(),
  coverage: z.number().min(0).max(1),
  breakdown: z.array(breakdownLineSchema),
});
export type Readiness = z.infer<typeof readinessSchema>;

export const tripleStateSchema = z.enum(['operational', 'assigned', 'none', 'absent', 'inconclusive']);
export const serviceReportSchema = z.strictObject({
  role: serviceRoleSchema,
  host: z.string(),
  state: z.enum(['active', 'retired', 'gone', 'not-listed']),
  triple: z.strictObject({ dns: tripleStateSchema, web: tripleStateSchema, mail: tripleStateSchema }),
});
export type ServiceReport = z.infer<typeof serviceReportSchema>;

export const reportFindingSchema = findingSchema.extend({ text: bilingualSchema, fix: bilingualSchema });
export type ReportFinding = z.infer<typeof reportFindingSchema>;

export const observationLineSchema = z.strictObject({
  id: z.string(),
  op: z.string(),
  /** What was asked, for people: 'AAAA www.x.gov.vn', 'https://www.x.gov.vn/'. */
  target: z.string(),
  address: z.string(),
  /** 'ok' or the failure code. */
  outcome: z.union([z.literal('ok'), failureCodeSchema]),
  step: failureStepSchema.nullable(),
  elapsedMs: z.number(),
  /** Whose it is, in a report of several vantages. */
  vantage: z.string().optional(),
});
export type ObservationLine = z.infer<typeof observationLineSchema>;

export const countedSchema = z.enum(['present51', 'programme85', 'other', 'not-counted']);

export const reportAgencySchema = z.strictObject({
  id: z.string(),
  name: bilingualSchema,
  category: categorySchema,
  domain: z.string(),
  input: z.strictObject({ file: z.string(), line: z.int() }),
  counted: countedSchema,
  conformity: conformitySchema,
  readiness: readinessSchema,
  services: z.array(serviceReportSchema),
  findings: z.array(reportFindingSchema),
  observations: z.array(observationLineSchema),
  notObservable: z.array(z.enum(['plan', 'wan', 'data-centre'])),
});
export type ReportAgency = z.infer<typeof reportAgencySchema>;

const denominatorSchema = z.strictObject({ agencies: z.int(), conforming: z.int(), notConforming: z.int(), inconclusive: z.int() });
export type Denominator = z.infer<typeof denominatorSchema>;

export const summarySchema = z.strictObject({
  denominators: z.strictObject({ present51: denominatorSchema, programme85: denominatorSchema, other: denominatorSchema }),
  byCategory: z.record(z.string(), denominatorSchema),
  /** Agencies on each rung of the readiness ladder; key '0'…'5' or 'unknown'. */
  byLevel: z.record(z.string(), z.int()),
  topCauses: z.array(z.strictObject({ check: z.string(), message: z.string(), cause: causeSchema.nullable(), agencies: z.int() })),
  leverage: z.array(
    z.strictObject({
      kind: z.enum(['name-server-operator', 'web-host', 'mail-host', 'dependency-host']),
      name: z.string(),
      agencies: z.int(),
    }),
  ),
});
export type Summary = z.infer<typeof summarySchema>;

export const reportSchema = z.strictObject({
  schema: z.literal('ipv6gov.report/1'),
  tool: z.strictObject({ name: z.literal('ipv6gov'), version: z.string() }),
  criteria: z.strictObject({ name: z.string(), version: z.string() }),
  run: z.strictObject({ id: z.string(), startedAt: z.string(), finishedAt: z.string(), complete: z.boolean() }),
  vantages: z.array(vantageReportSchema),
  agencies: z.array(reportAgencySchema),
  summary: summarySchema,
});
export type Report = z.infer<typeof reportSchema>;
