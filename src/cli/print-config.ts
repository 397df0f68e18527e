import type { Catalogue } from '../i18n/catalogue.ts';
import type { CommandName } from './command-table.ts';
import type { Effective, EffectiveOptions } from './effective-options.ts';
import type { OptionValue } from './option-sources.ts';
import { longOf, type OptionName, optionTable } from './option-table.ts';

/** `--print-config`: YAML that can serve as configuration file, with the source of each value as a comment. */
export function configText(command: CommandName, options: EffectiveOptions, catalogue: Catalogue): string {
  const lines = [...options].flatMap(([name, effective]) => lineOf(name, effective, catalogue));
  return `# ipv6gov ${command}\n${lines.join('\n')}\n`;
}

function lineOf(name: OptionName, { value, source }: Effective, { language, cli }: Catalogue): string[] {
  const row = optionTable[name];
  if (row.only === 'flag' && source.kind === 'default') return [];
  if (name === 'print-config') return [];
  const from = cli.sources[source.kind](
    source.kind === 'env' ? source.name : source.kind === 'file' ? cli.errors.config.at(source.file, source.line) : `--${longOf(name)}`,
  );
  if (value === null) return [`# ${longOf(name)}: ${row.defaultText?.[language] ?? cli.notSet}`];
  // What belongs on the command line alone stays a comment, so that the text can be read back.
  return [`${row.only === undefined ? '' : '# '}${longOf(name)}: ${yamlOf(value)} # ${from}`];
}

/** JSON is YAML; what a terminal might obey is written as an escape. */
function yamlOf(value: OptionValue): string {
  const json = typeof value === 'object' ? `[${value.map((each) => JSON.stringify(each)).join(', ')}]` : JSON.stringify(value);
  return json.replaceAll(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
