import type { AgencyContext } from '../../src/facts/context.ts';
import { indexEvidence } from '../../src/facts/evidence-index.ts';
import { addressScope } from '../../src/model/address-registry.ts';
import type { Agency } from '../../src/model/agency.ts';
import type { DnsResponse } from '../../src/model/dns.ts';
import type { Failure, FailureCode } from '../../src/model/failure.ts';
import type { DnsQueryRequest, Observation, ObservationOf } from '../../src/model/observation.ts';
import type { VantageReport } from '../../src/model/report.ts';
import type { ResolutionMode, RunManifest } from '../../src/model/run.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import type { Network } from '../../src/net/network.ts';
import { observationId, operationKey } from '../../src/net/network.ts';
import type { ProbeContext } from '../../src/probes/context.ts';
import { answerFrom, emptyResponse, type FakeZones } from './fake-zones.ts';

/** What a fault makes of a request: a response, a failure code, or null to answer as if nothing were wrong. */
export type FaultFunction = (request: DnsQueryRequest, honest: DnsResponse) => DnsResponse | FailureCode | null;
export type Fault = FailureCode | 'servfail' | 'refuse' | 'lame' | 'upward' | FaultFunction;

export interface FakeInternet {
  network: Network;
  /** Everything performed, each operation once, in order. */
  observations: Observation[];
  /** 'AAAA www.x.vn @2001:db8::1 udp' for each performed operation. */
  asked: string[];
  resolution: ResolutionMode;
}

const rcodes = { servfail: 'SERVFAIL', refuse: 'REFUSED' } as const;

function faulty(fault: Fault | undefined, request: DnsQueryRequest, honest: DnsResponse): DnsResponse | FailureCode {
  if (fault === undefined) return honest;
  if (typeof fault === 'function') return fault(request, honest) ?? honest;
  if (fault === 'servfail' || fault === 'refuse') return { ...emptyResponse, rcode: rcodes[fault] };
  if (fault === 'lame') return emptyResponse;
  if (fault === 'upward') return { ...emptyResponse, authorities: [{ type: 'NS', name: '', ttl: 300, target: 'a.root' }] };
  return fault;
}

export function failureOf(code: FailureCode): Failure {
  return { code, step: 'answer', synchronous: code === 'no-route', detail: '' };
}

/** The observation of a DNS request with this outcome, at a fixed time. */
export function observed(request: DnsQueryRequest, outcome: DnsResponse | FailureCode): ObservationOf<'dns-query'> {
  const failure = typeof outcome === 'string' ? failureOf(outcome) : null;
  const startedAt = '2026-11-24T03:00:00.000Z';
  return {
    ...{ id: observationId({ op: 'dns-query', request }), op: 'dns-query', request, startedAt, elapsedMs: 1 },
    peer: failure === null ? { address: request.address, port: 53 } : null,
    tries: [{ startedAt, elapsedMs: 1, failure, loopDelayMs: 0 }],
    response: typeof outcome === 'string' ? null : outcome,
    failure,
  };
}

/**
 * An internet of fake zones behind a fake network with a memo. The zone '' gives the root servers. Faults are by server
 * address. Addresses that serve nothing time out.
 */
export function fakeInternet(zones: FakeZones, faults: Record<string, Fault> = {}): FakeInternet {
  const observations: Observation[] = [];
  const asked: string[] = [];
  const memo = new Map<string, ObservationOf<'dns-query'>>();
  const addresses = new Set(Object.values(zones).flatMap((zone) => Object.values(zone.servers).flat()));
  const network: Network = {
    perform: async (operation) => {
      if (operation.op !== 'dns-query') throw new Error(`the fake internet has no ${operation.op}`);
      const { request } = operation;
      const key = operationKey(operation);
      const known = memo.get(key);
      if (known !== undefined) return known as never;
      const fault = faults[request.address];
      const answers = addresses.has(request.address) || fault !== undefined;
      const outcome = answers ? faulty(fault, request, answerFrom(zones, request.address, request)) : 'timeout';
      const observation = observed(request, outcome);
      memo.set(key, observation);
      observations.push(observation);
      asked.push(`${request.type} ${request.name} @${request.address} ${request.transport}`);
      return observation as never;
    },
  };
  const rootServers = Object.entries(zones['']?.servers ?? {}).map(([name, list]) => ({ name, addresses: list }));
  return { network, observations, asked, resolution: { mode: 'iterative', rootServers } };
}

export const fakeAgency: Agency = {
  ...{ id: 'x', name: { vi: 'X', en: 'X' }, category: 'ministry', domain: 'x.gov.vn', servicesDomain: null, servicesStatus: 'active' },
  ...{ mailDomain: null, hosts: [], input: { file: 'list', line: 1 }, extra: {} },
};

export function fakeManifest(resolution: ResolutionMode): RunManifest {
  return {
    ...{
      schema: 'ipv6gov.run/1',
      id: 'run-1',
      tool: { name: 'ipv6gov', version: '0.1.0' },
      startedAt: '2026-11-24T03:00:00.000Z',
      vantage: 'test',
    },
    ...{ criteria: { name: 'ipv6-for-gov', version: '1' }, resolution, settings: defaultSettings, controls: { web: [], smtp: [] } },
    ...{
      addressPolicy: 'documentation-is-global',
      servicesOverride: 'active',
      input: { fingerprint: '', agencies: 1, duplicates: 0 },
      inputFile: 'input',
    },
  };
}

export const soundVantage: VantageReport = {
  ...{ name: 'test', dns: { '4': 'proven', '6': 'proven' }, web: { '4': 'proven', '6': 'proven' }, smtp: { '4': 'proven', '6': 'proven' } },
  ...{ dnsPath: 'direct', dns64: false, ipv6: 'ok', clockOffsetMs: null },
};

const isUsable = (address: string): boolean => addressScope(address, 'documentation-is-global').usable;

export function fakeProbeContext(internet: FakeInternet): ProbeContext {
  const { network, resolution } = internet;
  return { network, agency: fakeAgency, runId: 'run-1', resolution, settings: defaultSettings, isUsable, servicesOverride: 'active' };
}

/** The context of facts over what a fake internet was asked so far. */
export function fakeAgencyContext(
  internet: Pick<FakeInternet, 'observations' | 'resolution'>,
  changes: Partial<AgencyContext> & { vantage?: Partial<VantageReport> } = {},
): AgencyContext {
  const { vantage, ...others } = changes;
  return {
    agency: fakeAgency,
    evidence: indexEvidence(internet.observations),
    run: {
      ...{
        vantage: { ...soundVantage, ...vantage },
        provenAround: () => true,
        answeredInRun: () => false,
        prefixSuspect: () => false,
        largeUploadPassed: () => true,
      },
    },
    ...{ manifest: fakeManifest(internet.resolution), crashes: [], budgetExhausted: false, cache: new Map() },
    ...others,
  };
}
