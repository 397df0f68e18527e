import type { Family } from '../model/observation.ts';
import { decodeQuery, emptyReply, encodeReply, type Query, type Reply, type WireRecord } from './dns-wire.ts';
import { absoluteName } from './record-text.ts';
import type { DnsRule } from './scenario.ts';
import { acts, concerns, type Node, type Owner } from './world.ts';
import { answerFrom, closestZone, isWithin, type Zone } from './zone.ts';

/** What a DNS server does with one query. No message: it stays silent. */
export interface DnsReaction {
  query: Query | null;
  messages: Buffer[];
  delayMs: number;
  /** TCP: only the two length bytes are sent, then nothing (faults D4). */
  cutAfterLength: boolean;
}

export interface Asked {
  node: Node;
  family: Family;
  transport: 'udp' | 'tcp';
  message: Buffer;
}

/** Whose rules decide about a name on this node: on shared servers those of the zone's owner. */
function ownerOf(node: Node, name: string, owners: readonly Owner[]): Owner {
  const zone = closestZone(node.zones, name);
  const holder = owners.find((owner) => zone !== null && owner.zoneNames.includes(zone.name));
  return holder ?? node.owner;
}

function ruleFor(asked: Asked, query: Query, owner: Owner): DnsRule['do'] | null {
  for (const counted of owner.dns) {
    const { rule } = counted;
    if (rule.node !== undefined && asked.node.owner !== owner) continue;
    if (!concerns(rule, asked.node, asked.family)) continue;
    if (rule.transport !== undefined && rule.transport !== asked.transport) continue;
    if (rule.type !== undefined && rule.type !== query.type) continue;
    if (rule.edns === true && query.udpPayloadBytes === null) continue;
    if (rule.payloadOver !== undefined && (query.udpPayloadBytes ?? 0) <= rule.payloadOver) continue;
    if (rule.name !== undefined && absoluteName(rule.name, owner.domain) !== query.name) continue;
    if (acts(counted)) return rule.do;
  }
  return null;
}

function withView(zones: readonly Zone[], view: Zone | undefined): Zone[] {
  return zones.map((zone) => (view !== undefined && zone.name === view.name ? view : zone));
}

function withSerial(reply: Reply, serial: number): Reply {
  const change = (record: WireRecord): WireRecord => {
    if (record.type !== 'SOA') return record;
    const rdata = Buffer.from(record.rdata);
    // The serial is the first of the five numbers that end the RDATA (RFC 1035 §3.3.13).
    rdata.writeUInt32BE(serial, rdata.length - 20);
    return { ...record, rdata };
  };
  return { ...reply, answers: reply.answers.map(change), authorities: reply.authorities.map(change) };
}

function upwardReferral(): Reply {
  return {
    ...emptyReply,
    authorities: [{ name: '', type: 'NS', rdata: Buffer.from('\u0001a\u0004root\u0007testbed\u0000', 'latin1'), target: 'a.root.testbed' }],
  };
}

const turns = new WeakMap<Node, Map<string, number>>();

/** How often a machine was asked this over this family; two machines begin at different places. */
function turnOf({ node, family }: Asked, { name, type }: Query): number {
  const counts = turns.get(node) ?? new Map<string, number>();
  turns.set(node, counts);
  const key = `${family} ${name} ${type}`;
  const turn = (counts.get(key) ?? node.name.codePointAt(node.name.length - 1) ?? 0) + 1;
  counts.set(key, turn);
  return turn;
}

/** One address of the set at a time, another each time: a server that chooses by query. */
function rotated(reply: Reply, turn: number): Reply {
  const isAddress = (record: WireRecord): boolean => record.type === 'A' || record.type === 'AAAA';
  const addresses = reply.answers.filter(isAddress);
  const chosen = addresses[turn % Math.max(1, addresses.length)];
  return { ...reply, answers: reply.answers.filter((record) => !isAddress(record) || record === chosen) };
}

function negativeReply(asked: Asked, query: Query, rcode: 'NXDOMAIN' | 'NOERROR'): Reply {
  const zone = closestZone(asked.node.zones, query.name);
  const authorities = zone?.records.filter((record) => record.type === 'SOA') ?? [];
  return { ...emptyReply, rcode, authoritative: true, authorities };
}

function changedReply(asked: Asked, query: Query, action: DnsRule['do'] | null): Reply {
  const plain = (): Reply => answerFrom(asked.node.zones, query);
  switch (action) {
    case 'refused':
      return { ...emptyReply, rcode: 'REFUSED' };
    case 'servfail':
      return { ...emptyReply, rcode: 'SERVFAIL' };
    case 'notimp':
      return { ...emptyReply, rcode: 'NOTIMP' };
    case 'formerr':
      return { ...emptyReply, rcode: 'FORMERR' };
    case 'nxdomain':
      return negativeReply(asked, query, 'NXDOMAIN');
    case 'nodata':
      return negativeReply(asked, query, 'NOERROR');
    case 'no-aa':
      return { ...plain(), authoritative: false };
    case 'upward-referral':
      return upwardReferral();
    case 'truncate':
      return { ...emptyReply, authoritative: true, truncated: true };
    case 'rotate':
      return rotated(plain(), turnOf(asked, query));
    case 'short-address':
      return shortAddresses(plain());
    default:
      return plain();
  }
}

/** AAAA records with four bytes of data (RFC 4074 §4.4: wrong data). */
function shortAddresses(reply: Reply): Reply {
  return {
    ...reply,
    answers: reply.answers.map((record) => (record.type === 'AAAA' ? { ...record, rdata: record.rdata.subarray(0, 4) } : record)),
  };
}

function wrongId(message: Buffer): Buffer {
  const copy = Buffer.from(message);
  copy.writeUInt16BE(copy.readUInt16BE(0) ^ 0xffff, 0);
  return copy;
}

/** Applies the scenario's rules to one query. */
export function reactTo(asked: Asked, owners: readonly Owner[]): DnsReaction {
  const query = decodeQuery(asked.message);
  if (query === null) return { query, messages: [], delayMs: 0, cutAfterLength: false };
  const owner = ownerOf(asked.node, query.name, owners);
  const action = ruleFor(asked, query, owner);
  if (action === 'drop') return { query, messages: [], delayMs: 0, cutAfterLength: false };
  let reply = changedReply(asked, query, action);
  let delayMs = 0;
  if (action !== null && typeof action === 'object') {
    if ('view' in action) reply = answerFrom(withView(asked.node.zones, owner.views.get(action.view)), query);
    if ('serial' in action) reply = withSerial(reply, action.serial);
    if ('delayMs' in action) delayMs = action.delayMs;
  }
  const maxBytes = asked.transport === 'tcp' ? 65_535 : Math.max(512, query.udpPayloadBytes ?? 512);
  const message = encodeReply(query, reply, { maxBytes, edns: action !== 'ignore-edns' && action !== 'formerr' });
  const forged = action === 'wrong-id-first' ? [wrongId(message), message] : [wrongId(message)];
  const messages = action === 'wrong-id-first' || action === 'wrong-id-only' ? forged : [message];
  return { query, messages, delayMs, cutAfterLength: action === 'cut-after-length' && asked.transport === 'tcp' };
}

/** What a recursive resolver over the whole universe answers: for `--resolver`, and for a vantage whose DNS is intercepted. */
export function resolveAll(message: Buffer, zones: readonly Zone[]): Buffer | null {
  const query = decodeQuery(message);
  if (query === null) return null;
  const reply = answerFrom(
    zones.map((zone) => ({ ...zone, delegations: new Map() })),
    query,
  );
  const found = zones.some((zone) => zone.name !== '' && isWithin(query.name, zone.name));
  const resolved: Reply = {
    ...reply,
    rcode: found || query.name === '' ? reply.rcode : 'NXDOMAIN',
    authoritative: false,
    recursionAvailable: true,
  };
  return encodeReply(query, resolved, { maxBytes: 65_535, edns: true });
}
