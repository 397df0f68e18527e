import { CommanderError } from 'commander';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { ErrorTexts } from '../i18n/error-texts.ts';
import { CliError } from './cli-error.ts';
import type { CommandName } from './command-table.ts';
import type { OptionValue } from './option-sources.ts';
import type { OptionName } from './option-table.ts';
import { buildProgram } from './program.ts';

/** What the command line says, its values unread; or help. */
export type CommandLine =
  | { help: string }
  | { help: null; command: CommandName; operands: readonly string[]; flags: ReadonlyMap<OptionName, OptionValue> };

/** Reads the command line; touches nothing else. Throws `CliError` with exit code 2. */
export function parseCommandLine(argv: readonly string[], catalogue: Catalogue): CommandLine {
  let help = '';
  const found: CommandLine[] = [];
  const program = buildProgram(catalogue, {
    write: (text) => {
      help += text;
    },
    onCommand: (command, operands, flags) => void found.push({ help: null, command, operands, flags }),
  });
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.help') return { help };
    throw usageError(error);
  }
  return found[0] ?? { help: program.helpInformation() };
}

const usageCodes: Readonly<Record<string, keyof ErrorTexts['usage']>> = {
  'commander.unknownOption': 'unknown-option',
  'commander.unknownCommand': 'unknown-command',
  'commander.missingArgument': 'missing-argument',
  'commander.optionMissingArgument': 'missing-value',
  'commander.excessArguments': 'too-many-arguments',
};

/** commander's own words are English; the offending word is between quotes. */
function usageError(error: CommanderError): CliError {
  const [, token = ''] = error.message.split("'");
  const meant = /\(Did you mean (?:one of )?([^)?]{1,200})\?\)/.exec(error.message)?.[1] ?? null;
  return new CliError({
    code: 'usage',
    say: ({ cli }) => ({
      what: cli.errors.usage[usageCodes[error.code] ?? 'other'](token),
      next: meant === null ? cli.errors.seeHelp : `${cli.errors.didYouMean(meant)} ${cli.errors.seeHelp}`,
    }),
  });
}
