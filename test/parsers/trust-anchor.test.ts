import { expect, it } from 'vitest';
import { rootAnchors } from '../../src/dnssec/root-anchors.ts';
import { parseTrustAnchors, TrustAnchorError } from '../../src/parsers/trust-anchor.ts';

const [first] = rootAnchors;
const digest = first?.digest ?? '';
const sha384 = 'ab'.repeat(48);

it.each([
  ['as dnssec-dsfromkey writes it', `. IN DS 20326 8 2 ${digest.toUpperCase()}\n`],
  ['with TTL, comment and a split digest', `; root\n.\t172800 IN DS 20326 8 2 ${digest.slice(0, 20)} ${digest.slice(20)} ; KSK-2017\r\n\n`],
  ['without class', `. DS 20326 8 2 ${digest}`],
])('%s', (_title, text) => {
  expect(parseTrustAnchors(text)).toEqual([first]);
});

it('several anchors, SHA-384 too', () => {
  expect(parseTrustAnchors(`. DS 1 13 2 ${digest}\n. DS 2 15 4 ${sha384}`).map(({ keyTag, digestType }) => [keyTag, digestType])).toEqual([
    [1, 2],
    [2, 4],
  ]);
});

it.each([
  ['nothing', '; none\n', 1],
  ['another zone', `vn. IN DS 1 8 2 ${digest}`, 1],
  ['a key', '\n. IN DNSKEY 257 3 8 AwEAAaz/', 2],
  ['SHA-1', `. IN DS 1 8 1 ${'ab'.repeat(20)}`, 1],
  ['a digest that is cut', `. IN DS 1 8 2 ${digest.slice(2)}`, 1],
  ['a tag out of range', `. IN DS 65536 8 2 ${digest}`, 1],
  ['text', 'hello', 1],
])('%s is refused with its line', (_title, text, line) => {
  expect(() => parseTrustAnchors(text)).toThrow(TrustAnchorError);
  expect(() => parseTrustAnchors(text)).toThrow(`line ${line}: `);
});
