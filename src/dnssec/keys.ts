import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { DnsRecord, DnsRecordOf } from '../model/dns.ts';
import { nameWire } from './names.ts';
import { canonicalRdata } from './record-wire.ts';
import type { TrustAnchor } from './root-anchors.ts';

export type DnsKey = DnsRecordOf<'DNSKEY'>;

const zoneKeyFlag = 0x0100;
const revokedFlag = 0x0080;

/** DNSKEYs that may sign data of their zone: zone key flag set, not revoked (RFC 4034 §2.1.1, RFC 5011 §2.1). */
export function zoneKeys(records: readonly DnsRecord[], zone: string): DnsKey[] {
  return records.filter(
    (record): record is DnsKey =>
      record.type === 'DNSKEY' && record.name === zone && (record.flags & zoneKeyFlag) !== 0 && (record.flags & revokedFlag) === 0,
  );
}

/** RFC 4034 appendix B. */
export function keyTag(key: DnsKey): number {
  const rdata = canonicalRdata(key) ?? Buffer.alloc(0);
  let sum = 0;
  for (const [index, byte] of rdata.entries()) sum += index % 2 === 0 ? byte << 8 : byte;
  return (sum + (sum >>> 16)) & 0xffff;
}

interface Algorithm {
  hash: 'sha256' | 'sha384' | 'sha512' | null;
  publicKey(bytes: Buffer): KeyObject | null;
}

/** RSA/SHA-256, RSA/SHA-512 (RFC 5702), ECDSA P-256 and P-384 (RFC 6605), Ed25519 (RFC 8080). SHA-1 is left out (RFC 9905). */
const algorithms: ReadonlyMap<number, Algorithm> = new Map<number, Algorithm>([
  [8, { hash: 'sha256', publicKey: rsaKey }],
  [10, { hash: 'sha512', publicKey: rsaKey }],
  [13, { hash: 'sha256', publicKey: (bytes) => curveKey(bytes, 'P-256', 32) }],
  [14, { hash: 'sha384', publicKey: (bytes) => curveKey(bytes, 'P-384', 48) }],
  [15, { hash: null, publicKey: edwardsKey }],
]);

const digests: ReadonlyMap<number, 'sha256' | 'sha384'> = new Map([
  [2, 'sha256'],
  [4, 'sha384'],
]);

/** Both the algorithm and the digest can be checked here; other DS count as if they were not there (RFC 4035 §5.2, RFC 6840 §5.2). */
export function isSupported({ algorithm, digestType }: TrustAnchor): boolean {
  return algorithms.has(algorithm) && digests.has(digestType);
}

export function isSupportedAlgorithm(algorithm: number): boolean {
  return algorithms.has(algorithm);
}

/** Is this DS the digest of this key (RFC 4034 §5.1.4)? */
export function matchesDs(key: DnsKey, ds: TrustAnchor): boolean {
  const hash = digests.get(ds.digestType);
  const owner = nameWire(key.name);
  const rdata = canonicalRdata(key);
  if (hash === undefined || owner === null || rdata === null) return false;
  return createHash(hash).update(owner).update(rdata).digest('hex') === ds.digest.toLowerCase();
}

/** One validation: does the key verify the signature over the data? A key or signature that cannot be read verifies nothing. */
export function verifies(key: DnsKey, data: Buffer, signature: Buffer): boolean {
  const proof = createHash('sha256')
    .update(`${key.algorithm} ${key.key} ${signature.length} `)
    .update(signature)
    .update(data)
    .digest('base64');
  const known = validations.get(proof);
  if (known !== undefined) return known;
  const valid = validate(key, data, signature);
  if (validations.size >= mostValidations) validations.clear();
  validations.set(proof, valid);
  return valid;
}

/** Outcomes by digest of key, signature and data: every agency's chain of trust leads over the same signatures. */
const validations = new Map<string, boolean>();
const mostValidations = 5_000;

function validate(key: DnsKey, data: Buffer, signature: Buffer): boolean {
  const algorithm = algorithms.get(key.algorithm);
  if (algorithm === undefined) return false;
  try {
    const publicKey = algorithm.publicKey(Buffer.from(key.key, 'base64'));
    return publicKey !== null && verify(algorithm.hash, data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
}

const maxExponentBytes = 8;
const maxModulusBytes = 512;

/** RFC 3110 §2. The moduli are at most 4096 bits there; a huge exponent would only cost time. */
function rsaKey(bytes: Buffer): KeyObject | null {
  const short = bytes[0] ?? 0;
  const length = short === 0 ? (bytes.length >= 3 ? bytes.readUInt16BE(1) : 0) : short;
  const start = short === 0 ? 3 : 1;
  const exponent = bytes.subarray(start, start + length);
  const modulus = bytes.subarray(start + length);
  if (length === 0 || length > maxExponentBytes || modulus.length < 64 || modulus.length > maxModulusBytes) return null;
  return createPublicKey({ format: 'jwk', key: { kty: 'RSA', e: exponent.toString('base64url'), n: modulus.toString('base64url') } });
}

function curveKey(bytes: Buffer, crv: string, size: number): KeyObject | null {
  if (bytes.length !== 2 * size) return null;
  const [x, y] = [bytes.subarray(0, size), bytes.subarray(size)];
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv, x: x.toString('base64url'), y: y.toString('base64url') } });
}

function edwardsKey(bytes: Buffer): KeyObject | null {
  if (bytes.length !== 32) return null;
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') } });
}
