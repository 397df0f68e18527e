import { describe, expect, test } from 'vitest';
import { aaaaCanary, dns64Canary, interceptionCanary } from '../../src/iteration/canaries.ts';
import type { ObservationOf } from '../../src/model/observation.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import type { Network } from '../../src/net/network.ts';
import { probeAddresses, probeRecords } from '../../src/probes/addresses.ts';
import { discoverZone } from '../../src/probes/delegation.ts';
import { preflight } from '../../src/probes/vantage.ts';
import { country, ministry } from '../support/fake-country.ts';
import { fakeInternet, fakeProbeContext } from '../support/fake-dns.ts';
import { emptyResponse } from '../support/fake-zones.ts';

const zones = country({ 'x.gov.vn': ministry });

describe('discoverZone', () => {
  test('D19 asks every server of the zone for its NS set, and the parent by both families', async () => {
    const internet = fakeInternet(zones);
    const found = await discoverZone(fakeProbeContext(internet), 'www.x.gov.vn');
    expect([found.outcome, found.hops[0]?.zone]).toEqual(['nodata', 'x.gov.vn']);
    const ns = internet.asked.filter((line) => line.startsWith('NS x.gov.vn ')).map((line) => line.split('@')[1]);
    for (const address of Object.values(ministry.servers).flat()) expect(ns).toContain(`${address} udp`);
    expect(ns.some((line) => line?.startsWith('2001:db8:0:3:'))).toBe(true);
    expect(ns.some((line) => line?.startsWith('198.51.100.2'))).toBe(true);
    expect(ns.some((line) => line?.endsWith(' tcp'))).toBe(false);
  });

  test('asks for the referral over TCP where AAAA glue is missing', async () => {
    const internet = fakeInternet(country({ 'x.gov.vn': { ...ministry, glue: 'ipv4' } }));
    await discoverZone(fakeProbeContext(internet), 'x.gov.vn');
    expect(internet.asked.filter((line) => line.startsWith('NS x.gov.vn ') && line.endsWith(' tcp'))).toHaveLength(2);
  });

  test('D19 glue that only the referral over TCP carries is an address of the zone too', async () => {
    const internet = fakeInternet(country({ 'x.gov.vn': { ...ministry, glue: 'ipv4' } }));
    const context = fakeProbeContext(internet);
    const network: Network = {
      async perform(operation) {
        const observation = await internet.network.perform(operation);
        const { request } = operation as { request: { name: string; type: string; transport?: string } };
        if (request.type !== 'NS' || request.name !== 'x.gov.vn' || request.transport !== 'tcp') return observation;
        const { response } = observation as ObservationOf<'dns-query'>;
        const [name = ''] = Object.keys(ministry.servers);
        const glue = { type: 'AAAA' as const, name, ttl: 60, address: '2001:db8:9::53' };
        return { ...observation, response: response === null ? null : { ...response, additionals: [...response.additionals, glue] } };
      },
    };
    const found = await discoverZone({ ...context, network }, 'x.gov.vn');
    const addresses = found.hops[0]?.cuts.at(-1)?.servers.flatMap((server) => server.addresses) ?? [];
    expect(addresses).toContainEqual({ address: '2001:db8:9::53', family: 6, source: 'glue' });
  });

  test('a domain that does not exist ends there', async () => {
    const internet = fakeInternet(zones);
    const found = await discoverZone(fakeProbeContext(internet), 'nowhere.gov.vn');
    expect([found.outcome, found.hops[0]?.zone]).toEqual(['nxdomain', 'gov.vn']);
  });
});

describe('probeAddresses', () => {
  test('gives the usable addresses of both families through aliases', async () => {
    const records = ['www CNAME web', 'web A 192.0.2.80', 'web A 127.0.0.1', 'web AAAA 2001:db8:a::80', 'web AAAA ::1'];
    const internet = fakeInternet(country({ 'x.gov.vn': { servers: ministry.servers, records } }));
    expect(await probeAddresses(fakeProbeContext(internet), 'www.x.gov.vn')).toEqual({
      4: ['192.0.2.80'],
      6: ['2001:db8:a::80'],
      aliases: ['web.x.gov.vn'],
    });
  });

  test('other types resolve too', async () => {
    const found = await probeRecords(fakeProbeContext(fakeInternet(zones)), 'x.gov.vn', 'MX');
    expect(found.records).toMatchObject([{ type: 'MX', exchange: 'mail.x.gov.vn' }]);
  });

  test('in resolver mode only the resolver is asked', async () => {
    const answer = { ...emptyResponse, recursionAvailable: true };
    const internet = fakeInternet(zones, { '192.0.2.53': (_request, honest) => ({ ...answer, answers: honest.answers }) });
    internet.resolution = { mode: 'resolver', resolvers: ['192.0.2.53'] };
    expect(await probeAddresses(fakeProbeContext(internet), 'www.x.gov.vn')).toEqual({ 4: [], 6: [], aliases: [] });
    expect(internet.observations.map(({ request }) => request.address)).toEqual(['192.0.2.53', '192.0.2.53']);
    expect(
      internet.observations.every(({ op, request }) => op === 'dns-query' && request.recursionDesired && request.checkingDisabled),
    ).toBe(true);
  });
});

describe('preflight', () => {
  test('V4 asks root servers of both families over UDP and TCP, and for a name that must be referred', async () => {
    const internet = fakeInternet(zones);
    await preflight(internet.network, { resolution: internet.resolution, runId: 'run-1', settings: defaultSettings });
    expect(internet.asked.filter((line) => line.startsWith('SOA  @'))).toHaveLength(8);
    const canary = internet.observations.filter(({ op, request }) => op === 'dns-query' && request.name === interceptionCanary('run-1'));
    expect(canary).toHaveLength(4);
    expect(
      canary.every(
        ({ response }) =>
          response !== null && 'authorities' in response && response.answers.length === 0 && response.authorities.length > 0,
      ),
    ).toBe(true);
    expect(interceptionCanary('run-1')).not.toBe(interceptionCanary('run-2'));
  });

  test('at most three root servers a family', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 13 }, (_, index) => [`r${index}`, [`2001:db8:0:1::${index + 1}`, `198.51.100.${index + 1}`]]),
    );
    const internet = fakeInternet({ ...zones, '': { servers: many } });
    await preflight(internet.network, { resolution: internet.resolution, runId: 'run-1', settings: defaultSettings });
    expect(new Set(internet.observations.map(({ request }) => request.address)).size).toBe(6);
  });

  test('D21 V3 asks each resolver the names that show what it does', async () => {
    const internet = fakeInternet(zones);
    await preflight(internet.network, {
      resolution: { mode: 'resolver', resolvers: ['192.0.2.53'] },
      runId: 'run-1',
      settings: defaultSettings,
    });
    const names = new Set(internet.observations.map(({ request }) => ('name' in request ? request.name : '')));
    expect(names).toEqual(new Set(['', dns64Canary, aaaaCanary, interceptionCanary('run-1')]));
    // RFC 6147 §5.5: a resolver that is told not to check must not synthesise either, so DNS64 shows only without CD.
    const unchecked = internet.observations.flatMap(({ op, request }) =>
      op === 'dns-query' && request.checkingDisabled ? [request.name] : [],
    );
    expect(new Set(unchecked)).toEqual(new Set(['', aaaaCanary, interceptionCanary('run-1')]));
  });
});
