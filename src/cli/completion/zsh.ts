import { type CommandName, commandNames, commandTable } from '../command-table.ts';
import { type CompletedOption, type CompletionInput, completedOptions, operandWords, takesRun, wordsOf } from './completed.ts';

/** Script for zsh, to be a file `_ipv6gov` in fpath. */
export function zshCompletion(input: CompletionInput): string {
  const commands = commandNames.map((name) => `    '${name}:${quoted(commandTable[name].help[input.language])}'`);
  return `#compdef ipv6gov
# zsh completion of ipv6gov; made by \`ipv6gov completion zsh\`
_ipv6gov() {
  local -a commands
  commands=(
${commands.join('\n')}
  )
  local called=audit word
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe command commands
    return
  fi
  for word in \${words[2,CURRENT-1]}; do
    case $word in ${commandNames.join('|')}) called=$word; break ;; esac
  done
  case $called in
${commandNames.map((name) => commandCase(name, input)).join('\n')}
  esac
}
_ipv6gov "$@"
`;
}

function commandCase(name: CommandName, input: CompletionInput): string {
  const specs = completedOptions(name).flatMap((option) => optionSpecs(option, input));
  return `    ${name})
      _arguments -S \\
${specs.map((spec) => `        ${spec} \\`).join('\n')}
        ${operandSpec(name, input)}
      ;;`;
}

function optionSpecs({ long, row, takesValue }: CompletedOption, input: CompletionInput): string[] {
  const repeat = row.repeatable === undefined ? '' : '*';
  const help = `[${quoted(row.help[input.language])}]`;
  const value = takesValue ? `${row.optional === true ? '::' : ':'}${row.argument}:${valueAction(row, input)}` : '';
  const names = [`--${long}`, ...(row.short === undefined ? [] : [`-${row.short}`])];
  return names.map((name) => `'${repeat}${name}${help}${value}'`);
}

function valueAction(row: CompletedOption['row'], input: CompletionInput): string {
  const words = wordsOf(row, input);
  if (words !== null) return `(${words.map((word) => word.replace('<', '\\<')).join(' ')})`;
  if (row.completes === 'file') return '_files';
  return row.completes === 'folder' || row.completes === 'run' ? '_files -/' : ' ';
}

function operandSpec(name: CommandName, input: CompletionInput): string {
  if (takesRun(name)) return "'*:run:_files -/'";
  const words = [...operandWords(name, input)];
  return words.length === 0 ? "'*: : '" : `'*:${name}:(${words.join(' ')})'`;
}

/** Inside single quotes and the brackets of a spec. */
const quoted = (text: string): string => text.replaceAll("'", '’').replaceAll(/[[\]:\\]/g, (sign) => `\\${sign}`);
