import type { Cause } from '../model/cause.ts';
import type { AgencyContext } from './context.ts';
import { type Fact, known } from './fact.ts';
import { type NameServers, nameServersOf } from './name-servers.ts';
import type { TransportOutcome } from './soa-liveness.ts';

/** IPv6 addresses of a zone's name servers by how they answer SOA over one transport; shown as 'name [address]: detail'. */
export interface TransportSummary {
  good: string[];
  unstable: string[];
  bad: string[];
  /** Cause of the first bad one. */
  badCause: Cause;
  unmeasured: string[];
  unmeasuredCause: Cause;
}

export interface Ipv6Transports {
  zone: string;
  udp: TransportSummary;
  tcp: TransportSummary;
}

/** How the zone's name servers answer over IPv6, by transport. */
export function ipv6TransportsOf(context: AgencyContext, zone: string): Fact<Ipv6Transports> {
  const servers = nameServersOf(context, zone);
  if (!servers.known) return servers;
  return known({ zone, udp: summarizeIpv6(servers.value, 'udp'), tcp: summarizeIpv6(servers.value, 'tcp') }, servers.observations);
}

/** Each address once, although several NS names may share it (faults D17). Addresses known from glue alone are left to `glue-ipv6`. */
function summarizeIpv6(nameServers: NameServers, transport: 'udp' | 'tcp'): TransportSummary {
  const summary: TransportSummary = {
    good: [],
    unstable: [],
    bad: [],
    badCause: 'timeout',
    unmeasured: [],
    unmeasuredCause: 'not-attempted',
  };
  const seen = new Set<string>();
  for (const server of nameServers.servers) {
    if (!server.ipv6.known) noteUnmeasured(summary, server.name, server.ipv6.cause);
    for (const address of server.addresses) {
      if (address.family !== 6 || !address.published || seen.has(address.address)) continue;
      seen.add(address.address);
      note(summary, `${server.name} [${address.address}]`, address[transport]);
    }
  }
  return summary;
}

function note(summary: TransportSummary, shown: string, outcome: TransportOutcome): void {
  if (outcome.state === 'good') summary.good.push(shown);
  else if (outcome.state === 'unstable') summary.unstable.push(`${shown}: ${outcome.answered}/${outcome.tries}`);
  else if (outcome.state === 'ours') noteUnmeasured(summary, `${shown}: ${outcome.cause ?? 'not-attempted'}`, outcome.cause);
  else {
    if (summary.bad.length === 0 && outcome.cause !== null) summary.badCause = outcome.cause;
    summary.bad.push(`${shown}: ${outcome.detail}`);
  }
}

function noteUnmeasured(summary: TransportSummary, shown: string, cause: Cause | null): void {
  if (summary.unmeasured.length === 0 && cause !== null) summary.unmeasuredCause = cause;
  summary.unmeasured.push(shown);
}
