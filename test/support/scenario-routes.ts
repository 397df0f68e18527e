import { addressBytes } from '../../src/model/address-bytes.ts';
import type { RouteData } from '../../src/model/routes.ts';
import { parseOrigins, parseVrps } from '../../src/parsers/route-data.ts';
import { infrastructureSlot, machinesPerSlot, planAddress } from '../../src/testbed/address-plan.ts';
import { compileScenario } from '../../src/testbed/compile-scenario.ts';
import { infrastructureNodes } from '../../src/testbed/infrastructure.ts';
import type { Scenario } from '../../src/testbed/scenario.ts';

const asn = 64_500;
const ipv4Blocks = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'];

const infrastructureAddresses = infrastructureNodes.map((_, index) =>
  planAddress(infrastructureSlot + Math.floor(index / machinesPerSlot), index % machinesPerSlot, 6),
);

function siteOf(address: string): string {
  const bytes = addressBytes(address) ?? new Uint8Array(16);
  const groups = [0, 2, 4].map((at) => (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16));
  return `${groups.join(':')}::/48`;
}

/**
 * Routing data for judging a testbed: every address is announced under a valid ROA, but for the IPv6 addresses of scenarios
 * that have something else to say of theirs.
 */
export function routesOf(scenarios: readonly Scenario[]): RouteData {
  const origins = ipv4Blocks.map((block) => `${block},${asn}`);
  const vrps = ipv4Blocks.map((block) => `${block},24,${asn}`);
  const announce = (addresses: readonly string[]): void => {
    const sites = [...new Set(addresses.map(siteOf))];
    origins.push(...sites.map((site) => `${site},${asn}`));
    vrps.push(...sites.map((site) => `${site},48,${asn}`));
  };
  announce(infrastructureAddresses);
  for (const scenario of scenarios) {
    const { routes } = scenario.changes;
    const { owner, nodes } = compileScenario(scenario);
    origins.push(...routes.origins.map(owner.fill));
    vrps.push(...routes.vrps.map(owner.fill));
    if (routes.origins.length > 0) continue;
    announce(nodes.flatMap(({ addresses }) => (addresses[6] === undefined ? [] : [addresses[6]])));
  }
  return {
    origins: parseOrigins(origins.join('\n')),
    vrps: parseVrps(['IP Prefix,Max Length,ASN', ...vrps].join('\n')),
  };
}
