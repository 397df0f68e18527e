import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseRootHints, RootHintsError } from '../../src/parsers/root-hints.ts';

const addressesOf: Record<string, [string, string]> = {
  a: ['198.41.0.4', '2001:503:ba3e::2:30'],
  b: ['170.247.170.2', '2801:1b8:10::b'],
  c: ['192.33.4.12', '2001:500:2::c'],
  d: ['199.7.91.13', '2001:500:2d::d'],
  e: ['192.203.230.10', '2001:500:a8::e'],
  f: ['192.5.5.241', '2001:500:2f::f'],
  g: ['192.112.36.4', '2001:500:12::d0d'],
  h: ['198.97.190.53', '2001:500:1::53'],
  i: ['192.36.148.17', '2001:7fe::53'],
  j: ['192.58.128.30', '2001:503:c27::2:30'],
  k: ['193.0.14.129', '2001:7fd::1'],
  l: ['199.7.83.42', '2001:500:9f::42'],
  m: ['202.12.27.33', '2001:dc3::35'],
};

describe('the shipped hints', () => {
  const servers = parseRootHints(readFileSync(new URL('../../fixtures/root.hints', import.meta.url), 'utf8'));

  it('hold the 13 root servers with their addresses', () => {
    const expected = Object.entries(addressesOf).map(([letter, addresses]) => ({ name: `${letter}.root-servers.net`, addresses }));
    expect(servers).toEqual(expected);
  });

  it('hold one address of each family a server', () => {
    for (const { addresses } of servers) expect(addresses.map((address) => isIP(address))).toEqual([4, 6]);
  });
});

describe('parseRootHints', () => {
  it.each([
    ['class, units and tabs', '.\t6D IN NS\tNS.Root.Lan.\nns.root.lan. IN 5w6d A 192.0.2.1\r\n'],
    ['no TTL at all', '. NS ns.root.lan.\nNS.ROOT.LAN. A 192.0.2.1'],
    ['owner taken from the line before', '. NS ns.root.lan.\nns.root.lan. 60 A 192.0.2.1\n  60 A 192.0.2.1 ; again'],
    ['byte order mark and comments', '\uFEFF; hints\n\n. NS ns.root.lan.;x\nns.root.lan. A 192.0.2.1;y'],
    ['addresses before the NS record', 'ns.root.lan. A 192.0.2.1\n. NS ns.root.lan.'],
  ])('reads %s', (_, text) => {
    expect(parseRootHints(text)).toEqual([{ name: 'ns.root.lan', addresses: ['192.0.2.1'] }]);
  });

  it('gives IPv6 addresses in canonical form', () => {
    expect(parseRootHints('. NS a.lan.\na.lan. AAAA 2001:DB8:0:0::0001')[0]?.addresses).toEqual(['2001:db8::1']);
  });

  it.each([
    [1, ''],
    [1, '; only a comment'],
    [1, '. NS ns.root.lan.'],
    [1, 'vn. NS ns.root.lan.\nns.root.lan. A 192.0.2.1'],
    [1, '  NS ns.root.lan.'],
    [2, '. NS ns.root.lan.\nother.root.lan. A 192.0.2.1'],
    [2, '. NS ns.root.lan.\nns.root.lan. A 192.0.2'],
    [2, '. NS ns.root.lan.\nns.root.lan. A 010.0.0.1'],
    [2, '. NS ns.root.lan.\nns.root.lan. A 2001:db8::1'],
    [2, '. NS ns.root.lan.\nns.root.lan. AAAA 192.0.2.1'],
    [2, '. NS ns.root.lan.\nns.root.lan. AAAA fe80::1%eth0'],
    [3, '\n. NS ns.root.lan.\nns.root.lan. TXT hello'],
    [1, '. NS ns.root.lan'],
    [1, '. NS ns..lan.'],
    [1, '$ORIGIN lan.'],
    [1, '. CH NS ns.root.lan.'],
  ])('names line %i of %j', (line, text) => {
    expect(() => parseRootHints(text)).toThrow(RootHintsError);
    expect(() => parseRootHints(text)).toThrow(`line ${line}:`);
  });
});
