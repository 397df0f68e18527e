import { expect, it } from 'vitest';
import { check } from '../../../src/checks/address/address-set.ts';
import { addressFormOf } from '../../../src/facts/address-form.ts';
import { unknown } from '../../../src/facts/fact.ts';
import type { Subject } from '../../../src/model/subject.ts';
import { addressSetFact, dnsContext } from '../../support/dns-context.ts';

const host = 'www.bo.gov.vn';
const subject: Subject = { kind: 'host', name: host, service: 'portal', deciding: true, sibling: null, preference: null };
const v6 = (count: number): string[] => Array.from({ length: count }, (_, index) => `2001:dc8::${index + 10}`);
const v4 = (count: number): string[] => Array.from({ length: count }, (_, index) => `9.9.9.${index + 1}`);

function evaluate(ipv6: string[], ipv4: string[] | null) {
  const context = dnsContext({
    addresses: { [`${host} 6`]: addressSetFact(6, ipv6), [`${host} 4`]: ipv4 === null ? unknown('dns-servfail') : addressSetFact(4, ipv4) },
  });
  const fact = addressFormOf(context, host);
  return fact.known ? check.evaluate({ addressForm: fact.value }, subject) : fact;
}

it.each<[string, string[], string[] | null, string, object]>([
  ['one of each', v6(1), v4(1), 'plain', { values: { ipv6Count: 1, ipv4Count: 1 } }],
  ['eight', v6(8), v4(2), 'plain', {}],
  ['nine', v6(9), v4(9), 'many-addresses', { values: { ipv6Count: 9 } }],
  ['4 times as many', v6(4), v4(1), 'plain', {}],
  ['5 times as many', v6(5), v4(1), 'uneven-counts', {}],
  ['5 times fewer', v6(1), v4(5), 'uneven-counts', {}],
  ['4 times fewer', v6(1), v4(4), 'plain', {}],
  ['no IPv4 is no matter of proportion', v6(5), [], 'plain', { values: { ipv4Count: 0 } }],
  ['EUI-64', ['2001:dc8::211:22ff:fe33:4455'], v4(1), 'hardware-address', { values: { found: ['2001:dc8::211:22ff:fe33:4455'] } }],
  ['fffe elsewhere', ['2001:dc8::ff:fe00:1:1'], v4(1), 'plain', {}],
  ['all-zero interface id', ['2001:dc8:1:2::', ...v6(1)], v4(1), 'zero-interface', { values: { found: ['2001:dc8:1:2::'] } }],
  ['A not known', v6(1), null, 'not-compared', { cause: 'dns-servfail' }],
  ['A not known, and many', v6(9), null, 'many-addresses', {}],
  ['none', [], v4(1), 'no-aaaa', {}],
])('%s', (_title, ipv6, ipv4, message, more) => {
  expect(evaluate(ipv6, ipv4)).toMatchObject({ message, ...more });
});

it('is unknown where the AAAA are', () => {
  expect(addressFormOf(dnsContext({ addresses: { [`${host} 6`]: unknown('dns-timeout') } }), host)).toMatchObject({
    known: false,
    cause: 'dns-timeout',
  });
});
