import type { Agency } from '../model/agency.ts';
import type { Family } from '../model/observation.ts';
import type { ResolutionMode, RootServer } from '../model/run.ts';
import type { EndpointMap } from '../net/live-context.ts';
import { loadCertificates } from './certificates.ts';
import { compileWorld } from './compile-world.ts';
import { createEndpointTable } from './endpoint-table.ts';
import { controlHosts } from './infrastructure.ts';
import { createListeners } from './listeners.ts';
import { openNode } from './ports.ts';
import { createRequestLog, type LoggedRequest } from './request-log.ts';
import type { Scenario, TestbedVantage } from './scenario.ts';
import { families, loopbackHosts, openStandIns } from './stand-ins.ts';
import { createWebServers } from './web-server.ts';
import type { Node, Owner } from './world.ts';

/** A running Internet in a box. */
export interface Testbed {
  /** For the network settings of a run (`LiveContext.endpoints`); use address policy 'documentation-is-global' and `testbedSettings()`. */
  endpoints: EndpointMap;
  rootServers: RootServer[];
  /** A recursive resolver over the same data, for `--resolver`. */
  resolvers: string[];
  /** How the scenarios want names to be resolved: from the root servers, or by `resolvers`. */
  resolution: ResolutionMode;
  /** Addresses whose operators asked not to be contacted. */
  optedOut: ReadonlySet<string>;
  /** PEM of the test root certificate, for `LiveContext.extraCertificates`. */
  extraCertificates: string[];
  agencies: Agency[];
  /** Unrelated hosts that work: for --web-control and --smtp-control. */
  controls: { web: string[]; smtp: string[] };
  /** What differs from the real thing on this machine, for stderr. English. */
  notes: string[];
  /** What reached the servers, oldest first. */
  requestLog: readonly LoggedRequest[];
  /** Closes every socket, timer and thread. */
  stop(): Promise<void>;
}

const resolverAddresses: Record<Family, string> = { 4: '203.0.113.255', 6: '2001:db8:ffff::53' };

function vantageOf(scenarios: readonly Scenario[]): TestbedVantage {
  const [first, ...others] = new Set(
    scenarios.flatMap((scenario) => (scenario.vantage === undefined ? [] : [JSON.stringify(scenario.vantage)])),
  );
  if (others.length > 0) throw new Error('scenarios with different vantages cannot share a testbed');
  return first === undefined ? { families: [4, 6], port25: 'open', dns: 'direct' } : (JSON.parse(first) as TestbedVantage);
}

function agencyOf(scenario: Scenario, line: number): Agency {
  const { name, category, domain, servicesDomain, servicesStatus, mailDomain, hosts } = scenario.agency;
  const mail = mailDomain === undefined ? domain : mailDomain;
  return {
    id: scenario.id,
    name,
    category,
    domain,
    servicesDomain,
    servicesStatus,
    mailDomain: mail,
    hosts,
    input: { file: 'testbed', line },
    extra: {},
  };
}

function optedOutAddresses(scenarios: readonly Scenario[], nodes: readonly Node[]): Set<string> {
  const isOut = ({ name, owner }: Node): boolean => scenarios.some(({ id, changes }) => id === owner.id && changes.optedOut.includes(name));
  return new Set(nodes.filter(isOut).flatMap(({ addresses }) => Object.values(addresses)));
}

function nameOf(scenarios: readonly Scenario[]): (owner: Owner) => string {
  const names = new Map(scenarios.map((scenario) => [scenario.id, scenario.agency.name.vi]));
  return (owner) => names.get(owner.id) ?? 'quốc gia';
}

/**
 * Starts one set of servers on loopback that together carry all given scenarios, reached through the endpoint map.
 * Throws on scenarios that clash or name what does not exist.
 */
export async function startTestbed(input: { scenarios: readonly Scenario[] }): Promise<Testbed> {
  const notes: string[] = [];
  const world = compileWorld(input.scenarios);
  const vantage = vantageOf(input.scenarios);
  const [hosts, certificates] = await Promise.all([loopbackHosts(notes), loadCertificates()]);
  const listeners = createListeners();
  const log = createRequestLog();
  const { standIns, silentUdp, resolver, holes } = await openStandIns({ world, hosts, listeners }, vantage, notes);
  const table = createEndpointTable(vantage, standIns);
  const web = createWebServers({ certificates, listeners, log, nameOf: nameOf(input.scenarios) });
  const building = { world, hosts, listeners, log, table, standIns, silentUdp, web, certificates };
  await Promise.all(world.nodes.flatMap((node) => families.map((family) => openNode(node, family, building))));
  for (const family of families) {
    for (const transport of ['udp', 'tcp'] as const)
      table.set({ transport, address: resolverAddresses[family], port: 53 }, resolver[transport][family]);
  }
  const { rootServers } = world;
  const resolvers = families.map((family) => resolverAddresses[family]);
  return {
    endpoints: table,
    rootServers,
    resolvers,
    resolution: vantage.dns === 'resolver' ? { mode: 'resolver', resolvers } : { mode: 'iterative', rootServers },
    optedOut: optedOutAddresses(input.scenarios, world.nodes),
    extraCertificates: [certificates.root],
    agencies: input.scenarios.map((scenario, index) => agencyOf(scenario, index + 1)),
    controls: { web: [...controlHosts.web], smtp: [...controlHosts.smtp] },
    notes,
    requestLog: log.entries,
    async stop() {
      web.stop();
      await Promise.all([listeners.stop(), holes?.stop()]);
    },
  };
}
