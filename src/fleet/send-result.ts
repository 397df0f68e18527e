import { randomBytes } from 'node:crypto';
import { crashRecord } from '../runner/run-course.ts';
import { type Engine, publishSafely } from './engine.ts';
import { type Job, packed, type Result } from './messages.ts';
import { jobKey, subjects } from './names.ts';
import { partBytes, partsOf } from './parts.ts';

/** A message and its headers together keep within the engine's limit. */
const headerBytes = 4_096;

/** Sends what a worker saw of an agency; true once the engine has all of it, false when the signal came first. Throws `EngineError`. */
export type Sender = (job: Job, evidence: Pick<Result, 'record' | 'proofs'>) => Promise<boolean>;

export function createSender(from: { engine: Engine; vantage: string; worker: string; signal: AbortSignal }): Sender {
  const { engine, vantage, worker, signal } = from;
  let sending: Promise<unknown> = Promise.resolve();

  async function publishParts(job: Job, parts: readonly Uint8Array[]): Promise<boolean> {
    const subject = subjects.evidence(vantage, job.run);
    // Nobody else can know it: a message of another with the same id would make the engine drop this one.
    const key = `${jobKey({ ...job, agency: job.agency.id })}/${worker}/${randomBytes(8).toString('hex')}`;
    for (const [at, data] of parts.entries()) {
      const part = `${at + 1}/${parts.length}`;
      const headers = { 'Ipv6gov-Key': key, 'Ipv6gov-Part': part };
      if (!(await publishSafely(engine, { subject, data, id: `${key}/${part}`, headers }, signal))) return false;
    }
    return true;
  }

  return async (job, evidence) => {
    const each = Math.min(partBytes, (engine.connection.info?.max_payload ?? 2 * partBytes) - headerBytes);
    const parts = await sendable({ schema: 'ipv6gov.result/1', run: job.run, vantage, worker, ...evidence }, job, each);
    if (parts.length === 1) return publishParts(job, parts);
    // One after the other, so that the collector never holds many that are incomplete.
    const sent = sending.then(() => publishParts(job, parts));
    sending = sent.catch(() => undefined);
    return sent;
  };
}

/** In parts of `each` bytes; what is too long in whole becomes a record that says so. */
async function sendable(result: Result, { agency }: Job, each: number): Promise<Uint8Array[]> {
  const bytes = await packed(result);
  const parts = bytes === null ? null : partsOf(bytes, each);
  if (parts !== null) return parts;
  const record = crashRecord(agency, 'main', new Error('its evidence is too long to be sent'));
  return partsOf((await packed({ ...result, record, proofs: [] })) ?? new Uint8Array(), each) ?? [];
}
