import type { RouteData, Vrp } from '../model/routes.ts';
import type { AgencyContext } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { addressSet } from './lookup.ts';

/** RFC 6811 §2: `not-announced` beside its three states, where the data know no route to the address. */
export type OriginState = 'valid' | 'invalid' | 'not-found' | 'not-announced';

/** One published address in the routing data. */
export interface AddressRoute {
  address: string;
  state: OriginState;
  /** Announced block and its origins; '' and none when it is not announced. */
  prefix: string;
  length: number;
  /** Length of the shortest announced block: what a network that filters long prefixes still has. */
  shortest: number;
  asns: number[];
  /** The data tell the announced prefix itself, and not only the range it lies in. */
  exact: boolean;
}

export interface HostRoutes {
  host: string;
  ipv6: AddressRoute[];
  /** Null: the A records could not be looked up. */
  ipv4: AddressRoute[] | null;
}

/** Usable addresses of a host in the routing data given for judging. Unknown without data; the check is skipped then. */
export function hostRoutes(context: AgencyContext, host: string): Fact<HostRoutes> {
  const { routes } = context;
  if (routes === undefined) return unknown('not-attempted');
  const ipv6 = addressSet(context, host, 6);
  if (!ipv6.known) return ipv6;
  const ipv4 = addressSet(context, host, 4);
  const of = (addresses: readonly string[]): AddressRoute[] => addresses.map((address) => routeOf(routes, address));
  return known({ host, ipv6: of(ipv6.value.usable), ipv4: ipv4.known ? of(ipv4.value.usable) : null }, [
    ...ipv6.observations,
    ...ipv4.observations,
  ]);
}

export function routeOf({ vrps, origins }: RouteData, address: string): AddressRoute {
  const blocks = origins?.covering(address) ?? [];
  const block = blocks.at(-1);
  if (block === undefined) return { address, state: 'not-announced', prefix: '', length: 0, shortest: 0, asns: [], exact: false };
  const { asns, exact } = block.value;
  const covering = vrps?.covering(address).filter(({ length }) => !exact || length <= block.length) ?? [];
  const matches = ({ asn, maxLength }: Vrp): boolean => asn !== 0 && asns.includes(asn) && (!exact || block.length <= maxLength);
  const state = covering.length === 0 ? 'not-found' : covering.some(({ value }) => matches(value)) ? 'valid' : 'invalid';
  return { address, state, prefix: block.prefix, length: block.length, shortest: blocks[0]?.length ?? block.length, asns, exact };
}
