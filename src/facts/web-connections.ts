import type { Cause } from '../model/cause.ts';
import type { FailureStep } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { compareFamilies, type FamilyComparison } from './outcome.ts';
import { registrableDomain } from './registrable-domain.ts';
import { type Presence, type WebAddresses, webAddresses } from './web-addresses.ts';
import { tcpReached } from './web-requests.ts';

export const webPorts = [443, 80] as const;

/** How one port of a host stands over IPv6, over all its usable AAAA. */
export interface PortConnections {
  port: number;
  /**
   * 'none-reached' and 'some-fail' are proven against IPv4; 'not-offered': IPv4 does not offer the port either. A port that
   * is dead in both families is 'not-offered' when the other port works over IPv6: all that IPv4 offers is there (faults W7).
   */
  state: 'all-reached' | 'some-fail' | 'unstable' | 'none-reached' | 'not-offered' | 'unknown';
  cause: Cause | null;
  step: FailureStep | null;
  reached: string[];
  failing: string[];
  unmeasured: string[];
  tries: number;
  answered: number;
  observations: string[];
}

export interface WebConnections {
  host: string;
  presence: Presence;
  ipv4Published: boolean;
  ports: PortConnections[];
}

/** TCP to ports 443 and 80 of every usable AAAA, against the same port of every A. */
export function webConnections(context: AgencyContext, host: string): Fact<WebConnections> {
  return cached(context, `webConnections ${host}`, () => {
    const addresses = webAddresses(context, host);
    if (!addresses.known) return unknown(addresses.cause, addresses.observations);
    const { presence, ipv4Published } = addresses.value;
    const ports =
      presence === 'published'
        ? settlePorts(
            webPorts.map((port) => portOf(context, addresses.value, port)),
            ipv4Published,
          )
        : [];
    return known({ host, presence, ipv4Published, ports }, [
      ...addresses.observations,
      ...ports.flatMap(({ observations }) => observations),
    ]);
  });
}

/** Where no port at all was reached over IPv6: is that proven ('fails'), the same over IPv4 ('not-offered') or unknown? */
export function connectionVerdict(
  connections: WebConnections,
  port?: number,
): { verdict: 'reached' | 'fails' | 'not-offered' | 'unknown'; cause: Cause | null } {
  const ports = connections.ports.filter((entry) => port === undefined || entry.port === port);
  if (ports.some(({ reached }) => reached.length > 0)) return { verdict: 'reached', cause: null };
  const dead = ports.find(({ state }) => state === 'none-reached');
  // A port that is dead in both families cannot be the way in that the proven one is not.
  const open = ports.find(({ state, cause }) => state === 'unknown' && (dead === undefined || cause !== 'both-families-down'));
  if (open !== undefined) return { verdict: 'unknown', cause: open.cause };
  return dead === undefined ? { verdict: 'not-offered', cause: null } : { verdict: 'fails', cause: dead.cause };
}

function portOf(context: AgencyContext, { host, ipv6, ipv4, ipv4Published }: WebAddresses, port: number): PortConnections {
  const twin = (ipv4?.usable ?? []).flatMap((address) => dialled(context, address, port));
  const comparisons = ipv6.usable.map((address) => ({
    address,
    comparison: compareFamilies(context, {
      proofClass: 'web',
      ipv6: dialled(context, address, port),
      ipv4: twin,
      ipv4Published,
      reached: tcpReached,
      subject: registrableDomain(host),
    }),
  }));
  return summarise(port, comparisons);
}

function dialled(context: AgencyContext, address: string, port: number): Observation[] {
  return context.evidence.dialled(address, port).filter(({ op }) => op !== 'smtp-session');
}

function summarise(port: number, comparisons: { address: string; comparison: FamilyComparison }[]): PortConnections {
  const having = (...verdicts: FamilyComparison['verdict'][]) =>
    comparisons.filter(({ comparison }) => verdicts.includes(comparison.verdict));
  const [reached, failing, unstable, open, absent] = [
    having('works', 'unstable'),
    having('fails'),
    having('unstable'),
    having('unknown'),
    having('not-offered'),
  ];
  const state = stateOf({
    reached: reached.length,
    failing: failing.length,
    unstable: unstable.length,
    open: open.length,
    absent: absent.length,
  });
  const deciding = (state === 'unknown' ? open : state === 'unstable' ? unstable : failing)[0]?.comparison;
  return {
    port,
    state,
    cause: deciding?.cause ?? null,
    step: deciding?.step ?? null,
    reached: reached.map(({ address }) => address),
    failing: failing.map(({ address }) => address),
    unmeasured: open.map(({ address }) => address),
    tries: comparisons.reduce((sum, { comparison }) => sum + comparison.tries, 0),
    answered: comparisons.reduce((sum, { comparison }) => sum + comparison.answered, 0),
    observations: comparisons.flatMap(({ comparison }) => comparison.observations),
  };
}

function stateOf(count: { reached: number; failing: number; unstable: number; open: number; absent: number }): PortConnections['state'] {
  if (count.unstable > 0) return 'unstable';
  if (count.reached > 0) return count.failing > 0 ? 'some-fail' : 'all-reached';
  // One address unmeasured: nobody can say that none works.
  if (count.open > 0) return 'unknown';
  return count.failing > 0 ? 'none-reached' : 'not-offered';
}

function settlePorts(ports: PortConnections[], ipv4Published: boolean): PortConnections[] {
  return ports.map((entry) => {
    const otherWorks = ports.some(({ port, reached }) => port !== entry.port && reached.length > 0);
    const deadInBoth = entry.state === 'unknown' && entry.cause === 'both-families-down';
    const closedWithoutTwin = entry.state === 'none-reached' && !ipv4Published;
    return otherWorks && (deadInBoth || closedWithoutTwin)
      ? { ...entry, state: 'not-offered', cause: null, step: null, failing: [], unmeasured: [] }
      : entry;
  });
}
