import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressBytes, sameAddress } from '../../src/model/address-bytes.ts';
import { addressScope } from '../../src/model/address-registry.ts';

/** One row a block: name, the address just below, the first, the last, the one just above, with the scopes outside. */
const rows: [scope: string, before: [string, string] | null, first: string, last: string, after: [string, string] | null][] = [
  ['unspecified', null, '::', '::', ['::1', 'loopback']],
  ['loopback', ['::', 'unspecified'], '::1', '::1', ['::2', 'ipv4-compatible']],
  ['ipv4-compatible', ['::1', 'loopback'], '::2', '::ffff:ffff', ['::1:0:0', 'reserved']],
  ['mapped', ['::fffe:ffff:ffff', 'reserved'], '::ffff:0.0.0.0', '::ffff:255.255.255.255', ['::1:0:0:0', 'reserved']],
  ['translated', ['::fffe:ffff:ffff:ffff', 'reserved'], '::ffff:0:0:0', '::ffff:0:ffff:ffff', ['::ffff:1:0:0', 'reserved']],
  ['nat64', ['64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff', 'reserved'], '64:ff9b::', '64:ff9b::ffff:ffff', ['64:ff9b::1:0:0', 'reserved']],
  [
    'nat64-local',
    ['64:ff9b:0:ffff:ffff:ffff:ffff:ffff', 'reserved'],
    '64:ff9b:1::',
    '64:ff9b:1:ffff:ffff:ffff:ffff:ffff',
    ['64:ff9b:2::', 'reserved'],
  ],
  ['discard', ['ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'reserved'], '100::', '100::ffff:ffff:ffff:ffff', ['100:0:0:1::', 'dummy']],
  ['dummy', ['100::ffff:ffff:ffff:ffff', 'discard'], '100:0:0:1::', '100:0:0:1:ffff:ffff:ffff:ffff', ['100:0:0:2::', 'reserved']],
  [
    'teredo',
    ['2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'unallocated'],
    '2001::',
    '2001:0:ffff:ffff:ffff:ffff:ffff:ffff',
    ['2001:1::', 'ietf-protocol'],
  ],
  [
    'benchmarking',
    ['2001:1:ffff:ffff:ffff:ffff:ffff:ffff', 'ietf-protocol'],
    '2001:2::',
    '2001:2:0:ffff:ffff:ffff:ffff:ffff',
    ['2001:2:1::', 'ietf-protocol'],
  ],
  [
    'global',
    ['2001:4:111:ffff:ffff:ffff:ffff:ffff', 'ietf-protocol'],
    '2001:4:112::',
    '2001:4:112:ffff:ffff:ffff:ffff:ffff',
    ['2001:4:113::', 'ietf-protocol'],
  ],
  [
    'orchid',
    ['2001:f:ffff:ffff:ffff:ffff:ffff:ffff', 'ietf-protocol'],
    '2001:10::',
    '2001:2f:ffff:ffff:ffff:ffff:ffff:ffff',
    ['2001:30::', 'drone-remote-id'],
  ],
  ['drone-remote-id', ['2001:2f:ffff::', 'orchid'], '2001:30::', '2001:3f:ffff:ffff:ffff:ffff:ffff:ffff', ['2001:40::', 'ietf-protocol']],
  ['ietf-protocol', ['2001:3f:ffff::', 'drone-remote-id'], '2001:40::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff', ['2001:200::', 'global']],
  [
    'documentation',
    ['2001:db7:ffff:ffff:ffff:ffff:ffff:ffff', 'global'],
    '2001:db8::',
    '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
    ['2001:db9::', 'global'],
  ],
  [
    '6to4',
    ['2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'global'],
    '2002::',
    '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['2003::', 'global'],
  ],
  [
    '6bone',
    ['3ffd:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'unallocated'],
    '3ffe::',
    '3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['3fff::', 'documentation'],
  ],
  ['documentation', ['3ffe:ffff::', '6bone'], '3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff', ['3fff:1000::', 'unallocated']],
  [
    'segment-routing',
    ['5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'reserved'],
    '5f00::',
    '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['5f01::', 'reserved'],
  ],
  [
    'unique-local',
    ['fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'reserved'],
    'fc00::',
    'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['fe00::', 'reserved'],
  ],
  [
    'link-local',
    ['fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'reserved'],
    'fe80::',
    'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['fec0::', 'site-local'],
  ],
  ['site-local', ['febf:ffff::', 'link-local'], 'fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ['ff00::', 'multicast']],
  ['multicast', ['feff:ffff::', 'site-local'], 'ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null],
  [
    'global',
    ['23ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'unallocated'],
    '2400::',
    '2cff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['2d00::', 'unallocated'],
  ],
  ['unallocated', ['1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'reserved'], '2000::', '2000:ffff::', ['2001::', 'teredo']],
  ['reserved', ['3fff:1000::', 'unallocated'], '4000::', '5eff::', ['5f00::', 'segment-routing']],
  ['unspecified', null, '0.0.0.0', '0.0.0.0', ['0.0.0.1', 'this-network']],
  ['this-network', ['0.0.0.0', 'unspecified'], '0.0.0.1', '0.255.255.255', ['1.0.0.0', 'global']],
  ['private', ['9.255.255.255', 'global'], '10.0.0.0', '10.255.255.255', ['11.0.0.0', 'global']],
  ['shared', ['100.63.255.255', 'global'], '100.64.0.0', '100.127.255.255', ['100.128.0.0', 'global']],
  ['loopback', ['126.255.255.255', 'global'], '127.0.0.0', '127.255.255.255', ['128.0.0.0', 'global']],
  ['link-local', ['169.253.255.255', 'global'], '169.254.0.0', '169.254.255.255', ['169.255.0.0', 'global']],
  ['private', ['172.15.255.255', 'global'], '172.16.0.0', '172.31.255.255', ['172.32.0.0', 'global']],
  ['ietf-protocol', ['191.255.255.255', 'global'], '192.0.0.0', '192.0.0.255', ['192.0.1.0', 'global']],
  ['documentation', ['192.0.1.255', 'global'], '192.0.2.0', '192.0.2.255', ['192.0.3.0', 'global']],
  ['6to4-relay', ['192.88.98.255', 'global'], '192.88.99.0', '192.88.99.255', ['192.88.100.0', 'global']],
  ['private', ['192.167.255.255', 'global'], '192.168.0.0', '192.168.255.255', ['192.169.0.0', 'global']],
  ['benchmarking', ['198.17.255.255', 'global'], '198.18.0.0', '198.19.255.255', ['198.20.0.0', 'global']],
  ['documentation', ['198.51.99.255', 'global'], '198.51.100.0', '198.51.100.255', ['198.51.101.0', 'global']],
  ['documentation', ['203.0.112.255', 'global'], '203.0.113.0', '203.0.113.255', ['203.0.114.0', 'global']],
  ['multicast', ['223.255.255.255', 'global'], '224.0.0.0', '239.255.255.255', ['240.0.0.0', 'reserved']],
  ['reserved', ['239.255.255.255', 'multicast'], '240.0.0.0', '255.255.255.254', ['255.255.255.255', 'broadcast']],
];

describe('addressScope', () => {
  it.each(rows)('A5 %s from %s %s to %s %s', (scope, before, first, last, after) => {
    for (const address of [first, last]) {
      expect(addressScope(address, 'public'), address).toEqual({ usable: scope === 'global', scope });
    }
    for (const [address, outside] of [before, after].filter((side) => side !== null)) {
      expect(addressScope(address, 'public'), address).toEqual({ usable: outside === 'global', scope: outside });
    }
  });

  it.each([
    '127.1',
    '010.0.0.1',
    '0x7f.0.0.1',
    '2130706433',
    '256.1.1.1',
    '1.2.3',
    '1.2.3.4.5',
    '',
    ' 1.2.3.4',
    '[::1]',
    'fe80::1%eth0',
    '::ffff:010.0.0.1',
    '1::2::3',
    ':::',
    '12345::',
    '2001:db8::g',
    '1.2.undefined.undefined',
    '::1/128',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7',
  ])('A5 %s is not an address', (text) => {
    for (const policy of ['public', 'documentation-is-global', 'allow-private'] as const) {
      expect(addressScope(text, policy)).toEqual({ usable: false, scope: 'not-an-address' });
    }
  });

  it.each(['2001:db8::1', '3fff::1', '192.0.2.1', '198.51.100.1', '203.0.113.1'])('the testbed counts %s as global', (address) => {
    expect(addressScope(address, 'documentation-is-global')).toEqual({ usable: true, scope: 'global' });
    expect(addressScope(address, 'public')).toEqual({ usable: false, scope: 'documentation' });
  });

  it('the testbed policy opens nothing else', () => {
    for (const address of ['::1', '127.0.0.1', 'fd00::1', '10.0.0.1', 'fe80::1', '64:ff9b::1']) {
      expect(addressScope(address, 'documentation-is-global').usable).toBe(false);
    }
  });

  it.each([
    ['10.0.0.1', 'private', true],
    ['127.0.0.1', 'loopback', true],
    ['fd00::1', 'unique-local', true],
    ['::1', 'loopback', true],
    ['2001:db8::1', 'documentation', true],
    ['::', 'unspecified', false],
    ['0.0.0.0', 'unspecified', false],
    ['ff02::1', 'multicast', false],
    ['224.0.0.1', 'multicast', false],
    ['255.255.255.255', 'broadcast', false],
    ['::ffff:10.0.0.1', 'mapped', false],
  ])('a lab policy says of %s: %s, usable %s', (address, scope, usable) => {
    expect(addressScope(address, 'allow-private')).toEqual({ usable, scope });
  });
});

describe('addressBytes', () => {
  it('takes exactly what net.isIP takes', () => {
    const nearly = fc.oneof(
      fc.ipV6(),
      fc.ipV4(),
      fc.string({ unit: fc.constantFrom(...'0123456789abcdefF:::...%x '), maxLength: 46 }),
      fc
        .array(fc.constantFrom('0', '1', 'ffff', '12345', '', '1.2.3.4', '01.2.3.4', '255'), { maxLength: 9 })
        .map((parts) => parts.join(':')),
      fc.array(fc.constantFrom('0', '1', '255', '256', '01', '', '1e1', '+1'), { maxLength: 5 }).map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(nearly, (text) => {
        // net.isIP takes zone ids; we never do.
        const expected = text.includes('%') ? 0 : isIP(text);
        expect(addressBytes(text)?.length ?? 0).toBe(expected === 0 ? 0 : expected === 4 ? 4 : 16);
      }),
      { numRuns: 3_000 },
    );
  });

  it('compares addresses, not texts', () => {
    expect(sameAddress('2001:DB8:0:0::1', '2001:db8::1')).toBe(true);
    expect(sameAddress('::ffff:127.0.0.1', '127.0.0.1')).toBe(false);
    expect(sameAddress('x', 'x')).toBe(false);
  });
});
