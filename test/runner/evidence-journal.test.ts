import { execFileSync } from 'node:child_process';
import { appendFile, type FileHandle, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import { JournalError, openJournal, readJournal, repairJournal } from '../../src/runner/evidence-journal.ts';
import { encodeMember } from '../../src/runner/journal-member.ts';
import { http, observationOf } from '../net/scripted-network.ts';
import { bodyOf } from '../support/body-evidence.ts';

const record = (host: string, part: EvidenceRecord['part'] = 'main'): EvidenceRecord => ({
  schema: 'ipv6gov.evidence/1',
  agency: null,
  part,
  observations: [observationOf(http('2001:db8::1', { host }), null, { startedAt: '2026-11-24T03:15:00.000Z' })],
  crashes: [{ probe: 'Thư điện tử', detail: '' }],
  budgetExhausted: false,
});

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
  path = join(folder, 'evidence.ndjson.gz');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(...records: EvidenceRecord[]): Promise<void> {
  const journal = await openJournal(path);
  await Promise.all(records.map((each) => journal.append(each)));
  await journal.close();
}

async function readAll(): Promise<EvidenceRecord[]> {
  const records: EvidenceRecord[] = [];
  for await (const each of readJournal(path)) records.push(each);
  return records;
}

async function errorOf(work: Promise<unknown>): Promise<JournalError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof JournalError)) throw new Error(`no JournalError but ${String(error)}`);
  return error;
}

/** Files take so many bytes more, then the disk is full, as `write(2)` says it: first fewer bytes than asked, then ENOSPC. */
async function fillingDisk(bytes: number, work: () => Promise<void>): Promise<void> {
  const some = await open(path, 'r');
  const handles = Object.getPrototypeOf(some) as FileHandle;
  await some.close();
  const writeSome: (this: FileHandle, buffer: Buffer, offset: number, length: number) => Promise<{ bytesWritten: number }> = handles.write;
  let left = bytes;
  vi.spyOn(handles, 'write').mockImplementation(async function (this: FileHandle, buffer: Buffer, offset: number) {
    if (left === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const part = Math.min(left, buffer.length - offset);
    left -= part;
    return writeSome.call(this, buffer, offset, part);
  } as never);
  await work().finally(() => vi.restoreAllMocks());
}

describe('evidence journal', () => {
  it('gives back what was appended, in order, over several openings', async () => {
    await write(record('a'), record('b'));
    await write(record('c', 'retest'));
    expect(await readAll()).toEqual([record('a'), record('b'), record('c', 'retest')]);
  });

  it('P13 what pages make too large to be read again is left out, and the records of others stay', async () => {
    const body = bodyOf(Array.from({ length: 200 }, (_, at) => `<img src="/${at}${'\u0001'.repeat(500)}">`).join(''), { keepText: true });
    const timing = { connectMs: 1, tlsMs: null, firstByteMs: 1 };
    const response = { status: 200, headers: [], tls: null, body, timing };
    const seen = observationOf(http('2001:db8::1', { host: 'large' }), null);
    const large = { ...record('large'), observations: [{ ...seen, response }] } as EvidenceRecord;
    const lean = { ...body, text: null, resources: [], resourcesCut: true };
    expect(body.resources).toHaveLength(200);
    const keptWith = async (maxBytes: number): Promise<EvidenceRecord | undefined> => {
      const journal = await openJournal(path, { maxBytes });
      for (const each of [record('a'), large, record('b')]) await journal.append(each);
      await journal.close();
      const records = await readAll();
      await rm(path);
      expect([records[0], records[2]]).toEqual([record('a'), record('b')]);
      return records[1];
    };
    expect(await keptWith(10_000_000)).toEqual(large);
    expect(await keptWith(20_000)).toMatchObject({ observations: [{ response: { body: lean } }], crashes: large.crashes });
    expect(await keptWith(2_000)).toEqual({
      ...large,
      observations: [],
      crashes: [{ probe: 'journal', detail: 'a record of more than 2000 bytes' }],
    });
  });

  it('P13 what stands after the observations counts, too', async () => {
    const crashes = [{ probe: 'web', detail: 'a'.repeat(20_000) }];
    const journal = await openJournal(path, { maxBytes: 10_000 });
    await journal.append({ ...record('a'), crashes });
    await journal.close();
    const left = [{ probe: 'journal', detail: 'a record of more than 10000 bytes' }];
    expect(await readAll()).toEqual([{ ...record('a'), observations: [], crashes: left }]);
  });

  it('is a gzip file of one line a record', async () => {
    await write(record('a'), record('b'));
    const text = execFileSync('gzip', ['-dc', path], { encoding: 'utf8' });
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([record('a'), record('b')]);
  });

  it('an empty file has no records', async () => {
    await writeFile(path, '');
    expect(await readAll()).toEqual([]);
    expect(await repairJournal(path)).toEqual({ records: 0, droppedBytes: 0 });
  });

  it('a missing file needs no repair', async () => {
    expect(await repairJournal(path)).toEqual({ records: 0, droppedBytes: 0 });
  });

  it('P2 cut at every byte of its last record it is repaired to the others and goes on', async () => {
    await write(record('a'), record('b'));
    const twoRecords = (await readFile(path)).length;
    await write(record('c'));
    const whole = await readFile(path);
    for (let size = twoRecords; size <= whole.length; size += 1) {
      await writeFile(path, whole.subarray(0, size));
      const expected = size === whole.length ? { records: 3, droppedBytes: 0 } : { records: 2, droppedBytes: size - twoRecords };
      expect(await repairJournal(path)).toEqual(expected);
      expect((await readFile(path)).length).toBe(size === whole.length ? whole.length : twoRecords);
    }
    await truncate(path, whole.length - 1);
    expect(await errorOf(readAll())).toMatchObject({ kind: 'torn', positionBytes: twoRecords });
    await repairJournal(path);
    await write(record('d'));
    expect(await readAll()).toEqual([record('a'), record('b'), record('d')]);
  });

  it('P2 a tail of zeros after a power loss is cut', async () => {
    await write(record('a'));
    const { length } = await readFile(path);
    await appendFile(path, Buffer.alloc(5_000));
    expect(await repairJournal(path)).toEqual({ records: 1, droppedBytes: 5_000 });
    expect((await readFile(path)).length).toBe(length);
  });

  it('P13 a flipped byte is never guessed at, and what follows it is not cut', async () => {
    await write(record('a'), record('b'), record('c'));
    const whole = await readFile(path);
    const second = (await encodeMember(`${JSON.stringify(record('a'))}\n`)).length;
    for (const at of [0, 3, 12, 16, 19, 60, 200]) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(second + at) ^ 0x10, second + at);
      await writeFile(path, damaged);
      expect(await errorOf(readAll())).toMatchObject({ kind: 'damaged', positionBytes: second });
      expect(await errorOf(repairJournal(path))).toMatchObject({ kind: 'damaged', positionBytes: second });
      expect((await readFile(path)).length).toBe(whole.length);
    }
  });

  it.each<[string, string, string, string]>([
    ['another schema', JSON.stringify({ ...record('a'), schema: 'ipv6gov.evidence/0' }), 'schema', '"ipv6gov.evidence/0"'],
    ['an unknown key', JSON.stringify({ ...record('a'), more: 1 }), 'damaged', 'more'],
    ['no schema', '{}', 'damaged', 'does not fit'],
    ['no object', 'null', 'damaged', 'does not fit'],
    ['no JSON', '{', 'damaged', 'not JSON'],
    ['two lines', `${JSON.stringify(record('a'))}\n${JSON.stringify(record('b'))}\n`, 'damaged', 'not JSON'],
  ])('P13 %s is refused with its place', async (_title, text, kind, words) => {
    await write(record('a'));
    const { length } = await readFile(path);
    await appendFile(path, await encodeMember(text));
    const error = await errorOf(readAll());
    expect(error).toMatchObject({ kind, positionBytes: length });
    expect(error.message).toContain(words);
    expect(error.message).toContain(`byte ${length}`);
  });

  it('a file of somebody else is refused', async () => {
    await writeFile(path, gzipSync('{}'));
    expect(await errorOf(readAll())).toMatchObject({ positionBytes: 0 });
  });

  it('P13 a record over the cap is refused', async () => {
    await writeFile(path, await encodeMember(' '.repeat(64 * 1024 * 1024 + 1)));
    expect((await errorOf(readAll())).message).toContain('cannot be decompressed');
  });

  it('nothing is appended after close', async () => {
    const journal = await openJournal(path);
    await journal.append(record('a'));
    await journal.close();
    expect(await errorOf(journal.append(record('b')))).toMatchObject({ kind: 'closed' });
    expect(await readAll()).toHaveLength(1);
  });

  it('P5 half a record on a full disk is taken back: what is there stays valid, and goes on where there is room again', async () => {
    await write(record('a'));
    const { length } = await readFile(path);
    const journal = await openJournal(path);
    await fillingDisk(20, async () => {
      await expect(journal.append(record('b'))).rejects.toMatchObject({ code: 'ENOSPC' });
    });
    expect((await readFile(path)).length).toBe(length);
    await journal.append(record('c'));
    await journal.close();
    expect(await readAll()).toEqual([record('a'), record('c')]);
  });

  it('P5 a full disk is reported as it is', async () => {
    const journal = await openJournal('/dev/full').catch(() => null);
    if (journal === null) return;
    await expect(journal.append(record('a'))).rejects.toMatchObject({ code: 'ENOSPC' });
    await journal.close();
  });
});
