/** Library entry: measure, judge, score and render without the command line. */
import type { Conformity, Readiness } from './model/report.ts';
import { type Scored, scoreConformity } from './scoring/conformity.ts';
import { scoreReadiness } from './scoring/readiness.ts';

export type { CheckDefinition, Outcome } from './checks/define-check.ts';
export { loadChecks } from './checks/index.ts';
export type { Agency, Category } from './model/agency.ts';
export type { Cause } from './model/cause.ts';
export type { EvidenceRecord } from './model/evidence.ts';
export type { FailureCode } from './model/failure.ts';
export type { Finding, Status } from './model/finding.ts';
export type { Observation, Operation } from './model/observation.ts';
export type { Conformity, Readiness, Report, ReportAgency, ReportFinding, Summary, VantageReport } from './model/report.ts';
export { reportSchema } from './model/report.ts';
export { reportJsonSchema } from './model/report-schema.ts';
export type { RunManifest } from './model/run.ts';
export { defaultSettings, type Settings, settingsSchema } from './model/settings.ts';
export type { Network } from './net/network.ts';
export { type Format, formats, render, type TableStyle } from './reports/formats.ts';
export { type CollectInput, collectAgency as collect } from './runner/collect.ts';
export { type JudgedAgency, type JudgeInput, judgeRun as judge } from './runner/judge.ts';
export { type MeasureInput, measureRun, type RunEvent } from './runner/measure.ts';
export { readManifest } from './runner/open-run.ts';
export { type ReportInput, reportRun } from './runner/report-run.ts';
export { createRunFolder, newRunId, type RunFolder, runFolder, writeManifest } from './runner/run-folder.ts';
export type { Rubric } from './scoring/rubric.ts';
export { ipv6ForGov1 } from './scoring/rubrics/ipv6-for-gov-1.ts';

/** Both results of one agency from its findings. `counted` false: measured, but in no share. */
export function score(scored: Scored, counted = true): { conformity: Conformity; readiness: Readiness } {
  return { conformity: scoreConformity(scored, counted), readiness: scoreReadiness(scored) };
}
