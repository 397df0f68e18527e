import type { DnsRecord } from '../model/dns.ts';
import { type DnsKey, isSupportedAlgorithm, keyTag, verifies } from './keys.ts';
import { countLabels, nameWire } from './names.ts';
import { canonicalRdata, recordType, verifiedType } from './record-wire.ts';
import { type Rrsig, readRrsig, timeProblem } from './rrsig.ts';

/** Limits of work against sets that are made to be heavy (KeyTrap, CVE-2023-50387; faults D10); `settings.dns` has them. */
export interface WorkLimits {
  /** Keys of one tag and algorithm that are tried. */
  maxKeysPerTag: number;
  /** Validations of one set. */
  maxValidationsPerSet: number;
}

/** Why a set is bogus. */
export type BogusReason =
  | 'no-signature'
  | 'no-matching-key'
  | 'expired'
  | 'not-yet-valid'
  | 'signature-wrong'
  | 'ds-matches-no-key'
  | 'no-key'
  | 'denial-missing';

/** `limit`: too much work to know; it is never called bogus. */
export type SetVerdict = { state: 'secure' } | { state: 'bogus'; reason: BogusReason } | { state: 'limit' };

/** Records of one owner and type, and the section's signatures, which may cover other sets too. */
export interface SignedSet {
  owner: string;
  type: string;
  records: readonly DnsRecord[];
  signatures: readonly DnsRecord[];
}

export interface Verifier {
  /** Zone of the keys: the only signer that counts. */
  zone: string;
  keys: readonly DnsKey[];
  /** Moment of the answer, epoch ms. */
  atMs: number;
  limits: WorkLimits;
}

/** Picks one set and the signatures at its owner out of a section. */
export function setOf(section: readonly DnsRecord[], owner: string, type: string): SignedSet {
  const own = section.filter((record) => record.name === owner);
  return {
    owner,
    type,
    records: own.filter((record) => recordType(record) === type),
    signatures: own.filter((record) => recordType(record) === 'RRSIG'),
  };
}

/**
 * Is there one signature over the set that one of the keys verifies (RFC 4035 §5.3)? The proof that no name is closer than a
 * wildcard is not asked for: without it a set is held valid, never bogus.
 */
export function verifySet(set: SignedSet, verifier: Verifier): SetVerdict {
  const covering = coveringSignatures(set, verifier.zone);
  if (covering.length === 0) return { state: 'bogus', reason: 'no-signature' };
  const tags = new Map(verifier.keys.map((key) => [key, keyTag(key)]));
  let reason: BogusReason = 'no-matching-key';
  let validations = 0;
  let limited = false;
  for (const signature of covering) {
    const problem = timeProblem(signature, verifier.atMs);
    if (problem !== null) {
      reason = problem;
      continue;
    }
    const matching = verifier.keys.filter((key) => key.algorithm === signature.algorithm && tags.get(key) === signature.keyTag);
    if (matching.length > verifier.limits.maxKeysPerTag) limited = true;
    if (matching.length === 0) continue;
    const data = signedData(set, signature);
    for (const key of matching.slice(0, verifier.limits.maxKeysPerTag)) {
      if (validations >= verifier.limits.maxValidationsPerSet) return { state: 'limit' };
      validations += 1;
      if (data !== null && verifies(key, data, signature.signature)) return { state: 'secure' };
      reason = 'signature-wrong';
    }
  }
  return limited ? { state: 'limit' } : { state: 'bogus', reason };
}

function coveringSignatures(set: SignedSet, zone: string): Rrsig[] {
  const type = verifiedType(set.type);
  const labels = countLabels(set.owner);
  return set.signatures.flatMap((record) => {
    const signature = readRrsig(record);
    const covers = signature !== null && signature.typeCovered === type && signature.signer === zone && signature.labels <= labels;
    return covers && isSupportedAlgorithm(signature.algorithm) ? [signature] : [];
  });
}

/** RFC 4034 §3.1.8.1: the RRSIG without its signature, then the records in canonical form and order. */
function signedData(set: SignedSet, signature: Rrsig): Buffer | null {
  const owner = nameWire(signedOwner(set.owner, signature.labels));
  const type = verifiedType(set.type);
  if (owner === null || type === null) return null;
  const fixed = Buffer.alloc(8);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(signature.originalTtl, 4);
  const rdata: Buffer[] = [];
  for (const record of set.records) {
    const bytes = canonicalRdata(record);
    if (bytes === null) return null;
    rdata.push(bytes);
  }
  const sorted = rdata.sort(Buffer.compare).filter((bytes, index, all) => index === 0 || !bytes.equals(all[index - 1] ?? Buffer.alloc(0)));
  return Buffer.concat([signature.prefix, ...sorted.flatMap((bytes) => [owner, fixed, lengthOf(bytes), bytes])]);
}

/** Fewer labels than the owner has: the set came from a wildcard (RFC 4034 §3.1.3). */
function signedOwner(owner: string, labels: number): string {
  const parts = owner === '' ? [] : owner.split('.');
  if (labels >= parts.length || parts[0] === '*') return owner;
  return ['*', ...parts.slice(parts.length - labels)].join('.');
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length, 0);
  return length;
}
