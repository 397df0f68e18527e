import dnsPacket, { type OptAnswer, type RecordType } from 'dns-packet';
import type { DnsRecord, DnsResponse, MalformedRecord } from '../model/dns.ts';
import { RdataCursor } from './dns-cursor.ts';
import { DnsMessageError } from './dns-message-error.ts';
import { canonicalName, encodeName, type NameLimits, type NameRead, NameReader } from './dns-names.ts';
import { readRecord } from './dns-records.ts';
import { rcodeName, typeName, typeNumber } from './dns-types.ts';
import { type Edns, type OptHead, readOpt, upperRcode } from './edns.ts';

const HEADER_BYTES = 12;
const MAX_MESSAGE_BYTES = 65_535;
const CLASS_IN = 1;
const OPT = 41;
/** Type, class, TTL and RDLENGTH. */
const FIXED_BYTES = 10;
/** A message with more broken records than this is hostile; the rest of it is cut and neither read nor stored. */
const MAX_MALFORMED = 100;
/** Flag bits of the header (RFC 1035 §4.1.1, RFC 4035 §3.1.6 and §3.2.2). */
const flag = { qr: 0x8000, aa: 0x0400, tc: 0x0200, rd: 0x0100, ra: 0x0080, ad: 0x0020, cd: 0x0010 };

export interface DnsHeader {
  id: number;
  isResponse: boolean;
  opcode: number;
  recursionDesired: boolean;
  checkingDisabled: boolean;
}

export interface DnsQuestion {
  /** Presentation form as in `DnsRecord`. */
  name: string;
  /** Mnemonic or TYPEn. */
  type: string;
  /** Raw class number; 1 is IN. */
  rrClass: number;
}

export interface DecodedMessage {
  header: DnsHeader;
  question: DnsQuestion | null;
  /** `mismatches` is 0 here; only the exchange knows them. */
  response: DnsResponse;
}

type Section = MalformedRecord['section'];

interface Walk {
  bytes: Buffer;
  names: NameReader;
  offset: number;
  records: Record<Section, DnsRecord[]>;
  malformed: MalformedRecord[];
  opt: { head: OptHead; edns: Edns } | null;
}

/**
 * The guard (faults 12.1): reads a message record by record. A broken record is kept in `malformed` and the others are
 * used; when a record cannot be delimited the reading ends with it. Throws `DnsMessageError` only: 'size', 'question'
 * or 'work-budget'. The time is bounded for any input.
 */
export function decodeMessage(message: Uint8Array, limits: NameLimits): DecodedMessage {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  if (bytes.length < HEADER_BYTES || bytes.length > MAX_MESSAGE_BYTES)
    throw new DnsMessageError('size', `message of ${bytes.length} bytes`);
  const walk: Walk = {
    bytes,
    names: new NameReader(bytes, limits),
    offset: HEADER_BYTES,
    records: { answer: [], authority: [], additional: [] },
    malformed: [],
    opt: null,
  };
  const flags = bytes.readUInt16BE(2);
  const question = readQuestion(walk, bytes.readUInt16BE(4));
  readSections(walk);
  return {
    header: {
      id: bytes.readUInt16BE(0),
      isResponse: (flags & flag.qr) !== 0,
      opcode: (flags >>> 11) & 0xf,
      recursionDesired: (flags & flag.rd) !== 0,
      checkingDisabled: (flags & flag.cd) !== 0,
    },
    question,
    response: {
      rcode: rcodeName((flags & 0xf) | (walk.opt === null ? 0 : upperRcode(walk.opt.head))),
      authoritative: (flags & flag.aa) !== 0,
      truncated: (flags & flag.tc) !== 0,
      recursionAvailable: (flags & flag.ra) !== 0,
      authenticData: (flags & flag.ad) !== 0,
      answers: walk.records.answer,
      authorities: walk.records.authority,
      additionals: walk.records.additional,
      malformed: walk.malformed,
      edns: walk.opt?.edns ?? null,
      messageBytes: bytes.length,
      mismatches: 0,
    },
  };
}

function readQuestion(walk: Walk, count: number): DnsQuestion | null {
  if (count === 0) return null;
  if (count > 1) throw new DnsMessageError('question', 'more than one question');
  const read = walk.names.read(walk.offset);
  if (!read.ok) throw new DnsMessageError('question', read.problem);
  if (read.end + 4 > walk.bytes.length) throw new DnsMessageError('question', 'message ends inside the question');
  walk.offset = read.end + 4;
  return { name: read.name, type: typeName(walk.bytes.readUInt16BE(read.end)), rrClass: walk.bytes.readUInt16BE(read.end + 2) };
}

/** The counts are not believed: every record takes at least 11 bytes, and the end of the message ends the walk. */
function readSections(walk: Walk): void {
  for (const [at, section] of (['answer', 'authority', 'additional'] as const).entries()) {
    const count = walk.bytes.readUInt16BE(6 + 2 * at);
    for (let read = 0; read < count; read += 1) {
      if (!readNext(walk, section)) return;
    }
  }
}

/** Reads the record at the walk's offset. False: its end is unknown and nothing more can be read. */
function readNext(walk: Walk, section: Section): boolean {
  const { bytes, offset: start } = walk;
  const broken = (reason: string, at: { name?: string; rrType?: string; end?: number } = {}): void => {
    const hex = bytes.toString('hex', start, at.end ?? bytes.length);
    walk.malformed.push({ section, name: at.name ?? '', rrType: at.rrType ?? '', reason, hex });
  };
  if (walk.malformed.length === MAX_MALFORMED) {
    broken('too many malformed records, the rest was cut', { end: start });
    return false;
  }
  if (start >= bytes.length) {
    broken('fewer records than announced');
    return false;
  }
  const owner = walk.names.read(start);
  const fixed = owner.end;
  const name = owner.ok ? owner.name : '';
  if (fixed === null || fixed + FIXED_BYTES > bytes.length) {
    broken(owner.ok ? 'record passes the end of the message' : owner.problem, { name });
    return false;
  }
  const rrType = typeName(bytes.readUInt16BE(fixed));
  const end = fixed + FIXED_BYTES + bytes.readUInt16BE(fixed + 8);
  if (end > bytes.length) {
    broken('record passes the end of the message', { name, rrType });
    return false;
  }
  walk.offset = end;
  const problem = readDelimited(walk, { section, owner, fixed, end });
  if (problem !== null) broken(problem, { name, rrType, end });
  return true;
}

/** A record with known ends: stored where it belongs, or what is wrong with it. */
function readDelimited(walk: Walk, record: { section: Section; owner: NameRead; fixed: number; end: number }): string | null {
  const { section, owner, fixed, end } = record;
  if (!owner.ok) return owner.problem;
  const type = walk.bytes.readUInt16BE(fixed);
  const rrClass = walk.bytes.readUInt16BE(fixed + 2);
  const ttl = walk.bytes.readUInt32BE(fixed + 4);
  const cursor = new RdataCursor(walk, fixed + FIXED_BYTES, end);
  if (type === OPT) {
    if (section !== 'additional' || owner.name !== '') return 'misplaced OPT record';
    if (walk.opt !== null) return 'second OPT record';
    walk.opt = { head: { rrClass, ttl }, edns: readOpt({ rrClass, ttl }, cursor) };
    return cursor.finish();
  }
  // The raw class: a top bit is not an mDNS flag here, it makes another class.
  if (rrClass !== CLASS_IN) return `class ${rrClass}`;
  // RFC 2181 §8: a TTL with the top bit set counts as zero.
  const read = readRecord({ name: owner.name, ttl: ttl > 0x7fffffff ? 0 : ttl, type }, cursor);
  if ('problem' in read) return read.problem;
  walk.records[section].push(read);
  return null;
}

export interface QueryParts {
  /** 0 to 65,535; must be random for queries that leave the machine. */
  id: number;
  /** Presentation form with escapes, without the final dot; '' is the root. */
  name: string;
  /** Mnemonic or TYPEn. */
  type: string;
  recursionDesired: boolean;
  checkingDisabled: boolean;
  /** Needs EDNS: without an OPT record there is no place for it, and it is left out (RFC 3225). */
  dnssecOk: boolean;
  /** EDNS payload size; null: no OPT record. */
  udpPayloadBytes: number | null;
}

/**
 * Wire form of a query with one question of class IN. dns-packet builds header, question and OPT for the root; the name is written
 * by our own validating encoder, and the type by its number, as dns-packet sends type 0 for mnemonics it does not know (faults §12.1).
 * Throws `DnsMessageError` 'name' or 'type'.
 */
export function encodeQuery(query: QueryParts): Buffer {
  const name = encodeName(query.name);
  const flags = (query.recursionDesired ? flag.rd : 0) | (query.checkingDisabled ? flag.cd : 0);
  const type = `UNKNOWN_${typeNumber(query.type)}` as RecordType;
  const opt: OptAnswer = {
    type: 'OPT',
    name: '.',
    udpPayloadSize: query.udpPayloadBytes ?? 0,
    flags: query.dnssecOk ? dnsPacket.DNSSEC_OK : 0,
    options: [],
    extendedRcode: 0,
    ednsVersion: 0,
    flag_do: query.dnssecOk,
  };
  const forRoot = dnsPacket.encode({
    type: 'query',
    id: query.id,
    flags,
    questions: [{ name: '.', type, class: 'IN' }],
    additionals: query.udpPayloadBytes === null ? [] : [opt],
  });
  return Buffer.concat([forRoot.subarray(0, HEADER_BYTES), name, forRoot.subarray(HEADER_BYTES + 1)]);
}

const errorsWithoutQuestion: ReadonlySet<string> = new Set(['FORMERR', 'SERVFAIL', 'NOTIMP', 'REFUSED']);

/**
 * Whether a message answers a query: QR set, ordinary query, same id, and the same name (case aside), type and class.
 * Old servers answer what they do not understand with a bare header: an error of that kind without any record may lack
 * the question, as other resolvers allow too.
 */
export function answersQuestion(message: DecodedMessage, query: Pick<QueryParts, 'id' | 'name' | 'type'>): boolean {
  const { header, question, response } = message;
  if (!header.isResponse || header.opcode !== 0 || header.id !== query.id) return false;
  if (question === null) {
    const records = response.answers.length + response.authorities.length + response.additionals.length + response.malformed.length;
    return records === 0 && errorsWithoutQuestion.has(response.rcode);
  }
  return (
    question.rrClass === CLASS_IN && typeNumber(question.type) === typeNumber(query.type) && question.name === canonicalName(query.name)
  );
}
