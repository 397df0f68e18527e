import { run } from './commands.ts';

export const vantages = ['dual', 'v4only', 'v6only', 'nat64'] as const;
export type Vantage = (typeof vantages)[number];
export type Place = Vantage | 'servers' | 'router' | 'gate' | 'far' | 'mute' | 'translator';

interface Link {
  /** Has .1 and ::1, and leads to the rest of the lab. */
  near: Place;
  /** Has .2 and ::2. */
  far: Place;
  ipv4: string | null;
  ipv6: string | null;
  mtu?: number;
}

const links: readonly Link[] = [
  { near: 'router', far: 'servers', ipv4: '203.162.200', ipv6: '2405:4800:f000' },
  { near: 'router', far: 'dual', ipv4: '203.162.201', ipv6: '2405:4800:f001' },
  { near: 'router', far: 'v4only', ipv4: '203.162.202', ipv6: null },
  { near: 'router', far: 'v6only', ipv4: null, ipv6: '2405:4800:f003' },
  { near: 'router', far: 'gate', ipv4: '203.162.203', ipv6: '2405:4800:f004', mtu: 1280 },
  { near: 'gate', far: 'far', ipv4: '203.162.204', ipv6: '2405:4800:f005' },
  // A place of its own: who has learnt of the small MTU once, from whatever address, remembers it for the client.
  { near: 'gate', far: 'mute', ipv4: '203.162.207', ipv6: '2405:4800:f008' },
  { near: 'router', far: 'translator', ipv4: '203.162.205', ipv6: '2405:4800:f006' },
  { near: 'translator', far: 'nat64', ipv4: null, ipv6: '2405:4800:f007' },
];

/** Where the servers are, from the router. */
export const serversFromRouter = { ipv4: '203.162.200.2', ipv6: '2405:4800:f000::2' } as const;

/** IPv4 addresses that the translator lends out. */
export const translatorPool = '203.162.206';
export const translationPrefix = '64:ff9b::/96';
/** Where the resolvers answer, all in the translator's namespace. */
export const resolvers = { dns64: '2405:4800:f007::1', validating: '2405:4800:f006::2', 'ipv6-transport': '2405:4800:f006::3' } as const;

/** Names of this run's namespaces begin with this; nothing else of the machine is touched. */
export const namespacePrefix = `ipv6gov-lab-${process.pid}-`;

export function namespaceOf(place: Place): string {
  return `${namespacePrefix}${place}`;
}

/** Names of the lab's network devices, `lo` aside. */
export const placeDevices = /^(to-|uplink$|nat64$|slow$)/;

const forwarding: readonly Place[] = ['router', 'gate', 'translator'];

/** Where addresses are that are not at the vantages: at the servers, or behind the narrow link. */
export type AddressPlan = Readonly<Record<'servers' | 'far' | 'mute', readonly string[]>>;

/**
 * Servers, routers and the vantages, each in a namespace. What is not known otherwise is sent to the servers, which hold their
 * addresses on their loopback. No namespace has a link to the machine itself.
 */
export async function makeNamespaces(plan: AddressPlan): Promise<void> {
  const places = new Set(links.flatMap(({ near, far }) => [near, far]));
  await Promise.all([...places].map(makeNamespace));
  for (const link of links) await connect(link);
  await batch('router', [
    `route add default via ${serversFromRouter.ipv4}`,
    `route add ::/0 via ${serversFromRouter.ipv6}`,
    `route add ${translatorPool}.0/24 via 203.162.205.2`,
    'route add 2405:4800:f007::/64 via 2405:4800:f006::2',
    ...[...plan.far, ...plan.mute].map((address) => routeTo(address, '203.162.203.2', '2405:4800:f004::2')),
  ]);
  await batch('translator', [`addr add ${resolvers['ipv6-transport']}/64 dev uplink nodad`]);
  await batch('gate', [
    ...plan.far.map((address) => routeTo(address, '203.162.204.2', '2405:4800:f005::2')),
    ...plan.mute.map((address) => routeTo(address, '203.162.207.2', '2405:4800:f008::2')),
  ]);
  for (const place of ['servers', 'far', 'mute'] as const) await batch(place, plan[place].map(ownAddress));
}

function routeTo(address: string, ipv4: string, ipv6: string): string {
  return `route add ${address} via ${address.includes(':') ? ipv6 : ipv4}`;
}

function ownAddress(address: string): string {
  return address.includes(':') ? `addr add ${address}/128 dev lo nodad` : `addr add ${address}/32 dev lo`;
}

async function makeNamespace(place: Place): Promise<void> {
  await run('ip', ['netns', 'add', namespaceOf(place)]);
  await setKernel(place);
  await batch(place, ['link set lo up']);
}

/**
 * What a new namespace takes over from the machine (no IPv6, strict checks of the way back) is set, too, so that the lab is the
 * same everywhere. No duplicate address detection: it would hold every address back for a second.
 */
async function setKernel(place: Place): Promise<void> {
  const ipv6Off = place === 'v4only' ? 1 : 0;
  const settings = [
    `net.ipv6.conf.all.disable_ipv6=${ipv6Off}`,
    `net.ipv6.conf.default.disable_ipv6=${ipv6Off}`,
    'net.ipv6.conf.default.accept_dad=0',
    'net.ipv6.conf.all.accept_dad=0',
    'net.ipv6.conf.default.accept_ra=0',
    'net.ipv4.conf.all.rp_filter=0',
    'net.ipv4.conf.default.rp_filter=0',
  ];
  if (forwarding.includes(place)) settings.push('net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1');
  await run('ip', ['netns', 'exec', namespaceOf(place), 'sysctl', '-q', '-w', ...settings]);
}

async function connect({ near, far, ipv4, ipv6, mtu }: Link): Promise<void> {
  const peer = ['type', 'veth', 'peer', 'name', 'uplink', 'netns', namespaceOf(far)];
  await run('ip', ['link', 'add', `to-${far}`, 'netns', namespaceOf(near), ...peer]);
  const addresses = (end: 1 | 2, device: string): string[] => [
    ...(mtu === undefined ? [] : [`link set ${device} mtu ${mtu}`]),
    ...(ipv4 === null ? [] : [`addr add ${ipv4}.${end}/30 dev ${device}`]),
    ...(ipv6 === null ? [] : [`addr add ${ipv6}::${end}/64 dev ${device} nodad`]),
    `link set ${device} up`,
  ];
  await batch(near, addresses(1, `to-${far}`));
  await batch(far, [
    ...addresses(2, 'uplink'),
    ...(ipv4 === null ? [] : [`route add default via ${ipv4}.1`]),
    ...(ipv6 === null ? [] : [`route add ::/0 via ${ipv6}::1`]),
  ]);
}

/** Commands of `ip`, one a line, inside a namespace. */
export async function batch(place: Place, lines: readonly string[]): Promise<void> {
  await run('ip', ['-n', namespaceOf(place), '-batch', '-'], { input: `${lines.join('\n')}\n` });
}
