import type { TableConstructorOptions } from 'cli-table3';

const frame = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};

/** A table without lines and without colours of its own: columns only, so that output can be copied and searched. */
export function plainTable(head: string[]): TableConstructorOptions {
  return { head, chars: frame, style: { head: [], border: [], 'padding-left': 1, 'padding-right': 1 } };
}

/** A table as lines, without the blanks at their ends. */
export function tableLines(table: { toString(): string }): string[] {
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}
