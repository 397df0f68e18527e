import type { CheckDefinition, MessageDefinition } from '../checks/define-check.ts';
import { loadChecks } from '../checks/index.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { recipes } from '../recipes/index.ts';
import { type Recipe, recipeLines, recipeTitle } from '../recipes/recipe.ts';
import { visible } from '../reports/escape.ts';
import { plainTable, tableLines } from '../reports/table-frame.ts';
import { wrap } from '../reports/wrap.ts';
import { unknownCheck } from './choose-checks.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { ExplainOptions } from './options.ts';

const width = 100;

/** `ipv6gov explain [CHECK]`. */
export async function explainCommand({ check }: ExplainOptions, catalogue: Catalogue, io: Io): Promise<number> {
  const checks = await loadChecks();
  if (check === null) await io.out(await listChecks(checks, catalogue));
  else {
    const found = checks.find(({ id }) => id === check);
    if (found === undefined)
      throw unknownCheck(
        check,
        checks.map(({ id }) => id),
      );
    await io.out(explainCheck(found, catalogue));
  }
  return exitCodes.good;
}

/** Every check: id, level, area, title. */
export async function listChecks(checks: readonly CheckDefinition[], { language, words, cli }: Catalogue): Promise<string> {
  const { default: Table } = await import('cli-table3');
  const { check, level, area, title } = cli.explainColumns;
  const table = new Table(plainTable([check, level, area, title]));
  for (const each of checks) table.push([each.id, words.levels[each.level], words.areas[each.area], each.title[language]]);
  return `${tableLines(table).join('\n')}\n`;
}

/** One check: why, standard, every message with its status and fix, then configuration that repairs it. Placeholders stay as `{name}`. */
export function explainCheck(check: CheckDefinition, { language, words, cli }: Catalogue): string {
  const paragraph = (label: string, text: string): string[] => wrap(`${label} ${text}`, { width, indent: '  ', first: '' });
  const subject = `${words.levels[check.level]} · ${words.areas[check.area]} · ${cli.subjects[check.subject]}`;
  const lines = [
    `${check.id}: ${check.title[language]}`,
    ...paragraph(cli.level, subject),
    ...paragraph(cli.why, check.why[language]),
    cli.references,
    ...check.references.map(({ label, url }) => `  ${label}: ${url}`),
    cli.messages,
    ...Object.entries<MessageDefinition>(check.messages).flatMap(([id, message]) => messageLines(id, message, { language, words, cli })),
    ...configurationLines(recipes[check.id] ?? [], { language, cli }),
  ];
  return `${lines.map(visible).join('\n')}\n`;
}

function messageLines(
  id: string,
  message: MessageDefinition,
  { language, words, cli }: Pick<Catalogue, 'language' | 'words' | 'cli'>,
): string[] {
  const lines = [`  ${words.statuses[message.status]} · ${id}`, ...wrap(message[language], { width, indent: '    ' })];
  const fix = message.fix?.[language] ?? '';
  return fix === '' ? lines : [...lines, ...wrap(`${cli.fix} ${fix}`, { width, indent: '      ', first: '    → ' })];
}

function configurationLines(found: readonly Recipe[], { language, cli }: Pick<Catalogue, 'language' | 'cli'>): string[] {
  if (found.length === 0) return [];
  const each = found.flatMap((recipe) => [
    `  ${recipeTitle(recipe, language)}`,
    ...recipeLines(recipe, language).map((line) => `      ${line}`),
  ]);
  return [cli.configuration, ...each];
}
