import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agency } from '../model/agency.ts';
import type { Settings } from '../model/settings.ts';
import { type RowTrouble, readAgency } from './agency-row.ts';
import { ListError } from './bounded-lines.ts';
import { CliError } from './cli-error.ts';
import { type Row, readRows } from './list-rows.ts';

export interface AgencyInput {
  /** Names on the command line. */
  domains: readonly string[];
  /** `-l`: paths, '-' for standard input, 'vn' for the shipped list. */
  lists: readonly string[];
  skipInvalid: boolean;
  /** A-labels; empty: every suffix. */
  allowedSuffixes: readonly string[];
  optedOut: (agency: Agency) => boolean;
  limits: Settings['input'];
  stdin: AsyncIterable<Uint8Array>;
}

/** The input, read through once: valid, without repeats, in a spool file of one agency a line that any number of passes can read. */
export interface AgencyList {
  /** Temporary file in a folder of its own. */
  spool: string;
  agencies: number;
  duplicates: number;
  invalid: number;
  optedOut: number;
  /** SHA-256 over the agencies apart from where they were written. */
  fingerprint: string;
  /** Removes the temporary folder. */
  discard(): Promise<void>;
}

/** More refused lines than this are only counted. */
const maxTroublesShown = 20;
const shippedList = new URL('../../fixtures/agencies.vn.csv', import.meta.url);

interface Pass {
  input: AgencyInput;
  file: FileHandle;
  hash: ReturnType<typeof createHash>;
  seen: Set<string>;
  counts: { agencies: number; duplicates: number; invalid: number; optedOut: number };
  troubles: { file: string; trouble: RowTrouble }[];
  /** Lines not written yet. */
  pending: string[];
}

/**
 * Reads all of the input before the first probe (design §7). Throws `CliError` with exit code 2 when an entry cannot be used (unless
 * `skipInvalid`), a list cannot be read, or nothing is left; then nothing stays behind.
 */
export async function readAgencies(input: AgencyInput): Promise<AgencyList> {
  const folder = await mkdtemp(join(tmpdir(), 'ipv6gov-'));
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const spool = join(folder, 'input.ndjson');
  const file = await open(spool, 'w');
  const counts = { agencies: 0, duplicates: 0, invalid: 0, optedOut: 0 };
  const pass: Pass = { input, file, hash: createHash('sha256'), seen: new Set(), counts, troubles: [], pending: [] };
  try {
    for (const source of sourcesOf(input)) await readSource(source, pass);
    await flush(pass);
    refuse(pass);
  } catch (error) {
    await file.close();
    await discard();
    throw error;
  }
  await file.close();
  return { spool, ...counts, fingerprint: pass.hash.digest('hex'), discard };
}

interface Source {
  /** As shown to people and kept in `agency.input.file`. */
  name: string;
  rows: () => AsyncIterable<Row>;
  keepsUnknownFields: boolean;
}

function sourcesOf({ domains, lists, limits, stdin }: AgencyInput): Source[] {
  const sources: Source[] = lists.map((list) => {
    const name = list === '-' ? 'stdin' : list === 'vn' ? 'agencies.vn.csv' : list;
    const bytes = (): AsyncIterable<Uint8Array> => (list === '-' ? stdin : createReadStream(list === 'vn' ? shippedList : list));
    const keepsUnknownFields = !/\.(ndjson|jsonl)$/i.test(name);
    return { name, keepsUnknownFields, rows: () => readRows(bytes(), { name, maxLineBytes: limits.maxLineBytes }) };
  });
  if (domains.length > 0) sources.push({ name: 'arguments', keepsUnknownFields: false, rows: () => argumentRows(domains) });
  return sources;
}

async function* argumentRows(domains: readonly string[]): AsyncGenerator<Row> {
  for (const [index, domain] of domains.entries()) yield { line: index + 1, fields: new Map([['domain', domain]]) };
}

async function readSource(source: Source, pass: Pass): Promise<void> {
  const { limits, allowedSuffixes } = pass.input;
  const rules = { file: source.name, limits, allowedSuffixes, keepsUnknownFields: source.keepsUnknownFields };
  try {
    for await (const row of source.rows()) {
      const agency = readAgency(row, rules);
      if (Array.isArray(agency)) noteTroubles(pass, source.name, agency);
      else await keep(pass, agency);
    }
  } catch (error) {
    throw listError(error, source.name);
  }
}

function noteTroubles(pass: Pass, file: string, troubles: readonly RowTrouble[]): void {
  pass.counts.invalid += 1;
  for (const trouble of troubles) if (pass.troubles.length < maxTroublesShown) pass.troubles.push({ file, trouble });
}

async function keep(pass: Pass, agency: Agency): Promise<void> {
  const { seen, counts, input } = pass;
  const keys = [`id ${agency.id}`, `names ${agency.domain} ${agency.servicesDomain} ${agency.mailDomain}`];
  if (keys.some((key) => seen.has(key))) {
    counts.duplicates += 1;
    return;
  }
  for (const key of keys) seen.add(key);
  if (input.optedOut(agency)) counts.optedOut += 1;
  counts.agencies += 1;
  const { input: _, ...content } = agency;
  pass.hash.update(`${JSON.stringify(content)}\n`);
  pass.pending.push(`${JSON.stringify(agency)}\n`);
  if (pass.pending.length >= 1_000) await flush(pass);
}

async function flush(pass: Pass): Promise<void> {
  if (pass.pending.length === 0) return;
  await pass.file.appendFile(pass.pending.join(''));
  pass.pending = [];
}

function refuse({ input, counts, troubles }: Pass): void {
  if (counts.invalid > 0 && !input.skipInvalid) {
    throw new CliError({
      code: 'input-invalid',
      say: ({ cli }) => cli.errors.invalidLines(counts.invalid),
      details: ({ cli }) => {
        const lines = troubles.map(({ file, trouble }) => {
          const { what, next } = cli.errors.problems[trouble.problem];
          return `${cli.errors.line({ ...trouble, file })} [${trouble.problem}]: ${what}; ${next}`;
        });
        return counts.invalid > troubles.length ? [...lines, cli.moreInvalid(counts.invalid - troubles.length)] : lines;
      },
    });
  }
  if (counts.agencies === 0) throw new CliError({ code: 'no-agencies', say: ({ cli }) => cli.errors.noAgencies });
}

function listError(error: unknown, file: string): unknown {
  if (error instanceof ListError) {
    const { line, problem, detail } = error;
    return new CliError({
      code: 'list-unreadable',
      say: ({ cli }) => {
        const { what, next } = cli.errors.problems[problem];
        return { what: `${line === 0 ? file : cli.errors.line({ file, line, field: '', value: detail })} [${problem}]: ${what}`, next };
      },
    });
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null || error instanceof CliError) return error;
  return new CliError({ code: 'list-unreadable', say: ({ cli }) => cli.errors.fileNotReadable(file, code) });
}
