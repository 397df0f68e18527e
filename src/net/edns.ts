import type { DnsResponse } from '../model/dns.ts';
import type { RdataCursor } from './dns-cursor.ts';

export type Edns = NonNullable<DnsResponse['edns']>;

const EXTENDED_ERROR = 15;
const MAX_EXTENDED_ERRORS = 16;
const MAX_TEXT = 250;

/** Fixed part of an OPT record: its class is the payload size, its TTL holds the upper RCODE bits, version and flags. */
export interface OptHead {
  rrClass: number;
  ttl: number;
}

/** EDNS of a response (RFC 6891 §6.1) with its Extended DNS Errors (RFC 8914). A broken option leaves what came before it. */
export function readOpt(head: OptHead, cursor: RdataCursor): Edns {
  const extendedErrors: Edns['extendedErrors'] = [];
  while (cursor.left > 0) {
    const code = cursor.u16();
    const value = cursor.bytes(cursor.u16());
    if (cursor.problem !== null || code !== EXTENDED_ERROR) continue;
    if (value.length < 2) cursor.fail('extended error is too short');
    else if (extendedErrors.length === MAX_EXTENDED_ERRORS) cursor.fail('too many extended errors, the rest was cut');
    else extendedErrors.push({ code: value.readUInt16BE(0), text: errorText(value.subarray(2)) });
  }
  return { udpPayloadBytes: head.rrClass, version: (head.ttl >>> 16) & 0xff, dnssecOk: (head.ttl & 0x8000) !== 0, extendedErrors };
}

/** UTF-8, possibly with a final NUL (RFC 8914 §2); wrong bytes become U+FFFD. */
function errorText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  const whole = text.endsWith('\0') ? text.slice(0, -1) : text;
  return whole.length > MAX_TEXT ? `${whole.slice(0, MAX_TEXT)} [cut]` : whole;
}

/** Upper eight bits of the extended RCODE (RFC 6891 §6.1.3), in place to be added to the lower four. */
export function upperRcode(head: OptHead): number {
  return (head.ttl >>> 24) << 4;
}
