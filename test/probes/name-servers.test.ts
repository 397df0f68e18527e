import { describe, expect, it } from 'vitest';
import type { DnsQueryRequest, Operation } from '../../src/model/observation.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import type { Network } from '../../src/net/network.ts';
import type { ProbeContext } from '../../src/probes/context.ts';
import { probeNameServers } from '../../src/probes/name-servers.ts';
import { address, type DnsSaid, dns, dnsContext, mx, ns, ns1v4, ns1v6, ns2v6, soa, zone } from '../support/dns-context.ts';

const www = `www.${zone}`;
const ns1 = `ns1.${zone}`;
const ns2 = `ns2.${zone}`;

/** What a server says to a request; undefined: the usual answer. */
type Habit = (request: DnsQueryRequest) => DnsSaid | undefined;

function usual({ name, type }: DnsQueryRequest, hosts: Record<string, string[]>): DnsSaid {
  if (type === 'SOA' && name === zone) return { answers: [soa()] };
  if (type === 'NS' && name === zone) return { answers: Object.keys(hosts).map((each) => ns(each)) };
  if (type === 'MX' && name === zone) return { answers: [mx(`mail.${zone}`)] };
  const own = (hosts[name] ?? (name === www ? ['2001:dc8:2::80', '9.9.9.80'] : [])).filter(
    (value) => (type === 'AAAA') === value.includes(':'),
  );
  return type === 'A' || type === 'AAAA' ? { answers: own.map((value) => address(name, value)) } : {};
}

/** A root that is authoritative for everything of the test, and servers with habits. Records what was asked. */
function world(hosts: Record<string, string[]>, habits: Record<string, Habit> = {}) {
  const asked: DnsQueryRequest[] = [];
  const root = '2001:500::1';
  const network: Network = {
    async perform(operation) {
      const { request } = operation as Operation & { op: 'dns-query' };
      asked.push(request);
      const said = request.address === root ? rootSays(request) : (habits[request.address]?.(request) ?? usual(request, hosts));
      const { transport, round, udpPayloadBytes } = request;
      return dns(request.address, `${request.name} ${request.type}`, { ...said, transport, round, udpPayloadBytes }) as never;
    },
  };
  const rootSays = (request: DnsQueryRequest): DnsSaid => {
    if (request.name !== zone && !request.name.endsWith(`.${zone}`)) return { authorities: [soa('')] };
    const glue = Object.entries(hosts).flatMap(([name, list]) => list.map((value) => address(name, value)));
    return { authoritative: false, authorities: Object.keys(hosts).map((name) => ns(name)), additionals: glue };
  };
  const { agency } = dnsContext();
  const context: ProbeContext = {
    network,
    agency,
    runId: 'run',
    resolution: { mode: 'iterative', rootServers: [{ name: 'root', addresses: [root] }] },
    settings: defaultSettings,
    isUsable: (value) => !value.startsWith('fd') && !value.startsWith('fe80'),
    servicesOverride: 'listed',
  };
  const shown = (where: string, round = '1') =>
    asked
      .filter((request) => request.address === where && request.round === round)
      .map(({ name, type, transport }) => `${name} ${type} ${transport}`);
  return { context, asked, shown };
}

const parentSet = (hosts: Record<string, string[]>) =>
  Object.entries(hosts).map(([name, list]) => ({
    name,
    addresses: list.map((value) => ({ address: value, family: value.includes(':') ? (6 as const) : (4 as const) })),
  }));

const two = { [ns1]: [ns1v6, ns1v4], [ns2]: [ns2v6] };
const silentTo =
  (pick: (request: DnsQueryRequest) => boolean): Habit =>
  (request) =>
    pick(request) ? { failure: 'timeout' } : undefined;

async function run(habits: Record<string, Habit> = {}, hosts: Record<string, string[]> = two, names = [zone, www]) {
  const made = world(hosts, habits);
  await probeNameServers(made.context, { zone, servers: parentSet(hosts) }, names);
  return made;
}

describe('probing the name servers', () => {
  it('puts every question to every address of both families, without recursion and with EDNS 1232', async () => {
    const { shown, asked } = await run();
    for (const where of [ns1v6, ns1v4, ns2v6]) {
      expect(shown(where)).toEqual(
        expect.arrayContaining([
          ...[`${zone} SOA udp`, `${zone} SOA tcp`, `${zone} NS udp`, `${zone} MX udp`, `${zone} TYPE65280 udp`],
          ...[`${zone} AAAA udp`, `${zone} A udp`, `${www} AAAA udp`, `${www} A udp`],
        ]),
      );
      expect(shown(where, '2')).toEqual([]);
    }
    expect(asked.every(({ recursionDesired, udpPayloadBytes }) => !recursionDesired && udpPayloadBytes === 1232)).toBe(true);
  });

  it('asks again, everywhere, exactly what differed', async () => {
    const { shown } = await run({ [ns1v6]: ({ type }) => (type === 'MX' ? {} : undefined) });
    for (const where of [ns1v6, ns1v4, ns2v6]) expect(shown(where, '2')).toEqual([`${zone} MX udp`]);
  });

  it('D7 asks again what was no proper answer, SOA included', async () => {
    const { shown } = await run({
      [ns1v6]: ({ type, name }) => (type === 'AAAA' && name === www ? { rcode: 'SERVFAIL' } : undefined),
      [ns2v6]: ({ type }) => (type === 'SOA' ? { answers: [soa(zone, 2)] } : undefined),
    });
    expect(shown(ns1v6, '2')).toEqual([`${zone} SOA udp`, `${zone} SOA tcp`, `${www} AAAA udp`]);
  });

  it('D7 SERVFAIL to the SOA is asked again on the same server and transport, up to three times, with pauses', async () => {
    const pauses: number[] = [];
    const askedWith = async (good: number) => {
      const left = new Map<string, number>();
      const made = world(two, {
        [ns1v6]: ({ type, transport, name }) => {
          if (type !== 'SOA' || name !== zone || transport !== 'udp') return undefined;
          left.set(transport, (left.get(transport) ?? 0) + 1);
          return (left.get(transport) ?? 0) < good ? { rcode: 'SERVFAIL' } : undefined;
        },
      });
      const context = { ...made.context, pause: async (ms: number) => void pauses.push(ms) };
      await probeNameServers(context, { zone, servers: parentSet(two) }, [zone]);
      return (['1', '2', '3'] as const).map(
        (round) => made.shown(ns1v6, round).filter((question) => question === `${zone} SOA udp`).length,
      );
    };
    expect(await askedWith(2)).toEqual([1, 1, 0]);
    expect(await askedWith(3)).toEqual([1, 1, 1]);
    expect(await askedWith(9)).toEqual([1, 1, 1]);
    expect(pauses).toEqual([2000, 2000, 2000, 2000, 2000]);
  });

  it('D26 where AAAA met silence A is asked again after it', async () => {
    const { asked } = await run({ [ns2v6]: silentTo(({ type, name }) => type === 'AAAA' && name === www) });
    const order = asked.filter((request) => request.address === ns2v6 && request.name === www).map(({ type, round }) => `${type} ${round}`);
    expect(order).toEqual(['AAAA 1', 'A 1', 'AAAA 2', 'A 2']);
  });

  it('D5 FORMERR to EDNS: asked without it over UDP and over TCP', async () => {
    const { asked } = await run({ [ns2v6]: ({ udpPayloadBytes }) => (udpPayloadBytes === null ? undefined : { rcode: 'FORMERR' }) });
    const soaOf = asked.filter((request) => request.address === ns2v6 && request.type === 'SOA');
    const plain = soaOf.filter(({ udpPayloadBytes }) => udpPayloadBytes === null).map(({ transport }) => transport);
    expect(plain.sort()).toEqual(['tcp', 'udp']);
    expect(
      asked.filter((request) => request.address === ns2v6 && request.name === www).every((each) => each.udpPayloadBytes === null),
    ).toBe(true);
  });

  it('does not go on asking a silent server', async () => {
    const { shown } = await run({ [ns2v6]: silentTo(() => true) });
    const own = shown(ns2v6).filter((question) => question !== `${zone} NS udp`);
    expect(own.filter((question) => question.includes(' SOA '))).toEqual([`${zone} SOA udp`, `${zone} SOA tcp`]);
    expect(own.some((question) => question.includes('TYPE65280') || question.startsWith(`${www} `) || question.includes(' MX '))).toBe(
      false,
    );
    expect(shown(ns2v6, '2')).toEqual([]);
  });

  it('D15 a server that drops an unusual question is asked all the others', async () => {
    const { shown } = await run({ [ns2v6]: silentTo(({ type }) => type === 'TYPE65280') });
    expect(shown(ns2v6)).toContain(`${www} AAAA udp`);
  });

  it('D5 EDNS dropped over UDP: asked once without it, and so from then on', async () => {
    const { asked } = await run({ [ns2v6]: silentTo(({ transport, udpPayloadBytes }) => transport === 'udp' && udpPayloadBytes !== null) });
    const of = (type: string) =>
      asked
        .filter((request) => request.address === ns2v6 && request.type === type)
        .map(({ udpPayloadBytes, transport }) => [udpPayloadBytes, transport]);
    expect(of('SOA')).toContainEqual([null, 'udp']);
    expect(of('TYPE65280')).toEqual([[null, 'udp']]);
  });

  it('D4 TC over UDP is followed by TCP; UDP blocked: TCP for all', async () => {
    const { shown } = await run({
      [ns1v6]: ({ type, transport }) => (type === 'MX' && transport === 'udp' ? { truncated: true } : undefined),
      [ns2v6]: silentTo(({ transport }) => transport === 'udp'),
    });
    expect(shown(ns1v6)).toEqual(expect.arrayContaining([`${zone} MX udp`, `${zone} MX tcp`]));
    expect(shown(ns2v6)).toContain(`${zone} TYPE65280 tcp`);
    expect(shown(ns2v6)).not.toContain(`${zone} TYPE65280 udp`);
  });

  it('D19 names that only the child has are resolved and asked too', async () => {
    const made = world(two);
    await probeNameServers(made.context, { zone, servers: parentSet({ [ns1]: [ns1v6] }) }, [zone]);
    expect(made.shown(ns2v6)).toContain(`${zone} SOA tcp`);
  });

  it('addresses that must not be dialled are left alone', async () => {
    const { asked } = await run({}, { [ns1]: [ns1v6, 'fd00::1'] });
    expect(asked.some(({ address: where }) => where === 'fd00::1')).toBe(false);
  });

  it('D18 14 names are asked, the 15th is not; 12 names inside the zone, none outside', async () => {
    const hosts = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`ns${index + 10}.${zone}`, [`2001:dc8:${index + 10}::1`]]));
    const names = [www, 'www.other.vn', ...Array.from({ length: 15 }, (_, index) => `h${index}.${zone}`)];
    const { asked } = await run({}, hosts, names);
    const controls = asked.filter(({ type }) => type === 'TYPE65280').map(({ address: where }) => where);
    expect(controls).toHaveLength(14);
    expect(controls).toContain('2001:dc8:23::1');
    const inside = new Set(
      asked.filter((request) => request.address === '2001:dc8:23::1' && request.type === 'AAAA').map(({ name }) => name),
    );
    expect(inside.has('h9.bo.gov.vn')).toBe(true);
    expect(inside.has('h10.bo.gov.vn')).toBe(false);
    expect(inside.has('www.other.vn')).toBe(false);
  });
});
