import { readFile, stat } from 'node:fs/promises';
import type { z } from 'zod';
import { RunUseError } from './run-use-error.ts';

/** Files of ours are read up to here; a report of 10,000 agencies is a tenth of it. */
const maxBytes = 400 * 1024 * 1024;

/** Null: no such file. Throws `RunUseError` (`damaged`) for one that cannot be read. */
export async function readStoredText(path: string): Promise<string | null> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > maxBytes) throw new RunUseError('damaged', path, found.isFile() ? 'EFBIG' : 'EISDIR');
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof RunUseError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new RunUseError('damaged', path, code);
  }
}

/**
 * A JSON file of ours with a `schema` like `ipv6gov.report/1`. Another name or version is refused with what it says, and one of a higher
 * version as `newer-schema`; anything else that does not fit is `damaged`.
 */
export function parseStored<Value>(text: string, path: string, stored: { schema: z.ZodType<Value>; current: string }): Value {
  const { current } = stored;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RunUseError('damaged', path, 'JSON');
  }
  const found = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (found !== current) {
    const said = JSON.stringify(found ?? null).slice(0, 60);
    throw new RunUseError(isNewer(found, current) ? 'newer-schema' : 'damaged', path, `schema ${said}`);
  }
  const parsed = stored.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new RunUseError('damaged', path, `JSON: ${issue?.path.join('.') ?? ''}`.slice(0, 200));
}

function isNewer(found: unknown, current: string): boolean {
  const [name = '', version = ''] = current.split('/');
  if (typeof found !== 'string' || !found.startsWith(`${name}/`)) return false;
  const theirs = found.slice(name.length + 1);
  return /^[0-9]{1,6}$/.test(theirs) && Number(theirs) > Number(version);
}
