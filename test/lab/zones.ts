import { addressesOf, agencies, type Host, type LabAgency } from './agencies.ts';

export interface LabZone {
  name: string;
  text: string;
}

/** One nsd with addresses of its own. A level never serves its child zones, so that every cut gives a real referral. */
export interface NameServerLevel {
  id: 'root' | 'arpa' | 'vn' | 'gov-vn' | 'agencies';
  addresses: string[];
  zones: LabZone[];
}

const vnServers: Host[] = [
  { name: 'a.dns-servers.vn', ipv4: '194.0.1.18', ipv6: '2001:678:4::12' },
  { name: 'b.dns-servers.vn', ipv4: '203.119.110.105', ipv6: '2001:dc8:c000:7::105' },
];
const govServers: Host[] = [
  { name: 'ns1.gov.vn', ipv4: '203.119.120.53', ipv6: '2001:dc8:d000::53' },
  { name: 'ns2.gov.vn', ipv4: '203.162.120.53', ipv6: '2405:4800:d000::53' },
];
const arpaServers: Host[] = [
  { name: 'a.ip6-servers.arpa', ipv4: '199.180.182.53', ipv6: '2620:37:e000::53' },
  { name: 'b.ip6-servers.arpa', ipv4: '199.253.182.182', ipv6: '2001:500:86::86' },
];

/** The whole tree, from the root servers of the shipped hints down to the agencies. */
export function nameServerLevels(rootServers: readonly Host[]): NameServerLevel[] {
  const governed = agencies.flatMap(({ domain, nameServers }) => delegation(domain, nameServers));
  return [
    { id: 'root', addresses: addressesOf(rootServers), zones: [rootZone(rootServers)] },
    { id: 'arpa', addresses: addressesOf(arpaServers), zones: arpaZones() },
    {
      id: 'vn',
      addresses: addressesOf(vnServers),
      zones: [zone('vn', vnServers, [...addressLines(vnServers), ...delegation('gov.vn', govServers)])],
    },
    { id: 'gov-vn', addresses: addressesOf(govServers), zones: [zone('gov.vn', govServers, [...addressLines(govServers), ...governed])] },
    { id: 'agencies', addresses: addressesOf(agencies.flatMap(({ nameServers }) => nameServers)), zones: agencies.map(agencyZone) },
  ];
}

function rootZone(rootServers: readonly Host[]): LabZone {
  const cuts = [...delegation('vn', vnServers), ...delegation('ip6.arpa', arpaServers), ...delegation('in-addr.arpa', arpaServers)];
  return zone('.', rootServers, [...addressLines(rootServers), ...new Set(cuts)]);
}

function agencyZone({ domain, fault, nameServers, web, exchanger }: LabAgency): LabZone {
  const hosts = [...nameServers, web.apex, web.www, ...(exchanger === null ? [] : [exchanger])];
  const mail =
    fault === 'null-mx' || exchanger === null
      ? [`${domain}. MX 0 .`, `${domain}. TXT "v=spf1 -all"`]
      : [`${domain}. MX 10 ${exchanger.name}.`, `${domain}. TXT "v=spf1 mx -all"`];
  return zone(domain, nameServers, [...addressLines(hosts), ...mail]);
}

function arpaZones(): LabZone[] {
  const hosts = agencies.flatMap(({ exchanger }) => (exchanger === null ? [] : [exchanger]));
  const ipv6 = hosts.flatMap(({ name, ipv6: address }) => (address === null ? [] : [`${nibbles(address)}. PTR ${name}.`]));
  const ipv4 = hosts.map(({ name, ipv4: address }) => `${address.split('.').toReversed().join('.')}.in-addr.arpa. PTR ${name}.`);
  return [zone('ip6.arpa', arpaServers, ipv6), zone('in-addr.arpa', arpaServers, ipv4)];
}

/** RFC 3596 §2.5; the lab's addresses all have one `::`. */
function nibbles(address: string): string {
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const zeros = Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => '0');
  const digits = [...groups(head), ...zeros, ...groups(tail)].map((group) => group.padStart(4, '0')).join('');
  return `${[...digits].toReversed().join('.')}.ip6.arpa`;
}

function zone(name: string, servers: readonly Host[], lines: readonly string[]): LabZone {
  const owner = name === '.' ? '.' : `${name}.`;
  const primary = servers[0]?.name ?? 'localhost';
  const soa = `${owner} SOA ${primary}. hostmaster.${name === '.' ? 'root' : name}. 2026010101 7200 3600 1209600 300`;
  const apex = servers.map((server) => `${owner} NS ${server.name}.`);
  return { name, text: ['$TTL 3600', soa, ...apex, ...lines, ''].join('\n') };
}

function delegation(child: string, servers: readonly Host[]): string[] {
  return [...servers.map(({ name }) => `${child}. NS ${name}.`), ...addressLines(servers)];
}

function addressLines(hosts: readonly Host[]): string[] {
  return hosts.flatMap(({ name, ipv4, ipv6 }) => [`${name}. A ${ipv4}`, ...(ipv6 === null ? [] : [`${name}. AAAA ${ipv6}`])]);
}
