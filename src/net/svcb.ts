import type { SvcParams } from '../model/dns.ts';
import type { RdataCursor } from './dns-cursor.ts';
import { formatIpv4, formatIpv6 } from './ip-format.ts';

type ParamReader = (value: Buffer, params: SvcParams) => string | null;

/** Keys of RFC 9460 §14.3.2 whose values are judged. Each reader gives what is wrong with the value, or null. */
const paramReaders: ReadonlyMap<number, ParamReader> = new Map<number, ParamReader>([
  [0, readMandatory],
  [1, readAlpn],
  [2, readNoDefaultAlpn],
  [3, readPort],
  [4, (value, params) => readHints(value, { size: 4, format: formatIpv4, hints: params.ipv4hint })],
  [6, (value, params) => readHints(value, { size: 16, format: formatIpv6, hints: params.ipv6hint })],
]);

/** RDATA of SVCB and HTTPS (RFC 9460 §2.2). In AliasMode the parameters are ignored, as §2.4.2 asks. */
export function readServiceBinding(cursor: RdataCursor): { priority: number; target: string; params: SvcParams } {
  const priority = cursor.u16();
  const target = cursor.name(false);
  const params: SvcParams = { mandatory: [], alpn: [], noDefaultAlpn: false, port: null, ipv4hint: [], ipv6hint: [], otherKeys: [] };
  if (priority === 0) cursor.rest();
  let last = -1;
  while (cursor.left > 0) {
    const key = cursor.u16();
    const value = cursor.bytes(cursor.u16());
    if (cursor.problem !== null) break;
    if (key <= last) cursor.fail('service parameters are not in increasing order');
    last = key;
    const reader = paramReaders.get(key);
    const problem = reader === undefined ? null : reader(value, params);
    if (problem !== null) cursor.fail(problem);
    if (reader === undefined) params.otherKeys.push(key);
  }
  return { priority, target, params };
}

/** RFC 9460 §8: at least one key, increasing, and never itself. */
function readMandatory(value: Buffer, params: SvcParams): string | null {
  if (value.length === 0 || value.length % 2 !== 0) return 'wrong length of mandatory keys';
  let last = 0;
  for (let at = 0; at < value.length; at += 2) {
    const key = value.readUInt16BE(at);
    if (key <= last) return 'mandatory keys are not in increasing order';
    params.mandatory.push(key);
    last = key;
  }
  return null;
}

/** RFC 9460 §7.1.1: one or more protocol ids, none of them empty; bytes as Latin-1. */
function readAlpn(value: Buffer, params: SvcParams): string | null {
  if (value.length === 0) return 'empty list of protocols';
  for (let at = 0; at < value.length; ) {
    const length = value[at] ?? 0;
    if (length === 0 || at + 1 + length > value.length) return 'wrong length of a protocol id';
    params.alpn.push(value.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return null;
}

function readNoDefaultAlpn(value: Buffer, params: SvcParams): string | null {
  params.noDefaultAlpn = true;
  return value.length === 0 ? null : 'no-default-alpn has a value';
}

function readPort(value: Buffer, params: SvcParams): string | null {
  if (value.length !== 2) return 'wrong length of the port';
  params.port = value.readUInt16BE(0);
  return null;
}

/** RFC 9460 §7.3: one or more whole addresses. */
function readHints(value: Buffer, as: { size: number; format: (bytes: Uint8Array) => string; hints: string[] }): string | null {
  if (value.length === 0 || value.length % as.size !== 0) return 'wrong length of address hints';
  for (let at = 0; at < value.length; at += as.size) as.hints.push(as.format(value.subarray(at, at + as.size)));
  return null;
}
