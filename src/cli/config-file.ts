import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { TextDecoder } from 'node:util';
import type { ConfigProblem } from '../i18n/error-texts.ts';
import { CliError } from './cli-error.ts';
import { ConfigError } from './config-error.ts';
import { parseConfig } from './config-text.ts';
import type { Given } from './option-sources.ts';
import type { OptionName } from './option-table.ts';

/** The fixed name, looked for in the working directory only. */
export const configName = 'ipv6gov.yaml';
const maxBytes = 64 * 1024;

/** Options of a configuration file. `asked`: the file named by the user, which must exist; null: `ipv6gov.yaml` in `dir`, if there. */
export async function readConfig(asked: string | null, dir = '.'): Promise<Map<OptionName, Given>> {
  const path = asked ?? join(dir, configName);
  const bytes = await readBounded(path, asked === null);
  if (bytes === null) return new Map();
  try {
    return parseConfig(decode(bytes), path);
  } catch (error) {
    throw error instanceof ConfigError ? sayConfig(error, path) : error;
  }
}

/** Null: no such file, and it may be missing. Reads no more than the limit, whatever kind of file it is. */
async function readBounded(path: string, mayBeMissing: boolean): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of createReadStream(path)) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maxBytes) throw sayConfig(new ConfigError('too-large', null, `${maxBytes / 1024} KiB`), path);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null || error instanceof CliError) throw error;
    if (code === 'ENOENT' && mayBeMissing) return null;
    throw new CliError({ code: 'file-unreadable', say: ({ cli }) => cli.errors.fileNotReadable(path, code) });
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array): string {
  const refuse = (problem: ConfigProblem): ConfigError => new ConfigError(problem, null, '');
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) throw refuse('utf-16');
  if (bytes.includes(0)) throw refuse('nul');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse('not-utf-8');
  }
}

function sayConfig({ problem, line, detail, near }: ConfigError, file: string): CliError {
  return new CliError({
    code: problem === 'unknown-key' ? 'unknown-key' : 'config-unusable',
    say: ({ cli }) => {
      const { config, didYouMean } = cli.errors;
      const { what, next } = config.problems[problem](detail);
      return { what: `${config.at(file, line)}: ${what}`, next: near === null ? next : `${didYouMean(near)} ${next}` };
    },
  });
}
