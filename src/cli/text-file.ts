import { readFile, stat } from 'node:fs/promises';
import type { Bilingual } from '../model/report.ts';
import { CliError } from './cli-error.ts';

/** A small file that the user named; UTF-8. Throws `CliError` (exit code 2) when it cannot be read or is too large. */
export async function readTextFile(path: string, maxBytes: number): Promise<string> {
  try {
    if ((await stat(path)).size > maxBytes) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    throw new CliError({ code: 'file-unreadable', say: ({ cli }) => cli.errors.fileNotReadable(path, code) });
  }
}

/** A file that can be read but not used. A `detail` in one language is technical: a line and what is wrong there. */
export function badFile(path: string, detail: string | Bilingual): CliError {
  return new CliError({
    code: 'file-unusable',
    say: ({ cli, language }) => cli.errors.badFile(path, typeof detail === 'string' ? detail : detail[language]),
  });
}
