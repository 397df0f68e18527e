import type { Language } from '../../i18n/catalogue.ts';
import { type CommandName, commandTable, optionsOf } from '../command-table.ts';
import type { OptionRow } from '../option-rows/row.ts';
import { longOf, type OptionName, optionTable } from '../option-table.ts';

export interface CompletionInput {
  /** Ids of all checks. */
  checks: readonly string[];
  /** Of descriptions, where a shell shows them. */
  language: Language;
}

/** An option as shells see it. */
export interface CompletedOption {
  name: OptionName;
  long: string;
  row: OptionRow;
  takesValue: boolean;
}

export const completedOptions = (command: CommandName): CompletedOption[] =>
  [...optionsOf(command), 'help' as const].map((name) => {
    const row = optionTable[name];
    return { name, long: longOf(name), row, takesValue: row.argument !== undefined };
  });

/** Fixed words that complete a value; null: files, folders or nothing. */
export function wordsOf(
  { choices, completes }: Pick<OptionRow, 'choices' | 'completes'>,
  { checks }: CompletionInput,
): readonly string[] | null {
  if (completes === 'check') return checks;
  return choices?.map((word) => (word === 'score<N' ? 'score<' : word)) ?? null;
}

/** Fixed words of a command's operands: the union over its places. */
export function operandWords(command: CommandName, { checks }: CompletionInput): readonly string[] {
  return commandTable[command].operands.flatMap(({ choices, completes }) => choices ?? (completes === 'check' ? checks : []));
}

/** Does the command take the folder or id of a run? */
export const takesRun = (command: CommandName): boolean => commandTable[command].operands.some(({ completes }) => completes === 'run');
