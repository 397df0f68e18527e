import { aaaaCanary, dns64Canary, interceptionCanary } from '../iteration/canaries.ts';
import { orderedBy } from '../iteration/order.ts';
import type { ServerQuestion } from '../iteration/types.ts';
import { type Family, families } from '../model/observation.ts';
import type { ResolutionMode } from '../model/run.ts';
import type { Settings } from '../model/settings.ts';
import type { Network } from '../net/network.ts';
import { askOverTcp, askServer } from './ask.ts';

const rootsPerFamily = 3;

/**
 * Asks what shows whether this machine can measure DNS at all. Iterative: SOA of the root from min(3, hints) root servers a
 * family over UDP and TCP, and a name that does not exist under a TLD, for which a root server must refer. Resolver mode: SOA
 * of the root, and the names that show DNS64, AAAA filtering and rewritten denials. Judges nothing.
 */
export async function preflight(network: Network, run: { resolution: ResolutionMode; runId: string; settings: Settings }): Promise<void> {
  const { resolution, runId, settings } = run;
  if (resolution.mode === 'iterative') {
    const roots = families.flatMap((family) => rootsOf(resolution.rootServers, family, runId));
    await Promise.all(roots.map((root) => askRoot(network, { ...root, runId, settings })));
    return;
  }
  await Promise.all(resolution.resolvers.map((address) => askResolver(network, { address, runId, settings })));
}

function rootsOf(
  rootServers: Extract<ResolutionMode, { mode: 'iterative' }>['rootServers'],
  family: Family,
  runId: string,
): { address: string; family: Family }[] {
  const addresses = rootServers.flatMap((root) => root.addresses).filter((address) => familyOf(address) === family);
  return orderedBy(`preflight|${runId}`, addresses, (address) => address)
    .slice(0, rootsPerFamily)
    .map((address) => ({ address, family }));
}

function familyOf(address: string): Family {
  return address.includes(':') ? 6 : 4;
}

async function askRoot(network: Network, root: { address: string; family: Family; runId: string; settings: Settings }): Promise<void> {
  const { address, family, runId, settings } = root;
  const soa: ServerQuestion = { address, family, name: '', type: 'SOA' };
  await Promise.all([
    askServer(network, { ...soa, settings }),
    askOverTcp(network, { ...soa, settings }),
    askServer(network, { ...soa, name: interceptionCanary(runId), type: 'A', settings }),
  ]);
}

async function askResolver(network: Network, resolver: { address: string; runId: string; settings: Settings }): Promise<void> {
  const { address, runId, settings } = resolver;
  const asking = { address, family: familyOf(address), settings, recursionDesired: true, checkingDisabled: true };
  await Promise.all([
    askServer(network, { ...asking, name: '', type: 'SOA' }),
    // With CD set a resolver must not synthesise (RFC 6147 §5.5), and would hide that it does so for everybody else.
    askServer(network, { ...asking, checkingDisabled: false, name: dns64Canary, type: 'AAAA' }),
    askServer(network, { ...asking, name: aaaaCanary, type: 'AAAA' }),
    askServer(network, { ...asking, name: interceptionCanary(runId), type: 'A' }),
  ]);
}
