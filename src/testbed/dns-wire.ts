/** Just enough of RFC 1035 §4 for a server: reads a query, writes a reply. The codec is our own, so that odd replies can be made. */

export const typeCodes: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  DS: 43,
  DNSKEY: 48,
  SVCB: 64,
  HTTPS: 65,
};
const typeNames = new Map(Object.entries(typeCodes).map(([name, code]) => [code, name]));

export const rcodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;
export type Rcode = keyof typeof rcodes;

/** A resource record with its RDATA as it goes over the wire. Names are lower case without the final dot. */
export interface WireRecord {
  name: string;
  type: string;
  rdata: Buffer;
  /** The name inside RDATA of NS, CNAME, MX, PTR; null for the others. */
  target: string | null;
}

export interface Query {
  id: number;
  /** Lower case, as zones are searched. */
  name: string;
  type: string;
  recursionDesired: boolean;
  /** Requestor's UDP payload size (RFC 6891 §6.2.3); null when the query has no OPT record. */
  udpPayloadBytes: number | null;
  /** The question section as it came: echoed byte for byte, so that mixed case survives. */
  question: Buffer;
}

export interface Reply {
  rcode: Rcode;
  authoritative: boolean;
  truncated: boolean;
  recursionAvailable: boolean;
  answers: WireRecord[];
  authorities: WireRecord[];
  additionals: WireRecord[];
}

export const emptyReply: Reply = {
  rcode: 'NOERROR',
  authoritative: false,
  truncated: false,
  recursionAvailable: false,
  answers: [],
  authorities: [],
  additionals: [],
};

function typeName(code: number): string {
  return typeNames.get(code) ?? `TYPE${code}`;
}

function typeCode(name: string): number {
  return typeCodes[name] ?? Number(name.slice('TYPE'.length));
}

/** Uncompressed wire form of a name in presentation form. */
export function encodeName(name: string): Buffer {
  const labels = name === '' ? [] : name.split('.');
  const parts = labels.map((label) => Buffer.concat([Buffer.from([Buffer.byteLength(label, 'latin1')]), Buffer.from(label, 'latin1')]));
  return Buffer.concat([...parts, Buffer.from([0])]);
}

/** Reads a query. Null: not a query we answer (a reply, no or several questions, compressed or cut names). */
export function decodeQuery(message: Buffer): Query | null {
  if (message.length < 17 || (message.readUInt16BE(2) & 0x8000) !== 0 || message.readUInt16BE(4) !== 1) return null;
  const labels: string[] = [];
  let offset = 12;
  for (;;) {
    const length = message[offset];
    if (length === undefined || length > 63) return null;
    offset += 1;
    if (length === 0) break;
    labels.push(message.toString('latin1', offset, offset + length));
    offset += length;
  }
  if (offset + 4 > message.length) return null;
  return {
    id: message.readUInt16BE(0),
    name: labels.join('.').toLowerCase(),
    type: typeName(message.readUInt16BE(offset)),
    recursionDesired: (message.readUInt16BE(2) & 0x0100) !== 0,
    udpPayloadBytes: ednsSize(message, offset + 4),
    question: message.subarray(12, offset + 4),
  };
}

/** The OPT record is the first additional of all clients we serve: root name, type 41, class = payload size. */
function ednsSize(message: Buffer, offset: number): number | null {
  const hasOpt =
    message.readUInt16BE(10) > 0 && offset + 11 <= message.length && message[offset] === 0 && message.readUInt16BE(offset + 1) === 41;
  return hasOpt ? message.readUInt16BE(offset + 3) : null;
}

function header(query: Query, reply: Reply, additionals: number): Buffer {
  const flags =
    0x8000 |
    (reply.authoritative ? 0x0400 : 0) |
    (reply.truncated ? 0x0200 : 0) |
    (query.recursionDesired ? 0x0100 : 0) |
    (reply.recursionAvailable ? 0x0080 : 0) |
    rcodes[reply.rcode];
  const bytes = Buffer.alloc(12);
  const fields = [query.id, flags, 1, reply.answers.length, reply.authorities.length, additionals];
  for (const [index, field] of fields.entries()) bytes.writeUInt16BE(field, index * 2);
  return bytes;
}

function recordBytes(record: WireRecord, query: Query): Buffer {
  // Owner names equal to the question are pointers to it (offset 12), which keeps ordinary answers small.
  const owner = record.name === query.name && query.name !== '' ? Buffer.from([0xc0, 0x0c]) : encodeName(record.name);
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(typeCode(record.type), 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(300, 4);
  fixed.writeUInt16BE(record.rdata.length, 8);
  return Buffer.concat([owner, fixed, record.rdata]);
}

const opt = Buffer.from([0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0]);

export interface EncodeOptions {
  /** Largest message that fits the transport; a longer reply is sent empty with TC set. */
  maxBytes: number;
  /** False: no OPT record even when the query had one. */
  edns: boolean;
}

/** Writes a reply to a query. */
export function encodeReply(query: Query, reply: Reply, options: EncodeOptions): Buffer {
  const withOpt = options.edns && query.udpPayloadBytes !== null;
  const records = [...reply.answers, ...reply.authorities, ...reply.additionals].map((record) => recordBytes(record, query));
  const count = reply.additionals.length + (withOpt ? 1 : 0);
  const message = Buffer.concat([header(query, reply, count), query.question, ...records, ...(withOpt ? [opt] : [])]);
  if (message.length <= options.maxBytes) return message;
  const cut = { ...reply, truncated: true, answers: [], authorities: [], additionals: [] };
  return Buffer.concat([header(query, cut, withOpt ? 1 : 0), query.question, ...(withOpt ? [opt] : [])]);
}
