import { describe, expect, it } from 'vitest';
import type { SvcParams } from '../../src/model/dns.ts';
import { decodeMessage } from '../../src/net/dns-message.ts';
import { pointer, u16, wireMessage, wireName, wireRecord } from '../support/dns-wire.ts';

const limits = { maxPointersPerName: 32, maxNameStepsPerMessage: 65_536 };
const param = (key: number, value: Buffer) => Buffer.concat([u16(key), u16(value.length), value]);
const decode = (rdata: Buffer, type = 65) => decodeMessage(wireMessage({ answers: [wireRecord({ type, rdata })] }), limits).response;
const service = (...params: Buffer[]) => Buffer.concat([u16(1), wireName(''), ...params]);
const empty: SvcParams = { mandatory: [], alpn: [], noDefaultAlpn: false, port: null, ipv4hint: [], ipv6hint: [], otherKeys: [] };
const v6 = Buffer.from('20010db8000000000000000000000053', 'hex');

describe('HTTPS and SVCB (RFC 9460)', () => {
  // Test vectors of RFC 9460 Appendix D.1 and D.2.
  it.each<[string, string, number, string, Partial<SvcParams>]>([
    ['AliasMode', '000003666f6f076578616d706c6503636f6d00', 0, 'foo.example.com', {}],
    ['the owner itself as target', '000100', 1, '', {}],
    ['a port', '001003666f6f076578616d706c6503636f6d00000300020035', 16, 'foo.example.com', { port: 53 }],
    ['a generic key', '000103666f6f076578616d706c6503636f6d00029b000568656c6c6f', 1, 'foo.example.com', { otherKeys: [667] }],
    [
      'two IPv6 hints',
      '000103666f6f076578616d706c6503636f6d000006002020010db800000000000000000000000120010db8000000000000000000530001',
      1,
      'foo.example.com',
      { ipv6hint: ['2001:db8::1', '2001:db8::53:1'] },
    ],
    [
      'mandatory, alpn and an IPv4 hint',
      '001003666f6f076578616d706c65036f726700000000040001000400010009026832056833 2d3139000400 04c0000201'.replaceAll(' ', ''),
      16,
      'foo.example.org',
      { mandatory: [1, 4], alpn: ['h2', 'h3-19'], ipv4hint: ['192.0.2.1'] },
    ],
  ])('reads %s', (_, hex, priority, target, params) => {
    for (const [type, number] of [
      ['HTTPS', 65],
      ['SVCB', 64],
    ] as const) {
      const { answers, malformed } = decode(Buffer.from(hex, 'hex'), number);
      expect(malformed).toEqual([]);
      expect(answers).toEqual([{ type, name: 'a.vn', ttl: 60, priority, target, params: { ...empty, ...params } }]);
    }
  });

  it('reads no-default-alpn and ECH', () => {
    const { answers } = decode(service(param(1, Buffer.from([2, 0x68, 0x33])), param(2, Buffer.alloc(0)), param(5, Buffer.alloc(9))));
    expect(answers).toMatchObject([{ params: { alpn: ['h3'], noDefaultAlpn: true, otherKeys: [5] } }]);
  });

  it('ignores parameters in AliasMode', () => {
    const { answers, malformed } = decode(Buffer.concat([u16(0), wireName('b.vn'), param(3, Buffer.alloc(9))]));
    expect(malformed).toEqual([]);
    expect(answers).toMatchObject([{ priority: 0, target: 'b.vn', params: empty }]);
  });

  it.each([
    [
      'keys in wrong order',
      service(param(3, u16(443)), param(1, Buffer.from([1, 0x61]))),
      'service parameters are not in increasing order',
    ],
    ['a key twice', service(param(3, u16(443)), param(3, u16(443))), 'service parameters are not in increasing order'],
    ['a cut value', Buffer.concat([service(), u16(3), u16(9), u16(1)]), 'record is too short'],
    ['half a key', Buffer.concat([service(), Buffer.from([0])]), 'record is too short'],
    ['an IPv6 hint of 15 bytes', service(param(6, v6.subarray(1))), 'wrong length of address hints'],
    ['no IPv6 hint', service(param(6, Buffer.alloc(0))), 'wrong length of address hints'],
    ['an IPv4 hint of 5 bytes', service(param(4, Buffer.alloc(5))), 'wrong length of address hints'],
    ['a port of one byte', service(param(3, Buffer.alloc(1))), 'wrong length of the port'],
    ['no protocol', service(param(1, Buffer.alloc(0))), 'empty list of protocols'],
    ['an empty protocol id', service(param(1, Buffer.from([0]))), 'wrong length of a protocol id'],
    ['a protocol id past its value', service(param(1, Buffer.from([5, 0x68]))), 'wrong length of a protocol id'],
    ['a value of no-default-alpn', service(param(2, Buffer.alloc(1))), 'no-default-alpn has a value'],
    ['mandatory naming itself', service(param(0, u16(0))), 'mandatory keys are not in increasing order'],
    ['mandatory of three bytes', service(param(0, Buffer.alloc(3))), 'wrong length of mandatory keys'],
    ['a compressed target', Buffer.concat([u16(1), pointer(12)]), 'name is compressed'],
  ])('D1 %s is malformed', (_, rdata, reason) => {
    expect(decode(rdata)).toMatchObject({ answers: [], malformed: [{ rrType: 'HTTPS', reason }] });
  });
});
