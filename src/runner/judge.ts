import type { CheckDefinition } from '../checks/define-check.ts';
import { evaluateCheck, missingData, skippedFinding } from '../checks/evaluate.ts';
import type { AgencyContext, RunFacts } from '../facts/context.ts';
import { indexEvidence } from '../facts/evidence-index.ts';
import { createRunFacts } from '../facts/run.ts';
import { assessServices } from '../facts/services.ts';
import { subjectsOf } from '../facts/subjects.ts';
import type { EvidenceRecord } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { Observation } from '../model/observation.ts';
import type { ReportAgency, ReportFinding, VantageReport } from '../model/report.ts';
import type { RouteData } from '../model/routes.ts';
import type { RunManifest } from '../model/run.ts';
import type { AssessedService } from '../model/service-state.ts';
import type { Subject } from '../model/subject.ts';
import { findingText } from '../reports/message.ts';
import { observationLine } from '../reports/observation-line.ts';
import { scoreConformity } from '../scoring/conformity.ts';
import { countedAs } from '../scoring/counted.ts';
import { scoreReadiness } from '../scoring/readiness.ts';
import type { Rubric } from '../scoring/rubric.ts';
import { serviceTriple } from '../scoring/triple.ts';
import { applyIgnores, type IgnoreEntry } from './ignore-list.ts';

/** Accepted faults, and the day on which they are looked at. */
export interface Ignores {
  entries: readonly IgnoreEntry[];
  today: string;
}

export interface JudgeInput {
  manifest: RunManifest;
  checks: readonly CheckDefinition[];
  /** Ids switched off by --only or --skip: their findings say `skipped`. */
  skipped?: ReadonlySet<string>;
  ignores?: Ignores;
  /** Routing data files (`--vrps`, `--asn-db`); checks that need a missing one are skipped. */
  routes?: RouteData;
  rubric: Rubric;
  /** Opens the journal from its start; judging reads it twice (design §4). */
  records: () => AsyncIterable<EvidenceRecord>;
}

export interface JudgedAgency {
  report: ReportAgency;
  /** What scoring knew of its services beside the findings; scoring again from merged findings needs it. */
  services: readonly AssessedService[];
  /** Something of our own code failed on it: exit code 3. */
  crashed: boolean;
}

/** Second looks are few, so they wait in memory for the agency's main record. */
interface LaterRecords {
  observations: Map<string, Observation[]>;
  crashes: Map<string, EvidenceRecord['crashes']>;
  /** Agencies that were asked again in whole: that record stands in place of the others. */
  remeasured: Set<string>;
}

/**
 * Judges a journal without any network: first what only the whole run can tell, then agency by agency in the order of the journal.
 * The first value that comes is the vantage.
 */
export async function judgeRun(input: JudgeInput): Promise<{ vantage: VantageReport; agencies: AsyncGenerator<JudgedAgency> }> {
  const facts = createRunFacts(input.manifest);
  const later: LaterRecords = { observations: new Map(), crashes: new Map(), remeasured: new Set() };
  for await (const record of input.records()) {
    facts.add(record);
    if (record.agency === null || record.part === 'main') continue;
    if (record.part === 'remeasure') {
      later.remeasured.add(record.agency.id);
      continue;
    }
    if (record.crashes.length > 0) later.crashes.set(record.agency.id, record.crashes);
    later.observations.set(record.agency.id, [...(later.observations.get(record.agency.id) ?? []), ...record.observations]);
  }
  const run = facts.finish();
  return { vantage: run.vantage, agencies: judgeAgencies(input, run, later) };
}

async function* judgeAgencies(input: JudgeInput, run: RunFacts, later: LaterRecords): AsyncGenerator<JudgedAgency> {
  const seen = new Set<string>();
  for await (const record of input.records()) {
    if (record.agency === null || seen.has(record.agency.id)) continue;
    const again = later.remeasured.has(record.agency.id);
    if (record.part !== (again ? 'remeasure' : 'main')) continue;
    seen.add(record.agency.id);
    const observations = again ? record.observations : [...record.observations, ...(later.observations.get(record.agency.id) ?? [])];
    const crashes = again ? record.crashes : [...record.crashes, ...(later.crashes.get(record.agency.id) ?? [])];
    const context: AgencyContext = {
      agency: record.agency,
      evidence: indexEvidence(observations),
      run,
      manifest: input.manifest,
      crashes,
      budgetExhausted: record.budgetExhausted,
      ...(input.routes === undefined ? {} : { routes: input.routes }),
      cache: new Map(),
    };
    yield judgeAgency(context, input);
  }
}

/** One agency from its evidence: findings, both results, the service triples. Pure. */
export function judgeAgency(
  context: AgencyContext,
  { checks, rubric, skipped, ignores }: Pick<JudgeInput, 'checks' | 'rubric' | 'skipped' | 'ignores'>,
): JudgedAgency {
  const services = assessServices(context);
  const subjects = subjectsOf(context, services);
  const findings = checks.flatMap((check) =>
    subjects
      .filter((subject) => concerns(check, subject))
      .map((subject) => {
        const missing = missingData(check, context);
        const isOff = skipped?.has(check.id) === true || missing.length > 0;
        return isOff ? skippedFinding(check, subject, missing) : evaluateCheck(check, context, subject);
      }),
  );
  // What a probe that crashed left unasked was our own fault, not a choice.
  const causeOf = ({ cause }: Finding): Finding['cause'] =>
    cause === 'not-attempted' && context.crashes.length > 0 ? 'probe-error' : cause;
  const seenFrom = (finding: Finding): Finding => ({
    ...finding,
    cause: causeOf(finding),
    seenFrom: [{ vantage: context.manifest.vantage, status: finding.status }],
  });
  const { domain } = context.agency;
  const placed = applyIgnores(findings.map(seenFrom), ignores?.entries ?? [], { today: ignores?.today ?? '', domain });
  const texts = new Map(checks.map((check) => [check.id, check]));
  const crashed = context.crashes.length > 0 || findings.some(({ cause }) => cause === 'check-error' || cause === 'probe-error');
  return { report: reportAgency({ context, services, findings: placed, texts, rubric }), services, crashed };
}

function concerns(check: CheckDefinition, { kind, service }: Subject): boolean {
  return kind === check.subject && (check.services === undefined || check.services.includes(service));
}

interface Judged {
  context: AgencyContext;
  services: AssessedService[];
  findings: Finding[];
  texts: Map<string, CheckDefinition>;
  rubric: Rubric;
}

function reportAgency({ context, services, findings, texts, rubric }: Judged): ReportAgency {
  const { agency } = context;
  const scored = { findings, services, rubric };
  const counted = countedAs(agency);
  return {
    id: agency.id,
    name: agency.name,
    category: agency.category,
    domain: agency.domain,
    input: agency.input,
    counted,
    conformity: scoreConformity(scored, counted !== 'not-counted'),
    readiness: scoreReadiness(scored),
    services: services.map((service) => ({
      role: service.role,
      host: service.host,
      state: service.state,
      triple: serviceTriple(findings, service),
    })),
    findings: findings.map((finding) => withText(finding, texts)),
    observations: citedLines(context, findings),
    notObservable: ['plan', 'wan', 'data-centre'],
  };
}

function withText(finding: Finding, texts: Map<string, CheckDefinition>): ReportFinding {
  const check = texts.get(finding.check);
  if (check === undefined) throw new Error(`no check ${finding.check}`);
  return { ...finding, ...findingText(finding, check) };
}

/** The report lists the observations that findings rest on; the journal has all. */
function citedLines(context: AgencyContext, findings: readonly Finding[]) {
  const cited = new Set(findings.flatMap(({ observations }) => observations));
  return context.evidence.all.filter(({ id }) => cited.has(id)).map(observationLine);
}
