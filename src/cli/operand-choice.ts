import { CliError } from './cli-error.ts';
import { closest } from './closest.ts';

/** An operand of a command out of a closed list. Throws `CliError` (exit code 2). */
export function operandChoice<const Value extends string>(command: string, value: string, values: readonly Value[]): Value {
  const found = values.find((known) => known === value);
  if (found !== undefined) return found;
  const near = closest(value, values);
  throw new CliError({
    code: 'usage',
    say: ({ cli }) => ({
      what: `${cli.errors.badValue({ place: command, value, expected: `${cli.errors.expected.choice} (${values.join(', ')})` }).what}`,
      next: near === null ? cli.errors.seeHelp : `${cli.errors.didYouMean(near)} ${cli.errors.seeHelp}`,
    }),
  });
}
