import { createHash } from 'node:crypto';
import type { DnsRecord } from '../model/dns.ts';
import { compareNames, countLabels, isInZone, nameWire, readWireName } from './names.ts';
import { recordType } from './record-wire.ts';
import { type SetVerdict, setOf, type Verifier, verifySet } from './verify-set.ts';

const typeNs = 2;
const typeSoa = 6;
const typeDs = 43;

/** Denial records that are verified in one answer; an honest answer has at most three. */
const maxDenialRecords = 8;
/** More rounds of hashing than this nobody need do (RFC 9276 §3.2): such a zone counts as insecure. */
const maxIterations = 150;
/** NSEC3 hashes of one denial (CVE-2023-50868). */
const maxHashes = 10;

export type DenialVerdict =
  | { state: 'insecure'; how: 'nsec' | 'nsec3' | 'opt-out' | 'iterations' }
  | Exclude<SetVerdict, { state: 'secure' }>;

/**
 * Does the section prove, with signatures of the parent, that the delegation to `child` has no DS (RFC 4035 §5.2, RFC 5155 §8.6
 * and §8.9)? Only then is the child unsigned by right, and not stripped of its signatures.
 */
export function verifyNoDs(section: readonly DnsRecord[], child: string, verifier: Verifier): DenialVerdict {
  const denials = section.filter((record) => ['NSEC', 'NSEC3'].includes(recordType(record)) && isInZone(record.name, verifier.zone));
  const verified: DnsRecord[] = [];
  let worst: Exclude<SetVerdict, { state: 'secure' }> = { state: 'bogus', reason: 'denial-missing' };
  for (const record of denials.slice(0, maxDenialRecords)) {
    const verdict = verifySet(setOf(section, record.name, recordType(record)), verifier);
    if (verdict.state === 'secure') verified.push(record);
    else if (worst.state !== 'limit') worst = verdict;
  }
  const how = byNsec(verified, child) ?? byNsec3(verified, child, verifier.zone);
  return how === null ? worst : { state: 'insecure', how };
}

function byNsec(records: readonly DnsRecord[], child: string): 'nsec' | null {
  for (const record of records) {
    if (record.type !== 'OTHER' || record.rrType !== 'NSEC' || record.name !== child) continue;
    const rdata = Buffer.from(record.hex, 'hex');
    const next = readWireName(rdata, 0);
    if (next !== null && compareNames(next.name, child) !== 0 && isUnsignedDelegation(typesIn(rdata.subarray(next.end)))) return 'nsec';
  }
  return null;
}

/** NS, but neither DS nor the SOA of the child's own apex (RFC 6840 §4.4). */
function isUnsignedDelegation(types: ReadonlySet<number>): boolean {
  return types.has(typeNs) && !types.has(typeDs) && !types.has(typeSoa);
}

interface Nsec3 {
  /** Owner's and next hash, lower-case base32hex and raw. */
  ownerHash: string;
  nextHash: Buffer;
  optOut: boolean;
  iterations: number;
  salt: Buffer;
  types: ReadonlySet<number>;
}

function byNsec3(records: readonly DnsRecord[], child: string, zone: string): 'nsec3' | 'opt-out' | 'iterations' | null {
  const found = records.flatMap((record) => readNsec3(record, zone) ?? []);
  const [first] = found;
  if (first === undefined) return null;
  if (found.some(({ iterations }) => iterations > maxIterations)) return 'iterations';
  const hashed = hasher(first);
  const owner = hashed(child);
  if (owner !== null && found.some(({ ownerHash, types }) => ownerHash === base32hex(owner) && isUnsignedDelegation(types))) return 'nsec3';
  return isOptedOut(found, { child, zone, hashed }) ? 'opt-out' : null;
}

/** An ancestor that exists, and an opt-out span over the next name towards the child (RFC 5155 §8.6). */
function isOptedOut(
  found: readonly Nsec3[],
  { child, zone, hashed }: { child: string; zone: string; hashed: (name: string) => Buffer | null },
): boolean {
  const labels = child.split('.');
  for (let cut = 1; cut <= labels.length - countLabels(zone); cut += 1) {
    const encloser = hashed(labels.slice(cut).join('.'));
    if (encloser === null) return false;
    if (!found.some(({ ownerHash }) => ownerHash === base32hex(encloser))) continue;
    const nextCloser = hashed(labels.slice(cut - 1).join('.'));
    return nextCloser !== null && found.some((nsec3) => nsec3.optOut && isCovered(nextCloser, nsec3));
  }
  return false;
}

function isCovered(hash: Buffer, { ownerHash, nextHash }: Nsec3): boolean {
  const owner = fromBase32hex(ownerHash);
  if (owner === null) return false;
  const afterOwner = Buffer.compare(owner, hash) < 0;
  const beforeNext = Buffer.compare(hash, nextHash) < 0;
  // The last record of the chain points back to the first.
  return Buffer.compare(owner, nextHash) < 0 ? afterOwner && beforeNext : afterOwner || beforeNext;
}

/** RFC 5155 §3.2. Other hash algorithms than SHA-1 (1) do not exist; unknown flags make a record useless (§8.2). */
function readNsec3(record: DnsRecord, zone: string): Nsec3 | null {
  if (record.type !== 'OTHER' || record.rrType !== 'NSEC3') return null;
  const bytes = Buffer.from(record.hex, 'hex');
  const saltLength = bytes[4];
  const hashLength = bytes[5 + (saltLength ?? 0)];
  if (bytes[0] !== 1 || (bytes[1] ?? 255) > 1 || saltLength === undefined || hashLength === undefined) return null;
  const hashStart = 6 + saltLength;
  if (bytes.length < hashStart + hashLength) return null;
  const [ownerHash = ''] = record.name.split('.');
  if (record.name !== (zone === '' ? ownerHash : `${ownerHash}.${zone}`)) return null;
  return {
    ownerHash,
    nextHash: bytes.subarray(hashStart, hashStart + hashLength),
    optOut: bytes[1] === 1,
    iterations: bytes.readUInt16BE(2),
    salt: bytes.subarray(5, 5 + saltLength),
    types: typesIn(bytes.subarray(hashStart + hashLength)),
  };
}

/** RFC 5155 §5, with a budget: null when it is used up or the name has no wire form. */
function hasher({ iterations, salt }: Nsec3): (name: string) => Buffer | null {
  let left = maxHashes;
  return (name) => {
    const wire = nameWire(name);
    if (wire === null || left === 0) return null;
    left -= 1;
    let hash = createHash('sha1').update(wire).update(salt).digest();
    for (let round = 0; round < iterations; round += 1) hash = createHash('sha1').update(hash).update(salt).digest();
    return hash;
  };
}

/** Type bit maps (RFC 4034 §4.1.2); a broken window ends the reading. */
function typesIn(bytes: Buffer): ReadonlySet<number> {
  const types = new Set<number>();
  for (let at = 0; at + 2 <= bytes.length; ) {
    const window = bytes[at] ?? 0;
    const length = bytes[at + 1] ?? 0;
    if (length === 0 || length > 32 || at + 2 + length > bytes.length) break;
    for (let bit = 0; bit < length * 8; bit += 1) {
      if (((bytes[at + 2 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0) types.add(window * 256 + bit);
    }
    at += 2 + length;
  }
  return types;
}

const alphabet = '0123456789abcdefghijklmnopqrstuv';

/** RFC 4648 §7 without padding, in lower case. */
export function base32hex(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31] ?? '';
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + (alphabet[(held << (5 - bits)) & 31] ?? '') : text;
}

function fromBase32hex(text: string): Buffer | null {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
    held &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}
