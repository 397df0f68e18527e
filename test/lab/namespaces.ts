import { run } from './commands.ts';

export type Place = 'servers' | 'router' | 'dual' | 'v4only' | 'v6only';

/** Point-to-point links from the router; the router has .1 / ::1, the other end .2 / ::2. */
const links: readonly { place: Place; ipv4: string | null; ipv6: string | null }[] = [
  { place: 'servers', ipv4: '203.162.200', ipv6: '2405:4800:f000' },
  { place: 'dual', ipv4: '203.162.201', ipv6: '2405:4800:f001' },
  { place: 'v4only', ipv4: '203.162.202', ipv6: null },
  { place: 'v6only', ipv4: null, ipv6: '2405:4800:f003' },
];

/** Names of this run's namespaces begin with this; nothing else of the machine is touched. */
export const namespacePrefix = `ipv6gov-lab-${process.pid}-`;

export function namespaceOf(place: Place): string {
  return `${namespacePrefix}${place}`;
}

/**
 * Servers, a router and the vantages, each in a namespace. The router forwards everything to the servers, which hold
 * `serverAddresses` on their loopback. No namespace has a link to the machine itself.
 */
export async function makeNamespaces(serverAddresses: readonly string[]): Promise<void> {
  for (const place of ['router', ...links.map((link) => link.place)] satisfies Place[]) {
    await run('ip', ['netns', 'add', namespaceOf(place)]);
    await setKernel(place);
    await batch(place, ['link set lo up']);
  }
  for (const link of links) await connect(link);
  await batch('router', ['route add default via 203.162.200.2', 'route add ::/0 via 2405:4800:f000::2']);
  await batch(
    'servers',
    serverAddresses.map((address) => (address.includes(':') ? `addr add ${address}/128 dev lo nodad` : `addr add ${address}/32 dev lo`)),
  );
}

/** No duplicate address detection: it would hold every address back for a second. */
async function setKernel(place: Place): Promise<void> {
  const settings = ['net.ipv6.conf.default.accept_dad=0', 'net.ipv6.conf.all.accept_dad=0', 'net.ipv6.conf.default.accept_ra=0'];
  if (place === 'router') settings.push('net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1');
  if (place === 'v4only') settings.push('net.ipv6.conf.all.disable_ipv6=1', 'net.ipv6.conf.default.disable_ipv6=1');
  await run('ip', ['netns', 'exec', namespaceOf(place), 'sysctl', '-q', '-w', ...settings]);
}

async function connect({ place, ipv4, ipv6 }: (typeof links)[number]): Promise<void> {
  await run('ip', [
    'link',
    'add',
    `to-${place}`,
    'netns',
    namespaceOf('router'),
    'type',
    'veth',
    'peer',
    'name',
    'uplink',
    'netns',
    namespaceOf(place),
  ]);
  const addresses = (end: 1 | 2, device: string): string[] => [
    ...(ipv4 === null ? [] : [`addr add ${ipv4}.${end}/30 dev ${device}`]),
    ...(ipv6 === null ? [] : [`addr add ${ipv6}::${end}/64 dev ${device} nodad`]),
    `link set ${device} up`,
  ];
  await batch('router', addresses(1, `to-${place}`));
  await batch(place, [
    ...addresses(2, 'uplink'),
    ...(ipv4 === null ? [] : [`route add default via ${ipv4}.1`]),
    ...(ipv6 === null ? [] : [`route add ::/0 via ${ipv6}::1`]),
  ]);
}

async function batch(place: Place, lines: readonly string[]): Promise<void> {
  await run('ip', ['-n', namespaceOf(place), '-batch', '-'], { input: `${lines.join('\n')}\n` });
}
