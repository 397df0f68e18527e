import { expect, it } from 'vitest';
import type { AddressSet } from '../../src/facts/address-set.ts';
import { inEvery, soleDomain, webProvider } from '../../src/facts/providers.ts';

const set = (usable: string[], aliases: string[] = []): AddressSet => ({
  ...{ family: 6, outcome: 'answer', usable, unusable: [], aliases, onAllServers: true, zone: 'x' },
});

it.each<[string, (AddressSet | null)[], string]>([
  ['the domain that the alias leads to', [set(['2001:dc8::1'], ['a.x.gov.vn', 'edge.cdn.example.net'])], 'example.net'],
  ['an alias inside the own domain is none', [set(['2001:dc8:1::1'], ['web.x.gov.vn'])], '2001:dc8::/32'],
  ['the alias of the A records where there are no AAAA', [set([]), set(['9.9.9.9'], ['h.example.com'])], 'example.com'],
  ['the /24 of an IPv4-only host', [set([]), set(['203.162.10.9'])], '203.162.10.0/24'],
  ['nothing', [set([]), null], ''],
])('%s', (_title, sets, expected) => {
  expect(webProvider('www.x.gov.vn', sets)).toBe(expected);
});

it('whoever mends several faults alone is behind each of them', () => {
  expect(inEvery([['b.vn', 'a.vn'], ['a.vn', 'b.vn', 'c.vn'], ['b.vn']])).toEqual(['b.vn']);
  expect(inEvery([['a.vn'], []])).toEqual([]);
  expect(inEvery([])).toEqual([]);
  expect(soleDomain(['mx1.example.net', 'mx2.example.net'])).toEqual(['example.net']);
  expect(soleDomain(['mx1.example.net', 'mx2.example.org'])).toEqual([]);
});
