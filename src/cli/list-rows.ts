import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type Line, ListError, readLines } from './bounded-lines.ts';

/** A row as written: fields by name, or why it is none. Values are strings, or for `hosts` a list. */
export type Row =
  | { line: number; fields: ReadonlyMap<string, unknown> }
  | { line: number; problem: 'not-json' | 'column-count'; shown: string };

export type ListFormat = 'text' | 'csv' | 'ndjson';

const suffixes: readonly [string, ListFormat][] = [
  ['.csv', 'csv'],
  ['.ndjson', 'ndjson'],
  ['.jsonl', 'ndjson'],
  ['.txt', 'text'],
  ['.list', 'text'],
];

/** Rows of a list, streamed. The format comes from the file's suffix, else from its first line that says something. Throws `ListError`. */
export async function* readRows(bytes: AsyncIterable<Uint8Array>, input: { name: string; maxLineBytes: number }): AsyncGenerator<Row> {
  const lower = input.name.toLowerCase();
  if (/\.(xlsx|xlsm|xls|ods)$/.test(lower)) throw new ListError(0, 'spreadsheet');
  const lines = readLines(bytes, input.maxLineBytes);
  const known = suffixes.find(([suffix]) => lower.endsWith(suffix))?.[1];
  if (known !== undefined) {
    yield* rowsOf(lines, known, input.maxLineBytes);
    return;
  }
  const { format, all } = await peek(lines);
  yield* rowsOf(all, format, input.maxLineBytes);
}

function rowsOf(lines: AsyncIterable<Line>, format: ListFormat, maxLineBytes: number): AsyncGenerator<Row> {
  if (format === 'csv') return csvRows(lines, maxLineBytes);
  return format === 'ndjson' ? jsonRows(lines) : textRows(lines);
}

const isComment = (text: string): boolean => text.trim() === '' || text.trimStart().startsWith('#');

async function peek(lines: AsyncGenerator<Line>): Promise<{ format: ListFormat; all: AsyncGenerator<Line> }> {
  const blank: number[] = [];
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const { value } = next;
    if (isComment(value.text)) {
      blank.push(value.number);
      continue;
    }
    return { format: formatOf(value.text), all: afterwards(value, lines) };
  }
  return { format: 'text', all: lines };
}

/** Lines before it said nothing. */
async function* afterwards(first: Line, rest: AsyncGenerator<Line>): AsyncGenerator<Line> {
  yield first;
  yield* rest;
}

function formatOf(line: string): ListFormat {
  if (line.trimStart().startsWith('{')) return 'ndjson';
  const cells = line.split(',').map((cell) => cell.trim().replaceAll('"', '').toLowerCase());
  return cells.includes('domain') ? 'csv' : 'text';
}

async function* textRows(lines: AsyncIterable<Line>): AsyncGenerator<Row> {
  for await (const { number, text } of lines) {
    const hash = text.indexOf('#');
    // A comment may follow a name after a blank; a # inside a name is the name's own trouble.
    const content = hash === 0 || (hash > 0 && /\s/.test(text[hash - 1] ?? '')) ? text.slice(0, hash) : text;
    if (content.trim() !== '') yield { line: number, fields: new Map([['domain', content.trim()]]) };
  }
}

async function* jsonRows(lines: AsyncIterable<Line>): AsyncGenerator<Row> {
  for await (const { number, text } of lines) {
    if (text.trim() === '') continue;
    const value = parseObject(text);
    yield value === null
      ? { line: number, problem: 'not-json', shown: text.slice(0, 80) }
      : { line: number, fields: new Map(Object.entries(value)) };
  }
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

const columnName = /^[a-z0-9][a-z0-9_.-]{0,63}$/;

async function* csvRows(lines: AsyncIterable<Line>, maxRecordBytes: number): AsyncGenerator<Row> {
  // Lines come numbered, so that rows do too although blank lines and quoted line feeds are the parser's business.
  let before = 0;
  const texts = async function* (): AsyncGenerator<string> {
    for await (const { number, text } of lines) {
      // Lines that were peeked over are given back as blank ones, so that the parser counts like an editor.
      yield `${'\n'.repeat(number - before - 1)}${text}\n`;
      before = number;
    }
  };
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: maxRecordBytes,
  });
  pipeline(Readable.from(texts()), parser, () => undefined);
  let header: string[] | null = null;
  let end = 0;
  try {
    for await (const entry of parser) {
      const { record, info } = entry as { record: string[]; info: { lines: number } };
      end = info.lines;
      if (header === null) {
        header = headerOf(record, info.lines);
        continue;
      }
      yield csvRow(record, { header, line: info.lines });
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new ListError(csvLine(error, end), error.code === 'CSV_MAX_RECORD_SIZE' ? 'line-too-long' : 'csv-syntax');
    throw error;
  }
}

function csvLine(error: CsvError, end: number): number {
  return typeof error.lines === 'number' ? error.lines : end + 1;
}

function headerOf(record: readonly string[], line: number): string[] {
  const header = record.map((name) => name.toLowerCase());
  while (header.at(-1) === '') header.pop();
  if (!header.includes('domain')) throw new ListError(line, 'no-domain-column');
  const bad = header.find((name, index) => !columnName.test(name) || header.indexOf(name) !== index);
  if (bad !== undefined) throw new ListError(line, 'bad-column', bad);
  return header;
}

function csvRow(record: readonly string[], { header, line }: { header: readonly string[]; line: number }): Row {
  if (record.slice(header.length).some((cell) => cell !== ''))
    return { line, problem: 'column-count', shown: record.join(',').slice(0, 80) };
  return { line, fields: new Map(header.map((name, index) => [name, record[index] ?? ''])) };
}
