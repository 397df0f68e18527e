import { describe, expect, it } from 'vitest';
import { httpsRecordsOf } from '../../src/facts/https-records.ts';
import type { DnsRecord, SvcParams } from '../../src/model/dns.ts';
import { probeAddresses } from '../../src/probes/addresses.ts';
import { discoverZone } from '../../src/probes/delegation.ts';
import { probeHttpsRecords } from '../../src/probes/https-records.ts';
import { fakeAgencyContext, fakeInternet, fakeProbeContext } from '../support/fake-dns.ts';
import { emptyResponse, type FakeZones } from '../support/fake-zones.ts';

const server = '2001:db8::4';
const v6 = '2001:db8::80';
const zones: FakeZones = {
  '': { servers: { 'a.root': ['2001:db8::1'] } },
  'x.gov.vn': {
    servers: { 'ns1.x.gov.vn': [server] },
    records: [`@ AAAA ${v6}`, '@ A 192.0.2.80', `www AAAA ${v6}`, 'old A 192.0.2.81'],
  },
};
const hosts = ['x.gov.vn', 'www.x.gov.vn'];
const noParams: SvcParams = { mandatory: [], alpn: [], noDefaultAlpn: false, port: null, ipv4hint: [], ipv6hint: [], otherKeys: [] };

function https(target: string, params: Partial<SvcParams> = {}, priority = 1): DnsRecord {
  return { type: 'HTTPS', name: 'x.gov.vn', ttl: 300, priority, target, params: { ...noParams, ...params } };
}

async function judged(records: DnsRecord[] | 'timeout') {
  const internet = fakeInternet(zones, {
    [server]: ({ name, type }) => {
      if (name !== 'x.gov.vn' || type !== 'HTTPS') return null;
      return records === 'timeout' ? 'timeout' : { ...emptyResponse, authoritative: true, answers: records };
    },
  });
  const context = fakeProbeContext(internet);
  await Promise.all(hosts.flatMap((host) => [discoverZone(context, host), probeAddresses(context, host)]));
  await probeHttpsRecords(context, hosts);
  return httpsRecordsOf(fakeAgencyContext(internet), 'x.gov.vn');
}

describe('HTTPS records against AAAA', () => {
  it.each([
    [
      'the owner itself, hint confirmed in another spelling',
      [https('', { ipv6hint: ['2001:0db8:0::80'] })],
      { target: 'x.gov.vn', strayHints: [], hasAaaa: true },
    ],
    [
      'D24 a hint that no AAAA confirms',
      [https('', { ipv6hint: [v6, '2001:db8::99'] })],
      { strayHints: ['2001:db8::99'], unusableHints: [] },
    ],
    ['D24 a hint into private space', [https('', { ipv6hint: ['fd00::1'] })], { strayHints: ['fd00::1'], unusableHints: ['fd00::1'] }],
    [
      'a target with IPv4 only',
      [https('old.x.gov.vn', { ipv4hint: ['192.0.2.81'] })],
      { target: 'old.x.gov.vn', hasAaaa: false, hasA: true },
    ],
    ['AliasMode', [https('www.x.gov.vn', {}, 0)], { target: 'www.x.gov.vn', priority: 0, hasAaaa: true }],
  ])('%s', async (_title, records, expected) => {
    const fact = await judged(records);
    expect(fact).toMatchObject({ known: true, value: { hosts, unknown: [], cause: null } });
    expect(fact.known && fact.value.records).toEqual([expect.objectContaining({ host: 'x.gov.vn', ...expected })]);
    expect(fact.observations.length).toBeGreaterThan(0);
  });

  it('none, and AliasMode without a service, leave nothing to compare', async () => {
    expect(await judged([])).toMatchObject({ value: { hosts, records: [], unknown: [] } });
    expect(await judged([https('', {}, 0)])).toMatchObject({ value: { records: [] } });
  });

  it('silence to this type alone is open', async () => {
    expect(await judged('timeout')).toMatchObject({ value: { hosts: ['www.x.gov.vn'], unknown: ['x.gov.vn'], cause: 'dns-timeout' } });
  });
});
