import type { AddressSet } from '../../src/facts/address-set.ts';
import type { AgencyContext, RunFacts } from '../../src/facts/context.ts';
import { indexEvidence } from '../../src/facts/evidence-index.ts';
import { type Fact, known } from '../../src/facts/fact.ts';
import type { Lookup, ZonePlace } from '../../src/facts/lookup.ts';
import type { NameServerFact, ServerAddress } from '../../src/facts/name-servers.ts';
import type { TransportOutcome } from '../../src/facts/soa-liveness.ts';
import type { Resolution, ZoneCut } from '../../src/iteration/types.ts';
import type { Agency } from '../../src/model/agency.ts';
import type { DnsRecord, DnsResponse } from '../../src/model/dns.ts';
import type { Failure, FailureCode } from '../../src/model/failure.ts';
import type { DnsQueryRequest, Family, ObservationOf, Operation } from '../../src/model/observation.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import type { Subject } from '../../src/model/subject.ts';
import { observationId } from '../../src/net/network.ts';
import { soundVantage } from './fake-dns.ts';

export type DnsObservation = ObservationOf<'dns-query'>;

export const zone = 'bo.gov.vn';
export const ns1v6 = '2001:dc8::53';
export const ns2v6 = '2001:dc8:1::53';
export const ns1v4 = '9.9.9.1';
export const ns2v4 = '9.9.9.2';

export function zoneSubject(name = zone): Subject {
  return { kind: 'zone', name, service: 'portal', deciding: false, sibling: null, preference: null };
}

export const familyOf = (address: string): Family => (address.includes(':') ? 6 : 4);

export interface DnsSaid extends Partial<Omit<DnsQueryRequest, 'address' | 'name' | 'type'>> {
  rcode?: string;
  authoritative?: boolean;
  truncated?: boolean;
  answers?: DnsRecord[];
  authorities?: DnsRecord[];
  additionals?: DnsRecord[];
  malformed?: DnsResponse['malformed'];
  failure?: FailureCode;
  /** Codes of all tries, null for an answered one; default: one try with `failure`. */
  tries?: (FailureCode | null)[];
  second?: number;
}

export function dnsResponse(said: DnsSaid = {}): DnsResponse {
  const {
    rcode = 'NOERROR',
    authoritative = true,
    truncated = false,
    answers = [],
    authorities = [],
    additionals = [],
    malformed = [],
  } = said;
  const flags = { recursionAvailable: false, authenticData: false };
  return {
    rcode,
    authoritative,
    truncated,
    ...flags,
    answers,
    authorities,
    additionals,
    malformed,
    edns: null,
    messageBytes: 100,
    mismatches: 0,
  };
}

function failureOf(code: FailureCode | null): Failure | null {
  return code === null ? null : { code, step: code === 'refused' ? 'connect' : 'answer', synchronous: code === 'no-route', detail: '' };
}

/** 'name type' asked of an address, and what came back. */
export function dns(address: string, question: string, said: DnsSaid = {}): DnsObservation {
  const [name = '', type = ''] = question.split(' ');
  const { transport = 'udp', round = '1', udpPayloadBytes = 1232, recursionDesired = false } = said;
  const request: DnsQueryRequest = {
    ...{ family: familyOf(address), address, port: 53, round, transport, name, type, recursionDesired, udpPayloadBytes },
    ...{ checkingDisabled: false, dnssecOk: false },
  };
  const operation: Operation = { op: 'dns-query', request };
  const startedAt = new Date(Date.UTC(2026, 0, 1, 0, Number(round === '2'), said.second ?? 0)).toISOString();
  const codes = said.tries ?? [said.failure ?? null];
  const failure = failureOf(codes.at(-1) ?? null);
  return {
    id: observationId(operation),
    op: 'dns-query',
    request,
    startedAt,
    elapsedMs: 10,
    peer: failure === null ? { address, port: 53 } : null,
    tries: codes.map((code) => ({ startedAt, elapsedMs: 10, failure: failureOf(code), loopDelayMs: 0 })),
    response: failure === null ? dnsResponse(said) : null,
    failure,
  };
}

export const soa = (owner = zone, serial = 1): DnsRecord => ({
  ...{ type: 'SOA', name: owner, ttl: 60, primary: `ns1.${owner}`, mailbox: `root.${owner}`, serial },
  ...{ refresh: 1, retry: 1, expire: 1, minimum: 1 },
});
export const ns = (target: string, owner = zone): DnsRecord => ({ type: 'NS', name: owner, ttl: 60, target });
export const mx = (exchange: string, owner = zone): DnsRecord => ({ type: 'MX', name: owner, ttl: 60, preference: 10, exchange });
export const address = (name: string, value: string): DnsRecord =>
  value.includes(':') ? { type: 'AAAA', name, ttl: 60, address: value } : { type: 'A', name, ttl: 60, address: value };

export interface ContextParts {
  observations?: DnsObservation[];
  places?: Record<string, Fact<ZonePlace>>;
  /** 'host 6' → addresses; absent hosts are looked up in the evidence. */
  addresses?: Record<string, Fact<AddressSet>>;
  lookups?: Record<string, Fact<Lookup>>;
  /** 'name type policy'. */
  resolutions?: Record<string, Resolution>;
  run?: Partial<RunFacts>;
  dnsPath?: RunFacts['vantage']['dnsPath'];
  mode?: 'iterative' | 'resolver';
  budgetExhausted?: boolean;
}

const agency: Agency = {
  id: 'bo',
  name: { vi: 'Bộ', en: 'Ministry' },
  category: 'ministry',
  domain: zone,
  servicesDomain: null,
  servicesStatus: 'active',
  mailDomain: zone,
  hosts: [],
  input: { file: 'list.csv', line: 1 },
  extra: {},
};

/** A vantage whose IPv4 is there, and proved nothing in this run. */
export const withUnprovenIpv4: Partial<RunFacts> = {
  vantage: {
    ...soundVantage,
    dns: { '4': 'unproven', '6': 'proven' },
    web: { '4': 'unproven', '6': 'proven' },
    smtp: { '4': 'unproven', '6': 'proven' },
  },
};

/** An agency's context over given observations; answers of look-ups are laid into the memo under the names `facts/lookup` uses. */
export function dnsContext(parts: ContextParts = {}): AgencyContext {
  const vantage: RunFacts['vantage'] = { ...soundVantage, dnsPath: parts.dnsPath ?? 'direct', clockOffsetMs: 0 };
  const cache = new Map<string, unknown>();
  for (const [name, place] of Object.entries(parts.places ?? {})) cache.set(`zoneOf ${name}`, place);
  for (const [key, set] of Object.entries(parts.addresses ?? {})) cache.set(`addressSet ${key}`, set);
  for (const [key, found] of Object.entries(parts.lookups ?? {})) cache.set(`lookup ${key}`, found);
  for (const [key, found] of Object.entries(parts.resolutions ?? {})) cache.set(`resolveUnder ${key}`, found);
  return {
    agency,
    evidence: indexEvidence(parts.observations ?? []),
    run: {
      vantage,
      provenAround: () => true,
      answeredInRun: () => false,
      prefixSuspect: () => false,
      largeUploadPassed: () => true,
      ...parts.run,
    },
    manifest: {
      schema: 'ipv6gov.run/1',
      id: 'run',
      tool: { name: 'ipv6gov', version: '0' },
      startedAt: '2026-01-01T00:00:00.000Z',
      vantage: 'test',
      criteria: { name: 'ipv6-for-gov', version: '1' },
      resolution: parts.mode === 'resolver' ? { mode: 'resolver', resolvers: ['9.9.9.9'] } : { mode: 'iterative', rootServers: [] },
      settings: defaultSettings,
      controls: { web: [], smtp: [] },
      addressPolicy: 'public',
      servicesOverride: 'listed',
      input: { fingerprint: '', agencies: 1, duplicates: 0 },
      inputFile: 'input',
    },
    crashes: [],
    budgetExhausted: parts.budgetExhausted ?? false,
    cache,
  };
}

/** Addresses of a host as `addressSet` would tell them; none means NODATA. */
export function addressSetFact(family: Family, usable: string[], unusable: AddressSet['unusable'] = []): Fact<AddressSet> {
  const outcome = usable.length + unusable.length > 0 ? 'answer' : 'nodata';
  return known({ family, outcome, usable, unusable, aliases: [], onAllServers: true, zone });
}

export function zoneCut(name: string, parent: string | null, servers: Record<string, string[]>, observations: string[] = []): ZoneCut {
  const list = Object.entries(servers).map(([server, addresses]) => ({
    name: server,
    addresses: addresses.map((value) => ({ address: value, family: familyOf(value), source: 'glue' as const })),
  }));
  return { zone: name, parent, servers: list, parentServesChild: false, observations };
}

export function outcome(state: TransportOutcome['state'], cause: TransportOutcome['cause'] = null, detail = ''): TransportOutcome {
  return { state, cause, detail, tries: 1, answered: state === 'good' ? 1 : 0, serial: 1, observations: [] };
}

export const good = outcome('good');

/** A name server for check tests: every address answers unless said otherwise. */
export function serverFact(
  name: string,
  addresses: string[],
  parts: Partial<NameServerFact> & { udp?: TransportOutcome; tcp?: TransportOutcome } = {},
): NameServerFact {
  const { udp = good, tcp = good, ...rest } = parts;
  const list = addresses.map((value): ServerAddress => ({ address: value, family: familyOf(value), published: true, udp, tcp }));
  const of = (family: Family) =>
    addressSetFact(
      family,
      addresses.filter((value) => familyOf(value) === family),
    );
  return { name, inParent: true, inChild: true, ipv4: of(4), ipv6: of(6), glue: null, addresses: list, ...rest };
}
