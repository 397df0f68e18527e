import { TextDecoder } from 'node:util';
import type { ListProblem } from '../i18n/error-texts.ts';

/** A list that cannot be read any further. `line` counts from 1; 0: the file as a whole. */
export class ListError extends Error {
  readonly line: number;
  readonly problem: ListProblem;
  readonly detail: string;

  constructor(line: number, problem: ListProblem, detail = '') {
    super(`line ${line}: ${problem}`);
    this.name = 'ListError';
    this.line = line;
    this.problem = problem;
    this.detail = detail;
  }
}

export interface Line {
  number: number;
  text: string;
}

const lineFeed = 0x0a;

/**
 * Lines of a UTF-8 text, without their ends and without a byte order mark, at most one in memory. Refuses what is no such text (faults
 * P14): UTF-16, NUL, broken UTF-8, spreadsheets (ZIP and OLE files), and a line over `maxLineBytes`, by then read no further.
 */
export async function* readLines(bytes: AsyncIterable<Uint8Array>, maxLineBytes: number): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let parts: Uint8Array[] = [];
  let held = 0;
  let number = 0;
  const finish = (last: Uint8Array): Line => {
    number += 1;
    const line = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    parts = [];
    held = 0;
    return { number, text: decode(decoder, line, number) };
  };
  let isFirst = true;
  for await (const chunk of bytes) {
    if (isFirst) refuseOtherFiles(chunk);
    isFirst = false;
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      if (held + end - start > maxLineBytes) throw new ListError(number + 1, 'line-too-long');
      yield finish(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start === chunk.length) continue;
    held += chunk.length - start;
    if (held > maxLineBytes) throw new ListError(number + 1, 'line-too-long');
    parts.push(chunk.slice(start));
  }
  if (held > 0) yield finish(new Uint8Array());
}

function decode(decoder: TextDecoder, line: Uint8Array, number: number): string {
  if (line.includes(0)) throw new ListError(number, 'nul');
  let text: string;
  try {
    text = decoder.decode(line);
  } catch {
    throw new ListError(number, 'not-utf-8');
  }
  if (number === 1) text = text.replace(/^\uFEFF/, '');
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

function refuseOtherFiles(chunk: Uint8Array): void {
  const [first, second, third, fourth] = chunk;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) throw new ListError(0, 'utf-16');
  const isZip = first === 0x50 && second === 0x4b && third === 0x03 && fourth === 0x04;
  const isOle = first === 0xd0 && second === 0xcf && third === 0x11 && fourth === 0xe0;
  if (isZip || isOle) throw new ListError(0, 'spreadsheet');
}
