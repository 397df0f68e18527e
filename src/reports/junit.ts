import imported, { type Builder, type TestCase } from 'junit-report-builder';
import type { Language } from '../i18n/catalogue.ts';
import { causeTexts } from '../i18n/causes.ts';
import { formatWords } from '../i18n/format-words.ts';
import { catalogueOf } from '../i18n/language.ts';
import type { Report, ReportAgency, ReportFinding } from '../model/report.ts';
import { xmlText } from './xml-text.ts';

// The package's types say that the builder is at `default`; under Node's module rules the import is the builder itself.
const junit = imported as unknown as Builder;

/**
 * JUnit XML: a suite an agency, a case a finding. fail → failure; inconclusive → error, because nothing was judged; not-applicable,
 * skipped and ignored findings → skipped; warn and info pass and say so in system-out. Names of cases are the same in both languages, so
 * that CI recognises them from run to run. The package brings several megabytes: load this module only when it is used.
 */
export function renderJunit(report: Report, { language }: { language: Language }): string {
  const builder = junit.newBuilder().name(xmlText(`ipv6gov ${report.criteria.name}/${report.criteria.version}`));
  for (const agency of report.agencies) addSuite(builder, agency, { report, language });
  const text = builder.build();
  return text.endsWith('\n') ? text : `${text}\n`;
}

function addSuite(builder: Builder, agency: ReportAgency, { report, language }: { report: Report; language: Language }): void {
  const { conformity, readiness } = agency;
  // A string: the package would write a Date in the local time zone.
  const suite = builder
    .testSuite()
    .name(xmlText(`${agency.name[language]} (${agency.domain})`))
    .timestamp(xmlText(report.run.startedAt));
  const properties = {
    agency: agency.id,
    conformity: conformity.verdict,
    'conformity-score': conformity.score,
    'conformity-coverage': conformity.coverage,
    'readiness-level': readiness.level,
    'readiness-at-least': readiness.atLeast,
  };
  for (const [name, value] of Object.entries(properties)) if (value !== null) suite.property(name, xmlText(String(value)));
  for (const finding of agency.findings) {
    const testCase = suite
      .testCase()
      .className(xmlText(agency.domain))
      .name(xmlText(`${finding.check} ${finding.host} [${finding.service}]`))
      .file(xmlText(agency.input.file));
    judge(testCase, finding, language);
  }
}

function judge(testCase: TestCase, finding: ReportFinding, language: Language): void {
  const { status, ignored } = finding;
  const text = xmlText(finding.text[language]);
  if (ignored !== null && status !== 'pass' && status !== 'info') {
    testCase
      .skipped()
      .standardOutput(`${xmlText(formatWords[language].ignored(ignored.reason, ignored.until))}\n${detail(finding, language)}`);
  } else if (status === 'fail') testCase.failure(text, xmlText(finding.message)).stacktrace(detail(finding, language));
  else if (status === 'inconclusive') testCase.error(text, xmlText(finding.cause ?? finding.message), detail(finding, language));
  else if (status === 'not-applicable' || status === 'skipped') testCase.skipped().standardOutput(detail(finding, language));
  else if (status === 'warn' || status === 'info') testCase.standardOutput(detail(finding, language));
}

/**
 * Status, text, cause and fix, a line each. Every line begins with a word of ours (faults S4). The text of what was not measured says the
 * status and the cause already.
 */
function detail({ check, status, message, text, cause, fix }: ReportFinding, language: Language): string {
  const { words, report: texts } = catalogueOf(language);
  const saysAll = message === 'not-measured';
  const lines = [`${saysAll ? xmlText(check) : words.statuses[status]}: ${xmlText(text[language])}`];
  if (cause !== null && !saysAll) lines.push(texts.cause(causeTexts[cause][language]));
  if (fix[language] !== '') lines.push(`${texts.fix} ${xmlText(fix[language])}`);
  return lines.join('\n');
}
