import type { Catalogue } from '../i18n/catalogue.ts';
import { longOf, type OptionName, optionTable } from './option-table.ts';

/** `-l, --list <file>`, as the parser reads it. */
export function optionFlags(name: OptionName): string {
  const { short, argument, optional } = optionTable[name];
  const value = argument === undefined ? '' : optional ? ` [${argument}]` : ` <${argument}>`;
  return `${short === undefined ? '' : `-${short}, `}--${longOf(name)}${value}`;
}

/** Help of an option with its values, default and whether it may be repeated. */
export function optionHelp(name: OptionName, { language, cli }: Catalogue): string {
  const { help, choices, repeatable } = optionTable[name];
  const preset = optionDefault(name, { language });
  const notes = [
    ...(preset === null ? [] : [`${cli.optionWords.default} ${preset}`]),
    ...(repeatable === undefined ? [] : [repeatable === 'comma' ? cli.optionWords.comma : cli.optionWords.repeatable]),
  ];
  const values = choices === undefined ? '' : `: ${choices.join(', ')}`;
  return `${help[language]}${values}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
}

/** The default in words, or null. */
export function optionDefault(name: OptionName, { language }: Pick<Catalogue, 'language'>): string | null {
  const { default: value, defaultText } = optionTable[name];
  return value ?? defaultText?.[language] ?? null;
}
