import { isIP } from 'node:net';
import type { ErrorTexts } from '../i18n/error-texts.ts';
import type { Settings } from '../model/settings.ts';
import { readName } from './agency-name.ts';
import type { FailOn } from './exit-codes.ts';
import { OptionError } from './option-sources.ts';
import type { OptionName } from './option-table.ts';

/** A value that cannot be used: exit code 2. */
export function badValue(option: OptionName, value: string, expected: keyof ErrorTexts['expected']): OptionError {
  return new OptionError(option, value, ({ cli }) => cli.errors.expected[expected]);
}

/** One of a closed list. */
export function choice<const Value extends string>(option: OptionName, value: string, values: readonly Value[]): Value {
  const found = values.find((known) => known === value);
  if (found === undefined) throw new OptionError(option, value, ({ cli }) => `${cli.errors.expected.choice} (${values.join(', ')})`);
  return found;
}

/** `fail`, `warn`, `never`, `regression`, `score<80`. */
export function failOn(value: string): FailOn {
  if (value === 'never' || value === 'regression') return { kind: value };
  if (value === 'fail' || value === 'warn') return { kind: 'status', worst: value };
  const number = value.startsWith('score<') ? value.slice('score<'.length) : '';
  const below = Number(number);
  if (!/^[0-9]{1,3}(\.[0-9]{1,3})?$/.test(number) || below > 100) throw badValue('fail-on', value, 'fail-on');
  return { kind: 'score', below };
}

const hourMs = 3_600_000;
const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: hourMs };

/** `90s`, `4m`, `1500ms`, `1h`; a bare number is seconds. Milliseconds, between 1 s and 1 h. */
export function duration(option: OptionName, value: string, mostMs = hourMs): number {
  const match = /^([0-9]{1,7})(ms|s|m|h)?$/.exec(value);
  const ms = match === null ? Number.NaN : Number(match[1]) * (unitsMs[match[2] ?? 's'] ?? Number.NaN);
  if (!(ms >= 1_000 && ms <= mostMs)) throw badValue(option, value, mostMs > hourMs ? 'long-duration' : 'duration');
  return ms;
}

/** Whole number of decimal digits within the bounds. */
export function wholeNumber(option: OptionName, value: string, [least, most]: readonly [number, number]): number {
  const number = Number(value);
  if (!/^[0-9]{1,6}$/.test(value) || number < least || number > most) throw badValue(option, value, 'number');
  return number;
}

/** A literal address without zone. */
export function address(option: OptionName, value: string): string {
  if (isIP(value) === 0 || value.includes('%')) throw badValue(option, value, 'address');
  return value.toLowerCase();
}

/** A host name as A-labels. */
export function host(option: OptionName, value: string, limits: Settings['input']): string {
  const result = readName(value, limits);
  if ('problem' in result) throw badValue(option, value, 'host');
  return result.name;
}

/** A suffix of names, `gov.vn` or `vn`, with or without a dot before it. A-labels. */
export function suffix(option: OptionName, value: string, limits: Settings['input']): string {
  const bare = value.startsWith('.') ? value.slice(1) : value;
  // A single label is no name but a good suffix: it is read below a label that is surely good.
  const result = readName(`x.${bare}`, limits);
  if ('problem' in result) throw badValue(option, value, 'suffix');
  return result.name.slice(2);
}

/** Goes into a header: printable ASCII only. */
export function contactUrl(value: string): string {
  const isUrl = /^(https?:\/\/|mailto:)[\x21-\x7e]{1,200}$/.test(value) && URL.canParse(value);
  if (!isUrl || /[()<>\\"]/.test(value)) throw badValue('contact', value, 'url');
  return value;
}

/** Name of a vantage, shown in reports and used in file names. */
export function shortName(option: OptionName, value: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(value)) throw badValue(option, value, 'name');
  return value;
}

/** Values of a repeatable option that may hold several, separated by commas. */
export function separated(values: readonly string[]): string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}
