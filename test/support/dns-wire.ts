/** Builds DNS messages byte by byte, so that every field can lie. Independent of the codec under test. */

export const u16 = (value: number): Buffer => Buffer.from([value >>> 8, value & 0xff]);
export const u32 = (value: number): Buffer => Buffer.concat([u16(value >>> 16), u16(value & 0xffff)]);
export const pointer = (offset: number): Buffer => u16(0xc000 | offset);

/** Plain host names only; '' is the root. */
export function wireName(name: string): Buffer {
  const labels = name === '' ? [] : name.split('.');
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])),
    Buffer.from([0]),
  ]);
}

export interface WireRecord {
  owner?: Buffer;
  type: number;
  rrClass?: number;
  ttl?: number;
  /** Given: lies about the length of the RDATA. */
  rdlength?: number;
  rdata: Buffer;
}

export function wireRecord({ owner = pointer(12), type, rrClass = 1, ttl = 60, rdlength, rdata }: WireRecord): Buffer {
  return Buffer.concat([owner, u16(type), u16(rrClass), u32(ttl), u16(rdlength ?? rdata.length), rdata]);
}

export interface WireMessage {
  id?: number;
  flags?: number;
  /** Null: no question. */
  question?: { name: Buffer; type: number; rrClass?: number } | null;
  answers?: readonly Buffer[];
  authorities?: readonly Buffer[];
  additionals?: readonly Buffer[];
  /** Given: lies about the number of answers. */
  answerCount?: number;
}

/** QR and AA set, question `a.vn AAAA` unless told otherwise. */
export function wireMessage(parts: WireMessage = {}): Buffer {
  const {
    id = 1,
    flags = 0x8400,
    question = { name: wireName('a.vn'), type: 28 },
    answers = [],
    authorities = [],
    additionals = [],
  } = parts;
  const asked = question === null ? [] : [question.name, u16(question.type), u16(question.rrClass ?? 1)];
  const counts = [question === null ? 0 : 1, parts.answerCount ?? answers.length, authorities.length, additionals.length].map(u16);
  return Buffer.concat([u16(id), u16(flags), ...counts, ...asked, ...answers, ...authorities, ...additionals]);
}

/** OPT record: payload 1232, version 0, options given as [code, value]. */
export function wireOpt(options: readonly [number, Buffer][] = [], ttl = 0): Buffer {
  const rdata = Buffer.concat(options.flatMap(([code, value]) => [u16(code), u16(value.length), value]));
  return wireRecord({ owner: wireName(''), type: 41, rrClass: 1232, ttl, rdata });
}
