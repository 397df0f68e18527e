import { CliError } from './cli-error.ts';
import { type CommandName, optionsOf } from './command-table.ts';
import { readConfig } from './config-file.ts';
import { readEnvironment } from './environment.ts';
import type { Given, OptionValue, Source } from './option-sources.ts';
import { exclusive, type OptionName, optionTable } from './option-table.ts';

/** What holds for one option; null: nothing was said and there is no default. */
export interface Effective {
  value: OptionValue | null;
  source: Source;
}

export type EffectiveOptions = ReadonlyMap<OptionName, Effective>;

export interface Givens {
  flags: ReadonlyMap<OptionName, OptionValue>;
  env: ReadonlyMap<OptionName, Given>;
  file: ReadonlyMap<OptionName, Given>;
}

/** Reads the environment and the configuration file. Throws `CliError` (exit code 2). */
export async function settleOptions(
  { command, flags }: { command: CommandName; flags: Givens['flags'] },
  env: Readonly<Record<string, string | undefined>>,
): Promise<EffectiveOptions> {
  const fromEnv = readEnvironment(env);
  const asked = flags.get('config') ?? fromEnv.get('config')?.value;
  const file = await readConfig(typeof asked === 'string' ? asked : null);
  return effectiveOptions(command, { flags, env: fromEnv, file });
}

/** For each option of the command the strongest source: flag, environment, file, default. A list replaces a weaker one as a whole. */
export function effectiveOptions(command: CommandName, givens: Givens): EffectiveOptions {
  const found = new Map(optionsOf(command).map((name): [OptionName, Effective] => [name, strongest(name, givens)]));
  for (const [one, other] of exclusive) keepStronger(found, one, other);
  return found;
}

function strongest(name: OptionName, { flags, env, file }: Givens): Effective {
  const flag = flags.get(name);
  if (flag !== undefined) return { value: flag, source: { kind: 'flag' } };
  return env.get(name) ?? file.get(name) ?? nothing(name);
}

function nothing(name: OptionName): Effective {
  const row = optionTable[name];
  const value = row.argument === undefined ? false : row.repeatable === undefined ? (row.default ?? null) : [];
  return { value, source: { kind: 'default' } };
}

const strength: readonly Source['kind'][] = ['default', 'file', 'env', 'flag'];

/** A resolver on the command line means that the root hints of the file do not hold now. Throws when both come from one place. */
function keepStronger(found: Map<OptionName, Effective>, one: OptionName, other: OptionName): void {
  const [first, second] = [found.get(one), found.get(other)];
  if (first === undefined || second === undefined) return;
  const [a, b] = [strength.indexOf(first.source.kind), strength.indexOf(second.source.kind)];
  if (a === 0 || b === 0) return;
  if (a === b) throw new CliError({ code: 'usage', say: ({ cli }) => cli.errors.conflict(one, other) });
  const weaker = a < b ? one : other;
  found.set(weaker, nothing(weaker));
}
