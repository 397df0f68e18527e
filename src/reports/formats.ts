import type { Language } from '../i18n/catalogue.ts';
import type { Report } from '../model/report.ts';
import { renderJson } from './json.ts';
import { renderNdjson } from './ndjson.ts';
import type { OwnTroubles } from './own-trouble.ts';
import type { ShowLevel } from './show-level.ts';

export const formats = ['table', 'json', 'ndjson'] as const;
export type Format = (typeof formats)[number];

/** How a report for people looks. The machine formats know none of it. */
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
}

/** Format of a file by its suffix, or null. */
export function formatOfFile(path: string): 'json' | 'ndjson' | null {
  const name = path.toLowerCase();
  if (name.endsWith('.ndjson') || name.endsWith('.jsonl')) return 'ndjson';
  return name.endsWith('.json') ? 'json' : null;
}

/** A report in one of the formats, in chunks. The table loads its packages only when used. */
export async function* render(report: Report, format: Format, style: TableStyle): AsyncGenerator<string> {
  if (format === 'json') yield* renderJson(report);
  else if (format === 'ndjson') yield* renderNdjson(report);
  else yield (await import('./table.ts')).renderTable(report, style);
}
