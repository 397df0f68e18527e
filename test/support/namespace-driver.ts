import { readFile, writeFile } from 'node:fs/promises';
import type { AddressPolicy } from '../../src/model/address-registry.ts';
import type { Failure } from '../../src/model/failure.ts';
import type { Operation } from '../../src/model/observation.ts';
import { defaultSettings, type Settings } from '../../src/model/settings.ts';
import { createAddressGate } from '../../src/net/address-gate.ts';
import type { EndpointMap } from '../../src/net/live-context.ts';
import { createLiveNetwork } from '../../src/net/live-network.ts';
import { scenarioSchema } from '../../src/testbed/scenario.ts';
import { auditScenarios } from './audit-scenarios.ts';
import { liveContext, quickSettings } from './live.ts';

/**
 * Testbed and audit in one process: `node namespace-driver.js REQUEST.json`. It is started in a network namespace of its own, where a
 * test counts, drops or refuses what leaves it. Not part of the package.
 */
export type NamespaceRequest =
  | {
      kind: 'audit';
      /** Scenarios as in their files. */
      scenarios: readonly unknown[];
      addressPolicy?: AddressPolicy;
      /** Endpoints that the testbed refuses to know, or those of its opted-out machines, are dialled as they are: packets leave. */
      real?: 'unknown' | 'opted-out';
      ignoreOptOut?: boolean;
      /** Ports that the system may give from the moment the servers listen. */
      portRange?: readonly [number, number];
      /** Waits of the connections as they are outside of tests. */
      trueWaits?: boolean;
      agenciesInFlight?: number;
    }
  | { kind: 'operations'; policy: AddressPolicy; operations: Operation[] };

export interface NamespaceAnswer {
  /** 'scenario check host status message cause' of every finding. */
  findings?: string[];
  /** Failures that the tries of the audit met, by code and detail. */
  failures?: Record<string, number>;
  /** One for each operation. */
  outcomes?: (Failure | null)[];
}

type AuditRequest = Extract<NamespaceRequest, { kind: 'audit' }>;

function reaching(endpoints: EndpointMap, { real }: AuditRequest, optedOut: (address: string) => boolean): EndpointMap {
  return {
    lookup(endpoint) {
      const place = endpoints.lookup(endpoint);
      const isUnknown = 'failure' in place && place.failure.detail === 'not in the testbed';
      const goesOut = (real === 'unknown' && isUnknown) || (real === 'opted-out' && optedOut(endpoint.address));
      return goesOut ? { address: endpoint.address, port: endpoint.port } : place;
    },
  };
}

/** The system's range counts for the sockets opened from now on; the file is that of our own namespace. */
async function narrowPorts(range: readonly [number, number]): Promise<void> {
  await writeFile('/proc/sys/net/ipv4/ip_local_port_range', range.join(' '));
}

function settingsFor(request: AuditRequest, settings: Settings): Settings {
  const run = { ...settings.run, agenciesInFlight: request.agenciesInFlight ?? settings.run.agenciesInFlight };
  if (request.trueWaits !== true) return { ...settings, run };
  // Lost SYNs and segments are sent again after a second or more, whatever the profile says.
  const { tcp, tls, http, smtp } = defaultSettings;
  return { ...settings, tcp, tls, http, smtp, run: { ...run, agencyBudgetMs: defaultSettings.run.agencyBudgetMs } };
}

async function audit(request: AuditRequest): Promise<NamespaceAnswer> {
  const scenarios = request.scenarios.map((scenario) => scenarioSchema.parse(scenario));
  const audited = await auditScenarios(
    scenarios,
    async () => {
      if (request.portRange !== undefined) await writeFile('/proc/sys/net/ipv4/ip_local_port_range', '32768 60999');
    },
    {
      manifest: (manifest) => ({
        ...manifest,
        addressPolicy: request.addressPolicy ?? manifest.addressPolicy,
        settings: settingsFor(request, manifest.settings),
      }),
      live: (live) => ({
        ...live,
        endpoints: live.endpoints === null ? null : reaching(live.endpoints, request, live.optedOut),
        optedOut: request.ignoreOptOut === true ? () => false : live.optedOut,
      }),
      ...(request.portRange === undefined ? {} : { before: () => narrowPorts(request.portRange ?? [0, 0]) }),
    },
  );
  const failures: Record<string, number> = {};
  for (const { tries } of audited.records.flatMap(({ observations }) => observations)) {
    for (const { failure } of tries) {
      const key = failure === null ? 'none' : `${failure.code} ${failure.detail}`;
      failures[key] = (failures[key] ?? 0) + 1;
    }
  }
  const findings = [...audited.agencies].flatMap(([id, agency]) =>
    agency.findings.map(({ check, host, status, message, cause }) => `${id} ${check} ${host} ${status} ${message} ${cause}`),
  );
  return { findings, failures };
}

async function operate({ policy, operations }: Extract<NamespaceRequest, { kind: 'operations' }>): Promise<NamespaceAnswer> {
  // A pair of namespaces may answer the first SYN before the kernel listens: the second one is sent after a second.
  const settings = quickSettings({ tcp: { connectTimeoutMs: 3_000 } });
  const network = createLiveNetwork(liveContext({ settings, gate: createAddressGate({ policy, optedOut: () => false }) }));
  const observations = await Promise.all(operations.map((operation) => network.perform(operation)));
  return { outcomes: observations.map(({ failure }) => failure) };
}

const [, , file = ''] = process.argv;
const request = JSON.parse(await readFile(file, 'utf8')) as NamespaceRequest;
process.stdout.write(JSON.stringify(request.kind === 'audit' ? await audit(request) : await operate(request)));
