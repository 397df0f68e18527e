import { describe, expect, it } from 'vitest';
import { largeAnswersOf } from '../../src/facts/large-answers.ts';
import type { DnsResponse } from '../../src/model/dns.ts';
import type { FailureCode } from '../../src/model/failure.ts';
import type { DnsQueryRequest } from '../../src/model/observation.ts';
import { discoverZone } from '../../src/probes/delegation.ts';
import { probeNameServers } from '../../src/probes/name-servers.ts';
import { type FaultFunction, fakeAgencyContext, fakeInternet, fakeProbeContext } from '../support/fake-dns.ts';
import { emptyResponse, type FakeZones } from '../support/fake-zones.ts';

const six = '2001:db8::4';
const other = '2001:db8:1::4';
const four = '192.0.2.4';
const zones: FakeZones = {
  '': { servers: { 'a.root': ['2001:db8::1', '192.0.2.1'] } },
  'x.vn': { servers: { 'ns1.x.vn': [six, four], 'ns2.x.vn': [other] } },
};

type Path = (request: DnsQueryRequest) => 'whole' | 'truncated' | FailureCode;

/** A zone whose DNSKEY has so many bytes, over paths that treat its sizes in some way. */
function world(bytes: number, paths: Record<string, Path> = {}) {
  const habit =
    (address: string): FaultFunction =>
    (request) => {
      if (!request.dnssecOk) return null;
      const whole: DnsResponse = { ...emptyResponse, authoritative: true, messageBytes: request.type === 'DNSKEY' ? bytes : 90 };
      if (request.type !== 'DNSKEY') return whole;
      const fits = request.transport === 'tcp' || bytes <= (request.udpPayloadBytes ?? 512);
      const end = paths[address]?.(request) ?? (fits ? 'whole' : 'truncated');
      if (end === 'whole') return whole;
      return end === 'truncated' ? { ...whole, truncated: true, messageBytes: 40 } : end;
    };
  return fakeInternet(zones, Object.fromEntries([six, other, four].map((address) => [address, habit(address)])));
}

async function judged(bytes: number, paths: Record<string, Path> = {}, proven = true) {
  const internet = world(bytes, paths);
  const context = fakeProbeContext(internet);
  const found = await discoverZone(context, 'x.vn');
  const cut = found.hops[0]?.cuts.at(-1);
  if (cut === undefined) throw new Error('no zone');
  await probeNameServers(context, cut, ['x.vn']);
  const facts = fakeAgencyContext(internet);
  const run = { ...facts.run, provenAround: () => proven };
  return { fact: largeAnswersOf({ ...facts, run }, 'x.vn'), asked: internet.asked };
}

const lostUdp: Path = ({ transport }) => (transport === 'tcp' ? 'whole' : 'timeout');
const lost4096: Path = ({ transport, udpPayloadBytes }) =>
  transport === 'tcp' ? 'whole' : udpPayloadBytes === 4_096 ? 'timeout' : 'truncated';
const lostAll: Path = () => 'timeout';
const states = (first: string, second: string) => ({
  known: true,
  value: {
    isLarge: true,
    servers: [
      { shown: `ns1.x.vn [${six}]`, state: first },
      { shown: `ns2.x.vn [${other}]`, state: second },
    ],
  },
});

describe('large answers', () => {
  it.each([
    ['arrive', {}, states('arrives', 'arrives')],
    ['D6 are lost at 4096 and come over TCP', { [six]: lost4096 }, states('udp-lost', 'arrives')],
    ['D6 are lost over UDP altogether', { [six]: lostUdp, [other]: lost4096 }, states('udp-lost', 'udp-lost')],
    ['D6 are lost over UDP and TCP', { [six]: lostAll }, states('lost', 'arrives')],
  ])('%s', async (_title, paths, expected) => {
    expect((await judged(1_600, paths)).fact).toMatchObject(expected);
  });

  it('a loss without a proof of our own IPv6 is not measured', async () => {
    const { fact } = await judged(1_600, { [six]: lostAll }, false);
    expect(fact).toMatchObject(states('unmeasured', 'arrives'));
  });

  it.each([
    [1_232, false, 0],
    [1_233, true, 2],
  ])('%i bytes: large %s', async (bytes, isLarge, servers) => {
    const { fact, asked } = await judged(bytes);
    expect(fact).toMatchObject({ known: true, value: { type: 'DNSKEY', bytes, isLarge } });
    expect(fact.known && fact.value.servers).toHaveLength(servers);
    expect(asked.filter((question) => question.startsWith('TXT x.vn'))).toHaveLength(1);
  });

  it('a rate limiter that says TC to a small answer does not make it large', async () => {
    const slip: Path = ({ transport }) => (transport === 'tcp' ? 'whole' : 'truncated');
    expect((await judged(300, { [six]: slip, [other]: slip, [four]: slip })).fact).toMatchObject({ value: { bytes: 300, isLarge: false } });
  });

  it('a server that does not know EDNS is asked without it', async () => {
    const noEdns: FaultFunction = (request, honest) =>
      request.udpPayloadBytes === null ? null : { ...honest, rcode: 'FORMERR', answers: [] };
    const internet = fakeInternet(zones, { [six]: noEdns, [other]: noEdns, [four]: noEdns });
    const context = fakeProbeContext(internet);
    const found = await discoverZone(context, 'x.vn');
    await probeNameServers(context, found.hops[0]?.cuts.at(-1) ?? { zone: 'x.vn', servers: [] }, ['x.vn']);
    expect(largeAnswersOf(fakeAgencyContext(internet), 'x.vn')).toMatchObject({ known: true, value: { isLarge: false, bytes: 100 } });
  });

  it('nothing answered leaves it open', async () => {
    const { fact } = await judged(300, { [six]: lostAll, [other]: lostAll, [four]: lostAll });
    expect(fact).toMatchObject({ known: false, cause: 'dns-timeout' });
  });
});
