import type { Family } from '../model/observation.ts';
import { machinesPerScenario, machinesPerSlot, planAddress } from './address-plan.ts';
import { parseRecord } from './record-text.ts';
import type { Scenario } from './scenario.ts';
import { healthyRecords, manyLines, withoutRecords } from './scenario-records.ts';
import type { Node, NodeRole, Owner } from './world.ts';
import type { Zone } from './zone.ts';

/** A scenario as servers need it. Which nodes serve which zone is set by `compileWorld`, that knows the parents. */
export interface CompiledScenario {
  scenario: Scenario;
  owner: Owner;
  nodes: Node[];
  zones: { zone: Zone; servers: string[] | 'parent' }[];
}

const standardNodes = ['ns1', 'ns2', 'web', 'mail'];

export function roleOf(name: string): NodeRole {
  if (name.startsWith('ns')) return 'dns';
  return name.startsWith('web') ? 'web' : 'smtp';
}

type Addresses = Partial<Record<Family, string>>;

function addressesOf(scenario: Scenario): Map<string, Addresses> {
  const names = [...new Set([...standardNodes, ...Object.keys(scenario.changes.nodes)])];
  if (names.length > machinesPerScenario) throw new Error(`scenario ${scenario.id}: more than ${machinesPerScenario} nodes`);
  return new Map(
    names.map((name, machine) => {
      const own = scenario.changes.nodes[name] ?? {};
      const ipv4 = own['4'] ?? plannedIpv4(scenario, machine);
      return [name, { 6: own['6'] ?? planAddress(scenario.slot, machine, 6), ...(ipv4 === null ? {} : { 4: ipv4 }) }];
    }),
  );
}

function plannedIpv4({ slot, extraSlot }: Scenario, machine: number): string | null {
  if (machine < machinesPerSlot) return planAddress(slot, machine, 4);
  const isPlanned = extraSlot !== undefined && machine < 2 * machinesPerSlot;
  return isPlanned ? planAddress(extraSlot, machine - machinesPerSlot, 4) : null;
}

/** Replaces `$node.family` by an address and `$domain` by the agency's domain. Throws on a node that does not exist. */
export function filler(addresses: ReadonlyMap<string, Addresses>, domain: string): (text: string) => string {
  return (text) =>
    text.replaceAll('$domain', domain).replaceAll(/\$([a-z0-9-]+)\.([46])/g, (found, name: string, family: string) => {
      const address = addresses.get(name)?.[family === '6' ? 6 : 4];
      if (address === undefined) throw new Error(`no node for ${found}`);
      return address;
    });
}

const counted = <Rule>(rules: readonly Rule[]): { rule: Rule; matches: number }[] => rules.map((rule) => ({ rule, matches: 0 }));

/** Zone lines → zone. Delegations come later. */
export function zoneFrom(name: string, lines: readonly string[], fill: (text: string) => string): Zone {
  return { name, records: lines.map((line) => parseRecord(fill(line), name)), delegations: new Map() };
}

export function compileScenario(scenario: Scenario): CompiledScenario {
  const { changes, agency } = scenario;
  const addresses = addressesOf(scenario);
  const fill = filler(addresses, agency.domain);
  const main = [...withoutRecords(healthyRecords(agency), changes.remove), ...changes.add.flatMap(manyLines)];
  const zone = zoneFrom(agency.domain, main, fill);
  const views = Object.entries(changes.views).map(([name, view]): [string, Zone] => {
    const seen = zoneFrom(agency.domain, [...withoutRecords(main, view.remove), ...view.add], fill);
    return [name, { ...seen, delegations: zone.delegations }];
  });
  const owner: Owner = {
    id: scenario.id,
    domain: agency.domain,
    zoneNames: [agency.domain, ...Object.keys(changes.zones)],
    views: new Map(views),
    endpoints: counted(changes.endpoints),
    dns: counted(changes.dns),
    web: counted(changes.web),
    certificates: changes.certificates,
    smtp: counted(changes.smtp),
    fill,
  };
  const more = Object.entries(changes.zones).map(([name, content]) => ({
    zone: zoneFrom(name, content.records.flatMap(manyLines), fill),
    servers: content.servers,
  }));
  return {
    scenario,
    owner,
    nodes: [...addresses].map(([name, own]) => ({ name, role: roleOf(name), addresses: own, zones: [], owner })),
    zones: [{ zone, servers: changes.servers ?? ['ns1', 'ns2'] }, ...more],
  };
}
