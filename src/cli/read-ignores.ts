import { type IgnoreEntry, localDay, maxIgnoreBytes, parseIgnoreList } from '../runner/ignore-list.ts';
import { saying } from './between-error.ts';
import { readTextFile } from './text-file.ts';

/** `--ignore FILE`. Throws `CliError` (exit code 2): a list with a fault or an expired entry hides nothing and ends the command. */
export async function readIgnores(
  file: string,
  checks: Iterable<{ id: string }>,
  now: Date,
): Promise<{ entries: IgnoreEntry[]; today: string }> {
  const text = await readTextFile(file, maxIgnoreBytes);
  const today = localDay(now);
  const ids = new Set([...checks].map(({ id }) => id));
  return { entries: await saying(async () => parseIgnoreList(text, { file, today, checks: ids })), today };
}
