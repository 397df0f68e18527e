import { describe, expect, it } from 'vitest';
import { hostNameOf, ipv4LiteralOf, ipv4LiteralsInPolicy, isIpv4Literal } from '../../src/parsers/url-literals.ts';

describe('ipv4LiteralOf', () => {
  it.each([
    ['http://192.0.2.1/x', '192.0.2.1'],
    ['//192.0.2.1:8080/x', '192.0.2.1'],
    ['HTTPS://192.0.2.1', '192.0.2.1'],
    ['http://3221225985/', '192.0.2.1'],
    ['http://0xC0.0.2.1/', '192.0.2.1'],
    ['http://192.0.513/', '192.0.2.1'],
    ['http://user@192.0.2.1/', '192.0.2.1'],
    ['wss://192.0.2.1/', '192.0.2.1'],
    ['http://192.0.2.1@a.vn/', null],
    ['http://192.0.2.1.vn/', null],
    ['/192.0.2.1/x', null],
    ['http://[2001:db8::1]/', null],
    ['mailto:a@192.0.2.1', null],
    ['http://', null],
  ])('W6 reads %s as %s', (url, expected) => {
    expect(ipv4LiteralOf(url)).toBe(expected);
  });
});

describe('isIpv4Literal', () => {
  it.each([
    ['255.255.255.255', true],
    ['256.0.0.1', false],
    ['1.2.3', false],
    ['1.2.3.4.5', false],
    ['1.2.3.a', false],
    ['1..2.3', false],
  ])('%s is %s', (host, expected) => {
    expect(isIpv4Literal(host)).toBe(expected);
  });
});

it('finds literals in a policy, with and without scheme and port', () => {
  expect(
    ipv4LiteralsInPolicy("default-src 'self' 192.0.2.1 http://192.0.2.2:8080; img-src https://192.0.2.3/x *.a.vn 192.0.2.1, x 1.2.3.4.vn"),
  ).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3']);
});

it('names hosts, not literals or other schemes', () => {
  expect(
    ['https://A.vn./x', 'ftp://b.vn', 'http://1.2.3.4', 'http://[::1]/', 'mailto:a@b.vn'].map((url) => hostNameOf(new URL(url))),
  ).toEqual(['a.vn', 'b.vn', null, null, null]);
});
