import type { CheckDefinition } from '../checks/define-check.ts';
import type { Language } from '../i18n/catalogue.ts';
import type { Level, Status } from '../model/finding.ts';
import type { Bilingual, Report, ReportAgency, ReportFinding } from '../model/report.ts';
import { visible } from './escape.ts';

export interface SarifOptions {
  language: Language;
  /** Give titles, reasons and references of the rules; without them a rule is its id and level. */
  checks?: readonly CheckDefinition[];
}

/** Results are what wants attention. `kind` stays at its default `fail`: with any other, SARIF allows no level (§3.27.10). */
const resultLevels: Partial<Record<Status, 'error' | 'warning' | 'note'>> = { fail: 'error', warn: 'warning', inconclusive: 'note' };
const ruleLevels: Record<Level, 'error' | 'warning' | 'note'> = { required: 'error', recommended: 'warning', informative: 'note' };

const schemaUri = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** SARIF 2.1.0 (OASIS): a rule a check, a result a finding that is fail, warn or inconclusive, placed at the agency's line of the input list. */
export function renderSarif(report: Report, { language, checks = [] }: SarifOptions): string {
  const rules = rulesOf(report, checks, language);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const results = report.agencies.flatMap((agency) =>
    agency.findings.flatMap((finding) => resultOf(finding, agency, { language, ruleIndex: indexes.get(visible(finding.check)) ?? -1 })),
  );
  const { tool, criteria, run } = report;
  const sarifRun = {
    tool: { driver: { name: tool.name, version: visible(tool.version), rules } },
    language,
    columnKind: 'utf16CodeUnits',
    automationDetails: { id: `ipv6gov/${visible(run.id)}` },
    invocations: [{ executionSuccessful: run.complete, startTimeUtc: visible(run.startedAt), endTimeUtc: visible(run.finishedAt) }],
    results,
    properties: { criteria: visible(`${criteria.name}/${criteria.version}`), agencies: report.agencies.map(verdictsOf) },
  };
  return `${JSON.stringify({ $schema: schemaUri, version: '2.1.0', runs: [sarifRun] }, null, 1)}\n`;
}

interface Rule {
  id: string;
  [property: string]: unknown;
}

/** Rules of the given checks, then of checks that only the report knows. */
function rulesOf(report: Report, checks: readonly CheckDefinition[], language: Language): Rule[] {
  const rules = new Map<string, Rule>(checks.map((check) => [check.id, describedRule(check, language)]));
  for (const { check, area, level } of report.agencies.flatMap(({ findings }) => findings)) {
    const id = visible(check);
    if (!rules.has(id)) rules.set(id, { id, defaultConfiguration: { level: ruleLevels[level] }, properties: { tags: [area] } });
  }
  return [...rules.values()];
}

function describedRule({ id, area, level, title, why, references }: CheckDefinition, language: Language): Rule {
  const helpUri = references[0]?.url;
  return {
    id,
    shortDescription: message(title, language),
    fullDescription: message(why, language),
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: ruleLevels[level] },
    properties: { tags: [area] },
  };
}

interface Place {
  language: Language;
  ruleIndex: number;
}

function resultOf(finding: ReportFinding, agency: ReportAgency, { language, ruleIndex }: Place): object[] {
  const level = resultLevels[finding.status];
  if (level === undefined) return [];
  const { check, host, service, status, cause, ignored, confidence } = finding;
  const fix = finding.fix[language] === '' ? '' : ` ${finding.fix[language]}`;
  const about = visible(`${agency.name[language]}, ${host}: `);
  const result = {
    ruleId: visible(check),
    ruleIndex,
    level,
    message: { text: messageText(`${about}${finding.text[language]}${fix}`) },
    locations: [{ physicalLocation: locationOf(agency.input), logicalLocations: [logicalLocation(agency, host)] }],
    partialFingerprints: { 'finding/v1': visible([agency.id, check, service, host].join(':')) },
    properties: { agency: visible(agency.id), service, status, message: visible(finding.message), cause, confidence },
  };
  if (ignored === null) return [result];
  return [
    { ...result, suppressions: [{ kind: 'external', status: 'accepted', justification: visible(`${ignored.reason} (${ignored.until})`) }] },
  ];
}

function logicalLocation(agency: ReportAgency, host: string): object {
  return { name: visible(host), fullyQualifiedName: visible(`${agency.id}/${host}`), kind: 'resource' };
}

function locationOf({ file, line }: ReportAgency['input']): object {
  const uri = fileUri(file);
  return { artifactLocation: { uri: uri === '' ? 'input' : uri }, ...(line > 0 ? { region: { startLine: line } } : {}) };
}

/** A relative reference (RFC 3986 §4.2) whatever the name: no scheme, no host, no query can arise from it. */
function fileUri(file: string): string {
  const segments = visible(file.replaceAll('\\', '/')).split('/');
  return segments.map(encodeURIComponent).join('/').replace(/^\/+/, '/');
}

const message = (text: Bilingual, language: Language): object => ({ text: messageText(text[language]) });

/** Braces are doubled, for they are placeholders (§3.11.5), and `](`, of which an embedded link is made (§3.11.6), is parted. */
function messageText(text: string): string {
  return visible(text)
    .replace(/[{}]/g, (brace) => brace + brace)
    .replaceAll('](', '] (');
}

function verdictsOf({ id, conformity, readiness }: ReportAgency): object {
  return {
    id: visible(id),
    conformity: conformity.verdict,
    conformityScore: conformity.score,
    conformityCoverage: conformity.coverage,
    readiness: readiness.verdict,
    readinessLevel: readiness.level,
    readinessAtLeast: readiness.atLeast,
  };
}
