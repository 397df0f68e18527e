import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { base32hex } from '../../src/dnssec/denial.ts';
import { type DnsKey, keyTag } from '../../src/dnssec/keys.ts';
import { nameWire } from '../../src/dnssec/names.ts';
import { canonicalRdata, recordType, verifiedType } from '../../src/dnssec/record-wire.ts';
import type { DnsRecord, DnsRecordOf } from '../../src/model/dns.ts';

/** Moment of all answers of a signed world. */
export const signedAtMs = Date.UTC(2026, 10, 24, 3);
const day = 86_400;

export interface ZoneKey {
  record: DnsKey;
  privateKey: KeyObject;
}

const makers: Readonly<Record<number, () => { publicKey: KeyObject; privateKey: KeyObject }>> = {
  8: () => generateKeyPairSync('rsa', { modulusLength: 1024 }),
  10: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  13: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  14: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  15: () => generateKeyPairSync('ed25519'),
};

function keyBytes(algorithm: number, publicKey: KeyObject): Buffer {
  const { n = '', e = '', x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');
  if (algorithm !== 8 && algorithm !== 10) return Buffer.concat([bytes(x), bytes(y)]);
  return Buffer.concat([Buffer.from([bytes(e).length]), bytes(e), bytes(n)]);
}

export function makeKey(zone: string, algorithm = 13, flags = 257): ZoneKey {
  const make = makers[algorithm];
  if (make === undefined) throw new Error(`no key of algorithm ${algorithm}`);
  const { publicKey, privateKey } = make();
  const key = keyBytes(algorithm, publicKey).toString('base64');
  return { record: { type: 'DNSKEY', name: zone, ttl: 300, flags, algorithm, key }, privateKey };
}

export function dsOf({ record }: ZoneKey, digestType = 2): DnsRecordOf<'DS'> {
  const owner = nameWire(record.name) ?? Buffer.alloc(0);
  const digest = createHash(digestType === 4 ? 'sha384' : 'sha256')
    .update(owner)
    .update(canonicalRdata(record) ?? Buffer.alloc(0))
    .digest('hex');
  return { type: 'DS', name: record.name, ttl: 300, keyTag: keyTag(record), algorithm: record.algorithm, digestType, digest };
}

export interface Signing {
  key: ZoneKey;
  /** Seconds from `signedAtMs`. */
  from?: number;
  until?: number;
  signer?: string;
  /** Wildcard: fewer labels than the owner has. */
  labels?: number;
  spoil?: boolean;
  tag?: number;
}

const hashes: Readonly<Record<number, string | null>> = { 8: 'sha256', 10: 'sha512', 13: 'sha256', 14: 'sha384', 15: null };

function u16(...values: number[]): Buffer {
  return Buffer.from(values.flatMap((value) => [value >> 8, value & 0xff]));
}

function u32(...values: number[]): Buffer {
  return Buffer.concat(values.map((value) => u16((value >>> 16) & 0xffff, value & 0xffff)));
}

/** An RRSIG over one set, written after RFC 4034 §3 and not with the code under test's own assembly of the signed data. */
export function rrsig(records: readonly DnsRecord[], signing: Signing): DnsRecord {
  const [first] = records;
  if (first === undefined) throw new Error('nothing to sign');
  const { key, signer = key.record.name } = signing;
  const { algorithm } = key.record;
  const type = verifiedType(recordType(first)) ?? 0;
  const owner = first.name;
  const labels = signing.labels ?? (owner === '' ? 0 : owner.split('.').length);
  const now = signedAtMs / 1000;
  const [inception, expiration] = [now + (signing.from ?? -day), now + (signing.until ?? 7 * day)];
  const signerWire = nameWire(signer) ?? Buffer.alloc(0);
  const prefix = Buffer.concat([
    u16(type),
    Buffer.from([algorithm, labels]),
    u32(300, expiration, inception),
    u16(signing.tag ?? keyTag(key.record)),
    signerWire,
  ]);
  const parts = owner === '' ? [] : owner.split('.');
  const signedName = labels < parts.length ? ['*', ...parts.slice(parts.length - labels)].join('.') : owner;
  const ownerWire = nameWire(signedName) ?? Buffer.alloc(0);
  const rdata = records.map((record) => canonicalRdata(record) ?? Buffer.alloc(0)).sort(Buffer.compare);
  const lines = rdata.map((bytes) => Buffer.concat([ownerWire, u16(type, 1), u32(300), u16(bytes.length), bytes]));
  const data = Buffer.concat([prefix, ...lines]);
  const signature = sign(hashes[algorithm] ?? null, data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  if (signing.spoil === true) signature.writeUInt8(signature.readUInt8(5) ^ 1, 5);
  return { type: 'OTHER', name: owner, ttl: 300, rrType: 'RRSIG', hex: Buffer.concat([prefix, signature]).toString('hex') };
}

/** The set and its signature. */
export function signed(records: readonly DnsRecord[], signing: Signing): DnsRecord[] {
  return [...records, rrsig(records, signing)];
}

/** Type bit maps of types below 256. */
export function bitmap(types: readonly number[]): Buffer {
  const bits = Buffer.alloc(32);
  for (const type of types) bits.writeUInt8((bits[type >> 3] ?? 0) | (0x80 >> (type & 7)), type >> 3);
  const length = bits.findLastIndex((byte) => byte !== 0) + 1;
  return Buffer.concat([Buffer.from([0, length]), bits.subarray(0, length)]);
}

export function nsec(owner: string, next: string, types: readonly number[]): DnsRecord {
  const hex = Buffer.concat([nameWire(next) ?? Buffer.alloc(0), bitmap(types)]).toString('hex');
  return { type: 'OTHER', name: owner, ttl: 300, rrType: 'NSEC', hex };
}

export function nsec3Hash(name: string, { iterations, salt }: { iterations: number; salt: Buffer }): Buffer {
  let hash = nameWire(name) ?? Buffer.alloc(0);
  for (let round = 0; round <= iterations; round += 1) hash = createHash('sha1').update(hash).update(salt).digest();
  return hash;
}

export interface Nsec3Parts {
  zone: string;
  ownerHash: Buffer;
  nextHash: Buffer;
  types: readonly number[];
  optOut?: boolean;
  iterations?: number;
  salt?: Buffer;
}

export function nsec3({ zone, ownerHash, nextHash, types, optOut = false, iterations = 0, salt = Buffer.alloc(0) }: Nsec3Parts): DnsRecord {
  const rdata = Buffer.concat([
    Buffer.from([1, optOut ? 1 : 0]),
    u16(iterations),
    Buffer.from([salt.length]),
    salt,
    Buffer.from([nextHash.length]),
    nextHash,
    types.length === 0 ? Buffer.alloc(0) : bitmap(types),
  ]);
  return {
    type: 'OTHER',
    name: `${base32hex(ownerHash)}${zone === '' ? '' : `.${zone}`}`,
    ttl: 300,
    rrType: 'NSEC3',
    hex: rdata.toString('hex'),
  };
}

export const aaaa = (name: string, address: string): DnsRecord => ({ type: 'AAAA', name, ttl: 300, address });

/** The hash before and after one, for spans that cover it. */
export function around(hash: Buffer): { before: Buffer; after: Buffer } {
  const [before, after] = [Buffer.from(hash), Buffer.from(hash)];
  before.writeUInt8(0, 19);
  before.writeUInt8(Math.max(0, (hash[0] ?? 0) - 1), 0);
  after.writeUInt8(Math.min(255, (hash[0] ?? 0) + 1), 0);
  return { before, after };
}
