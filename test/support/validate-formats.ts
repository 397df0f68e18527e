import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { reportJsonSchema } from '../../src/model/report-schema.ts';
import { readHtml } from './html-document.ts';
import { readMetrics } from './metrics-reader.ts';
import type { FormatName } from './render-formats.ts';
import { sarifFaults } from './sarif-schema.ts';
import { readXml } from './xml-reader.ts';

/** A test of values by a JSON Schema (draft 2020-12). */
export function bySchema(schema: AnySchema): (value: unknown) => void {
  const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, validateFormats: false }).compile(schema);
  return (value) => {
    validate(value);
    expect(validate.errors ?? []).toEqual([]);
  };
}

const isReport = bySchema(reportJsonSchema());

/** Rows of a CSV text, all with as many cells. */
export function isRows(text: string, end: '\n' | '\r\n'): string[][] {
  const rows: string[][] = parse(text, { bom: true, record_delimiter: end });
  expect(text.endsWith(end)).toBe(true);
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  return rows;
}

/** RFC 4180, with a mark at the start. */
function isCsv(text: string): void {
  expect(text.startsWith('\ufeff')).toBe(true);
  isRows(text, '\r\n');
}

export function isText(text: string): void {
  expect(text).toMatch(/[^\n]\n$/);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
}

function isNdjson(text: string): void {
  const [head, ...agencies] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  isReport({ ...head, agencies });
}

/** What another program says of each format: each throws where the text is not what the format demands. */
export const validators: Record<FormatName, (text: string) => void> = {
  'table/page': isText,
  'json/report': (text) => isReport(JSON.parse(text)),
  'ndjson/report': isNdjson,
  'csv/agencies': isCsv,
  'csv/findings': isCsv,
  'markdown/page': isText,
  'junit/suites': readXml,
  'sarif/log': (text) => expect(sarifFaults(JSON.parse(text))).toEqual([]),
  'badge/badge': readXml,
  'prometheus/metrics': readMetrics,
};

/** A page: elements that close, one document, nothing that a browser would have to mend. */
export function isHtml(html: string): void {
  const { children } = readHtml(html);
  expect(children.map((child) => (typeof child === 'string' ? child.trim() : child.name)).filter((name) => name !== '')).toEqual([
    '#doctype',
    'html',
  ]);
}
