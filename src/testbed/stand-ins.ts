import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Family } from '../model/observation.ts';
import { type BlackHoles, openBlackHoles } from './black-hole.ts';
import { resolveAll } from './dns-reply.ts';
import { framed, onDnsMessages } from './dns-server.ts';
import type { StandIns } from './endpoint-table.ts';
import type { Bound, Listeners } from './listeners.ts';
import type { TestbedVantage } from './scenario.ts';
import type { World } from './world.ts';

export const families: readonly Family[] = [4, 6];
const perFamily = <Value>(value: (family: Family) => Value): Record<Family, Value> => ({ 4: value(4), 6: value(6) });

interface Place {
  world: World;
  /** Loopback host of each family. */
  hosts: Record<Family, string>;
  listeners: Listeners;
}

export interface OpenStandIns {
  standIns: StandIns;
  silentUdp: Record<Family, Bound>;
  resolver: Record<'udp' | 'tcp', Record<Family, Bound>>;
  holes: BlackHoles | null;
}

/** Loopback address of each family; a note when there is no ::1 (many containers). */
export async function loopbackHosts(notes: string[]): Promise<Record<Family, string>> {
  const probe = createServer();
  const has6 = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen({ host: '::1', port: 0 }, () => probe.close(() => resolve(true)));
  });
  if (!has6) notes.push('this machine has no ::1: IPv6 addresses of the testbed are mapped to other ports of 127.0.0.1');
  return { 4: '127.0.0.1', 6: has6 ? '::1' : '127.0.0.1' };
}

/** A low port that refuses: it is outside of the range that the system gives to clients, so it stays closed. */
async function closedPort(host: string): Promise<Bound> {
  for (let port = 1; port < 20; port += 1) {
    const socket = connect({ host, port });
    const code = await Promise.race([
      once(socket, 'connect').then(() => 'open'),
      once(socket, 'error').then(([error]) => (error as NodeJS.ErrnoException).code),
    ]).catch((error: NodeJS.ErrnoException) => error.code);
    socket.destroy();
    if (code === 'ECONNREFUSED') return { address: host, port };
  }
  throw new Error('no closed port on loopback below 20');
}

async function openResolver(place: Place): Promise<Record<'udp' | 'tcp', Record<Family, Bound>>> {
  const { world, hosts, listeners } = place;
  const udp = (family: Family): Promise<Bound> =>
    listeners.udp(hosts[family], (message, answer) => {
      const reply = resolveAll(message, world.zones);
      if (reply !== null) answer(reply);
    });
  const tcp = (family: Family): Promise<Bound> =>
    listeners.tcp(hosts[family], (socket) => {
      onDnsMessages(socket, (message) => {
        const reply = resolveAll(message, world.zones);
        if (reply !== null) socket.write(framed(reply));
      });
    });
  const [udp4, udp6, tcp4, tcp6] = await Promise.all([udp(4), udp(6), tcp(4), tcp(6)]);
  return { udp: { 4: udp4, 6: udp6 }, tcp: { 4: tcp4, 6: tcp6 } };
}

/** Closed ports, black holes and silent sockets: everything that a scenario may lead to without a server of its own. */
export async function openStandIns(place: Place, vantage: TestbedVantage, notes: string[]): Promise<OpenStandIns> {
  const { hosts, listeners } = place;
  const needsHole =
    vantage.port25 === 'blocked' || place.world.owners.some((owner) => owner.endpoints.some(({ rule }) => rule.do === 'drop'));
  const [closed4, closed6, silent4, silent6] = await Promise.all([
    closedPort(hosts[4]),
    closedPort(hosts[6]),
    listeners.udp(hosts[4], () => undefined),
    listeners.udp(hosts[6], () => undefined),
  ]);
  const closed = { 4: closed4, 6: closed6 };
  const holes: BlackHoles | null = needsHole ? await openBlackHoles(families.map((family) => hosts[family])) : null;
  if (holes?.works === false)
    notes.push('this kernel answers connections that nobody accepts: dropped TCP endpoints are silent servers here');
  const resolver = await openResolver(place);
  const standIns: StandIns = {
    closed,
    blackHole: perFamily((family) => holes?.bound[family === 4 ? 0 : 1] ?? closed[family]),
    interceptor: vantage.dns === 'intercepted' ? resolver : null,
  };
  return { standIns, silentUdp: { 4: silent4, 6: silent6 }, resolver, holes };
}
