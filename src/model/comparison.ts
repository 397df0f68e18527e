import { z } from 'zod';
import { categorySchema } from './agency.ts';
import { causeSchema } from './cause.ts';
import { areaSchema, levelSchema, serviceRoleSchema, statusSchema, subjectKindSchema } from './finding.ts';
import { bilingualSchema, countedSchema, vantageReportSchema, verdictSchema } from './report.ts';

/** What makes two runs not quite comparable; the comparison says so and compares what can be. */
export const differenceSchema = z.enum([
  /** Verdicts, scores and levels by other criteria are not compared; findings are. */
  'criteria',
  /** Seen from another place: only what is published is compared, not what depends on the way there. */
  'vantage',
  /** Names were asked in another way (own iteration, or a resolver). */
  'dns-path',
  'ipv6-lost-before',
  'ipv6-lost-after',
  /** An agency that is missing from an incomplete run is neither new nor gone. */
  'incomplete-before',
  'incomplete-after',
  /** Checks switched off, or not yet there, in one of the runs: verdicts, scores and levels are not compared. */
  'checks',
  'tool',
]);
export type Difference = z.infer<typeof differenceSchema>;

export const comparedRunSchema = z.strictObject({
  id: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  complete: z.boolean(),
  tool: z.string(),
  criteria: z.strictObject({ name: z.string(), version: z.string() }),
  vantages: z.array(vantageReportSchema.pick({ name: true, ipv6: true, dnsPath: true })),
  agencies: z.int(),
});
export type ComparedRun = z.infer<typeof comparedRunSchema>;

export const agencyStateSchema = z.strictObject({
  id: z.string(),
  domain: z.string(),
  verdict: verdictSchema,
  score: z.number().nullable(),
  level: z.int().nullable(),
  atLeast: z.int(),
});
export type AgencyState = z.infer<typeof agencyStateSchema>;

export const findingStateSchema = z.strictObject({
  status: statusSchema,
  message: z.string(),
  cause: causeSchema.nullable(),
  text: bilingualSchema,
  ignored: z.strictObject({ reason: z.string(), until: z.string() }).nullable(),
});
export type FindingState = z.infer<typeof findingStateSchema>;

/**
 * `flapping`: the status changed and the evidence of either run says that the service answers only now and then. `changed`: known in
 * both runs, neither better nor worse. `appeared`, `gone`: a fault of a host that only one of the runs knows. `ignored`: a change that
 * the ignore list covers.
 */
export const findingChangeKindSchema = z.enum(['worsened', 'improved', 'flapping', 'changed', 'appeared', 'gone', 'ignored']);
export type FindingChangeKind = z.infer<typeof findingChangeKindSchema>;

export const findingChangeSchema = z.strictObject({
  check: z.string(),
  area: areaSchema,
  level: levelSchema,
  service: serviceRoleSchema,
  host: z.string(),
  subject: subjectKindSchema,
  change: findingChangeKindSchema,
  /** A pass or warning became a fail, on evidence. */
  regression: z.boolean(),
  before: findingStateSchema.nullable(),
  after: findingStateSchema.nullable(),
});
export type FindingChange = z.infer<typeof findingChangeSchema>;

/** `mixed`: something became better and something worse. `changed`: neither, but findings read differently or only flap. */
export const agencyChangeKinds = ['worsened', 'mixed', 'improved', 'flapping', 'changed', 'new', 'gone', 'renamed'] as const;
export const agencyChangeKindSchema = z.enum(agencyChangeKinds);
export type AgencyChangeKind = z.infer<typeof agencyChangeKindSchema>;

export const directionSchema = z.enum(['worsened', 'improved']);
export type Direction = z.infer<typeof directionSchema>;

export const agencyChangeSchema = z.strictObject({
  id: z.string(),
  name: bilingualSchema,
  domain: z.string(),
  category: categorySchema,
  counted: countedSchema,
  change: agencyChangeKindSchema,
  /** The same agency under another id (same domain) or at another domain (same id). */
  renamed: z.enum(['id', 'domain']).nullable(),
  before: agencyStateSchema.nullable(),
  after: agencyStateSchema.nullable(),
  /** Null: unchanged, or not known in both runs. */
  conformity: directionSchema.nullable(),
  readiness: directionSchema.nullable(),
  /** Verdict pass to fail, level known lower, or a regression among the findings; never for an agency that is in no share. */
  regression: z.boolean(),
  findings: z.array(findingChangeSchema),
});
export type AgencyChange = z.infer<typeof agencyChangeSchema>;

export const comparisonSchema = z.strictObject({
  schema: z.literal('ipv6gov.comparison/1'),
  before: comparedRunSchema,
  after: comparedRunSchema,
  differences: z.array(differenceSchema),
  /** What was compared of an agency, after the differences. */
  compared: z.strictObject({ results: z.boolean(), findings: z.enum(['all', 'published']) }),
  /** Only agencies with something to say; worst first. */
  agencies: z.array(agencyChangeSchema),
  summary: z.strictObject({
    ...Object.fromEntries(agencyChangeKinds.map((kind) => [kind, z.int()])),
    unchanged: z.int(),
    regressions: z.int(),
    /** Findings known in one run only: measured less, or more. Never a change. */
    lostCoverage: z.int(),
    gainedCoverage: z.int(),
  } as Record<AgencyChangeKind | 'unchanged' | 'regressions' | 'lostCoverage' | 'gainedCoverage', z.ZodInt>),
});
export type Comparison = z.infer<typeof comparisonSchema>;
