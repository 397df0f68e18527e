import type { DnsRecord } from '../model/dns.ts';
import { readWireName } from './names.ts';

/** Fields of an RRSIG (RFC 4034 §3.1). Times are seconds since 1970 modulo 2^32. */
export interface Rrsig {
  owner: string;
  typeCovered: number;
  algorithm: number;
  labels: number;
  originalTtl: number;
  expiration: number;
  inception: number;
  keyTag: number;
  signer: string;
  /** RDATA up to the signature, the signer's name in lower case: the start of what is signed. */
  prefix: Buffer;
  signature: Buffer;
}

const fixedBytes = 18;

/** Null when the record is no RRSIG or too broken to verify anything. */
export function readRrsig(record: DnsRecord): Rrsig | null {
  if (record.type !== 'OTHER' || record.rrType !== 'RRSIG') return null;
  const bytes = Buffer.from(record.hex, 'hex');
  if (bytes.length <= fixedBytes) return null;
  const signer = readWireName(bytes, fixedBytes);
  if (signer === null || signer.end >= bytes.length) return null;
  return {
    owner: record.name,
    typeCovered: bytes.readUInt16BE(0),
    algorithm: bytes.readUInt8(2),
    labels: bytes.readUInt8(3),
    originalTtl: bytes.readUInt32BE(4),
    expiration: bytes.readUInt32BE(8),
    inception: bytes.readUInt32BE(12),
    keyTag: bytes.readUInt16BE(16),
    signer: signer.name,
    prefix: Buffer.concat([bytes.subarray(0, fixedBytes), lowered(bytes.subarray(fixedBytes, signer.end))]),
    signature: bytes.subarray(signer.end),
  };
}

/** Length bytes are at most 63 and so never letters. */
function lowered(wire: Buffer): Buffer {
  return Buffer.from(wire.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte)));
}

/** Signatures that ended, or begin, less than this from the moment of the answer are not held against anybody: clocks differ. */
const skewSeconds = 3_600;

/** 'expired', 'not-yet-valid', or null at that moment. Serial number arithmetic (RFC 4034 §3.1.5, RFC 1982). */
export function timeProblem({ inception, expiration }: Rrsig, atMs: number): 'expired' | 'not-yet-valid' | null {
  const now = Math.floor(atMs / 1000);
  if (isAfter(now - skewSeconds, expiration)) return 'expired';
  return isAfter(inception, now + skewSeconds) ? 'not-yet-valid' : null;
}

function isAfter(one: number, other: number): boolean {
  return ((one - other) | 0) > 0;
}
