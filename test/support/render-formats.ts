import type { Language } from '../../src/i18n/catalogue.ts';
import type { Report } from '../../src/model/report.ts';
import { renderBadge } from '../../src/reports/badge.ts';
import { renderCsv } from '../../src/reports/csv.ts';
import { renderJson } from '../../src/reports/json.ts';
import { renderJunit } from '../../src/reports/junit.ts';
import { renderMarkdown } from '../../src/reports/markdown.ts';
import { renderNdjson } from '../../src/reports/ndjson.ts';
import { renderPrometheus } from '../../src/reports/prometheus.ts';
import { renderSarif } from '../../src/reports/sarif.ts';
import { renderTable } from '../../src/reports/table.ts';
import { plainStyle } from './table-style.ts';

/** Every format for programs and CI pages by the name of its golden file. */
export const renderers = {
  'table/page': (report: Report, language: Language) => renderTable(report, { ...plainStyle, language, width: 120 }),
  'json/report': (report: Report) => [...renderJson(report)].join(''),
  'ndjson/report': (report: Report) => [...renderNdjson(report)].join(''),
  'csv/agencies': (report: Report, language: Language) => renderCsv(report, { language, rows: 'agencies' }),
  'csv/findings': (report: Report, language: Language) => renderCsv(report, { language, rows: 'findings' }),
  'markdown/page': (report: Report, language: Language) => renderMarkdown(report, { language, troubles: [], coverageFloor: 0.8 }),
  'junit/suites': (report: Report, language: Language) => renderJunit(report, { language }),
  'sarif/log': (report: Report, language: Language) => renderSarif(report, { language }),
  'badge/badge': (report: Report, language: Language) => renderBadge(report, { language }),
  'prometheus/metrics': (report: Report) => renderPrometheus(report),
};
export type FormatName = keyof typeof renderers;
export const formatNames = Object.keys(renderers) as FormatName[];

/** Formats that hold both languages, or no sentence: they are the same in each. */
export const languageFree: readonly FormatName[] = ['json/report', 'ndjson/report', 'prometheus/metrics'];

export const suffixes: Record<FormatName, string> = {
  'table/page': 'txt',
  'json/report': 'json',
  'ndjson/report': 'ndjson',
  'csv/agencies': 'csv',
  'csv/findings': 'csv',
  'markdown/page': 'md',
  'junit/suites': 'xml',
  'sarif/log': 'sarif',
  'badge/badge': 'svg',
  'prometheus/metrics': 'prom',
};
