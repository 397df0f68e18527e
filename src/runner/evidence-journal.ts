import { type FileHandle, open } from 'node:fs/promises';
import { type EvidenceRecord, evidenceRecordSchema } from '../model/evidence.ts';
import { encodeMember, maxRecordBytes } from './journal-member.ts';
import { hasWholeMember, readMember } from './journal-reader.ts';
import { recordLine } from './record-line.ts';

/** `torn`: the last append was cut, `repairJournal` helps. `damaged`, `schema`: not read any further, never guessed (faults P13). */
export type JournalErrorKind = 'torn' | 'damaged' | 'schema' | 'closed';

/** The journal cannot be read or written; `positionBytes` is where the record in question starts in the file. */
export class JournalError extends Error {
  readonly path: string;
  readonly kind: JournalErrorKind;
  readonly positionBytes: number;
  readonly reason: string;

  constructor(path: string, { kind, positionBytes, reason }: { kind: JournalErrorKind; positionBytes: number; reason: string }) {
    super(`${path}, byte ${positionBytes}: ${reason}`);
    this.name = 'JournalError';
    this.path = path;
    this.kind = kind;
    this.positionBytes = positionBytes;
    this.reason = reason;
  }
}

export interface Journal {
  /** One gzip member in one append; appends are written in the order of the calls. Rejects with the system's error (ENOSPC). */
  append(record: EvidenceRecord): Promise<void>;
  /** After the appends under way; flushes to the disk. */
  close(): Promise<void>;
}

/** Opens (or creates) a journal for appending; `maxBytes` of a record are kept. Repair it first when the last writer may have been killed. */
export async function openJournal(path: string, { maxBytes = maxRecordBytes } = {}): Promise<Journal> {
  const file = await open(path, 'a');
  let wholeBytes = (await file.stat()).size;
  let broken: unknown = null;
  let queue: Promise<unknown> = Promise.resolve();

  async function write(record: EvidenceRecord): Promise<void> {
    if (broken !== null) throw broken;
    const member = await encodeMember(await recordLine(record, maxBytes));
    try {
      await writeAll(file, member);
      wholeBytes += member.length;
    } catch (error) {
      // A full disk (faults P5) leaves half a member: taken back, so that what is there stays valid.
      await file.truncate(wholeBytes).catch(() => {
        broken = error;
      });
      throw error;
    }
  }

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  return {
    append: (record) => inTurn(() => write(record)),
    close: () =>
      inTurn(async () => {
        broken ??= new JournalError(path, { kind: 'closed', positionBytes: wholeBytes, reason: 'the journal is closed' });
        await file.datasync().catch(() => undefined);
        await file.close();
      }),
  };
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done)).bytesWritten;
}

/** Records in the order of the file, one in memory at a time. Throws `JournalError` where one is cut, damaged or of another schema. */
export async function* readJournal(path: string): AsyncGenerator<EvidenceRecord, void, undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    for (let position = 0; position < size; ) {
      const member = await readMember(file, position, size);
      if (!member.whole) {
        const kind = (await hasWholeMember(file, position + 1, size)) ? 'damaged' : 'torn';
        throw new JournalError(path, { kind, positionBytes: position, reason: member.reason });
      }
      yield parseRecord(member.text, { path, position });
      position = member.endBytes;
    }
  } finally {
    await file.close();
  }
}

/**
 * Cuts the file after its last whole member, so that it can be appended to again (faults P2). A file that is not there has
 * nothing to repair. Damage before a whole member is no torn append: `JournalError`, and nothing is cut.
 */
export async function repairJournal(path: string): Promise<{ records: number; droppedBytes: number }> {
  const file = await open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return { records: 0, droppedBytes: 0 };
  try {
    const { size } = await file.stat();
    let records = 0;
    let position = 0;
    while (position < size) {
      const member = await readMember(file, position, size);
      if (!member.whole) {
        if (await hasWholeMember(file, position + 1, size))
          throw new JournalError(path, { kind: 'damaged', positionBytes: position, reason: member.reason });
        await file.truncate(position);
        break;
      }
      position = member.endBytes;
      records += 1;
    }
    return { records, droppedBytes: size - position };
  } finally {
    await file.close();
  }
}

function parseRecord(text: string, { path, position }: { path: string; position: number }): EvidenceRecord {
  const refuse = (kind: JournalErrorKind, reason: string): JournalError =>
    new JournalError(path, { kind, positionBytes: position, reason });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('damaged', 'the record is not JSON');
  }
  const current = evidenceRecordSchema.shape.schema.value;
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (typeof schema === 'string' && schema !== current) {
    throw refuse('schema', `the record has schema ${JSON.stringify(schema.slice(0, 60))}; this version reads ${current} only`);
  }
  const parsed = evidenceRecordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refuse('damaged', `the record does not fit ${current}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}
