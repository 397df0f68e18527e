import { addressBytes } from '../model/address-bytes.ts';
import type { DnsRecord } from '../model/dns.ts';
import { nameWire } from './names.ts';

/** Numbers of the types whose sets are verified. */
const typeNumbers: Readonly<Record<string, number>> = {
  A: 1,
  CNAME: 5,
  SOA: 6,
  AAAA: 28,
  DNAME: 39,
  DS: 43,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
};

export function recordType(record: DnsRecord): string {
  return record.type === 'OTHER' ? record.rrType : record.type;
}

/** Null for a type that is not verified here. */
export function verifiedType(type: string): number | null {
  return Object.hasOwn(typeNumbers, type) ? (typeNumbers[type] ?? null) : null;
}

/** RDATA in canonical form (RFC 4034 §6.2), or null where it cannot be built again from what is stored. */
export function canonicalRdata(record: DnsRecord): Buffer | null {
  switch (record.type) {
    case 'A':
    case 'AAAA': {
      const bytes = addressBytes(record.address);
      return bytes === null ? null : Buffer.from(bytes);
    }
    case 'CNAME':
    case 'DNAME':
      return nameWire(record.target);
    case 'DS':
      return Buffer.concat([head(record.keyTag, record.algorithm, record.digestType), Buffer.from(record.digest, 'hex')]);
    case 'DNSKEY':
      return Buffer.concat([head(record.flags, 3, record.algorithm), Buffer.from(record.key, 'base64')]);
    case 'SOA':
      return soaRdata(record);
    case 'OTHER':
      return Buffer.from(record.hex, 'hex');
    default:
      return null;
  }
}

function head(first: number, second: number, third: number): Buffer {
  return Buffer.from([first >> 8, first & 0xff, second, third]);
}

function soaRdata(record: Extract<DnsRecord, { type: 'SOA' }>): Buffer | null {
  const names = [nameWire(record.primary), nameWire(record.mailbox)];
  if (names.some((name) => name === null)) return null;
  const numbers = Buffer.alloc(20);
  for (const [index, value] of [record.serial, record.refresh, record.retry, record.expire, record.minimum].entries())
    numbers.writeUInt32BE(value >>> 0, index * 4);
  return Buffer.concat([...names.flatMap((name) => (name === null ? [] : [name])), numbers]);
}
