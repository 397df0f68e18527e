import { type Agency, agencies, arpaServer, fill, govServer } from './agencies.ts';
import type { Edit } from './model.ts';

export interface LabZone {
  name: string;
  text: string;
  /** To be signed; `bogus` spoils the signatures over the addresses of the web server afterwards. */
  signed?: 'good' | 'bogus';
}

/** A name with its addresses; `null` where the family is not published. */
export interface Host {
  name: string;
  ipv4: string;
  ipv6: string | null;
}

export const serial = '2026010101';

export const vnServers: readonly Host[] = [
  { name: 'a.dns-servers.vn', ipv4: '194.0.1.18', ipv6: '2001:678:4::12' },
  { name: 'b.dns-servers.vn', ipv4: '203.119.110.105', ipv6: '2001:dc8:c000:7::105' },
];
export const govServers: readonly Host[] = [
  { name: 'ns1.gov.vn', ipv4: govServer, ipv6: '2001:dc8:d000::53' },
  { name: 'ns2.gov.vn', ipv4: '203.162.254.53', ipv6: '2405:4800:d000::53' },
];
export const arpaServers: readonly Host[] = [
  { name: 'a.ip6-servers.arpa', ipv4: '199.180.182.53', ipv6: arpaServer },
  { name: 'b.ip6-servers.arpa', ipv4: '199.253.182.182', ipv6: '2001:500:86::86' },
];

/** The lines of an agency's zone under its apex, without SOA. */
export function linesOf(agency: Agency): string[] {
  const standard = [
    '{d}. NS ns1.{d}.',
    '{d}. NS ns2.{d}.',
    'ns1.{d}. A {s1v4}',
    'ns1.{d}. AAAA {s1v6}',
    'ns2.{d}. A {s2v4}',
    'ns2.{d}. AAAA {s2v6}',
    '{d}. A {w4}',
    '{d}. AAAA {w6}',
    'www.{d}. A {w4}',
    'www.{d}. AAAA {w6}',
    '{d}. MX 10 mx.{d}.',
    'mx.{d}. A {m4}',
    'mx.{d}. AAAA {m6}',
    '{d}. TXT "v=spf1 mx -all"',
  ];
  return edited(agency, standard, agency.zone);
}

export function agencyZone(agency: Agency): LabZone {
  const zone = { name: agency.domain, text: zoneText(agency.domain, linesOf(agency)) };
  return agency.signed === undefined ? zone : { ...zone, signed: agency.signed };
}

/** The copy that servers of the kind `changed` have. */
export function changedZone(agency: Agency): LabZone {
  const { changed } = agency;
  return { name: agency.domain, text: zoneText(agency.domain, edited(agency, linesOf(agency), changed), changed?.serial) };
}

/** What the parent says: the name servers of the zone with those addresses that lie inside it, and the fault. */
export function delegationOf(agency: Agency): string[] {
  if (agency.parent === 'none') return [];
  const lines = linesOf(agency);
  const servers = lines.filter((line) => line.startsWith(`${agency.domain}. NS `));
  const names = servers.map((line) => line.split(' ')[2] ?? '');
  const glue = lines.filter((line) => names.some((name) => line.startsWith(`${name} A`)));
  return edited(agency, [...servers, ...glue], agency.parent);
}

function edited(agency: Agency, lines: readonly string[], edit: Edit | undefined): string[] {
  const without = (edit?.without ?? []).map((start) => fill(agency, start));
  const filled = lines.map((line) => fill(agency, line));
  return [
    ...filled.filter((line) => !without.some((start) => line.startsWith(start))),
    ...(edit?.with ?? []).map((line) => fill(agency, line)),
  ];
}

/** Those agencies whose zone lies directly below `parent`. */
function delegationsBelow(parent: string): string[] {
  return agencies.filter(({ domain }) => domain.slice(domain.indexOf('.') + 1) === parent).flatMap(delegationOf);
}

export function govZone(): LabZone {
  return {
    name: 'gov.vn',
    text: zoneText('gov.vn', [...serverLines('gov.vn', govServers), ...delegationsBelow('gov.vn')]),
    signed: 'good',
  };
}

export function vnZone(): LabZone {
  const lines = [...serverLines('vn', vnServers), ...serverLines('gov.vn', govServers), ...delegationsBelow('vn')];
  return { name: 'vn', text: zoneText('vn', lines), signed: 'good' };
}

export function rootZone(rootServers: readonly Host[]): LabZone {
  const lines = [
    ...serverLines('', rootServers),
    ...serverLines('vn', vnServers),
    ...serverLines('ip6.arpa', arpaServers),
    ...serverLines('in-addr.arpa', arpaServers),
    // RFC 7050: by this name clients learn of DNS64.
    'ipv4only.arpa. A 192.0.0.170',
    'ipv4only.arpa. A 192.0.0.171',
  ];
  return { name: '.', text: zoneText('', [...new Set(lines)]), signed: 'good' };
}

export function arpaZones(): LabZone[] {
  const lines = agencies.flatMap((agency) => {
    const { reverse, atWeb } = agency.mail ?? {};
    if (reverse === 'missing') return [];
    const name = reverse === 'other-name' ? 'tot.ha-tang.vn.' : atWeb ? `${agency.domain}.` : `mx.${agency.domain}.`;
    const { m4, m6, w4, w6 } = agency.address;
    return [`${nibbles(atWeb ? w6 : m6)}. PTR ${name}`, `${(atWeb ? w4 : m4).split('.').toReversed().join('.')}.in-addr.arpa. PTR ${name}`];
  });
  return ['ip6.arpa', 'in-addr.arpa'].map((zone) => ({
    name: zone,
    text: zoneText(zone, [...arpaServers.map(({ name }) => `${zone}. NS ${name}.`), ...lines.filter((line) => line.includes(`.${zone}.`))]),
  }));
}

/** RFC 3596 §2.5; the lab's addresses all have one `::`. */
function nibbles(address: string): string {
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const zeros = Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => '0');
  const digits = [...groups(head), ...zeros, ...groups(tail)].map((group) => group.padStart(4, '0')).join('');
  return `${[...digits].toReversed().join('.')}.ip6.arpa`;
}

function zoneText(name: string, lines: readonly string[], zoneSerial = serial): string {
  const primary = lines.find((line) => line.startsWith(`${name}. NS `))?.split(' ')[2] ?? 'localhost.';
  const soa = `${name}. SOA ${primary} hostmaster.${name === '' ? 'root' : name}. ${zoneSerial} 7200 3600 1209600 300`;
  return ['$TTL 3600', soa, ...lines, ''].join('\n');
}

function serverLines(name: string, servers: readonly Host[]): string[] {
  return [...servers.map((server) => `${name}. NS ${server.name}.`), ...addressLines(servers)];
}

function addressLines(servers: readonly Host[]): string[] {
  return servers.flatMap(({ name, ipv4, ipv6 }) => [`${name}. A ${ipv4}`, ...(ipv6 === null ? [] : [`${name}. AAAA ${ipv6}`])]);
}
