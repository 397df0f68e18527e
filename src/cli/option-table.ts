import { fleetRows } from './option-rows/fleet.ts';
import { generalRows } from './option-rows/general.ts';
import { inputRows } from './option-rows/input.ts';
import { measuringRows } from './option-rows/measuring.ts';
import { reportRows } from './option-rows/report.ts';
import type { OptionRow } from './option-rows/row.ts';
import { runRows } from './option-rows/runs.ts';

/** In the order of the tables of options. */
const rows = { ...inputRows, ...reportRows, ...measuringRows, ...fleetRows, ...runRows, ...generalRows };

export type OptionName = keyof typeof rows;
export const optionTable: Readonly<Record<OptionName, OptionRow>> = rows;
export const optionNames = Object.keys(rows) as OptionName[];

/** Long name without dashes. */
export const longOf = (name: OptionName): string => optionTable[name].long ?? name;

/** Options that may stand in the configuration file; the key is the long name. */
export const configNames: readonly OptionName[] = optionNames.filter((name) => optionTable[name].only === undefined);

/** Options that an environment variable may set. */
export const environmentNames: readonly OptionName[] = optionNames.filter((name) => optionTable[name].only !== 'flag');

/** `IPV6GOV_FAIL_ON`. */
export const environmentName = (name: OptionName): string => `IPV6GOV_${name.toUpperCase().replaceAll('-', '_')}`;

/** Options of which only one can hold; the one from the stronger source wins, of the same source neither. */
export const exclusive: readonly (readonly [OptionName, OptionName])[] = [
  ['resolver', 'root-hints'],
  ['resume', 'engine'],
  ['detach', 'attach'],
];
