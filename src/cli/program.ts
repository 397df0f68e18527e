import { Command, Option } from 'commander';
import type { Catalogue, OptionName } from '../i18n/catalogue.ts';

const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

/** Flags by name; a list says that the option is repeatable. */
const flags: Record<OptionName, string> = {
  list: '-l, --list <file>',
  'skip-invalid': '--skip-invalid',
  services: '--services <which>',
  output: '-o, --output <file>',
  format: '-f, --format <format>',
  lang: '--lang <language>',
  show: '--show <level>',
  'fail-on': '--fail-on <rule>',
  resolver: '--resolver <address>',
  'root-hints': '--root-hints <file>',
  ca: '--ca <file>',
  'web-control': '--web-control <host>',
  'smtp-control': '--smtp-control <host>',
  contact: '--contact <url>',
  helo: '--helo <name>',
  'opt-out': '--opt-out <file>',
  'allow-suffix': '--allow-suffix <suffix>',
  'allow-private': '--allow-private',
  concurrency: '--concurrency <n>',
  timeout: '--timeout <duration>',
  'lab-rates': '--lab-rates',
  'run-dir': '--run-dir <dir>',
  resume: '--resume [run]',
  'keep-bodies': '--keep-bodies',
  vantage: '--vantage <name>',
  only: '--only <checks>',
  skip: '--skip <checks>',
  quiet: '-q, --quiet',
  verbose: '-v, --verbose',
  'no-color': '--no-color',
  version: '--version',
  help: '-h, --help',
};

const repeatable: ReadonlySet<OptionName> = new Set([
  'list',
  'output',
  'resolver',
  'ca',
  'web-control',
  'smtp-control',
  'allow-suffix',
  'only',
  'skip',
]);

const reporting = ['output', 'format', 'show', 'fail-on', 'only', 'skip'] as const satisfies readonly OptionName[];
const path = [
  'resolver',
  'root-hints',
  'web-control',
  'smtp-control',
  'contact',
  'helo',
  'allow-private',
] as const satisfies readonly OptionName[];
const measuring = [
  'list',
  'skip-invalid',
  'services',
  ...path,
  'ca',
  'opt-out',
  'allow-suffix',
  'concurrency',
  'timeout',
  'lab-rates',
  'run-dir',
  'resume',
  'keep-bodies',
  'vantage',
] as const satisfies readonly OptionName[];

export type CommandName = 'audit' | 'demo' | 'judge' | 'explain' | 'doctor';
export type Parsed = (command: CommandName, operands: readonly string[], options: Readonly<Record<string, unknown>>) => void;

/**
 * The commander program of this version: what is not built yet is absent. It only parses: `onCommand` gets what was asked. Prints and
 * exits nothing by itself (`exitOverride`); help goes to `write`.
 */
export function buildProgram({ cli }: Catalogue, output: { write: (text: string) => void; onCommand: Parsed }): Command {
  const option = (name: OptionName): Option => {
    const made = new Option(flags[name], cli.options[name]);
    if (repeatable.has(name)) made.argParser(collect);
    return made;
  };
  const setUp = (command: Command): Command =>
    command
      .exitOverride()
      .configureOutput({ writeOut: output.write, writeErr: () => undefined })
      .helpOption(flags.help, cli.options.help)
      .configureHelp({ showGlobalOptions: true, styleTitle: (title) => headingOf(title, cli.headings) });
  const program = setUp(new Command('ipv6gov')).usage(cli.usage).description(cli.about).helpCommand(false);
  for (const name of ['lang', 'quiet', 'verbose', 'no-color', 'version'] as const) program.addOption(option(name));
  const add = (name: CommandName, operand: { flags: string; text: string } | null, names: readonly OptionName[]): void => {
    const command = setUp(program.command(name, { isDefault: name === 'audit' }).description(cli.commands[name]));
    if (operand !== null) command.argument(operand.flags, operand.text);
    for (const each of names) command.addOption(option(each));
    command.action(() => output.onCommand(name, command.args, command.optsWithGlobals()));
  };
  add('audit', { flags: '[domain...]', text: cli.operands.domains }, [...measuring, ...reporting]);
  add('demo', null, [...reporting, 'run-dir']);
  add('judge', { flags: '<run>', text: cli.operands.run }, [...reporting, 'run-dir']);
  add('explain', { flags: '[check]', text: cli.operands.check }, []);
  add('doctor', null, path);
  const { headings } = cli;
  const examples = ['ipv6gov demo', 'ipv6gov mic.gov.vn', 'ipv6gov audit -l vn -o report.json', 'ipv6gov explain web-connect'];
  program.addHelpText('after', `\n${headings.examples}\n${examples.map((line) => `  ${line}`).join('\n')}`);
  return program;
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
