import { CliError } from './cli-error.ts';
import { closest } from './closest.ts';
import { type Given, OptionError, type OptionValue } from './option-sources.ts';
import { environmentName, environmentNames, type OptionName, optionTable } from './option-table.ts';
import { separated } from './option-values.ts';

const prefix = 'IPV6GOV_';
const optionOf: ReadonlyMap<string, OptionName> = new Map(environmentNames.map((name) => [environmentName(name), name]));
const switches: ReadonlyMap<string, boolean> = new Map([
  ...['1', 'true', 'yes', 'on'].map((word): [string, boolean] => [word, true]),
  ...['0', 'false', 'no', 'off'].map((word): [string, boolean] => [word, false]),
]);

/**
 * What `IPV6GOV_*` say; an empty variable says nothing. Several values are separated by commas. Throws `CliError` for a variable of that
 * prefix that no option has: a mistyped gate must not pass in silence.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Map<OptionName, Given> {
  const found = new Map<OptionName, Given>();
  for (const [name, text = ''] of Object.entries(env)) {
    if (!name.startsWith(prefix) || text === '') continue;
    const option = optionOf.get(name);
    if (option === undefined) throw unknownVariable(name);
    found.set(option, { value: readVariable(option, text, name), source: { kind: 'env', name } });
  }
  return found;
}

function readVariable(option: OptionName, text: string, name: string): OptionValue {
  const { argument, repeatable } = optionTable[option];
  if (argument !== undefined) return repeatable === undefined ? text : separated([text]);
  const value = switches.get(text.toLowerCase());
  if (value === undefined) throw new OptionError(option, text, ({ cli }) => cli.errors.expected.switch, { kind: 'env', name });
  return value;
}

function unknownVariable(name: string): CliError {
  const near = closest(name, [...optionOf.keys()]);
  return new CliError({ code: 'unknown-variable', say: ({ cli }) => cli.errors.unknownVariable(name, near) });
}
