import type { NameReader } from './dns-names.ts';

/**
 * Reads one RDATA. The first problem sticks and the reads after it give empty values: the caller looks at `problem` once,
 * at the end. Exceptions are not used, because a hostile message can hold thousands of broken records.
 */
export class RdataCursor {
  problem: string | null = null;
  readonly #bytes: Buffer;
  readonly #names: NameReader;
  readonly #end: number;
  #offset: number;

  constructor(message: { bytes: Buffer; names: NameReader }, start: number, end: number) {
    this.#bytes = message.bytes;
    this.#names = message.names;
    this.#offset = start;
    this.#end = end;
  }

  get left(): number {
    return this.problem === null ? this.#end - this.#offset : 0;
  }

  fail(problem: string): void {
    this.problem ??= problem;
  }

  u8(): number {
    return this.#take(1) ? (this.#bytes[this.#offset - 1] ?? 0) : 0;
  }

  u16(): number {
    return this.#take(2) ? this.#bytes.readUInt16BE(this.#offset - 2) : 0;
  }

  u32(): number {
    return this.#take(4) ? this.#bytes.readUInt32BE(this.#offset - 4) : 0;
  }

  bytes(length: number): Buffer {
    return this.#take(length) ? this.#bytes.subarray(this.#offset - length, this.#offset) : Buffer.alloc(0);
  }

  rest(): Buffer {
    return this.bytes(this.left);
  }

  /** Character string (RFC 1035 §3.3), bytes as Latin-1. */
  text(): string {
    return this.bytes(this.u8()).toString('latin1');
  }

  name(compressed = true): string {
    if (this.problem !== null) return '';
    const read = this.#names.read(this.#offset, compressed);
    if (!read.ok) this.fail(read.problem);
    else if (read.end > this.#end) this.fail('name passes the end of its record');
    else {
      this.#offset = read.end;
      return read.name;
    }
    return '';
  }

  /** To be called last: bytes left over are a problem too. */
  finish(): string | null {
    if (this.left > 0) this.fail('bytes left over at the end of the record');
    return this.problem;
  }

  #take(length: number): boolean {
    if (this.problem === null && this.#offset + length > this.#end) this.fail('record is too short');
    if (this.problem !== null) return false;
    this.#offset += length;
    return true;
  }
}
