import type { FailureCode } from '../model/failure.ts';

/** One whole reply: the code of its last line and the text of each line without code, as Latin-1 (faults M3). */
export interface SmtpReply {
  code: number;
  lines: string[];
}

export interface ReplyLimits {
  maxLineBytes: number;
  maxReplyBytes: number;
  maxReplyLines: number;
}

/** `incomplete`: more bytes are needed. With a problem `partial` is what had been read of the reply. */
export type ReplyState =
  | { kind: 'incomplete' }
  | { kind: 'reply'; reply: SmtpReply }
  | { kind: 'problem'; code: Extract<FailureCode, 'too-large' | 'protocol-error'>; detail: string; partial: SmtpReply | null };

export interface ReplyReader {
  /** Takes bytes and looks for a whole reply. Bytes after it stay for the next one. */
  push(bytes: Uint8Array): ReplyState;
  /** Bytes that came after the last whole reply. */
  readonly leftOver: number;
}

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Reads SMTP replies (RFC 5321 §4.2) with caps on a line, a reply and its lines (faults M2). A bare LF ends a line too. When the
 * codes of a reply's lines differ, the last one counts.
 */
export function createReplyReader(limits: ReplyLimits): ReplyReader {
  let pending: Buffer = Buffer.alloc(0);
  let lines: string[] = [];
  let code = 0;
  let replyBytes = 0;

  const problem = (failure: 'too-large' | 'protocol-error', detail: string): ReplyState => ({
    kind: 'problem',
    code: failure,
    detail,
    partial: lines.length === 0 ? null : { code, lines },
  });

  /** Handles one line without its end; null means that the reply goes on. */
  function line(bytes: Buffer): ReplyState | null {
    const read = readCode(bytes);
    if (read === null) return problem('protocol-error', 'no SMTP reply');
    code = read;
    lines.push(bytes.subarray(4).toString('latin1'));
    if (bytes[3] === 0x2d) return lines.length >= limits.maxReplyLines ? problem('too-large', `over ${limits.maxReplyLines} lines`) : null;
    const reply = { code, lines };
    lines = [];
    replyBytes = 0;
    return { kind: 'reply', reply };
  }

  function next(): ReplyState {
    for (;;) {
      const end = pending.indexOf(newline);
      const length = end < 0 ? pending.length : end;
      if (length > limits.maxLineBytes) {
        keepLongLine(pending.subarray(0, limits.maxLineBytes));
        return problem('too-large', `line over ${limits.maxLineBytes} bytes`);
      }
      if (end < 0) return startsLikeReply(pending) ? { kind: 'incomplete' } : problem('protocol-error', 'no SMTP reply');
      replyBytes += end + 1;
      if (replyBytes > limits.maxReplyBytes) return problem('too-large', `reply over ${limits.maxReplyBytes} bytes`);
      const whole = pending.subarray(0, end > 0 && pending[end - 1] === carriageReturn ? end - 1 : end);
      pending = pending.subarray(end + 1);
      const state = line(whole);
      if (state !== null) return state;
    }
  }

  function keepLongLine(bytes: Buffer): void {
    const read = readCode(bytes);
    if (read === null) return;
    code = read;
    lines.push(bytes.subarray(4).toString('latin1'));
  }

  return {
    push(bytes) {
      pending = pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([pending, bytes]);
      return next();
    },
    get leftOver() {
      return pending.length;
    },
  };
}

/** The code of a line 'NNN', 'NNN text' or 'NNN-text'; null when it is no such line. */
function readCode(line: Buffer): number | null {
  if (line.length < 3 || !startsLikeReply(line)) return null;
  return Number(line.subarray(0, 3).toString('latin1'));
}

/** Tells a server of another protocol at its first bytes, without waiting for a line end that may never come. */
function startsLikeReply(bytes: Buffer): boolean {
  for (let index = 0; index < Math.min(3, bytes.length); index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  const separator = bytes[3];
  return separator === undefined || separator === 0x20 || separator === 0x2d || separator === carriageReturn || separator === newline;
}
