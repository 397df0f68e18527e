import { betweenWords } from '../i18n/between-words.ts';
import type { Language } from '../i18n/catalogue.ts';
import { catalogueOf } from '../i18n/language.ts';
import type { RunListing } from '../model/run-listing.ts';
import { alignColumns } from './columns.ts';
import { visible, withoutCommand } from './escape.ts';

/** Runs for people, one a line, ending in a line feed. */
export function renderRuns(listings: readonly RunListing[], language: Language): string {
  const words = betweenWords(language);
  const { columns, states } = words.runs;
  const rows = listings.map((listing) => [
    visible(listing.id),
    listing.startedAt === null ? '-' : visible(listing.startedAt.slice(0, 16).replace('T', ' ')),
    listing.agencies === null ? '-' : String(listing.agencies),
    listing.conforming === null ? '-' : `${listing.conforming}/${listing.counted ?? 0}`,
    sizeText(listing.bytes, language),
    listing.problem === null ? states[listing.state] : visible(words.problems[listing.problem](listing.id, listing.detail).what),
  ]);
  const head = [columns.id, columns.date, columns.agencies, columns.conforming, columns.size, columns.state];
  return `${alignColumns([head, ...rows], new Set([2, 3, 4]))
    .map(withoutCommand)
    .join('\n')}\n`;
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `12.3 MiB`, with the decimal point of the language. */
export function sizeText(bytes: number, language: Language): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const number = unit === 0 ? String(value) : value.toFixed(1);
  return `${number.replace('.', catalogueOf(language).words.decimalPoint)} ${units[unit] ?? ''}`;
}
