import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { infrastructureSlot, machinesPerSlot, planAddress } from '../../src/testbed/address-plan.ts';
import { loadScenarios, type Scenario, scenarioSchema } from '../../src/testbed/scenario.ts';
import { startTestbed, type Testbed } from '../../src/testbed/testbed.ts';
import { answerTcp, answerUdp, get, handshake, talk } from '../support/testbed-client.ts';

let scenarios: Scenario[];
let testbed: Testbed;
let startCpuMs: number;

beforeAll(async () => {
  scenarios = await loadScenarios();
  const before = process.cpuUsage();
  testbed = await startTestbed({ scenarios: scenarios.filter((scenario) => scenario.vantage === undefined) });
  const { user, system } = process.cpuUsage(before);
  startCpuMs = (user + system) / 1_000;
});
afterAll(() => testbed.stop());

const healthy = { slot: 1, domain: 'tinh-song-xanh.gov.vn' };
const [ns1, web, mail] = [0, 2, 3].map((machine) => ({
  4: planAddress(healthy.slot, machine, 4),
  6: planAddress(healthy.slot, machine, 6),
}));

describe('the scenarios', () => {
  it('are many, have slots of their own where they are loaded together, and twelve of them are the demo', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(30);
    const together = scenarios.filter(({ vantage }) => vantage === undefined);
    const slots = together.flatMap(({ slot, extraSlot }) => [slot, ...(extraSlot === undefined ? [] : [extraSlot])]);
    expect(new Set(slots).size).toBe(slots.length);
    expect(scenarios.filter((scenario) => scenario.demo)).toHaveLength(12);
    for (const { agency } of scenarios) expect(agency.name.en).toMatch(/\(made up\)$/);
  });

  // Processor time: how long it takes by the clock says more of the other work on this machine.
  it('start together in less than three seconds', () => {
    expect(startCpuMs).toBeLessThan(3_000);
    expect(testbed.agencies).toHaveLength(scenarios.filter((scenario) => scenario.vantage === undefined).length);
  });

  it('with a key that the schema does not know are refused', () => {
    expect(scenarioSchema.safeParse({ ...scenarios[0], chnages: {} }).success).toBe(false);
  });
});

describe('the endpoint map', () => {
  it('A3 refuses what is not in the testbed', () => {
    for (const address of ['8.8.8.8', '2606:4700::1111', '127.0.0.1', '2001:db8:dead::1', 'not-an-address']) {
      expect(testbed.endpoints.lookup({ transport: 'tcp', address, port: 443 })).toEqual({
        failure: { code: 'address-refused', step: 'gate', synchronous: false, detail: 'not in the testbed' },
      });
    }
  });

  it('leads a port that no server has to one that refuses', async () => {
    expect((await talk(testbed, { address: web?.[6] ?? '', port: 25 })).end).toBe('ECONNREFUSED');
    expect((await talk(testbed, { address: web?.[4] ?? '', port: 8080 })).end).toBe('ECONNREFUSED');
  });

  it('knows an IPv6 address in every spelling', () => {
    const [short, long] = ['2001:db8:1010:1::50', '2001:0DB8:1010:0001:0000:0000:0000:0050'];
    const lookup = (address: string): unknown => testbed.endpoints.lookup({ transport: 'udp', address, port: 53 });
    expect(short).toBe(ns1?.[6]);
    expect(lookup(long)).toEqual(lookup(short));
  });
});

describe('the way from the root', () => {
  for (const family of [4, 6] as const) {
    it(`goes through vn and gov.vn to the zone, over IPv${family}`, async () => {
      let server = testbed.rootServers[0]?.addresses.find((address) => address.includes(':') === (family === 6)) ?? '';
      const cuts: string[] = [];
      for (let hop = 0; hop < 5; hop += 1) {
        const reply = await answerUdp(testbed, { address: server, name: `www.${healthy.domain}`, type: 'AAAA' });
        if ((reply?.answers?.length ?? 0) > 0) {
          expect(reply?.flag_aa).toBe(true);
          expect(reply?.answers?.[0]).toMatchObject({ type: 'AAAA', data: web?.[6] });
          break;
        }
        expect(reply?.flag_aa).toBe(false);
        cuts.push(reply?.authorities?.[0]?.name ?? '');
        const glue = reply?.additionals?.find((record) => record.type === (family === 6 ? 'AAAA' : 'A'));
        server = glue !== undefined && 'data' in glue ? String(glue.data) : '';
      }
      expect(cuts).toEqual(['vn', 'gov.vn', healthy.domain]);
    });
  }

  it('tells NODATA, NXDOMAIN and REFUSED apart, over UDP and TCP', async () => {
    const address = ns1?.[6] ?? '';
    const cases = [
      { name: healthy.domain, type: 'SRV', rcode: 'NOERROR', soa: 1 },
      { name: `khong-co.${healthy.domain}`, type: 'A', rcode: 'NXDOMAIN', soa: 1 },
      { name: 'khac.gov.vn', type: 'A', rcode: 'REFUSED', soa: 0 },
    ];
    for (const { name, type, rcode, soa } of cases) {
      for (const reply of [await answerUdp(testbed, { address, name, type }), await answerTcp(testbed, { address, name, type })]) {
        expect((reply as { rcode?: string } | null)?.rcode).toBe(rcode);
        expect(reply?.answers).toHaveLength(0);
        expect(reply?.authorities?.filter((record) => record.type === 'SOA')).toHaveLength(soa);
      }
    }
  });

  it('has reverse records of mail machines', async () => {
    const name = `${[...'20010db8101300010000000000000053'].reverse().join('.')}.ip6.arpa`;
    const arpa = planAddress(infrastructureSlot + Math.floor(9 / machinesPerSlot), 9 % machinesPerSlot, 4);
    const reply = await answerUdp(testbed, { address: arpa, name, type: 'PTR' });
    expect(mail?.[6]).toBe('2001:db8:1013:1::53');
    expect(reply?.answers?.[0]).toMatchObject({ type: 'PTR', data: `mail.${healthy.domain}` });
  });

  it('has a resolver over the same data', async () => {
    const reply = await answerUdp(testbed, { address: testbed.resolvers[0] ?? '', name: `www.${healthy.domain}`, type: 'AAAA' });
    expect(reply).toMatchObject({ flag_aa: false, flag_ra: true, answers: [{ data: web?.[6] }] });
  });
});

describe('a healthy agency', () => {
  for (const family of [4, 6] as const) {
    it(`serves a page of more than 8 KiB with a valid certificate, over IPv${family}`, async () => {
      const address = web?.[family] ?? '';
      const { socket, refusal } = await handshake(testbed, { address, host: `www.${healthy.domain}` });
      socket.destroy();
      expect(refusal).toBeNull();
      const page = await get(testbed, { address, host: `www.${healthy.domain}` });
      expect(page).toMatch(/^HTTP\/1\.1 200 /);
      expect(page).toContain('<title>Cổng thông tin điện tử Tỉnh Sông Xanh (minh họa)</title>');
      expect(page.length).toBeGreaterThan(8_192);
    });

    it(`redirects http to https, over IPv${family}`, async () => {
      const request = `GET / HTTP/1.1\r\nHost: ${healthy.domain}\r\nConnection: close\r\n\r\n`;
      const { bytes } = await talk(testbed, { address: web?.[family] ?? '', port: 80, send: request });
      expect(bytes.toString()).toContain(`location: https://${healthy.domain}/`);
    });
  }

  it('shows the same page at every start and in both families', async () => {
    const host = healthy.domain;
    const [over4, over6] = await Promise.all([
      get(testbed, { address: web?.[4] ?? '', host }),
      get(testbed, { address: web?.[6] ?? '', host }),
    ]);
    expect(over4.split('\r\n\r\n')[1]).toBe(over6.split('\r\n\r\n')[1]);
  });
});

it('stops without leaving a handle, twice in a row', async () => {
  const count = (): number => process.getActiveResourcesInfo().filter((name) => name !== 'Immediate' && !name.includes('Timeout')).length;
  const before = count();
  for (let round = 0; round < 2; round += 1) {
    const own = await startTestbed({ scenarios: scenarios.filter((scenario) => scenario.demo || scenario.id === 'web-timeout-ipv6') });
    expect(count()).toBeGreaterThan(before);
    await own.stop();
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(count()).toBeLessThanOrEqual(before);
});

it('V1 a vantage without IPv6 has no route, and different vantages do not mix', async () => {
  const without = scenarios.filter((scenario) => scenario.id === 'vantage-without-ipv6');
  const own = await startTestbed({ scenarios: without });
  expect(own.endpoints.lookup({ transport: 'tcp', address: planAddress(without[0]?.slot ?? 0, 2, 6), port: 443 })).toEqual({
    failure: { code: 'no-route', step: 'connect', synchronous: true, detail: 'ENETUNREACH' },
  });
  await own.stop();
  await expect(startTestbed({ scenarios: scenarios.filter((scenario) => scenario.vantage !== undefined) })).rejects.toThrow('vantages');
});
