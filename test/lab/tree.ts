import { type Agency, agencies } from './agencies.ts';
import { type NameServerSlot, nameServerSlots, type OddHabit } from './model.ts';
import type { NameServer, NameServerProgram } from './name-servers.ts';
import type { Signer } from './signing.ts';
import {
  agencyZone,
  arpaServers,
  arpaZones,
  changedZone,
  govServers,
  govZone,
  type Host,
  type LabZone,
  rootZone,
  vnServers,
  vnZone,
} from './zones.ts';

const pool: readonly NameServerProgram[] = ['nsd', 'knot', 'bind'];
/** Where the odd name server finds a real one with all zones. */
export const realPort = 5301;

/** An address of the odd name server and what it does there. */
export interface OddNameServer {
  address: string;
  habit: OddHabit;
}

export interface Tree {
  servers: NameServer[];
  odd: OddNameServer[];
  /** DS of the root: what a validator has to trust. */
  anchor: string;
}

/**
 * Every zone from the root down, signed from the leaves up, and who serves it. A server never holds a zone and its parent, so
 * every cut gives a real referral. An agency's two name servers run different programs.
 */
export async function growTree(rootServers: readonly Host[], signer: Signer): Promise<Tree> {
  const zones: LabZone[] = [];
  for (const agency of agencies) if (agency.parent !== 'none') zones.push(await signer.sign(agencyZone(agency)));
  const below = (parent: string) => zones.filter(({ name }) => name.slice(name.indexOf('.') + 1) === parent);
  const gov = await signer.sign(govZone(), below('gov.vn'));
  const vn = await signer.sign(vnZone(), [gov, ...below('vn')]);
  const root = await signer.sign(rootZone(rootServers), [vn]);
  const changed = agencies.filter(({ changed: copy }) => copy !== undefined);
  const servers: NameServer[] = [
    { id: 'root', program: 'nsd', addresses: addressesOf(rootServers), zones: [root] },
    { id: 'arpa', program: 'nsd', addresses: addressesOf(arpaServers), zones: arpaZones() },
    { id: 'vn', program: 'bind', addresses: addressesOf(vnServers), zones: [vn] },
    { id: 'gov-vn', program: 'knot', addresses: addressesOf(govServers), zones: [gov] },
    ...pool.map((program): NameServer => {
      const addresses = agencies.flatMap((agency) => addressesAt(agency, program));
      return { id: `agencies-${program}`, program, addresses, zones, ...(program === 'nsd' ? { hiddenPort: realPort } : {}) };
    }),
    { id: 'lame', program: 'bind', addresses: addressesOfKind('lame'), zones: [] },
    { id: 'changed', program: 'nsd', addresses: addressesOfKind('changed'), zones: changed.map(changedZone) },
  ];
  return { servers, odd: oddServers(), anchor: signer.ds('.') };
}

const isOdd = (kind: string | undefined): kind is OddHabit => kind !== undefined && kind !== 'lame' && kind !== 'changed';

function oddServers(): OddNameServer[] {
  return agencies.flatMap(({ servers, address }) =>
    nameServerSlots.flatMap((slot) => {
      const habit = servers?.[slot];
      return isOdd(habit) ? [{ address: address[slot], habit }] : [];
    }),
  );
}

function addressesAt({ number, address, servers, answersAt, parent }: Agency, program: NameServerProgram): string[] {
  if (parent === 'none') return [];
  const programOf = (slot: NameServerSlot): NameServerProgram | undefined => pool[(number + (slot.startsWith('s1') ? 0 : 1)) % pool.length];
  const own = nameServerSlots.filter((slot) => servers?.[slot] === undefined && programOf(slot) === program);
  return [...own.map((slot) => address[slot]), ...(program === 'nsd' ? (answersAt ?? []).map((name) => address[name]) : [])];
}

function addressesOfKind(kind: 'lame' | 'changed'): string[] {
  return agencies.flatMap(({ servers, address }) =>
    nameServerSlots.filter((slot) => servers?.[slot] === kind).map((slot) => address[slot]),
  );
}

function addressesOf(hosts: readonly Host[]): string[] {
  return hosts.flatMap(({ ipv4, ipv6 }) => (ipv6 === null ? [ipv4] : [ipv4, ipv6]));
}
