import { DnsMessageError } from './dns-message-error.ts';

/** Limits of the guard; `settings.dns` has the fields of the same names (faults §1). */
export interface NameLimits {
  maxPointersPerName: number;
  maxNameStepsPerMessage: number;
}

/** A name and the offset behind it, or what is wrong with it; then `end` is null when not even its end could be found. */
export type NameRead = { ok: true; name: string; end: number } | { ok: false; problem: string; end: number | null };

const HEADER_BYTES = 12;
const MAX_NAME_OCTETS = 255;
const MAX_LABEL_OCTETS = 63;
const POINTER = 0xc0;
const PAST_THE_END = 'name passes the end of the message';
const DOT = 0x2e;
const BACKSLASH = 0x5c;

const needsEscape = (byte: number): boolean => byte <= 0x20 || byte >= 0x7f || byte === DOT || byte === BACKSLASH;
const isUpperCase = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;

/** 0 plain, 1 upper case, 2 to be escaped: one look-up per byte of remote data. */
const byteKinds = Uint8Array.from({ length: 256 }, (_, byte) => (needsEscape(byte) ? 2 : isUpperCase(byte) ? 1 : 0));
const byteTexts: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  needsEscape(byte) ? `\\${String(byte).padStart(3, '0')}` : String.fromCharCode(isUpperCase(byte) ? byte + 0x20 : byte),
);

/**
 * Reads the names of one message (RFC 1035 §4.1.4). The work of all names is counted together: every label, every
 * pointer and every byte that must be escaped is a step; `DnsMessageError` 'work-budget' is thrown when they are used up.
 */
export class NameReader {
  readonly #bytes: Buffer;
  readonly #limits: NameLimits;
  /** What a name that is nothing but a pointer to this offset reads as. */
  readonly #walkedFrom = new Map<number, NameRead>();
  #stepsLeft: number;

  constructor(bytes: Buffer, limits: NameLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
    this.#stepsLeft = limits.maxNameStepsPerMessage;
  }

  /** Presentation form: lower case, decimal escapes, no final dot. `compressed` false refuses pointers (RFC 9460 §2.2). */
  read(start: number, compressed = true): NameRead {
    const first = this.#bytes[start];
    if (!compressed || first === undefined || first < POINTER) return this.#walk(start, compressed);
    // Most names of a message are one pointer, to the same few places: each place is walked once.
    this.#step(1);
    const target = this.#bytes.length > start + 1 ? this.#bytes.readUInt16BE(start) & 0x3fff : start;
    const known = target < start ? this.#walkedFrom.get(target) : undefined;
    if (known !== undefined) return { ...known, end: start + 2 };
    const walked = this.#walk(start, true);
    if (target < start && walked.end !== null) this.#walkedFrom.set(target, walked);
    return walked;
  }

  #walk(start: number, compressed: boolean): NameRead {
    let offset = start;
    let segment = start;
    let end: number | null = null;
    let name = '';
    let octets = 1;
    let pointers = 0;
    for (;;) {
      this.#step(1);
      const length = this.#bytes[offset];
      if (length === undefined) return { ok: false, problem: PAST_THE_END, end };
      if (length === 0) return { ok: true, name, end: end ?? offset + 1 };
      if (length >= POINTER) {
        const low = this.#bytes[offset + 1];
        if (low === undefined) return { ok: false, problem: PAST_THE_END, end };
        end ??= offset + 2;
        const target = ((length & 0x3f) << 8) | low;
        pointers += 1;
        const problem = compressed ? this.#pointerProblem(target, segment, pointers) : 'name is compressed';
        if (problem !== null) return { ok: false, problem, end };
        offset = target;
        segment = target;
        continue;
      }
      octets += length + 1;
      const problem = this.#labelProblem(offset, length, octets);
      if (problem !== null) return { ok: false, problem, end };
      const label = this.#label(offset + 1, offset + 1 + length);
      name = name === '' ? label : `${name}.${label}`;
      offset += 1 + length;
    }
  }

  #labelProblem(offset: number, length: number, octets: number): string | null {
    if (length > MAX_LABEL_OCTETS) return 'unknown label type';
    if (octets > MAX_NAME_OCTETS) return 'name longer than 255 octets';
    return offset + 1 + length > this.#bytes.length ? PAST_THE_END : null;
  }

  /** Strictly backwards, from the start of the run of labels that holds the pointer: loops cannot happen. */
  #pointerProblem(target: number, segment: number, pointers: number): string | null {
    if (target >= segment || target < HEADER_BYTES) return 'compression pointer does not point to a prior name';
    return pointers > this.#limits.maxPointersPerName ? 'too many compression pointers' : null;
  }

  #label(start: number, end: number): string {
    let kinds = 0;
    for (let offset = start; offset < end; offset += 1) kinds |= byteKinds[this.#bytes[offset] ?? 0] ?? 0;
    if (kinds === 0) return this.#bytes.toString('latin1', start, end);
    if (kinds === 1) return this.#bytes.toString('latin1', start, end).toLowerCase();
    this.#step(end - start);
    let text = '';
    for (let offset = start; offset < end; offset += 1) text += byteTexts[this.#bytes[offset] ?? 0] ?? '';
    return text;
  }

  #step(cost: number): void {
    this.#stepsLeft -= cost;
    if (this.#stepsLeft < 0) throw new DnsMessageError('work-budget', 'names of the message cost too much work');
  }
}

/**
 * Wire form of a name in presentation form: `\DDD` and `\X` escapes, no final dot, '' is the root. Throws
 * `DnsMessageError` 'name' on empty or over-long labels, over-long names, wrong escapes and non-ASCII characters.
 */
export function encodeName(name: string): Buffer {
  if (name === '') return Buffer.from([0]);
  // Four characters an octet at most; without this bound a long text would be walked to its end first.
  if (name.length > 4 * MAX_NAME_OCTETS) throw new DnsMessageError('name', 'name longer than 255 octets');
  const wire: number[] = [];
  let label: number[] = [];
  const endLabel = (): void => {
    if (label.length === 0) throw new DnsMessageError('name', 'empty label');
    if (label.length > MAX_LABEL_OCTETS) throw new DnsMessageError('name', 'label longer than 63 octets');
    wire.push(label.length, ...label);
    label = [];
  };
  for (let at = 0; at < name.length; ) {
    const code = name.charCodeAt(at);
    if (code === DOT) {
      endLabel();
      at += 1;
      continue;
    }
    const { byte, length } = code === BACKSLASH ? escapeAt(name, at) : { byte: code, length: 1 };
    if (byte > (code === BACKSLASH ? 0xff : 0x7f)) throw new DnsMessageError('name', 'character outside ASCII');
    label.push(byte);
    at += length;
  }
  endLabel();
  wire.push(0);
  if (wire.length > MAX_NAME_OCTETS) throw new DnsMessageError('name', 'name longer than 255 octets');
  return Buffer.from(wire);
}

/** `\DDD` or `\X` (RFC 1035 §5.1). */
function escapeAt(name: string, at: number): { byte: number; length: number } {
  const digits = name.slice(at + 1, at + 4);
  if (/^[0-9]{3}$/.test(digits)) return { byte: Number(digits), length: 4 };
  const byte = name.charCodeAt(at + 1);
  if (!(byte > 0x20 && byte < 0x7f) || /[0-9]/.test(String.fromCharCode(byte))) throw new DnsMessageError('name', 'wrong escape');
  return { byte, length: 2 };
}

/** The one spelling that the decoder uses: names from other sources compare equal after this. Throws as `encodeName`. */
export function canonicalName(name: string): string {
  const wire = encodeName(name);
  const read = new NameReader(wire, { maxPointersPerName: 0, maxNameStepsPerMessage: 2 * MAX_NAME_OCTETS }).read(0, false);
  if (!read.ok) throw new DnsMessageError('name', read.problem);
  return read.name;
}
