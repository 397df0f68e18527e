/** What every testbed has: the way from the root to the agencies, reverse zones, the national portal, and a control site. */
export interface InfrastructureZone {
  zone: string;
  /** Node names; the NS records are in `records`. */
  servers: string[];
  records: string[];
}

/** Hosts unrelated to any agency, through which a vantage proves its web and mail (design §5). */
export const controlHosts = { web: ['www.doi-chung.vn'], smtp: ['mail.doi-chung.vn'] } as const;

function servers(names: readonly string[], nodes: readonly string[]): string[] {
  return names.flatMap((name, index) => [`@ NS ${name}.`, `${name}. A $${nodes[index]}.4`, `${name}. AAAA $${nodes[index]}.6`]);
}

const soa = (server: string): string => `@ SOA ${server}. hostmaster.${server}. 2026010101`;
const namesOnly = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith('@ NS'));
const pair = (name: string): [string, string] => [`a.${name}`, `b.${name}`];

const rootNames = ['a.root.testbed', 'b.root.testbed', 'c.root.testbed'];
const gtld = servers(pair('dns.net'), ['ns-gtld-a', 'ns-gtld-b']);
const arpa = servers(pair('ns.arpa'), ['ns-arpa-a', 'ns-arpa-b']);

function site(zone: string, node: string, extra: string[]): InfrastructureZone {
  const names = [`ns1.${zone}`, `ns2.${zone}`];
  const hosts = ['@', 'www'].flatMap((host) => [`${host} A $web-${node}.4`, `${host} AAAA $web-${node}.6`]);
  const nodes = [`ns-${node}-a`, `ns-${node}-b`];
  return { zone, servers: nodes, records: [soa(names[0] ?? ''), ...servers(names, nodes), ...hosts, ...extra] };
}

export const infrastructureZones: readonly InfrastructureZone[] = [
  {
    zone: '',
    servers: ['ns-root-a', 'ns-root-b', 'ns-root-c'],
    records: [soa('a.root.testbed'), ...servers(rootNames, ['ns-root-a', 'ns-root-b', 'ns-root-c'])],
  },
  { zone: 'vn', servers: ['ns-vn-a', 'ns-vn-b'], records: [soa('a.dns.vn'), ...servers(pair('dns.vn'), ['ns-vn-a', 'ns-vn-b'])] },
  {
    zone: 'gov.vn',
    servers: ['ns-gov-a', 'ns-gov-b'],
    records: [soa('a.dns.gov.vn'), ...servers(pair('dns.gov.vn'), ['ns-gov-a', 'ns-gov-b'])],
  },
  {
    zone: 'net',
    servers: ['ns-gtld-a', 'ns-gtld-b'],
    // The name by which a resolver that filters AAAA is found out (faults D21).
    records: [soa('a.dns.net'), ...gtld, 'a.root-servers A $ns-root-a.4', 'a.root-servers AAAA $ns-root-a.6'],
  },
  { zone: 'com', servers: ['ns-gtld-a', 'ns-gtld-b'], records: [soa('a.dns.net'), ...namesOnly(gtld)] },
  { zone: 'org', servers: ['ns-gtld-a', 'ns-gtld-b'], records: [soa('a.dns.net'), ...namesOnly(gtld)] },
  {
    zone: 'arpa',
    servers: ['ns-arpa-a', 'ns-arpa-b'],
    // RFC 7050 §8.2: the well-known name that tells DNS64 has A records only.
    records: [soa('a.ns.arpa'), ...arpa, 'ipv4only A 192.0.0.170', 'ipv4only A 192.0.0.171'],
  },
  { zone: 'ip6.arpa', servers: ['ns-arpa-a', 'ns-arpa-b'], records: [soa('a.ns.arpa'), ...namesOnly(arpa)] },
  { zone: 'in-addr.arpa', servers: ['ns-arpa-a', 'ns-arpa-b'], records: [soa('a.ns.arpa'), ...namesOnly(arpa)] },
  site('dichvucong.gov.vn', 'national', []),
  site('doi-chung.vn', 'control', ['@ MX 10 mail', 'mail A $mail-control.4', 'mail AAAA $mail-control.6']),
];

export const rootServerNodes: Readonly<Record<string, string>> = {
  'a.root.testbed': 'ns-root-a',
  'b.root.testbed': 'ns-root-b',
  'c.root.testbed': 'ns-root-c',
};

/** Order gives the addresses. */
export const infrastructureNodes: readonly string[] = [
  'ns-root-a',
  'ns-root-b',
  'ns-root-c',
  'ns-vn-a',
  'ns-vn-b',
  'ns-gov-a',
  'ns-gov-b',
  'ns-gtld-a',
  'ns-gtld-b',
  'ns-arpa-a',
  'ns-arpa-b',
  'ns-national-a',
  'ns-national-b',
  'web-national',
  'ns-control-a',
  'ns-control-b',
  'web-control',
  'mail-control',
];
