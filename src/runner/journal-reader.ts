import type { FileHandle } from 'node:fs/promises';
import { decodeMember, memberHeaderBytes, memberLength, memberStart } from './journal-member.ts';

export type MemberRead = { whole: true; endBytes: number; text: string } | { whole: false; reason: string };

/** Reads the member that starts at `position`. One member is in memory at a time. */
export async function readMember(file: FileHandle, position: number, fileBytes: number): Promise<MemberRead> {
  const header = await readBytes(file, position, Math.min(memberHeaderBytes, fileBytes - position));
  const length = memberLength(header);
  if (length === null) return { whole: false, reason: 'no record of this tool starts here' };
  if (position + length > fileBytes) return { whole: false, reason: 'the record is cut off' };
  try {
    return { whole: true, endBytes: position + length, text: await decodeMember(await readBytes(file, position, length)) };
  } catch (error) {
    return { whole: false, reason: `the record cannot be decompressed (${error instanceof Error ? error.message : String(error)})` };
  }
}

const searchBytes = 1024 * 1024;

/** Is there a whole member anywhere from `from` on? Tells damage in the middle of a journal from a torn last append. */
export async function hasWholeMember(file: FileHandle, from: number, fileBytes: number): Promise<boolean> {
  for (let position = from; position < fileBytes; position += searchBytes) {
    // The windows overlap by a header, so that none is missed at a border.
    const window = await readBytes(file, position, Math.min(searchBytes + memberHeaderBytes, fileBytes - position));
    for (let at = window.indexOf(memberStart); at >= 0 && at < searchBytes; at = window.indexOf(memberStart, at + 1)) {
      if (memberLength(window.subarray(at, at + memberHeaderBytes)) === null) continue;
      if ((await readMember(file, position + at, fileBytes)).whole) return true;
    }
  }
  return false;
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
