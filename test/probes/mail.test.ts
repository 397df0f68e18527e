import { expect, it } from 'vitest';
import type { DnsRecord } from '../../src/model/dns.ts';
import { createMemoNetwork } from '../../src/net/memo-network.ts';
import type { Network } from '../../src/net/network.ts';
import { reverseName } from '../../src/parsers/reverse-name.ts';
import { probeMail } from '../../src/probes/mail.ts';
import { observationOf } from '../net/scripted-network.ts';
import { fakeProbeContext, observed } from '../support/fake-dns.ts';
import { emptyResponse } from '../support/fake-zones.ts';
import { healthy, mail4, mail6, mailWorld, reverseZone } from '../support/mail-world.ts';

const reverse = {
  [reverseZone]: { servers: { 'ns1.x.gov.vn': ['2001:db8:a::1', '192.0.2.1'] }, records: [`${reverseName(mail6)}. PTR ptr.x.gov.vn.`] },
};

it('asks MX, SPF, the addresses of exchangers, and the reverse name and where it leads', async () => {
  const { asked, dialled } = await mailWorld({ records: [...healthy], zones: reverse });
  const questions = new Set(asked.map((line) => line.split(' @')[0]));
  expect([...questions]).toEqual(
    expect.arrayContaining([
      'MX x.gov.vn',
      'TXT x.gov.vn',
      'AAAA mail.x.gov.vn',
      'A mail.x.gov.vn',
      `PTR ${reverseName(mail6)}`,
      'AAAA ptr.x.gov.vn',
    ]),
  );
  expect(dialled.sort()).toEqual([mail4, mail6].sort());
});

it('greets every AAAA and at most four A of an exchanger', async () => {
  const ipv4 = Array.from({ length: 6 }, (_, index) => `mail A 192.0.2.${100 + index}`);
  const ipv6 = Array.from({ length: 6 }, (_, index) => `mail AAAA 2001:db8:a::${100 + index}`);
  const { dialled } = await mailWorld({ records: ['@ MX 10 mail', ...ipv4, ...ipv6] });
  expect(dialled.filter((address) => address.includes(':'))).toHaveLength(6);
  expect(dialled.filter((address) => !address.includes(':'))).toHaveLength(4);
});

it('a domain without MX is its own exchanger, dialled at its addresses', async () => {
  const { dialled } = await mailWorld({ records: [`@ A ${mail4}`, `@ AAAA ${mail6}`] });
  expect(dialled.sort()).toEqual([mail4, mail6].sort());
});

it('M10 a failed MX look-up makes nothing an exchanger', async () => {
  const servfail = (request: { type: string }, honest: object) =>
    (request.type === 'MX' ? { ...honest, rcode: 'SERVFAIL', answers: [], authoritative: false } : null) as never;
  const faults = Object.fromEntries(['2001:db8:a::1', '2001:db8:a::2', '192.0.2.1', '192.0.2.2'].map((address) => [address, servfail]));
  expect((await mailWorld({ records: [`@ A ${mail4}`], faults })).dialled).toEqual([]);
});

it('M12 1,000 domains with one provider: one session per family, however they come', async () => {
  const resolver = '192.0.2.53';
  const provider = 'mail.provider.vn';
  const records: Record<string, (name: string) => DnsRecord> = {
    MX: (name) => ({ type: 'MX', name, ttl: 60, preference: 10, exchange: provider }),
    AAAA: (name) => ({ type: 'AAAA', name, ttl: 60, address: mail6 }),
    A: (name) => ({ type: 'A', name, ttl: 60, address: mail4 }),
  };
  const dialled: string[] = [];
  const inner: Network = {
    perform: async (operation) => {
      if (operation.op !== 'dns-query') {
        dialled.push(operation.request.address);
        return observationOf(operation, null) as never;
      }
      const { name, type } = operation.request;
      const record = (name === provider) === (type !== 'MX') ? records[type]?.(name) : undefined;
      return observed(operation.request, {
        ...emptyResponse,
        recursionAvailable: true,
        answers: record === undefined ? [] : [record],
      }) as never;
    },
  };
  const internet = { network: inner, observations: [], asked: [], resolution: { mode: 'resolver' as const, resolvers: [resolver] } };
  const context = { ...fakeProbeContext(internet), network: createMemoNetwork(inner, { maxEntries: 20_000 }) };
  const domains = Array.from({ length: 1_000 }, (_, at) => `a${at}.gov.vn`);
  await Promise.all(domains.slice(0, 500).map((name) => probeMail(context, name)));
  for (const name of domains.slice(500)) await probeMail(context, name);
  expect(dialled.sort()).toEqual([mail4, mail6].sort());
});
