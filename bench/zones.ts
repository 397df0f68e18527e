import { arpaServers, govServers, type Host, type LabZone, vnServers } from '../test/lab/zones.ts';
import type { Agency, Country, Operator, Pair } from './world.ts';

/** Who holds which zones; a server never holds a zone and its parent, so that every cut gives a referral. */
export interface CountryZones {
  root: LabZone;
  vn: LabZone;
  gov: LabZone;
  arpa: LabZone[];
  /** Of operators and agencies. */
  leaves: LabZone[];
}

export function zonesOf(country: Country, rootServers: readonly Host[]): CountryZones {
  const { agencies, operators } = country;
  return {
    root: zone('.', rootLines(rootServers), true),
    vn: zone('vn', [...serverLines('vn', vnServers), ...serverLines('gov.vn', govServers), ...operators.flatMap(delegation)], true),
    gov: zone(
      'gov.vn',
      [...serverLines('gov.vn', govServers), ...agencies.flatMap(({ domain, operator }) => nsLines(domain, operator))],
      true,
    ),
    arpa: arpaZones(country),
    leaves: [...operators.map(operatorZone), ...agencies.map(agencyZone)],
  };
}

function agencyZone({ domain, operator, web, mail }: Agency): LabZone {
  return zone(domain, [
    ...nsLines(domain, operator),
    ...addressLines(domain, web),
    ...addressLines(`www.${domain}`, web),
    `${domain}. MX 10 mail.${domain}.`,
    ...addressLines(`mail.${domain}`, mail),
    `${domain}. TXT "v=spf1 mx -all"`,
  ]);
}

function operatorZone(operator: Operator): LabZone {
  const { domain, web, mail } = operator;
  return zone(domain, [
    ...delegation(operator),
    ...addressLines(domain, web),
    ...addressLines(`cdn.${domain}`, web),
    ...addressLines(`mail.${domain}`, mail),
  ]);
}

const nsLines = (domain: string, operator: Operator): string[] => [1, 2].map((number) => `${domain}. NS ns${number}.${operator.domain}.`);

function delegation(operator: Operator): string[] {
  const { domain, servers } = operator;
  return [...nsLines(domain, operator), ...servers.flatMap((server, index) => addressLines(`ns${index + 1}.${domain}`, server))];
}

const addressLines = (name: string, { ipv4, ipv6 }: Pair): string[] => [`${name}. A ${ipv4}`, `${name}. AAAA ${ipv6}`];

function rootLines(rootServers: readonly Host[]): string[] {
  const lines = [...serverLines('', rootServers), ...serverLines('vn', vnServers), ...serverLines('ip6.arpa', arpaServers)];
  const dns64 = ['ipv4only.arpa. A 192.0.0.170', 'ipv4only.arpa. A 192.0.0.171'];
  return [...new Set([...lines, ...serverLines('in-addr.arpa', arpaServers), ...dns64])];
}

function arpaZones({ agencies, operators }: Country): LabZone[] {
  const pairs: [Pair, string][] = [
    ...operators.map(({ mail, domain }): [Pair, string] => [mail, `mail.${domain}`]),
    ...agencies
      .filter(({ mail, operator }) => mail.ipv6 !== operator.mail.ipv6)
      .map(({ mail, domain }): [Pair, string] => [mail, `mail.${domain}`]),
  ];
  const six = pairs.map(([{ ipv6 }, name]) => `${nibbles(ipv6)}.ip6.arpa. PTR ${name}.`);
  const four = pairs.map(([{ ipv4 }, name]) => `${ipv4.split('.').toReversed().join('.')}.in-addr.arpa. PTR ${name}.`);
  const servers = (name: string) => arpaServers.map((server) => `${name}. NS ${server.name}.`);
  return [zone('ip6.arpa', [...servers('ip6.arpa'), ...six]), zone('in-addr.arpa', [...servers('in-addr.arpa'), ...four])];
}

/** The name below ip6.arpa (RFC 3596 §2.5) of an address that is written with one '::'. */
export function nibbles(address: string): string {
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const zeros = Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => '0');
  const digits = [...groups(head), ...zeros, ...groups(tail)].map((group) => group.padStart(4, '0')).join('');
  return [...digits].toReversed().join('.');
}

function zone(name: string, lines: readonly string[], signed = false): LabZone {
  const primary = lines.find((line) => line.includes(' NS '))?.split(' ')[2] ?? 'localhost.';
  const apex = name === '.' ? '.' : `${name}.`;
  const text = ['$TTL 3600', `${apex} SOA ${primary} hostmaster.${primary} 2026010101 7200 3600 1209600 300`, ...lines, ''].join('\n');
  return signed ? { name, text, signed: 'good' } : { name, text };
}

function serverLines(name: string, servers: readonly Host[]): string[] {
  return servers.flatMap((server) => [
    `${name}. NS ${server.name}.`,
    `${server.name}. A ${server.ipv4}`,
    ...(server.ipv6 === null ? [] : [`${server.name}. AAAA ${server.ipv6}`]),
  ]);
}
