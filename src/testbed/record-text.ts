import { isIP } from 'node:net';
import { encodeName, type WireRecord } from './dns-wire.ts';

/** Makes absolute names of what a scenario writes: '@' is the origin, a final dot ends an absolute name, all else is relative. */
export function absoluteName(name: string, origin: string): string {
  if (name === '@') return origin;
  if (name.endsWith('.')) return name.slice(0, -1).toLowerCase();
  return (origin === '' ? name : `${name}.${origin}`).toLowerCase();
}

function number16(value: string | undefined): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(Number(value ?? '0'));
  return bytes;
}

/** The 16 or 4 bytes of a literal address. */
export function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  if (isIP(address) !== 6) throw new Error(`not an address: ${address}`);
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const hex = (high: string | undefined, low: string | undefined): string => ((Number(high) << 8) | Number(low)).toString(16);
  const plain = dotted === null ? address : `${dotted[1]}${hex(dotted[2], dotted[3])}:${hex(dotted[4], dotted[5])}`;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return Buffer.concat(groups.map((group) => number16(`0x${group}`)));
}

function characterStrings(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  const parts: Buffer[] = [];
  for (let start = 0; start === 0 || start < bytes.length; start += 255) {
    const part = bytes.subarray(start, start + 255);
    parts.push(Buffer.from([part.length]), part);
  }
  return Buffer.concat(parts);
}

function soaData(words: string[], origin: string): Buffer {
  const numbers = Buffer.alloc(20);
  const values = [Number(words[2] ?? 1), 7200, 3600, 1209600, 300];
  for (const [index, value] of values.entries()) numbers.writeUInt32BE(value, index * 4);
  return Buffer.concat([
    encodeName(absoluteName(words[0] ?? '@', origin)),
    encodeName(absoluteName(words[1] ?? 'hostmaster', origin)),
    numbers,
  ]);
}

/** SvcParams of HTTPS and SVCB that scenarios use (RFC 9460 §7.3, §7.1.1). */
function svcParams(words: string[]): Buffer {
  const keys: Readonly<Record<string, number>> = { alpn: 1, ipv4hint: 4, ipv6hint: 6 };
  const params = words.map((word) => {
    const [key = '', value = ''] = word.split('=');
    const items = value.split(',');
    const data = key === 'alpn' ? items.map(characterStrings) : items.map(addressBytes);
    const bytes = Buffer.concat(data);
    return { code: keys[key] ?? 0, bytes };
  });
  params.sort((a, b) => a.code - b.code);
  return Buffer.concat(params.flatMap((param) => [number16(String(param.code)), number16(String(param.bytes.length)), param.bytes]));
}

/**
 * One record of a scenario, in the manner of a zone file: `owner TYPE data…`. `TYPE65280 \# hex` gives raw data of any type.
 * Throws on anything it does not know: a scenario with a mistake must not start.
 */
export function parseRecord(line: string, origin: string): WireRecord {
  const [owner = '', type = '', ...words] = line.split(' ');
  const name = absoluteName(owner, origin);
  const [first = ''] = words;
  const named = (target: string, before: Buffer = Buffer.alloc(0)): WireRecord => {
    const absolute = absoluteName(target, origin);
    return { name, type, rdata: Buffer.concat([before, encodeName(absolute)]), target: absolute };
  };
  const plain = (rdata: Buffer): WireRecord => ({ name, type, rdata, target: null });
  if (first === '\\#') return plain(Buffer.from(words.slice(1).join(''), 'hex'));
  switch (type) {
    case 'A':
    case 'AAAA':
      return plain(addressBytes(first));
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return named(first);
    case 'MX':
      return named(words[1] ?? '', number16(first));
    case 'TXT':
      return plain(characterStrings(words.join(' ')));
    case 'SOA':
      return plain(soaData(words, origin));
    case 'HTTPS':
    case 'SVCB':
      return plain(Buffer.concat([number16(first), encodeName(absoluteName(words[1] ?? '.', origin)), svcParams(words.slice(2))]));
    default:
      throw new Error(`scenario record with an unknown type: ${line}`);
  }
}

/** Owner name of the PTR record of an address (RFC 3596 §2.5, RFC 1035 §3.5). */
export function reverseName(address: string): string {
  const bytes = addressBytes(address);
  if (bytes.length === 4) return `${[...bytes].reverse().join('.')}.in-addr.arpa`;
  return `${[...bytes.toString('hex')].reverse().join('.')}.ip6.arpa`;
}
