import type { DnsRecord, DnsRecordOf, DnsResponse } from '../model/dns.ts';
import type { Family } from '../model/observation.ts';
import { isBelow, isWithin, labelCount } from './names.ts';

/** The question, and the zone whose server it was put to. */
export interface AskedOfZone {
  zone: string;
  name: string;
  type: string;
}

export interface Glue {
  name: string;
  address: string;
  family: Family;
}

export type Classification =
  | { kind: 'answer'; records: DnsRecord[] }
  /** `soaOwner` null: a negative answer without SOA (RFC 2308 §2.2, type 3). */
  | { kind: 'nodata' | 'nxdomain'; soaOwner: string | null }
  | { kind: 'referral'; zone: string; ns: string[]; glue: Glue[] }
  | { kind: 'alias'; target: string; records: DnsRecord[] }
  | { kind: 'lame' }
  | { kind: 'upward-referral' }
  /** `rcode` 'MALFORMED': the record asked for came, and could not be read. */
  | { kind: 'error'; rcode: string };

const maxNameOctets = 253;

/**
 * What an authoritative server's response means for iteration (RFC 1034 §4.3.2, RFC 2308 §2). Answers and negatives need
 * AA; a referral counts only to a zone strictly below the server's own that encloses the name; all else is no help.
 */
export function classify(response: DnsResponse, asked: AskedOfZone): Classification {
  if (response.rcode !== 'NOERROR' && response.rcode !== 'NXDOMAIN') return { kind: 'error', rcode: response.rcode };
  if (!response.authoritative) {
    if (response.rcode === 'NXDOMAIN' || response.answers.length > 0) return { kind: 'lame' };
    return referralOf(response, asked) ?? { kind: hasUpwardNs(response, asked) ? 'upward-referral' : 'lame' };
  }
  return positiveOf(response, asked) ?? negativeOf(response, asked);
}

export function recordType(record: DnsRecord): string {
  return record.type === 'OTHER' ? record.rrType : record.type;
}

function positiveOf(response: DnsResponse, asked: AskedOfZone): Classification | null {
  const own = response.answers.filter((record) => record.name === asked.name);
  const records = own.filter((record) => recordType(record) === asked.type);
  if (records.length > 0) return { kind: 'answer', records };
  const cname = own.find((record): record is DnsRecordOf<'CNAME'> => record.type === 'CNAME');
  if (cname !== undefined) return { kind: 'alias', target: cname.target, records: [cname] };
  const dname = response.answers.find(
    (record): record is DnsRecordOf<'DNAME'> =>
      record.type === 'DNAME' && isBelow(asked.name, record.name) && isWithin(record.name, asked.zone),
  );
  if (dname !== undefined) return throughDname(dname, asked.name);
  const unreadable = response.malformed.some(
    (record) => record.section === 'answer' && (record.rrType === asked.type || record.rrType === 'CNAME'),
  );
  return unreadable ? { kind: 'error', rcode: 'MALFORMED' } : null;
}

/** RFC 6672 §2.2: the part of the name above the DNAME's owner stays, the owner is replaced. */
function throughDname(dname: DnsRecordOf<'DNAME'>, name: string): Classification {
  const prefix = name.slice(0, name.length - dname.name.length - (dname.name === '' ? 0 : 1));
  const target = dname.target === '' ? prefix : `${prefix}.${dname.target}`;
  return target.length > maxNameOctets ? { kind: 'error', rcode: 'YXDOMAIN' } : { kind: 'alias', target, records: [dname] };
}

function negativeOf(response: DnsResponse, asked: AskedOfZone): Classification {
  const soa = response.authorities.find((record) => record.type === 'SOA');
  if (soa === undefined && response.rcode === 'NOERROR') {
    // Some servers set AA in referrals; without an SOA and with NS of a deeper zone it can be nothing else.
    const referral = referralOf(response, asked);
    if (referral !== null) return referral;
  }
  if (soa !== undefined && !(isWithin(soa.name, asked.zone) && isWithin(asked.name, soa.name))) return { kind: 'lame' };
  return { kind: response.rcode === 'NXDOMAIN' ? 'nxdomain' : 'nodata', soaOwner: soa?.name ?? null };
}

function nsIn(response: DnsResponse): DnsRecordOf<'NS'>[] {
  return response.authorities.filter((record): record is DnsRecordOf<'NS'> => record.type === 'NS');
}

function referralOf(response: DnsResponse, asked: AskedOfZone): Classification | null {
  const candidates = nsIn(response).filter((record) => isBelow(record.name, asked.zone) && isWithin(asked.name, record.name));
  let zone: string | null = null;
  for (const record of candidates) if (zone === null || labelCount(record.name) > labelCount(zone)) zone = record.name;
  if (zone === null) return null;
  const ns = [...new Set(candidates.filter((record) => record.name === zone).map((record) => record.target))].sort();
  return { kind: 'referral', zone, ns, glue: glueFor(response, ns, asked.zone) };
}

function hasUpwardNs(response: DnsResponse, asked: AskedOfZone): boolean {
  return nsIn(response).some((record) => isWithin(asked.zone, record.name));
}

/** Addresses of `names` in the additional section, only those inside `zone`: a server's word about other zones is not taken (RFC 5452 §6). */
export function glueFor(response: DnsResponse, names: readonly string[], zone: string): Glue[] {
  const wanted = new Set(names);
  const glue: Glue[] = [];
  for (const record of response.additionals) {
    if (record.type !== 'A' && record.type !== 'AAAA') continue;
    if (!wanted.has(record.name) || !isWithin(record.name, zone)) continue;
    glue.push({ name: record.name, address: record.address, family: record.type === 'A' ? 4 : 6 });
  }
  return glue;
}
