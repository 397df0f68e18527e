import ipaddr from 'ipaddr.js';
import type { RootServer } from '../model/run.ts';

/** A hints file that cannot be used; `line` counts from 1. */
export class RootHintsError extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.name = 'RootHintsError';
    this.line = line;
  }
}

interface HintRecord {
  line: number;
  owner: string;
  type: string;
  value: string;
}

/**
 * Reads root hints in the form of `named.root`: NS records of the root and A and AAAA records of the servers, with
 * comments (`;`), and optional TTL and class IN. Names come out in lower case without the final dot, addresses in
 * canonical form in the order of the file. Anything else in the file, a server without an address and an address of no
 * server throw `RootHintsError`: a closed network's mistyped hints must not look like a broken internet.
 */
export function parseRootHints(text: string): RootServer[] {
  const records = readRecords(text);
  const servers = new Map<string, { line: number; addresses: string[] }>();
  for (const { type, owner, value, line } of records) {
    if (type !== 'NS') continue;
    if (owner !== '') throw new RootHintsError(line, 'NS record of another zone than the root');
    if (!servers.has(value)) servers.set(value, { line, addresses: [] });
  }
  for (const { type, owner, value, line } of records) {
    if (type === 'NS') continue;
    const server = servers.get(owner);
    if (server === undefined) throw new RootHintsError(line, 'address of a name that no NS record of the root names');
    if (!server.addresses.includes(value)) server.addresses.push(value);
  }
  for (const { line, addresses } of servers.values()) {
    if (addresses.length === 0) throw new RootHintsError(line, 'root server without an address');
  }
  if (servers.size === 0) throw new RootHintsError(1, 'no root server in the file');
  return [...servers].map(([name, { addresses }]) => ({ name, addresses }));
}

function readRecords(text: string): HintRecord[] {
  const records: HintRecord[] = [];
  let owner: string | null = null;
  for (const [at, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const line = at + 1;
    const content = raw.split(';', 1)[0] ?? '';
    const words = content.split(/[ \t\r]/).filter((word) => word !== '');
    if (words.length === 0) continue;
    // A line that starts with a blank speaks of the owner before it (RFC 1035 §5.1).
    if (!/^[ \t]/.test(content)) owner = readName(words.shift() ?? '', line);
    if (owner === null) throw new RootHintsError(line, 'record without a name');
    records.push({ line, owner, ...readData(words, line) });
  }
  return records;
}

function readData(words: readonly string[], line: number): { type: string; value: string } {
  const rest = words.map((word) => word.toUpperCase());
  while (rest.length > 2 && (rest[0] === 'IN' || /^[0-9][0-9SMHDW]*$/.test(rest[0] ?? ''))) rest.shift();
  const [type, value] = rest;
  if (rest.length !== 2 || type === undefined || value === undefined) throw new RootHintsError(line, 'expected NAME [TTL] [IN] TYPE VALUE');
  if (type === 'NS') return { type, value: readName(value, line) };
  if (type === 'A' || type === 'AAAA') return { type, value: readAddress(type, value, line) };
  throw new RootHintsError(line, 'record type other than NS, A and AAAA');
}

/** Absolute host name, lower-case without the final dot; '' for the root. */
function readName(word: string, line: number): string {
  const name = word.toLowerCase();
  if (name === '.') return '';
  const labels = name.split('.');
  if (labels.pop() !== '') throw new RootHintsError(line, 'name without the final dot');
  if (name.length > 254 || !labels.every((label) => label.length <= 63 && /^[a-z0-9_-]+$/.test(label)))
    throw new RootHintsError(line, 'not a host name');
  return labels.join('.');
}

function readAddress(type: 'A' | 'AAAA', word: string, line: number): string {
  if (type === 'A' && ipaddr.IPv4.isValidFourPartDecimal(word)) return ipaddr.IPv4.parse(word).toString();
  if (type === 'AAAA' && !word.includes('%') && ipaddr.IPv6.isValid(word)) return ipaddr.IPv6.parse(word).toRFC5952String();
  throw new RootHintsError(line, type === 'A' ? 'not an IPv4 address' : 'not an IPv6 address');
}
