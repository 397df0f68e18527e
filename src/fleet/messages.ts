import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { agencySchema } from '../model/agency.ts';
import { evidenceRecordSchema } from '../model/evidence.ts';
import { runManifestSchema } from '../model/run.ts';

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/);
const workerId = z.string().regex(/^[0-9a-f]{8}$/);
const runId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

/** What every worker of a run must know. */
export const runMessageSchema = z.strictObject({ schema: z.literal('ipv6gov.fleet-run/1'), manifest: runManifestSchema });
export type RunMessage = z.infer<typeof runMessageSchema>;

/** One agency to measure from one vantage. */
export const jobSchema = z.strictObject({ schema: z.literal('ipv6gov.job/1'), run: runId, vantage: name, agency: agencySchema });
export type Job = z.infer<typeof jobSchema>;

/** What a worker saw of one agency, and what it showed about itself meanwhile (records of agency null). Holds no verdict. */
export const resultSchema = z.strictObject({
  schema: z.literal('ipv6gov.result/1'),
  run: runId,
  vantage: name,
  worker: workerId,
  /** Of the agency. */
  record: evidenceRecordSchema,
  /** Of agency null: what the worker showed about itself since its last result. */
  proofs: z.array(evidenceRecordSchema).max(64),
});
export type Result = z.infer<typeof resultSchema>;

/** Says that a worker is alive, and how it is. Sent every few seconds, kept by nobody. */
export const beatSchema = z.strictObject({
  schema: z.literal('ipv6gov.beat/1'),
  vantage: name,
  worker: workerId,
  version: z.string().max(32),
  /** How many workers of its vantage share its limits. */
  of: z.int().min(1).max(64),
  /** Epoch ms by its clock. */
  clockMs: z.number(),
  ipv6: z.enum(['ok', 'absent', 'inconclusive']),
  state: z.enum(['working', 'standby', 'draining']),
  running: z.int().min(0),
  done: z.int().min(0),
  /** Why it takes no job of a kind it was given, or null. */
  refusing: z.string().max(200).nullable(),
});
export type Beat = z.infer<typeof beatSchema>;

/** A result is no longer than this when it is unpacked; a record of the journal may be as long. */
export const maxResultBytes = 64 * 1024 * 1024;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Null for what is longer than anybody would unpack. */
export async function packed(message: unknown): Promise<Uint8Array | null> {
  const bytes = Buffer.from(JSON.stringify(message));
  return bytes.length > maxResultBytes ? null : pack(bytes, { level: 3 });
}

/** Unpacks and checks what another machine sent; null for what is too long, no JSON, or not of the schema. */
export async function unpacked<Schema extends z.ZodType>(
  bytes: Uint8Array,
  schema: Schema,
  maxBytes: number,
): Promise<z.infer<Schema> | null> {
  try {
    const text = (await unpack(bytes, { maxOutputLength: maxBytes })).toString();
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Plain JSON of another machine, or null. */
export function read<Schema extends z.ZodType>(bytes: Uint8Array, schema: Schema, maxBytes = 1_048_576): z.infer<Schema> | null {
  if (bytes.length > maxBytes) return null;
  try {
    return schema.safeParse(JSON.parse(Buffer.from(bytes).toString())).data ?? null;
  } catch {
    return null;
  }
}
