import type { CheckDefinition } from '../checks/define-check.ts';
import { CliError } from './cli-error.ts';

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

/** Further away it is another word. */
const maxDistance = 4;

function closest(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = maxDistance + 1;
  for (const candidate of known) {
    const distance = editDistance(word.slice(0, 60), candidate);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = (before[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      now.push(Math.min(change, (before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1));
    }
    before = now;
  }
  return before[b.length] ?? 0;
}
