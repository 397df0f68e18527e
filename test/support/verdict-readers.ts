import { parse } from 'csv-parse/sync';
import type { Language } from '../../src/i18n/catalogue.ts';
import { catalogueOf } from '../../src/i18n/language.ts';
import type { Report, ReportAgency } from '../../src/model/report.ts';
import { elementsOf, type HtmlElement, readHtml, textOf } from './html-document.ts';
import { readMetrics } from './metrics-reader.ts';
import type { FormatName } from './render-formats.ts';
import { readXml } from './xml-reader.ts';

/** Id of the agency → `pass 3`, or `fail ≥1` where the level is not known. */
export type Results = Record<string, string>;
export type Reader = (text: string, report: Report, language: Language) => Results;

const level = (known: unknown, atLeast: unknown): string =>
  known === null || known === undefined || known === '' ? `≥${atLeast}` : `${known}`;

/** What the JSON says. */
export function resultsOf(agencies: readonly Pick<ReportAgency, 'id' | 'conformity' | 'readiness'>[]): Results {
  return Object.fromEntries(
    agencies.map(({ id, conformity, readiness }) => [id, `${conformity.verdict} ${level(readiness.level, readiness.atLeast)}`]),
  );
}

export const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { bom: true, columns: true });

/** The verdict that a word of a language stands for. */
function verdictOf(word: string | undefined, language: Language): string {
  const words = Object.entries(catalogueOf(language).words.verdicts);
  return words.find(([, own]) => own.toLocaleLowerCase('vi') === word?.trim().toLocaleLowerCase('vi'))?.[0] ?? `no verdict: ${word}`;
}

/** From each agency the place where it is told of. */
function eachOf(
  { agencies }: Report,
  read: (agency: ReportAgency) => [word: string | undefined, level: string | undefined],
  language: Language,
) {
  return Object.fromEntries(
    agencies.map((agency) => {
      const [word, found] = read(agency);
      return [agency.id, `${verdictOf(word, language)} ${found?.replaceAll(' ', '')}`];
    }),
  );
}

/** Cards of few agencies: a line of each result. League table of many: a row of two lines. */
const table: Reader = (text, report, language) => {
  const lines = text.split('\n');
  return eachOf(
    report,
    ({ domain }) => {
      const card = lines.findIndex((line) => line.endsWith(` · ${domain}`));
      if (card >= 0) {
        const about = lines.slice(card + 1, lines.indexOf('', card));
        const ready = about.find((line) => /IPv6.*2026-2030: /.test(line)) ?? '';
        const known = /\D(\d) (?:of|trên) 5|(\d)\/5/.exec(ready.slice(ready.indexOf('2030:')));
        const unknown = /at least|ít nhất/.test(ready) ? '≥' : '';
        return [/: ([^:·]+) ·/.exec(about[0] ?? '')?.[1], `${unknown}${known?.[1] ?? known?.[2]}`];
      }
      const row = lines.findIndex((line) => line.trim().split(/ {2,}/)[0] === domain);
      const cells = (lines[row - 1] ?? '').trim().split(/ {2,}/);
      return [cells[1], cells[3]?.replace('/5', '')];
    },
    language,
  );
};

const markdown: Reader = (text, report, language) => {
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && line.includes('<br>'));
  return eachOf(
    report,
    ({ domain }) => {
      const cells = (rows.find((line) => line.includes(`<br>\`${domain}\` |`)) ?? '').split(' | ');
      return [cells[1]?.replaceAll('*', ''), /^(?:≥ )?\d/.exec(cells[3] ?? '')?.[0]];
    },
    language,
  );
};

const junit: Reader = (text) => {
  const suites: Record<string, string>[] = [];
  for (const { tag, attributes } of readXml(text)) {
    if (tag === 'testsuite') suites.push({});
    if (tag === 'property') Object.assign(suites.at(-1) ?? {}, { [attributes.name ?? '']: attributes.value });
  }
  return Object.fromEntries(
    suites.map((suite) => [suite.agency, `${suite.conformity} ${level(suite['readiness-level'], suite['readiness-at-least'])}`]),
  );
};

interface SarifAgency {
  id: string;
  conformity: string;
  readinessLevel: number | null;
  readinessAtLeast: number;
}

const sarif: Reader = (text) => {
  const log: { runs: { properties: { agencies: SarifAgency[] } }[] } = JSON.parse(text);
  const agencies = log.runs.flatMap(({ properties }) => properties.agencies);
  return Object.fromEntries(agencies.map((one) => [one.id, `${one.conformity} ${level(one.readinessLevel, one.readinessAtLeast)}`]));
};

const prometheus: Reader = (text) => {
  const metrics = readMetrics(text);
  const value = (name: string, id: string | undefined): number | undefined =>
    metrics.find((metric) => metric.name === `ipv6gov_agency_readiness_${name}` && metric.labels.agency === id)?.value;
  const verdicts = metrics.filter((metric) => metric.name === 'ipv6gov_agency_conformity' && metric.value === 1);
  return Object.fromEntries(
    verdicts.map(({ labels }) => [
      labels.agency,
      `${labels.verdict} ${level(value('level', labels.agency), value('at_least', labels.agency))}`,
    ]),
  );
};

/** Every format that names agencies. The badge names none; it has a test of its own. */
export const readers: Record<Exclude<FormatName, 'badge/badge' | 'csv/findings'>, Reader> = {
  'table/page': table,
  'json/report': (text) => resultsOf(JSON.parse(text).agencies),
  'ndjson/report': (text) => {
    const [, ...lines] = text.trimEnd().split('\n');
    return resultsOf(lines.map((line) => JSON.parse(line)));
  },
  'csv/agencies': (text) =>
    Object.fromEntries(
      rowsOf(text).map(({ id, conformity, readiness_level, readiness_at_least }) => [
        id,
        `${conformity} ${level(readiness_level, readiness_at_least)}`,
      ]),
    ),
  'markdown/page': markdown,
  'junit/suites': junit,
  'sarif/log': sarif,
  'prometheus/metrics': prometheus,
};

/** Text of an element as a reader of one language sees it. */
export function seenText(element: HtmlElement, language: Language): string {
  const { lang } = element.attributes;
  if (lang !== undefined && lang !== language && element.name === 'span') return '';
  return element.children.map((child) => (typeof child === 'string' ? child : seenText(child, language))).join('');
}

/** Each row of the table in an HTML report, wherever it is: elements, data for the script, text for a browser without script. */
export function htmlRows(html: string, report: Report, language: Language): Results {
  const page = readHtml(html);
  const found: Record<string, [string | undefined, string | undefined]> = {};
  for (const row of elementsOf(page, 'tr')) {
    const [name, verdict, , ready] = row.children.filter((child) => typeof child !== 'string');
    const domain = name === undefined ? undefined : elementsOf(name, 'small')[0];
    if (domain === undefined || verdict === undefined || ready === undefined) continue;
    found[textOf(domain)] = [seenText(verdict, language), textOf(ready)];
  }
  return eachOf(report, ({ domain }) => found[domain] ?? [undefined, undefined], language);
}

/** The rows that the script makes of data, of agencies after the first. */
export function dataRows(html: string, report: Report, language: Language): Results {
  const data = elementsOf(readHtml(html), 'script').find(({ attributes }) => attributes.id === 'rows');
  const { rows, verdicts }: { rows: string[][]; verdicts: Record<string, string[]> } = JSON.parse(data === undefined ? '' : textOf(data));
  const of = new Map(rows.map((row) => [row[2], row]));
  const told = report.agencies.filter(({ domain }) => of.has(domain));
  return eachOf(
    { ...report, agencies: told },
    ({ domain }) => {
      const row = of.get(domain) ?? [];
      return [verdicts[row[4] ?? '']?.[language === 'vi' ? 1 : 2], row[6]];
    },
    language,
  );
}
