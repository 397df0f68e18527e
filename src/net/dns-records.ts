import type { DnsRecord, DnsRecordOf } from '../model/dns.ts';
import type { RdataCursor } from './dns-cursor.ts';
import { typeName } from './dns-types.ts';
import { formatIpv4, formatIpv6 } from './ip-format.ts';
import { readServiceBinding } from './svcb.ts';

type ReadType = Exclude<DnsRecord['type'], 'OTHER'>;
type Fields<Type extends DnsRecord['type']> = Omit<DnsRecordOf<Type>, 'type' | 'name' | 'ttl'>;

const readTarget = (cursor: RdataCursor) => ({ target: cursor.name() });

/**
 * RDATA of the types that are judged. Names are decompressed wherever RFC 3597 §4 allows a receiver to; only SVCB and
 * HTTPS refuse pointers.
 */
const readers: { readonly [Type in ReadType]: (cursor: RdataCursor) => Fields<Type> } = {
  A: (cursor) => ({ address: formatIpv4(cursor.bytes(4)) }),
  AAAA: (cursor) => ({ address: formatIpv6(cursor.bytes(16)) }),
  NS: readTarget,
  CNAME: readTarget,
  DNAME: readTarget,
  PTR: readTarget,
  MX: (cursor) => ({ preference: cursor.u16(), exchange: cursor.name() }),
  SRV: (cursor) => ({ priority: cursor.u16(), weight: cursor.u16(), port: cursor.u16(), target: cursor.name() }),
  SOA: (cursor) => ({
    primary: cursor.name(),
    mailbox: cursor.name(),
    serial: cursor.u32(),
    refresh: cursor.u32(),
    retry: cursor.u32(),
    expire: cursor.u32(),
    minimum: cursor.u32(),
  }),
  TXT: readText,
  HTTPS: readServiceBinding,
  SVCB: readServiceBinding,
  DS: readDigest,
  DNSKEY: readKey,
};

/** One or more character strings (RFC 1035 §3.3.14). */
function readText(cursor: RdataCursor): Fields<'TXT'> {
  const strings: string[] = [];
  do strings.push(cursor.text());
  while (cursor.left > 0);
  return { text: strings.join('') };
}

/** RFC 4034 §5.1; the digest in lower-case hex. */
function readDigest(cursor: RdataCursor): Fields<'DS'> {
  const fields = { keyTag: cursor.u16(), algorithm: cursor.u8(), digestType: cursor.u8() };
  if (cursor.left === 0) cursor.fail('empty digest');
  return { ...fields, digest: cursor.rest().toString('hex') };
}

/** RFC 4034 §2.1; the key in base64. A protocol other than 3 makes the record useless (§2.1.2). */
function readKey(cursor: RdataCursor): Fields<'DNSKEY'> {
  const flags = cursor.u16();
  if (cursor.u8() !== 3) cursor.fail('protocol of the key is not 3');
  return { flags, algorithm: cursor.u8(), key: cursor.rest().toString('base64') };
}

const isReadType = (type: string): type is ReadType => Object.hasOwn(readers, type);

/** The record whose RDATA the cursor stands on, or what is wrong with it. Types that are not judged keep their RDATA in hex. */
export function readRecord(head: { name: string; ttl: number; type: number }, cursor: RdataCursor): DnsRecord | { problem: string } {
  const { name, ttl } = head;
  const type = typeName(head.type);
  const record = isReadType(type)
    ? { type, name, ttl, ...readers[type](cursor) }
    : { type: 'OTHER', name, ttl, rrType: type, hex: cursor.rest().toString('hex') };
  const problem = cursor.finish();
  return problem === null ? (record as DnsRecord) : { problem };
}
