import { type CommandName, commandNames, commandTable } from '../command-table.ts';
import { type CompletedOption, type CompletionInput, completedOptions, operandWords, takesRun, wordsOf } from './completed.ts';

/** Script for fish, to be a file `completions/ipv6gov.fish`. */
export function fishCompletion(input: CompletionInput): string {
  const seen = `__fish_seen_subcommand_from ${commandNames.join(' ')}`;
  const commands = commandNames.map(
    (name) => `complete -c ipv6gov -n 'not ${seen}' -f -a ${name} -d '${quoted(commandTable[name].help[input.language])}'`,
  );
  const lines = commandNames.flatMap((name) => commandLines(name, seen, input));
  return `# fish completion of ipv6gov; made by \`ipv6gov completion fish\`
${[...commands, ...lines].join('\n')}
`;
}

/** audit is the default command, so its options are proposed where no command is written. */
function commandLines(name: CommandName, seen: string, input: CompletionInput): string[] {
  const when = name === 'audit' ? `not ${seen}; or __fish_seen_subcommand_from audit` : `__fish_seen_subcommand_from ${name}`;
  const start = `complete -c ipv6gov -n '${when}'`;
  const words = operandWords(name, input);
  const operands = takesRun(name)
    ? `${start} -f -a '(__fish_complete_directories)'`
    : `${start} -f${words.length === 0 ? '' : ` -a '${words.join(' ')}'`}`;
  return [operands, ...completedOptions(name).map((option) => `${start} ${optionPart(option, input)}`)];
}

function optionPart({ long, row, takesValue }: CompletedOption, input: CompletionInput): string {
  const short = row.short === undefined ? '' : ` -s ${row.short}`;
  return `-l ${long}${short}${takesValue ? valuePart(row, input) : ''} -d '${quoted(row.help[input.language])}'`;
}

function valuePart(row: CompletedOption['row'], input: CompletionInput): string {
  const words = wordsOf(row, input);
  const needs = row.optional === true ? '' : ' -r';
  if (words !== null) return ` -x -a '${words.join(' ')}'`;
  if (row.completes === 'file') return `${needs} -F`;
  return row.completes === 'folder' || row.completes === 'run' ? ` -x -a '(__fish_complete_directories)'` : ' -x';
}

const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
