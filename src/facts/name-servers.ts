import { addressScope } from '../model/address-registry.ts';
import type { Family } from '../model/observation.ts';
import type { AddressSet } from './address-set.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Delegation, delegationOf, type Glue } from './delegation.ts';
import { type Fact, known, unknown } from './fact.ts';
import { addressSet } from './lookup.ts';
import { type TransportOutcome, transportOutcome } from './soa-liveness.ts';

/** One address at which a name server of the zone was, or should have been, asked. */
export interface ServerAddress {
  address: string;
  family: Family;
  /** In the authoritative data of the NS name; false: the parent's glue alone carries it. */
  published: boolean;
  udp: TransportOutcome;
  tcp: TransportOutcome;
}

/** One NS name: names count, not addresses (faults D17). */
export interface NameServerFact {
  name: string;
  inParent: boolean;
  inChild: boolean;
  ipv4: Fact<AddressSet>;
  ipv6: Fact<AddressSet>;
  glue: Glue | null;
  addresses: ServerAddress[];
}

export interface NameServers {
  zone: string;
  /** The parent gives a referral of its own. */
  parentVisible: boolean;
  /** At least one server of the zone told its NS set with authority. */
  childVisible: boolean;
  servers: NameServerFact[];
}

/** The delegation and the servers it leads to, in one: a name that does not exist has no servers to judge. */
export interface DelegationView extends Delegation {
  nameServers: NameServers | null;
}

export function delegationViewOf(context: AgencyContext, zone: string): Fact<DelegationView> {
  const delegation = delegationOf(context, zone);
  if (!delegation.known) return delegation;
  const nameServers = nameServersOf(context, zone);
  const observations = nameServers.known ? nameServers.observations : delegation.observations;
  return known({ ...delegation.value, nameServers: nameServers.known ? nameServers.value : null }, observations);
}

/** Every NS name of the parent's and the child's set, its addresses, and how each address answers a plain SOA. */
export function nameServersOf(context: AgencyContext, zone: string): Fact<NameServers> {
  return cached(context, `nameServers ${zone}`, () => {
    const delegation = delegationOf(context, zone);
    if (!delegation.known) return delegation;
    if (!delegation.value.exists) return unknown('domain-not-found', delegation.observations);
    const { parentNames, childNames } = delegation.value;
    const names = [...new Set([...(parentNames ?? []), ...childNames])].sort();
    const servers = names.map((name) => nameServer(context, name, delegation.value));
    const observations = [
      ...delegation.observations,
      ...servers.flatMap(({ ipv4, ipv6, addresses }) => [
        ...ipv4.observations,
        ...ipv6.observations,
        ...addresses.flatMap(({ udp, tcp }) => [...udp.observations, ...tcp.observations]),
      ]),
    ];
    return known({ zone, parentVisible: parentNames !== null, childVisible: childNames.length > 0, servers }, [...new Set(observations)]);
  });
}

function nameServer(context: AgencyContext, name: string, delegation: Delegation): NameServerFact {
  const ipv4 = addressSet(context, name, 4);
  const ipv6 = addressSet(context, name, 6);
  const glue = delegation.glue.find((each) => each.name === name) ?? null;
  const server = { context, zone: delegation.zone };
  return {
    name,
    inParent: delegation.parentNames?.includes(name) ?? false,
    inChild: delegation.childNames.includes(name),
    ipv4,
    ipv6,
    glue,
    addresses: [
      ...addressesOf(server, 6, { set: ipv6, glue: glue?.ipv6 ?? [] }),
      ...addressesOf(server, 4, { set: ipv4, glue: glue?.ipv4 ?? [] }),
    ],
  };
}

function addressesOf(
  { context, zone }: { context: AgencyContext; zone: string },
  family: Family,
  { set, glue }: { set: Fact<AddressSet>; glue: readonly string[] },
): ServerAddress[] {
  const published = set.known ? set.value.usable : [];
  const onlyGlue = glue.filter((address) => !published.includes(address) && addressScope(address, context.manifest.addressPolicy).usable);
  return [...published, ...onlyGlue].map((address) => ({
    address,
    family,
    published: published.includes(address),
    udp: transportOutcome(context, { zone, address, family, transport: 'udp' }),
    tcp: transportOutcome(context, { zone, address, family, transport: 'tcp' }),
  }));
}
