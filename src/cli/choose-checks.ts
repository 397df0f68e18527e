import type { CheckDefinition } from '../checks/define-check.ts';
import { CliError } from './cli-error.ts';
import { closest } from './closest.ts';

/** Ids that `--only` and `--skip` switch off. Throws `CliError` for an id that no check has, with the closest one. */
export function checksOff(
  checks: readonly Pick<CheckDefinition, 'id'>[],
  { only, skip }: { only: readonly string[]; skip: readonly string[] },
): ReadonlySet<string> {
  const ids = checks.map(({ id }) => id);
  for (const id of [...only, ...skip]) {
    if (!ids.includes(id)) throw unknownCheck(id, ids);
  }
  return new Set(ids.filter((id) => (only.length > 0 && !only.includes(id)) || skip.includes(id)));
}

export function unknownCheck(id: string, known: readonly string[]): CliError {
  const near = closest(id, known);
  return new CliError({ code: 'unknown-check', say: ({ cli }) => cli.errors.unknownCheck(id, near) });
}
