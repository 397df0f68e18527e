import { run } from '../test/lab/commands.ts';
import { namespacePrefix } from '../test/lab/namespaces.ts';
import { deadRule, ownPrefixes } from './world.ts';

/** Two places joined by one link. Neither leads to the machine or out of it. */
export const places = { servers: `${namespacePrefix}bench-servers`, client: `${namespacePrefix}bench-client` } as const;
/** Both ends of the link have this name. */
export const device = 'between';
const link = { servers: ['203.113.0.1', '2001:ee0::1'], client: ['203.113.0.2', '2001:ee0::2'] } as const;

/**
 * Makes both. The servers' side takes every address of the country as its own (a local route for each prefix), so that a listener on the
 * wildcard address serves them all; packets to dead addresses are dropped.
 */
export async function makePlaces(singleAddresses: readonly string[]): Promise<void> {
  const kernel = ['net.ipv6.conf.default.accept_dad=0', 'net.ipv6.conf.all.accept_dad=0', 'net.ipv6.conf.default.accept_ra=0'];
  // The servers must not be what is measured: room for everybody who knocks, and sockets that are free again soon.
  kernel.push('net.core.somaxconn=4096', 'net.ipv4.tcp_max_syn_backlog=8192', 'net.ipv4.ip_local_port_range=1024 65535');
  // A local route is no address: a server that binds to one of its addresses asks for something that the kernel does not know.
  kernel.push('net.ipv6.ip_nonlocal_bind=1');
  for (const place of Object.values(places)) {
    await run('ip', ['netns', 'add', place]);
    await run('ip', ['netns', 'exec', place, 'sysctl', '-q', '-w', ...kernel]);
  }
  await run('ip', ['link', 'add', device, 'netns', places.servers, 'type', 'veth', 'peer', 'name', device, 'netns', places.client]);
  const basics = ([ipv4, ipv6]: readonly [string, string]) => [
    'link set lo up',
    `addr add ${ipv4}/30 dev ${device}`,
    `addr add ${ipv6}/64 dev ${device} nodad`,
    `link set ${device} up`,
  ];
  await batch(places.client, [...basics(link.client), `route add default via ${link.servers[0]}`, `route add ::/0 via ${link.servers[1]}`]);
  const own = [...ownPrefixes, ...singleAddresses];
  await batch(places.servers, [...basics(link.servers), ...own.map((prefix) => `route add local ${prefix} dev lo`)]);
  const chain = ['chain input {', 'type filter hook input priority 0; policy accept;', deadRule, '}'];
  await run('ip', ['netns', 'exec', places.servers, 'nft', '-f', '-'], { input: ['table inet bench {', ...chain, '}', ''].join('\n') });
}

async function batch(place: string, lines: readonly string[]): Promise<void> {
  await run('ip', ['-n', place, '-batch', '-'], { input: `${lines.join('\n')}\n` });
}

export interface Traffic {
  packets: number;
  bytes: number;
}

/** What has left and reached the client since the link was made. */
export async function trafficOf(): Promise<{ sent: Traffic; received: Traffic }> {
  const text = await run('ip', ['-n', places.client, '-s', '-j', 'link', 'show', device]);
  const [found] = JSON.parse(text) as { stats64: { tx: Traffic; rx: Traffic } }[];
  if (found === undefined) throw new Error('the link is gone');
  return { sent: found.stats64.tx, received: found.stats64.rx };
}
