import type { DnsRecord, DnsResponse } from '../../src/model/dns.ts';

/** One zone of a fake internet. Names in records are relative ('@' is the apex) unless they end with a dot. */
export interface FakeZone {
  /** Own NS names with their addresses; the servers at these addresses serve the zone. */
  servers: Record<string, string[]>;
  /** NS names in the parent's referral where they differ from the zone's own. */
  parentNs?: string[];
  /** Whether the referral brings addresses: of names inside the parent (default), none, or of one family. */
  glue?: 'inside' | 'none' | 'ipv4' | 'ipv6';
  /** More glue as written, also of names outside the parent (poison): 'ns1.bank.vn 2001:db8::666'. */
  extraGlue?: string[];
  /** 'www AAAA 2001:db8::1', '@ MX 10 mail', 'old DNAME new.vn.', '* A 192.0.2.1'. A and AAAA of servers are added where they belong. */
  records?: string[];
}

export type FakeZones = Record<string, FakeZone>;

export const emptyResponse: DnsResponse = {
  rcode: 'NOERROR',
  authoritative: false,
  truncated: false,
  recursionAvailable: false,
  authenticData: false,
  answers: [],
  authorities: [],
  additionals: [],
  malformed: [],
  edns: { udpPayloadBytes: 1232, version: 0, dnssecOk: false, extendedErrors: [] },
  messageBytes: 100,
  mismatches: 0,
};

export function within(name: string, zone: string): boolean {
  return zone === '' || name === zone || name.endsWith(`.${zone}`);
}

export function addressRecord(name: string, address: string): DnsRecord {
  return { type: address.includes(':') ? 'AAAA' : 'A', name, ttl: 300, address };
}

export function nsRecords(zone: string, targets: readonly string[]): DnsRecord[] {
  return targets.map((target) => ({ type: 'NS', name: zone, ttl: 300, target }));
}

export function soaRecord(zone: string, serial = 1): DnsRecord {
  return { type: 'SOA', name: zone, ttl: 300, primary: 'ns', mailbox: 'admin', serial, refresh: 1, retry: 1, expire: 1, minimum: 1 };
}

function absolute(text: string, zone: string): string {
  if (text === '@') return zone;
  if (text.endsWith('.')) return text.slice(0, -1);
  return zone === '' ? text : `${text}.${zone}`;
}

/** One line of the record text. */
export function parseRecord(line: string, zone: string): DnsRecord {
  const [owner = '', type = '', ...rest] = line.split(' ');
  const name = absolute(owner, zone);
  const target = absolute(rest.at(-1) ?? '', zone);
  if (type === 'A' || type === 'AAAA') return { type, name, ttl: 300, address: rest[0] ?? '' };
  if (type === 'NS' || type === 'CNAME' || type === 'DNAME' || type === 'PTR') return { type, name, ttl: 300, target };
  if (type === 'MX') return { type, name, ttl: 300, preference: Number(rest[0]), exchange: target };
  if (type === 'TXT') return { type, name, ttl: 300, text: rest.join(' ') };
  throw new Error(`fake zone ${zone}: cannot read '${line}'`);
}

function addressesOfName(zones: FakeZones, name: string): string[] {
  return [...new Set(Object.values(zones).flatMap((zone) => zone.servers[name] ?? []))];
}

function ownRecords(zones: FakeZones, zone: string): DnsRecord[] {
  const { servers = {}, records = [] } = zones[zone] ?? { servers: {} };
  const parsed = records.map((line) => parseRecord(line, zone));
  const names = [...new Set(Object.values(zones).flatMap((each) => Object.keys(each.servers)))];
  const hosted = names.filter((name) => zoneOfName(zones, name) === zone);
  const addresses = hosted.flatMap((name) => addressesOfName(zones, name).map((address) => addressRecord(name, address)));
  const apex = parsed.some((record) => record.type === 'NS' && record.name === zone) ? [] : nsRecords(zone, Object.keys(servers));
  return [soaRecord(zone), ...apex, ...parsed, ...addresses];
}

function zoneOfName(zones: FakeZones, name: string): string | undefined {
  return Object.keys(zones)
    .filter((zone) => within(name, zone))
    .sort((left, right) => right.length - left.length)[0];
}

function referral(zones: FakeZones, parent: string, child: string): DnsResponse {
  const zone = zones[child];
  if (zone === undefined) return emptyResponse;
  const targets = zone.parentNs ?? Object.keys(zone.servers);
  const mode = zone.glue ?? 'inside';
  const wanted = (address: string): boolean => mode === 'inside' || (mode !== 'none' && (mode === 'ipv6') === address.includes(':'));
  const glue = targets
    .filter((name) => within(name, parent))
    .flatMap((name) =>
      addressesOfName(zones, name)
        .filter(wanted)
        .map((address) => addressRecord(name, address)),
    );
  const extra = (zone.extraGlue ?? []).map((line) => {
    const [name = '', address = ''] = line.split(' ');
    return addressRecord(name, address);
  });
  return { ...emptyResponse, authorities: nsRecords(child, targets), additionals: [...glue, ...extra] };
}

/** What the server at an address says, as RFC 1034 §4.3.2 has it. A server asked about what it does not serve refuses. */
export function answerFrom(zones: FakeZones, address: string, question: { name: string; type: string }): DnsResponse {
  const { name, type } = question;
  const served = Object.keys(zones)
    .filter(
      (zone) =>
        within(name, zone) &&
        !(type === 'DS' && zone === name) &&
        Object.values(zones[zone]?.servers ?? {}).some((list) => list.includes(address)),
    )
    .sort((left, right) => right.length - left.length);
  const zone = served[0];
  if (zone === undefined) return { ...emptyResponse, rcode: 'REFUSED' };
  const below = Object.keys(zones).filter(
    (child) => child !== zone && within(child, zone) && within(name, child) && !(type === 'DS' && child === name),
  );
  const child = below.sort((left, right) => left.length - right.length)[0];
  if (child !== undefined) return referral(zones, zone, child);
  return authoritative(ownRecords(zones, zone), { zone, question, leadsToZone: Object.keys(zones).some((other) => within(other, name)) });
}

interface Asked {
  zone: string;
  question: { name: string; type: string };
  /** The name is an empty non-terminal above a zone, or a delegation. */
  leadsToZone: boolean;
}

function authoritative(records: readonly DnsRecord[], { zone, question, leadsToZone }: Asked): DnsResponse {
  const { name, type } = question;
  const base = { ...emptyResponse, authoritative: true };
  const exists = leadsToZone || records.some((record) => within(record.name, name));
  const wildcard = `*.${name.slice(name.indexOf('.') + 1)}`;
  const own = exists
    ? records.filter((record) => record.name === name)
    : records.filter((record) => record.name === wildcard).map((record) => ({ ...record, name }));
  const matching = own.filter((record) => record.type === type);
  if (matching.length > 0) return { ...base, answers: matching };
  const alias = own.find((record) => record.type === 'CNAME');
  if (alias !== undefined) return { ...base, answers: [alias] };
  const dname = records.find((record) => record.type === 'DNAME' && name !== record.name && within(name, record.name));
  if (dname?.type === 'DNAME') {
    const target = `${name.slice(0, -dname.name.length)}${dname.target}`;
    return { ...base, answers: [dname, { type: 'CNAME', name, ttl: 300, target }] };
  }
  return { ...base, rcode: exists || own.length > 0 ? 'NOERROR' : 'NXDOMAIN', authorities: [soaRecord(zone)] };
}
