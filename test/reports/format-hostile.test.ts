import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/catalogue.ts';
import { hostileReport, hostileStrings } from '../support/format-reports.ts';
import { readMetrics } from '../support/metrics-reader.ts';
import { type FormatName, formatNames, renderers } from '../support/render-formats.ts';
import { readXml } from '../support/xml-reader.ts';

const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const table = (csv: string): string[][] => parse(csv, { bom: true, relax_column_count: true });

/** Comments that cut references go, then names in code style, then entities: what stays and is active was written by the renderer. */
function markdownSkeleton(text: string): string[] {
  return text.split('\n').map((line) =>
    line
      .replaceAll('<!-- -->', '')
      .replace(/`[A-Za-z0-9._-]+`/g, '')
      .replace(/&#[0-9]+;/g, '')
      .replace(/[^|<>`*_[\]\\~#@!$^&]/g, ''),
  );
}

const shape = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shape);
  return typeof value === 'object' && value !== null ? Object.entries(value).map(([key, inner]) => [key, shape(inner)]) : typeof value;
};

const xmlShape = (text: string): unknown => readXml(text).map(({ tag, attributes }) => [tag, Object.keys(attributes)]);

/** What a program that reads the format sees, without any of the texts. */
const structure: Record<FormatName, (text: string) => unknown> = {
  'table/page': (text) => text.split('\n').length > 1,
  'json/report': (text) => shape(JSON.parse(text)),
  'ndjson/report': (text) => text.split('\n').map((line) => (line === '' ? '' : shape(JSON.parse(line)))),
  'csv/agencies': (text) => table(text).map((row) => row.length),
  'csv/findings': (text) => table(text).map((row) => row.length),
  'markdown/page': markdownSkeleton,
  'junit/suites': xmlShape,
  'badge/badge': xmlShape,
  'sarif/log': (text) => shape(JSON.parse(text)),
  'prometheus/metrics': (text) => readMetrics(text).map(({ name, labels }) => [name, Object.keys(labels)]),
};

const anyText = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...hostileStrings) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 3,
    arbitrary: fc.string({
      unit: fc.constantFrom(...'<>&"\'`|[](){}*_~#@!$:/\\=+-.,; \n\r\t\u0000\u001b\u202e\ufffe＝a1', 'www.', '::', '##['),
      maxLength: 40,
    }),
  },
);

/** A harmless run: the text takes part in no rule of any format. An empty string stays empty, for an empty text leaves lines out. */
const harmless = (text: string): string => (text === '' ? '' : 'harm less');

describe.each(languages)('in %s, no text from outside', (language) => {
  test.each(formatNames)('S1-S5 changes the structure of %s', (name) => {
    const render = renderers[name];
    const expected = new Map(['', 'x'].map((text) => [harmless(text), structure[name](render(hostileReport(harmless(text)), language))]));
    fc.assert(
      fc.property(anyText, (text) => {
        expect(structure[name](render(hostileReport(text), language))).toEqual(expected.get(harmless(text)));
      }),
      { numRuns: 60, examples: hostileStrings.map((text): [string] => [text]) },
    );
  });

  test.each(formatNames)('S1 leaves a control or format character in %s', (name) => {
    for (const text of hostileStrings) {
      const lineEnds = name.startsWith('csv') ? /^\ufeff|\r\n/g : /\n/g;
      expect(renderers[name](hostileReport(text), language).replace(lineEnds, '')).not.toMatch(unsafe);
    }
  });

  test.each(formatNames)('S4 begins a line of %s with a workflow command', (name) => {
    for (const text of hostileStrings) expect(renderers[name](hostileReport(text), language)).not.toMatch(/^[\s\ufeff]*::/m);
  });

  test.each(['csv/agencies', 'csv/findings'] as const)('S3 becomes a formula in %s', (name) => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const row of table(renderers[name](hostileReport(text), language))) {
          for (const cell of row) expect(cell).not.toMatch(/^[\p{Z}\s\ufeff]*[=+\-@|\t\r\n＝＋－＠｜]/u);
        }
      }),
      { numRuns: 40, examples: hostileStrings.map((text): [string] => [text]) },
    );
  });

  test('S4 becomes a link, a mention, a reference, a picture or a command in Markdown', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const seen = renderers['markdown/page'](hostileReport(text), language)
          .replace(/`[A-Za-z0-9._-]+`/g, '')
          .replace(/&#([0-9]+);/g, (_, code: string) => String.fromCharCode(Number(code)));
        expect(seen).not.toMatch(/@[^<]|#[\w[]|:\/\/|www\.|gh-\d|:(?!\d{1,2}:)[\w+-]{1,40}:|[!$~^&]\w|##\[/i);
      }),
      { numRuns: 60, examples: hostileStrings.map((text): [string] => [text]) },
    );
  });

  test('S2 leads the badge or the log anywhere', () => {
    for (const text of hostileStrings) {
      expect(renderers['badge/badge'](hostileReport(text), language)).not.toMatch(/href|<script|<image|<foreignObject/i);
      const log = JSON.stringify(JSON.parse(renderers['sarif/log'](hostileReport(text), language)).runs);
      for (const [, message = ''] of log.matchAll(/"message":\{"text":"((?:[^"\\]|\\.)*)"/g))
        expect(message).not.toMatch(/\]\(|(?<!\{)(?:\{\{)*\{(?!\{)/);
      for (const [, uri = ''] of log.matchAll(/"uri":"([^"]*)"/g)) expect(uri).toMatch(/^(?!\/\/)[A-Za-z0-9._~!*'()%/-]+$/);
    }
  });
});
