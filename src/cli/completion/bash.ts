import { type CommandName, commandNames, commandTable } from '../command-table.ts';
import { type CompletedOption, type CompletionInput, completedOptions, operandWords, takesRun, wordsOf } from './completed.ts';

/** Script for bash 3.2 and later; needs no other package. */
export function bashCompletion(input: CompletionInput): string {
  return `# bash completion of ipv6gov; made by \`ipv6gov completion bash\`
_ipv6gov() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} called=audit at word
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    case $word in ${commandNames.join('|')}) called=$word; break ;; esac
  done
  case $called in
${commandNames.map((name) => commandCase(name, input)).join('\n')}
  esac
}
complete -F _ipv6gov ipv6gov
`;
}

function commandCase(name: CommandName, input: CompletionInput): string {
  const options = completedOptions(name);
  const values = options.filter(({ takesValue }) => takesValue);
  const flags = options.flatMap(({ long, row }) => [`--${long}`, ...(row.short === undefined ? [] : [`-${row.short}`])]);
  const operands = [...operandWords(name, input), ...(name === 'audit' ? commandNames : [])];
  return `    ${name})
      case $prev in
${values.map((option) => valueCase(option, input)).join('\n')}
      esac
      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W '${flags.join(' ')}' -- "$cur"))
      else ${operandLine(name, operands)}; fi
      ;;`;
}

function valueCase({ long, row }: CompletedOption, input: CompletionInput): string {
  const pattern = row.short === undefined ? `--${long}` : `--${long}|-${row.short}`;
  return `        ${pattern}) ${valueLine(row, input)}; return ;;`;
}

function valueLine(row: CompletedOption['row'], input: CompletionInput): string {
  const words = wordsOf(row, input);
  if (words !== null) return `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$cur"))`;
  if (row.completes === 'file') return 'COMPREPLY=($(compgen -f -- "$cur"))';
  if (row.completes === 'folder') return 'COMPREPLY=($(compgen -d -- "$cur"))';
  return row.completes === 'run' ? runLine : ':';
}

/** Runs by their folder, in the default folder of runs, and folders. */
const runLine = 'COMPREPLY=($(compgen -W "$(ls runs 2>/dev/null)" -- "$cur") $(compgen -d -- "$cur"))';

function operandLine(name: CommandName, words: readonly string[]): string {
  if (takesRun(name)) return runLine;
  if (commandTable[name].operands.length === 0) return ':';
  return `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$cur"))`;
}
