import { promisify } from 'node:util';
import { gunzip, gzip, gzipSync } from 'node:zlib';

/**
 * One record is one gzip member (RFC 1952) whose header carries, in an EXTRA subfield, the length of the whole member: the reader
 * knows where a member ends without decoding it, and `gzip -dc` reads the file as ever.
 */
const plainHeaderBytes = 10;
const flagsAt = 3;
const hasExtra = 0x04;
/** XLEN 8, then the subfield 'I6' of 4 bytes: little-endian length of the member. */
const extra = Buffer.from([8, 0, 0x49, 0x36, 4, 0]);
export const memberHeaderBytes = plainHeaderBytes + extra.length + 4;
/** First bytes of every member: gzip, deflate, EXTRA present. */
export const memberStart = Buffer.from([0x1f, 0x8b, 8, hasExtra]);
/** A member decodes to no more than this. */
export const maxRecordBytes = 64 * 1024 * 1024;
/** Deflate adds a few bytes in 16 KiB at worst. */
export const maxMemberBytes = maxRecordBytes + 1024 * 1024;

/** Below this a thread costs more than the work. */
const smallBytes = 16_384;

const compress = promisify<Buffer, Buffer>(gzip);
const decompress = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

export async function encodeMember(text: string | Buffer): Promise<Buffer> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const plain = bytes.length < smallBytes ? gzipSync(bytes) : await compress(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(plain.length + extra.length + length.length);
  const header = Buffer.from(plain.subarray(0, plainHeaderBytes));
  header[flagsAt] = hasExtra;
  return Buffer.concat([header, extra, length, plain.subarray(plainHeaderBytes)]);
}

/** Length in bytes of the member that starts with this header; null when it is none of ours. */
export function memberLength(header: Buffer): number | null {
  if (header.length < memberHeaderBytes || !header.subarray(0, memberStart.length).equals(memberStart)) return null;
  if (!header.subarray(plainHeaderBytes, plainHeaderBytes + extra.length).equals(extra)) return null;
  const length = header.readUInt32LE(plainHeaderBytes + extra.length);
  return length > memberHeaderBytes && length <= maxMemberBytes ? length : null;
}

/** Text of a whole member. Throws zlib's error when it is damaged, cut, or decodes to more than `maxRecordBytes`. */
export async function decodeMember(member: Buffer): Promise<string> {
  return (await decompress(member, { maxOutputLength: maxRecordBytes })).toString('utf8');
}
