import { describe, expect, it } from 'vitest';
import { type DnsQueryRequest, dnsQueryRequestSchema, type Operation } from '../../src/model/observation.ts';
import { observationId, operationKey } from '../../src/net/network.ts';

const request: DnsQueryRequest = {
  family: 6,
  address: '2001:db8::53',
  port: 53,
  round: '1',
  transport: 'udp',
  name: 'x.gov.vn',
  type: 'AAAA',
  recursionDesired: false,
  checkingDisabled: false,
  dnssecOk: false,
  udpPayloadBytes: 1_232,
};

/** How every key is made that no code writes out by hand. */
function generalKey({ op, request: asked }: Operation): string {
  const pairs = Object.entries(asked).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `${op} ${JSON.stringify(pairs)}`;
}

describe('the key of an operation', () => {
  it.each<[string, Partial<DnsQueryRequest>]>([
    ['as it is', {}],
    ['over TCP, IPv4', { transport: 'tcp', family: 4, address: '192.0.2.53' }],
    ['all flags', { recursionDesired: true, checkingDisabled: true, dnssecOk: true }],
    ['without EDNS, of the root', { udpPayloadBytes: null, name: '' }],
    ['a name with escapes and quotes', { name: '\\032\\"a"\\\\.gov.vn\u2028é' }],
    ['another type, port and round', { type: 'TYPE65280', port: 5_353, round: 'retest' }],
  ])('of a DNS query, %s, is what the general way gives', (_what, patch) => {
    const operation: Operation = { op: 'dns-query', request: { ...request, ...patch } };
    expect(operationKey(operation)).toBe(generalKey(operation));
  });

  it('holds every field of a DNS query, in whatever order they come', () => {
    expect(Object.keys(request).sort()).toEqual(Object.keys(dnsQueryRequestSchema.shape).sort());
    const reversed = Object.fromEntries(Object.entries(request).reverse()) as DnsQueryRequest;
    expect(operationKey({ op: 'dns-query', request: reversed })).toBe(operationKey({ op: 'dns-query', request }));
  });

  it('is what the id is made of, which stored evidence holds', () => {
    expect(observationId({ op: 'dns-query', request })).toMatch(/^[0-9a-f]{16}$/);
  });
});
