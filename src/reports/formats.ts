import type { CheckDefinition } from '../checks/define-check.ts';
import type { Language } from '../i18n/catalogue.ts';
import type { Report } from '../model/report.ts';
import { renderJson } from './json.ts';
import { renderNdjson } from './ndjson.ts';
import type { OwnTroubles } from './own-trouble.ts';
import type { ShowLevel } from './show-level.ts';

export const formats = ['table', 'json', 'ndjson', 'csv', 'html', 'md', 'xml', 'sarif', 'svg', 'prom'] as const;
export type Format = (typeof formats)[number];

/** What a row of CSV is. */
export const csvRows = ['agencies', 'findings'] as const;
export type CsvRows = (typeof csvRows)[number];

/** How a report for people looks. The machine formats know none of it but the language. */
export interface TableStyle {
  language: Language;
  show: ShowLevel;
  /** 0 no colour, 1 the sixteen colours of every terminal. Decided by the caller. */
  colourLevel: 0 | 1;
  /** Columns to fill. */
  width: number;
  /** What our own side could not do; said first. */
  troubles: OwnTroubles;
  /** Coverage from which on there is a score, 0-1. */
  coverageFloor: number;
  /** Titles and references, for formats that show them; without them the ids. */
  checks?: readonly CheckDefinition[];
  /** Default: agencies. */
  csvRows?: CsvRows;
}

const suffixes: Readonly<Record<string, Exclude<Format, 'table'>>> = {
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  csv: 'csv',
  html: 'html',
  htm: 'html',
  md: 'md',
  xml: 'xml',
  sarif: 'sarif',
  svg: 'svg',
  prom: 'prom',
};

/** Format of a file by its suffix, or null. */
export function formatOfFile(path: string): Exclude<Format, 'table'> | null {
  const name = path.toLowerCase();
  const suffix = name.slice(name.lastIndexOf('.') + 1);
  return name.includes('.') && Object.hasOwn(suffixes, suffix) ? (suffixes[suffix] ?? null) : null;
}

/** A report in one of the formats, in chunks. Each loads its packages only when used. */
export async function* render(report: Report, format: Format, style: TableStyle): AsyncGenerator<string> {
  if (format === 'json') yield* renderJson(report);
  else if (format === 'ndjson') yield* renderNdjson(report);
  else yield renderWhole(report, format, style);
}

async function renderWhole(report: Report, format: Exclude<Format, 'json' | 'ndjson'>, style: TableStyle): Promise<string> {
  const { language, checks = [] } = style;
  switch (format) {
    case 'table':
      return (await import('./table.ts')).renderTable(report, style);
    case 'csv':
      return (await import('./csv.ts')).renderCsv(report, { language, rows: style.csvRows ?? 'agencies' });
    case 'html':
      return (await import('./html/html.ts')).renderHtml(report, { lang: language, checks });
    case 'md':
      return (await import('./markdown.ts')).renderMarkdown(report, style);
    case 'xml':
      return (await import('./junit.ts')).renderJunit(report, { language });
    case 'sarif':
      return (await import('./sarif.ts')).renderSarif(report, { language, checks });
    case 'svg':
      return (await import('./badge.ts')).renderBadge(report, { language });
    case 'prom':
      return (await import('./prometheus.ts')).renderPrometheus(report);
  }
}
