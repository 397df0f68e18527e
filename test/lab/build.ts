import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './commands.ts';

/** The lab runs the built command; a build that is missing or older than a source would show yesterday's verdicts. */
export async function ensureBuilt(): Promise<void> {
  const built = await stat('dist/cli/main.js').then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  const sources = await readdir('src', { recursive: true, withFileTypes: true });
  for (const source of sources) {
    if (!source.isFile()) continue;
    const { mtimeMs } = await stat(join(source.parentPath, source.name));
    if (mtimeMs > built) {
      await run('npm', ['run', 'build'], { timeoutMs: 180_000 });
      return;
    }
  }
}
