import { sameAddress } from '../model/address-bytes.ts';
import { addressScope } from '../model/address-registry.ts';
import { listedHosts } from '../model/agency-services.ts';
import type { Cause } from '../model/cause.ts';
import type { DnsRecordOf } from '../model/dns.ts';
import { isInside } from '../parsers/zone-answer.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known } from './fact.ts';
import { addressSet, lookup, zoneOf } from './lookup.ts';

/** One HTTPS record of a host against the AAAA and A of the name it leads to (RFC 9460 §7.3). */
export interface HttpsRecord {
  host: string;
  priority: number;
  /** Name whose addresses count: the record's target, or the owner. */
  target: string;
  /** ipv6hint that no AAAA of the target confirms. */
  strayHints: string[];
  /** ipv6hint outside global unicast. */
  unusableHints: string[];
  ipv6Hints: string[];
  ipv4Hints: string[];
  hasAaaa: boolean;
  hasA: boolean;
}

/** HTTPS records of the agency's hosts in one zone. */
export interface HttpsRecords {
  zone: string;
  /** Hosts asked about and answered for. */
  hosts: string[];
  records: HttpsRecord[];
  /** Hosts or targets that could not be looked up, and why. */
  unknown: string[];
  cause: Cause | null;
}

export function httpsRecordsOf(context: AgencyContext, zone: string): Fact<HttpsRecords> {
  return cached(context, `httpsRecords ${zone}`, () => {
    const value: HttpsRecords = { zone, hosts: [], records: [], unknown: [], cause: null };
    const used = new Set<string>();
    for (const host of hostsOf(context, zone)) {
      const found = lookup(context, host, 'HTTPS');
      for (const id of found.observations) used.add(id);
      if (!found.known) {
        open(value, host, found.cause);
        continue;
      }
      value.hosts.push(host);
      const owner = found.value.aliases.at(-1) ?? host;
      for (const record of found.value.records) if (record.type === 'HTTPS') judge(context, { value, used, host, owner, record });
    }
    return known(value, [...used]);
  });
}

interface Judged {
  value: HttpsRecords;
  used: Set<string>;
  host: string;
  owner: string;
  record: DnsRecordOf<'HTTPS'>;
}

/** Target '.' is the owner in ServiceMode (RFC 9460 §2.5.2), and "no service" in AliasMode (§2.5.1): nothing to compare then. */
function judge(context: AgencyContext, { value, used, host, owner, record }: Judged): void {
  if (record.priority === 0 && record.target === '') return;
  const target = record.target === '' ? owner : record.target;
  const [ipv6, ipv4] = [addressSet(context, target, 6), addressSet(context, target, 4)];
  for (const id of [...ipv6.observations, ...ipv4.observations]) used.add(id);
  if (!ipv6.known || !ipv4.known) {
    open(value, target, !ipv6.known ? ipv6.cause : !ipv4.known ? ipv4.cause : 'dns-timeout');
    return;
  }
  const published = [...ipv6.value.usable, ...ipv6.value.unusable.map(({ address }) => address)];
  const { ipv6hint, ipv4hint } = record.params;
  value.records.push({
    host,
    priority: record.priority,
    target,
    strayHints: ipv6hint.filter((hint) => !published.some((address) => sameAddress(address, hint))),
    unusableHints: ipv6hint.filter((hint) => !addressScope(hint, context.manifest.addressPolicy).usable),
    ipv6Hints: ipv6hint,
    ipv4Hints: ipv4hint,
    hasAaaa: ipv6.value.usable.length > 0,
    hasA: ipv4.value.usable.length > 0,
  });
}

function open(value: HttpsRecords, name: string, cause: Cause): void {
  value.unknown.push(name);
  value.cause ??= cause;
}

/** The agency's hosts that this zone holds; in resolver mode zones are not known, and every host stands for its own. */
function hostsOf(context: AgencyContext, zone: string): string[] {
  return listedHosts(context.agency, context.manifest.servicesOverride)
    .map(({ host }) => host)
    .filter((host) => {
      if (!isInside(host, zone)) return false;
      const place = zoneOf(context, host);
      return !place.known || place.value.zone === zone;
    });
}
