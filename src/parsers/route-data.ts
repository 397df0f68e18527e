import { addressBytes } from '../model/address-bytes.ts';
import type { Announcement, RouteData, Vrp } from '../model/routes.ts';
import { createPrefixTable, type PrefixTable } from './prefix-table.ts';

/** A routing data file that cannot be used. `line` counts from 1; 0 where the file as a whole is meant. */
export class RouteDataError extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(line === 0 ? problem : `line ${line}: ${problem}`);
    this.name = 'RouteDataError';
    this.line = line;
  }
}

/** More broken lines than this share of a file and it is taken for another kind of file. */
const toleratedShare = 0.01;

interface Prefix {
  bytes: Uint8Array;
  length: number;
}

/** 'address/length' with no bits set behind the length; null otherwise. */
function readPrefix(text: string): Prefix | null {
  const [address = '', length = '', ...rest] = text.trim().split('/');
  const bytes = addressBytes(address);
  if (bytes === null || rest.length > 0 || !/^[0-9]{1,3}$/.test(length) || Number(length) > bytes.length * 8) return null;
  return { bytes, length: Number(length) };
}

/** 'AS131127', '131127' or a number. */
function readAsn(value: unknown): number | null {
  const text = String(value).trim().replace(/^AS/i, '');
  if (!/^[0-9]{1,10}$/.test(text)) return null;
  const asn = Number(text);
  return asn <= 0xffff_ffff ? asn : null;
}

/**
 * VRPs as rpki-client and Routinator write them: JSON `{"roas": [{"asn", "prefix", "maxLength"}]}`, or CSV whose heading names the
 * columns (ASN, IP Prefix, Max Length). A broken entry is left out; a file with many of them throws `RouteDataError`.
 */
export function parseVrps(text: string): NonNullable<RouteData['vrps']> {
  const rows = text.trimStart().startsWith('{') ? vrpsOfJson(text) : vrpsOfCsv(text);
  const table: PrefixTable<Vrp> = createPrefixTable();
  const broken: number[] = [];
  for (const { line, asn, prefix, maxLength } of rows) {
    const block = readPrefix(prefix);
    const origin = readAsn(asn);
    const most = maxLength === '' ? block?.length : Number(maxLength);
    if (block === null || origin === null || most === undefined || !(most >= block.length && most <= block.bytes.length * 8))
      broken.push(line);
    else table.add(block, { asn: origin, maxLength: most });
  }
  refuseOther(rows.length, broken, 'no VRP (asn, prefix, maxLength)');
  return { covering: table.covering };
}

interface VrpRow {
  line: number;
  asn: unknown;
  prefix: string;
  maxLength: string;
}

function vrpsOfJson(text: string): VrpRow[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new RouteDataError(0, 'not readable as JSON');
  }
  const list = typeof data === 'object' && data !== null && 'roas' in data ? data.roas : null;
  if (!Array.isArray(list)) throw new RouteDataError(0, "no list 'roas' in the JSON");
  return list.map((entry: unknown) => {
    const fields = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
    return { line: 0, asn: fields.asn, prefix: String(fields.prefix ?? ''), maxLength: String(fields.maxLength ?? '') };
  });
}

function vrpsOfCsv(text: string): VrpRow[] {
  const [heading, ...lines] = linesOf(text);
  const columns = (heading?.cells ?? []).map((cell) => cell.toLowerCase().replace(/[^a-z]/g, ''));
  const at = (...names: string[]): number => columns.findIndex((column) => names.includes(column));
  const [asn, prefix, maxLength] = [at('asn', 'as'), at('prefix', 'ipprefix'), at('maxlength', 'maxlen')];
  if (asn < 0 || prefix < 0) throw new RouteDataError(1, 'the heading names no columns ASN and IP Prefix');
  return lines.map(({ line, cells }) => ({ line, asn: cells[asn] ?? '', prefix: cells[prefix] ?? '', maxLength: cells[maxLength] ?? '' }));
}

/**
 * Origins of announced prefixes: lines 'prefix,asn' (comma or tab, heading optional, further columns ignored), or the ranges of
 * iptoasn.com ('first TAB last TAB asn …', asn 0: not announced). Several origins of one prefix are kept together.
 */
export function parseOrigins(text: string): NonNullable<RouteData['origins']> {
  const origins = new Map<string, { block: Prefix; announcement: Announcement }>();
  const broken: number[] = [];
  const lines = linesOf(text);
  for (const { line, cells } of lines) {
    const read = readOrigin(cells);
    if (read === null && line > 1) broken.push(line);
    if (read === null || read.asn === 0) continue;
    for (const block of read.blocks) {
      const key = `${block.bytes.join('.')}/${block.length}`;
      const known = origins.get(key);
      if (known === undefined) origins.set(key, { block, announcement: { asns: [read.asn], exact: read.exact } });
      else if (!known.announcement.asns.includes(read.asn)) known.announcement.asns.push(read.asn);
    }
  }
  if (origins.size === 0) throw new RouteDataError(0, 'no line "prefix,asn" and no range of addresses with its AS in the file');
  refuseOther(lines.length, broken, 'neither "prefix,asn" nor a range of addresses with its AS');
  const table: PrefixTable<Announcement> = createPrefixTable();
  for (const { block, announcement } of origins.values()) table.add(block, announcement);
  return { covering: table.covering };
}

function readOrigin(cells: readonly string[]): { blocks: Prefix[]; asn: number; exact: boolean } | null {
  const [first = '', second = '', third = ''] = cells;
  const prefix = readPrefix(first);
  if (prefix !== null) {
    const asn = readAsn(second);
    return asn === null ? null : { blocks: [prefix], asn, exact: true };
  }
  const [from, to, asn] = [addressBytes(first), addressBytes(second), readAsn(third)];
  if (from === null || to === null || from.length !== to.length || asn === null) return null;
  return { blocks: blocksOfRange(from, to), asn, exact: false };
}

/** A range of addresses as the fewest prefixes. */
function blocksOfRange(from: Uint8Array, to: Uint8Array): Prefix[] {
  const bits = from.length * 8;
  let start = toNumber(from);
  const end = toNumber(to);
  const blocks: Prefix[] = [];
  while (start <= end && blocks.length < 2 * bits) {
    let size = 0;
    while (size < bits && (start & (1n << BigInt(size))) === 0n && start + (1n << BigInt(size + 1)) - 1n <= end) size += 1;
    blocks.push({ bytes: toBytes(start, from.length), length: bits - size });
    start += 1n << BigInt(size);
  }
  return blocks;
}

function toNumber(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

function toBytes(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => Number((value >> BigInt((length - 1 - index) * 8)) & 0xffn));
}

function linesOf(text: string): { line: number; cells: string[] }[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((raw, index) => {
      const content = raw.trim();
      if (content === '' || content.startsWith('#')) return [];
      const cells = content.split(content.includes('\t') ? '\t' : ',').map((cell) => cell.trim().replace(/^"|"$/g, ''));
      return [{ line: index + 1, cells }];
    });
}

function refuseOther(total: number, broken: readonly number[], problem: string): void {
  const [first] = broken;
  if (total === 0) throw new RouteDataError(0, 'nothing in the file');
  if (first !== undefined && broken.length > Math.max(1, total * toleratedShare)) throw new RouteDataError(first, problem);
}
