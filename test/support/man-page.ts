import { commandNames, commandTable, globalOptions } from '../../src/cli/command-table.ts';
import { configName } from '../../src/cli/config-file.ts';
import { environmentName, environmentNames, longOf, type OptionName, optionTable } from '../../src/cli/option-table.ts';
import { optionHelp } from '../../src/cli/option-text.ts';
import { catalogueOf } from '../../src/i18n/language.ts';

const catalogue = catalogueOf('en');

/** ipv6gov(1) in the man macros, from the tables of the command line. */
export function manPage(version: string): string {
  const { cli } = catalogue;
  return `${[
    `.TH IPV6GOV 1 "" "ipv6gov ${version}" "User Commands"`,
    '.SH NAME',
    'ipv6gov \\- audit of government domains over IPv6',
    '.SH SYNOPSIS',
    ...commandNames.flatMap((name) => ['.B ipv6gov', `.RB ${JSON.stringify(name)} " ${roff(synopsis(name))}"`, '.br']),
    '.SH DESCRIPTION',
    roff(cli.about),
    ...commandNames.flatMap(commandLines),
    '.SH "OPTIONS OF EVERY COMMAND"',
    ...[...globalOptions, 'help' as const].flatMap(optionLines),
    '.SH CONFIGURATION',
    ...paragraphs([
      `Values come, strongest first, from options, environment variables, and ${configName} in the working directory (or the file of --config).`,
      'A key of the file is the long name of an option without its dashes; a list is allowed where the option is repeatable. Unknown keys are refused. --print-config shows what holds and where it comes from.',
    ]),
    '.SH ENVIRONMENT',
    ...environmentNames.flatMap((name) => ['.TP', `.B ${environmentName(name)}`, `as ${roff(`--${longOf(name)}`)}`]),
    '.TP',
    '.B NO_COLOR',
    'no colour, when it is not empty',
    '.SH FILES',
    '.TP',
    `.I ${configName}`,
    'configuration',
    '.TP',
    '.I runs/ID/',
    'evidence, report and manifest of a run',
    '.SH "EXIT STATUS"',
    ...Object.entries(cli.exitCodes).flatMap(([code, text]) => ['.TP', `.B ${code}`, roff(text)]),
  ].join('\n')}\n`;
}

const synopsis = (name: (typeof commandNames)[number]): string =>
  [...(commandTable[name].options.length > 0 ? ['[options]'] : []), ...commandTable[name].operands.map(({ shape }) => shape)].join(' ');

function commandLines(name: (typeof commandNames)[number]): string[] {
  const { help, operands, options, examples } = commandTable[name];
  return [
    `.SH "IPV6GOV ${name.toUpperCase()}"`,
    roff(sentence(help.en)),
    ...operands.flatMap((operand) => ['.TP', `.I ${roff(operand.shape)}`, roff(operand.help.en)]),
    ...options.flatMap(optionLines),
    '.PP',
    'Examples:',
    ...examples.flatMap(({ line, does }) => ['.TP', `.B ${roff(line)}`, roff(does.en)]),
  ];
}

function optionLines(name: OptionName): string[] {
  const { short, argument, optional } = optionTable[name];
  const value = argument === undefined ? '' : optional === true ? ` [${argument}]` : ` ${argument}`;
  const names = [...(short === undefined ? [] : [`\\fB\\-${short}\\fR`]), `\\fB${roff(`--${longOf(name)}`)}\\fR`].join(', ');
  return ['.TP', `${names}\\fI${roff(value)}\\fR`, roff(optionHelp(name, catalogue))];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
const paragraphs = (texts: readonly string[]): string[] => texts.flatMap((text) => ['.PP', roff(text)]);

/** Backslash and hyphen are escaped; no line may begin with a control character of roff. */
function roff(text: string): string {
  const escaped = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('…', '...').replaceAll('’', "'");
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
