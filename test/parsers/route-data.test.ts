import { describe, expect, it } from 'vitest';
import { parseOrigins, parseVrps, RouteDataError } from '../../src/parsers/route-data.ts';

const vrp = (asn: number, maxLength: number) => ({ asn, maxLength });
const json = (roas: unknown[]): string => JSON.stringify({ metadata: { buildmachine: 'x' }, roas });
const all = [vrp(7643, 48), vrp(131127, 32)];

describe('VRPs', () => {
  it.each([
    [
      'rpki-client JSON',
      json([
        { asn: 7643, prefix: '2001:dc8::/32', maxLength: 48, ta: 'apnic' },
        { asn: 131127, prefix: '2001:dc8::/32', maxLength: 32 },
      ]),
    ],
    [
      'Routinator JSON',
      json([
        { asn: 'AS7643', prefix: '2001:dc8::/32', maxLength: 48 },
        { asn: 'AS131127', prefix: '2001:dc8::/32', maxLength: 32 },
      ]),
    ],
    ['Routinator CSV', 'ASN,IP Prefix,Max Length,Trust Anchor\nAS7643,2001:dc8::/32,48,apnic\r\nAS131127,2001:dc8::/32,32,apnic\n'],
    [
      'rpki-client CSV',
      'ASN,IP Prefix,Max Length,Trust Anchor,Expires\nAS7643,2001:dc8::/32,48,apnic,1\nAS131127,2001:dc8::/32,,apnic,1\n',
    ],
  ])('%s', (_title, text) => {
    const table = parseVrps(text);
    expect(table.covering('2001:dc8:1::1')).toEqual(all.map((value) => ({ prefix: '2001:dc8::/32', length: 32, value })));
    expect(table.covering('2001:dc9::1')).toEqual([]);
    expect(table.covering('no address')).toEqual([]);
  });

  it.each([
    ['broken JSON', '{', 0],
    ['JSON without roas', '{"vrps":[]}', 0],
    ['empty', json([]), 0],
    ['CSV without a heading', 'AS1,2001:dc8::/32,48\n', 1],
    ['maxLength under the length', 'ASN,IP Prefix,Max Length\nAS1,2001:dc8::/32,31\nAS1,2001:dc8::/32,x\n', 2],
    ['no prefix', 'ASN,IP Prefix,Max Length\nAS1,2001:dc8::/129,129\nAS1,127.1/8,8\n', 2],
  ])('%s is refused', (_title, text, line) => {
    expect(() => parseVrps(text)).toThrow(expect.objectContaining({ name: 'RouteDataError', line }));
  });

  it('one broken entry among many is left out', () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({ asn: index + 1, prefix: '9.0.0.0/8', maxLength: 8 }));
    expect(parseVrps(json([...rows, { asn: 'x' }])).covering('9.9.9.9')).toHaveLength(200);
  });
});

describe('origins', () => {
  it.each([
    ['comma', '2001:dc8::/32,7643\n9.9.8.0/23,64500\n'],
    ['tab, comments and an AS sign', '# table\n2001:dc8::/32\tAS7643\n9.9.8.0/23\tAS64500\n'],
    ['a heading', 'prefix,asn\n2001:dc8::/32,7643\n9.9.8.0/23,64500\n'],
  ])('prefixes by %s', (_title, text) => {
    const table = parseOrigins(text);
    expect(table.covering('2001:dc8:1::1')).toEqual([{ prefix: '2001:dc8::/32', length: 32, value: { asns: [7643], exact: true } }]);
    expect(table.covering('9.9.9.255')).toEqual([{ prefix: '9.9.8.0/23', length: 23, value: { asns: [64500], exact: true } }]);
    expect(table.covering('9.9.10.0')).toEqual([]);
  });

  it('the longest prefix comes last, several origins stay together', () => {
    const table = parseOrigins('2001:dc8:1::/48,2\n2001:dc8::/32,1\n2001:dc8::/32,3\n2001:dc8::/32,3\n');
    expect(table.covering('2001:dc8:1::1').map(({ length, value }) => [length, value.asns])).toEqual([
      [32, [1, 3]],
      [48, [2]],
    ]);
  });

  it('ranges become prefixes that are not exact; AS 0 is not announced', () => {
    const table = parseOrigins(
      '9.9.8.0\t9.9.10.255\t7643\tVN\tX\n9.9.11.0\t9.9.255.255\t0\tNone\tNot routed\n::\t2001:dc7:ffff:ffff:ffff:ffff:ffff:ffff\t0\t\t\n',
    );
    expect(table.covering('9.9.9.1')).toEqual([{ prefix: '9.9.8.0/23', length: 23, value: { asns: [7643], exact: false } }]);
    expect(table.covering('9.9.10.1')).toEqual([{ prefix: '9.9.10.0/24', length: 24, value: { asns: [7643], exact: false } }]);
    expect(table.covering('9.9.11.1')).toEqual([]);
    expect(table.covering('2001:dc7::1')).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['another file', 'id,domain\nbo,bo.gov.vn\nso,so.gov.vn\n'],
    ['prefixes and much else', `2001:dc8::/32,1\n${'x,y\n'.repeat(10)}`],
  ])('%s is refused', (_title, text) => {
    expect(() => parseOrigins(text)).toThrow(RouteDataError);
  });
});
