import { emptyReply, type Query, type Reply, type WireRecord } from './dns-wire.ts';

/** What a parent says of a child zone: it may differ from what the child says of itself. */
export interface Delegation {
  servers: WireRecord[];
  glue: WireRecord[];
}

/** A zone as its servers hold it. */
export interface Zone {
  name: string;
  records: WireRecord[];
  delegations: Map<string, Delegation>;
}

const maxAliases = 8;

/** Is `name` the zone's apex or below it? */
export function isWithin(name: string, zone: string): boolean {
  return zone === '' || name === zone || name.endsWith(`.${zone}`);
}

/** The zone with the longest matching name, or null. */
export function closestZone(zones: readonly Zone[], name: string): Zone | null {
  let best: Zone | null = null;
  for (const zone of zones) {
    if (isWithin(name, zone.name) && (best === null || zone.name.length > best.name.length)) best = zone;
  }
  return best;
}

function delegationAbove(zone: Zone, name: string, type: string): { child: string; delegation: Delegation } | null {
  const labels = name.split('.');
  for (let depth = labels.length - 1; depth >= 0; depth -= 1) {
    const child = labels.slice(depth).join('.');
    const delegation = zone.delegations.get(child);
    // DS belongs to the parent side of the cut (RFC 4035 §3.1.4.1).
    if (delegation !== undefined && !(type === 'DS' && child === name)) return { child, delegation };
  }
  return null;
}

function negative(zone: Zone, exists: boolean): Reply {
  const authorities = zone.records.filter((record) => record.type === 'SOA' && record.name === zone.name);
  return { ...emptyReply, rcode: exists ? 'NOERROR' : 'NXDOMAIN', authoritative: true, authorities };
}

/** Records of a name, by wildcard where the name itself does not exist (RFC 4592 §3.3.1, one level is all that scenarios need). */
function recordsAt(zone: Zone, name: string): WireRecord[] {
  const own = zone.records.filter((record) => record.name === name);
  if (own.length > 0 || zone.records.some((record) => record.name.endsWith(`.${name}`))) return own;
  const wildcard = `*.${name.split('.').slice(1).join('.')}`;
  return zone.records.filter((record) => record.name === wildcard).map((record) => ({ ...record, name }));
}

function additionalsOf(zone: Zone, answers: readonly WireRecord[]): WireRecord[] {
  const targets = new Set(answers.filter((record) => record.type === 'NS' || record.type === 'MX').map((record) => record.target));
  return zone.records.filter((record) => (record.type === 'A' || record.type === 'AAAA') && targets.has(record.name));
}

function exists(zone: Zone, name: string): boolean {
  return name === zone.name || recordsAt(zone, name).length > 0 || zone.records.some((record) => record.name.endsWith(`.${name}`));
}

/** What a server that holds these zones answers (RFC 1034 §4.3.2). Names outside of all of them are refused. */
export function answerFrom(zones: readonly Zone[], query: Pick<Query, 'name' | 'type'>): Reply {
  const answers: WireRecord[] = [];
  let name = query.name;
  for (let hop = 0; hop <= maxAliases; hop += 1) {
    const zone = closestZone(zones, name);
    if (zone === null) return hop === 0 ? { ...emptyReply, rcode: 'REFUSED' } : { ...emptyReply, authoritative: true, answers };
    const cut = delegationAbove(zone, name, query.type);
    if (cut !== null) {
      if (hop > 0) return { ...emptyReply, authoritative: true, answers };
      return { ...emptyReply, authorities: cut.delegation.servers, additionals: cut.delegation.glue };
    }
    const here = recordsAt(zone, name);
    const matching = here.filter((record) => record.type === query.type);
    if (matching.length > 0) {
      const all = [...answers, ...matching];
      return { ...emptyReply, authoritative: true, answers: all, additionals: additionalsOf(zone, all) };
    }
    const alias = here.find((record) => record.type === 'CNAME');
    if (alias === undefined || alias.target === null) return { ...negative(zone, exists(zone, name)), answers };
    answers.push(alias);
    name = alias.target;
  }
  return { ...emptyReply, authoritative: true, answers };
}
