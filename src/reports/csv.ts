import { stringify } from 'csv-stringify/sync';
import type { Language } from '../i18n/catalogue.ts';
import { causeTexts } from '../i18n/causes.ts';
import { catalogueOf } from '../i18n/language.ts';
import type { ServiceRole, Status } from '../model/finding.ts';
import type { Report, ReportAgency, ReportFinding, ServiceReport } from '../model/report.ts';
import { csvCell } from './csv-cell.ts';
import { hostLink } from './host-link.ts';
import { worstCause } from './worst-cause.ts';

export interface CsvOptions {
  language: Language;
  rows: 'agencies' | 'findings';
}

/** Null is an empty cell. Numbers carry a decimal point in both languages, so that programs read them alike. */
type Cell = string | number | null;
type Row = Record<string, Cell>;

/**
 * RFC 4180 with a byte order mark (without it spreadsheet programs garble Vietnamese) and CRLF. Column names and codes are the same in
 * both languages; columns that end in `_text`, and `text` and `fix`, are sentences in the chosen one.
 */
export function renderCsv(report: Report, { language, rows }: CsvOptions): string {
  const columns = rows === 'agencies' ? agencyColumns : findingColumns;
  const criteria = `${report.criteria.name}/${report.criteria.version}`;
  const records =
    rows === 'agencies'
      ? report.agencies.map((agency) => agencyRow(agency, language))
      : report.agencies.flatMap((agency) => agency.findings.map((finding) => findingRow(finding, agency, language)));
  const cells = records.map((row) => columns.map((column) => written(column === 'criteria' ? criteria : (row[column] ?? null))));
  return stringify([columns, ...cells], { bom: true, record_delimiter: 'windows' });
}

const written = (cell: Cell): Cell => (typeof cell === 'string' ? csvCell(cell) : cell);

/** Services with columns of their own; all others share one. */
const columnRoles = ['portal', 'public-services', 'mail'] as const satisfies readonly ServiceRole[];
/** The host of mail is a mail domain: there is nothing to open. */
const serviceColumns = (role: ServiceRole): string[] => ['host', ...(role === 'mail' ? [] : ['link']), 'state', 'dns', 'web', 'mail'];
const prefixOf = (role: ServiceRole): string => role.replace('-', '_');

const agencyColumns: string[] = [
  ...['id', 'name_vi', 'name_en', 'domain', 'category', 'counted', 'input_file', 'input_line'],
  ...['conformity', 'conformity_text', 'conformity_score', 'conformity_coverage'],
  ...['readiness', 'readiness_text', 'readiness_level', 'readiness_at_least', 'readiness_score', 'readiness_coverage'],
  ...columnRoles.flatMap((role) => serviceColumns(role).map((column) => `${prefixOf(role)}_${column}`)),
  ...['other_services', 'worst_check', 'worst_cause', 'worst_text', 'fail', 'warn', 'inconclusive', 'pass', 'criteria'],
];

function agencyRow(agency: ReportAgency, language: Language): Row {
  const { words } = catalogueOf(language);
  const { conformity, readiness } = agency;
  const worst = worstCause(agency);
  const count = (wanted: Status): number => agency.findings.filter(({ status }) => status === wanted).length;
  return {
    id: agency.id,
    name_vi: agency.name.vi,
    name_en: agency.name.en,
    domain: agency.domain,
    category: agency.category,
    counted: agency.counted,
    input_file: agency.input.file,
    input_line: agency.input.line,
    conformity: conformity.verdict,
    conformity_text: words.verdicts[conformity.verdict],
    conformity_score: conformity.score,
    conformity_coverage: rounded(conformity.coverage),
    readiness: readiness.verdict,
    readiness_text: words.ladder[readiness.verdict],
    readiness_level: readiness.level,
    readiness_at_least: readiness.atLeast,
    readiness_score: readiness.score,
    readiness_coverage: rounded(readiness.coverage),
    ...serviceCells(agency.services),
    worst_check: worst?.check ?? null,
    worst_cause: worst?.cause ?? null,
    worst_text: worst?.text[language] ?? null,
    fail: count('fail'),
    warn: count('warn'),
    inconclusive: count('inconclusive'),
    pass: count('pass'),
  };
}

const rounded = (share: number): number => Math.floor(share * 1e4 + 1e-6) / 1e4;

function serviceCells(services: readonly ServiceReport[]): Row {
  const first = columnRoles.map((role) => services.find((service) => service.role === role));
  const cells: Row = {};
  for (const service of first) {
    if (service === undefined) continue;
    const prefix = prefixOf(service.role);
    const { dns, web, mail } = service.triple;
    const columns = { host: service.host, link: hostLink(service.host), state: service.state, dns, web, mail };
    for (const [column, value] of Object.entries(columns)) cells[`${prefix}_${column}`] = value;
  }
  const others = services.filter((service) => !first.includes(service));
  cells.other_services = others
    .map(({ role, host, state, triple }) => `${role} ${host} ${state} ${Object.values(triple).join('/')}`)
    .join('; ');
  return cells;
}

const findingColumns: string[] = [
  ...['agency', 'agency_name', 'domain', 'area', 'check', 'level', 'service', 'subject', 'host', 'link', 'status', 'status_text'],
  ...['message', 'text', 'cause', 'cause_text', 'fix', 'confidence', 'ignored_reason', 'ignored_until', 'observations'],
  ...['input_file', 'input_line', 'criteria', 'seen_from'],
];

function findingRow(finding: ReportFinding, agency: ReportAgency, language: Language): Row {
  const { area, check, level, service, subject, host, status, message, cause, confidence, ignored, seenFrom } = finding;
  return {
    ...{ area, check, level, service, subject, host, status, message, cause },
    agency: agency.id,
    agency_name: agency.name[language],
    domain: agency.domain,
    link: subject === 'host' || subject === 'service' ? hostLink(host) : null,
    status_text: catalogueOf(language).words.statuses[status],
    text: finding.text[language],
    cause_text: cause === null ? null : causeTexts[cause][language],
    fix: finding.fix[language],
    confidence: rounded(confidence),
    ignored_reason: ignored?.reason ?? null,
    ignored_until: ignored?.until ?? null,
    observations: finding.observations.join(' '),
    input_file: agency.input.file,
    input_line: agency.input.line,
    seen_from: seenFrom.map((seen) => `${seen.vantage}=${seen.status}`).join(' '),
  };
}
