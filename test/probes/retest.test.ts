import { describe, expect, it } from 'vitest';
import { retestOperations } from '../../src/probes/retest.ts';
import { dns, ns1v6, ns2v6, zone } from '../support/dns-context.ts';

describe('retest', () => {
  it('D15 the SOA of silent servers is asked again however many other questions they left open', () => {
    const others = Array.from({ length: 60 }, (_, index) => dns(ns1v6, `h${index}.${zone} AAAA`, { failure: 'timeout' }));
    const soas = [ns1v6, ns2v6].flatMap((server) =>
      (['udp', 'tcp'] as const).map((transport) => dns(server, `${zone} SOA`, { failure: 'timeout', transport })),
    );
    const asked = retestOperations([...others, ...soas]);
    expect(asked).toHaveLength(40);
    const first = asked
      .slice(0, 4)
      .map(({ op, request }) => (op === 'dns-query' ? `${request.address} ${request.type} ${request.transport}` : op));
    expect(first).toEqual([`${ns1v6} SOA udp`, `${ns1v6} SOA tcp`, `${ns2v6} SOA udp`, `${ns2v6} SOA tcp`]);
    expect(asked.every(({ request }) => request.round === 'retest')).toBe(true);
  });
});
