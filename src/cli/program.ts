import { Command, Option } from 'commander';
import type { Catalogue } from '../i18n/catalogue.ts';
import { type CommandName, commandNames, commandTable, globalOptions } from './command-table.ts';
import type { OptionValue } from './option-sources.ts';
import { type OptionName, optionTable } from './option-table.ts';
import { optionFlags, optionHelp } from './option-text.ts';

const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

export type Parsed = (command: CommandName, operands: readonly string[], flags: ReadonlyMap<OptionName, OptionValue>) => void;

/**
 * The commander program of the tables. It only parses: `onCommand` gets what was asked. Prints and exits nothing by itself
 * (`exitOverride`); help goes to `write`.
 */
export function buildProgram(catalogue: Catalogue, output: { write: (text: string) => void; onCommand: Parsed }): Command {
  const { cli, language } = catalogue;
  const setUp = (command: Command): Command =>
    command
      .exitOverride()
      .configureOutput({ writeOut: output.write, writeErr: () => undefined })
      .helpOption(optionFlags('help'), optionHelp('help', catalogue))
      .configureHelp({ showGlobalOptions: true, styleTitle: (title) => headingOf(title, cli.headings) });
  const program = setUp(new Command('ipv6gov')).usage(cli.usage).description(cli.about).helpCommand(false);
  for (const name of globalOptions) program.addOption(optionOf(name, catalogue));
  for (const name of commandNames) {
    const row = commandTable[name];
    const command = setUp(program.command(name, { isDefault: name === 'audit' }).description(row.help[language]));
    for (const { shape, help } of row.operands) command.argument(shape, help[language]);
    for (const each of row.options) command.addOption(optionOf(each, catalogue).helpGroup(cli.sections[optionTable[each].section]));
    command.addHelpText('after', examplesText(row.examples, catalogue));
    const known: readonly OptionName[] = [...row.options, ...globalOptions];
    command.action(() => output.onCommand(name, command.args, flagsOf(command, known)));
  }
  const examples = commandNames.flatMap((name) => commandTable[name].examples.slice(0, 1));
  return program.addHelpText('after', examplesText(examples, catalogue));
}

function optionOf(name: OptionName, catalogue: Catalogue): Option {
  const made = new Option(optionFlags(name), optionHelp(name, catalogue));
  if (optionTable[name].repeatable !== undefined) made.argParser(collect);
  return made;
}

/** Only what was written on the command line; `--no-color` is a switch of its own. */
function flagsOf(command: Command, known: readonly OptionName[]): Map<OptionName, OptionValue> {
  const flags = new Map<OptionName, OptionValue>();
  const values: Readonly<Record<string, unknown>> = command.optsWithGlobals();
  for (const name of known) {
    const option = new Option(optionFlags(name));
    const attribute = option.attributeName();
    const value = values[attribute];
    if (command.getOptionValueSourceWithGlobals(attribute) !== 'cli') continue;
    if (option.negate) flags.set(name, value === false);
    else if (typeof value === 'string' || typeof value === 'boolean') flags.set(name, value);
    else if (Array.isArray(value))
      flags.set(
        name,
        value.filter((each): each is string => typeof each === 'string'),
      );
  }
  return flags;
}

function examplesText(examples: (typeof commandTable)[CommandName]['examples'], { language, cli }: Catalogue): string {
  return `\n${cli.headings.examples}\n${examples.map(({ line, does }) => `  ${line}\n      ${does[language]}`).join('\n')}`;
}

function headingOf(title: string, headings: Catalogue['cli']['headings']): string {
  const known: Record<string, string> = {
    'Usage:': headings.usage,
    'Arguments:': headings.arguments,
    'Options:': headings.options,
    'Global Options:': headings.globalOptions,
    'Commands:': headings.commands,
  };
  return known[title] ?? title;
}
