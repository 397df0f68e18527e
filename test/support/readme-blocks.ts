import { loadChecks } from '../../src/checks/index.ts';
import { commandNames, commandTable, optionsOf } from '../../src/cli/command-table.ts';
import { sections } from '../../src/cli/option-rows/row.ts';
import { configNames, environmentName, environmentNames, longOf, type OptionName, optionTable } from '../../src/cli/option-table.ts';
import { optionDefault, optionFlags } from '../../src/cli/option-text.ts';
import type { Language } from '../../src/i18n/catalogue.ts';
import { causeTexts } from '../../src/i18n/causes.ts';
import { catalogueOf } from '../../src/i18n/language.ts';

/** `<` would be markup outside of a code span, and `|` would end a cell. */
const cellText = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const heads = {
  vi: {
    commands: ['lệnh', 'ý nghĩa'],
    options: ['tùy chọn', 'ý nghĩa', 'mặc định', 'biến môi trường', 'khóa cấu hình'],
    checks: ['phép kiểm tra', 'mức', 'nội dung', 'tiêu chuẩn'],
    'exit-codes': ['mã', 'ý nghĩa'],
    causes: ['nguyên nhân', 'ý nghĩa', 'cần làm'],
  },
  en: {
    commands: ['command', 'meaning'],
    options: ['option', 'meaning', 'default', 'variable', 'key'],
    checks: ['check', 'level', 'what', 'standard'],
    'exit-codes': ['code', 'meaning'],
    causes: ['cause', 'meaning', 'to do'],
  },
} as const;

/** The generated blocks of a README, by name: made from the code, so that they cannot be out of date unnoticed. */
export async function readmeBlocks(language: Language): Promise<Record<string, string>> {
  const head = heads[language];
  const { cli, words } = catalogueOf(language);
  const checks = await loadChecks();
  return {
    options: optionBlock(language),
    checks: table(
      head.checks,
      checks.map(({ id, level, title, references }) => [
        code(id),
        words.levels[level],
        cellText(title[language]),
        references.map(({ label, url }) => `[${cellText(label)}](${url})`).join(', '),
      ]),
    ),
    'exit-codes': table(
      head['exit-codes'],
      Object.entries(cli.exitCodes).map(([exit, text]) => [exit, cellText(text)]),
    ),
    causes: table(
      head.causes,
      Object.entries(causeTexts).map(([cause, text]) => [code(cause), cellText(text[language]), cellText(text.fix[language])]),
    ),
  };
}

/** Commands first, then options of `audit` and of every command by section, then those that other commands have besides. */
function optionBlock(language: Language): string {
  const { cli } = catalogueOf(language);
  const head = heads[language];
  const usual = optionsOf('audit');
  const others = commandNames.filter((name) => commandTable[name].options.some((option) => !usual.includes(option)));
  const part = (heading: string, names: readonly OptionName[]): string[] =>
    names.length === 0
      ? []
      : [
          `**${heading}**`,
          '',
          table(
            head.options,
            names.map((name) => optionCells(name, language)),
          ),
          '',
        ];
  return [
    table(
      head.commands,
      commandNames.map((name) => [
        code(`ipv6gov ${[name, ...commandTable[name].operands.map(({ shape }) => shape)].join(' ')}`),
        cellText(commandTable[name].help[language]),
      ]),
    ),
    '',
    ...sections.flatMap((section) =>
      part(
        cli.sections[section].replace(/:$/, ''),
        [...usual, 'help' as const].filter((name) => optionTable[name].section === section),
      ),
    ),
    ...others.flatMap((name) =>
      part(
        `ipv6gov ${name}`,
        commandTable[name].options.filter((option) => !usual.includes(option)),
      ),
    ),
  ]
    .join('\n')
    .trimEnd();
}

function optionCells(name: OptionName, language: Language): string[] {
  const { help, choices, repeatable } = optionTable[name];
  const { optionWords } = catalogueOf(language).cli;
  const preset = optionDefault(name, { language });
  const isValue = optionTable[name].default !== undefined;
  const values = choices === undefined ? '' : `: ${choices.map(code).join(', ')}`;
  const repeat = repeatable === undefined ? '' : ` (${repeatable === 'comma' ? optionWords.comma : optionWords.repeatable})`;
  return [
    code(optionFlags(name)),
    `${cellText(help[language])}${values}${repeat}`,
    preset === null ? '' : isValue ? code(preset) : cellText(preset),
    environmentNames.includes(name) ? code(environmentName(name)) : '',
    configNames.includes(name) ? code(longOf(name)) : '',
  ];
}

/** Puts the blocks between their markers. Throws when a marker is missing. */
export function fillReadme(text: string, blocks: Record<string, string>): string {
  let filled = text;
  for (const [name, block] of Object.entries(blocks)) {
    const [begin, end] = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];
    const [from, to] = [filled.indexOf(begin), filled.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`no ${begin} … ${end}`);
    filled = `${filled.slice(0, from + begin.length)}\n${block}\n${filled.slice(to)}`;
  }
  return filled;
}
