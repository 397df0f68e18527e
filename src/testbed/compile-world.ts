import { infrastructureSlot, machinesPerSlot, planAddress } from './address-plan.ts';
import { type CompiledScenario, compileScenario, filler, roleOf, zoneFrom } from './compile-scenario.ts';
import type { WireRecord } from './dns-wire.ts';
import { infrastructureNodes, infrastructureZones, rootServerNodes } from './infrastructure.ts';
import { absoluteName, parseRecord, reverseName } from './record-text.ts';
import type { Scenario } from './scenario.ts';
import type { Node, Owner, World } from './world.ts';
import { closestZone, isWithin, type Zone } from './zone.ts';

interface Infrastructure {
  nodes: Node[];
  zones: Zone[];
  owner: Owner;
}

function compileInfrastructure(): Infrastructure {
  const addresses = new Map(
    infrastructureNodes.map((name, index) => {
      const [slot, machine] = [infrastructureSlot + Math.floor(index / machinesPerSlot), index % machinesPerSlot];
      return [name, { 4: planAddress(slot, machine, 4), 6: planAddress(slot, machine, 6) }];
    }),
  );
  const fill = filler(addresses, 'testbed');
  const nothing = { endpoints: [], dns: [], web: [], certificates: [], smtp: [] };
  const owner: Owner = { id: 'infrastructure', domain: 'testbed', zoneNames: [], views: new Map(), fill, ...nothing };
  const nodes = [...addresses].map(([name, own]): Node => ({ name, role: roleOf(name), addresses: own, zones: [], owner }));
  const zones = infrastructureZones.map((content) => {
    const zone = zoneFrom(content.zone, content.records, fill);
    for (const node of nodes) if (content.servers.includes(node.name)) node.zones.push(zone);
    return zone;
  });
  return { nodes, zones, owner };
}

function place(compiled: CompiledScenario, world: Pick<World, 'nodes' | 'zones'>): void {
  for (const { zone, servers } of compiled.zones) {
    if (world.zones.some((other) => other.name === zone.name))
      throw new Error(`scenario ${compiled.scenario.id}: zone ${zone.name} exists already`);
    const parent = closestZone(world.zones, zone.name);
    const hosts =
      servers === 'parent'
        ? world.nodes.filter((node) => parent !== null && node.zones.includes(parent))
        : compiled.nodes.filter((node) => servers.includes(node.name));
    for (const node of hosts) node.zones.push(zone);
    world.zones.push(zone);
  }
  world.nodes.push(...compiled.nodes);
}

function glueFor(servers: readonly WireRecord[], parent: Zone, zones: readonly Zone[]): WireRecord[] {
  const names = servers.map((record) => record.target ?? '').filter((name) => isWithin(name, parent.name));
  return names.flatMap((name) => {
    const records = closestZone(zones, name)?.records ?? [];
    return records.filter((record) => record.name === name && (record.type === 'A' || record.type === 'AAAA'));
  });
}

/** Tells each parent of its children. `change` is what the scenario wants the parent to say instead. */
function delegate(zone: Zone, zones: readonly Zone[], own: CompiledScenario | null): void {
  const change = own !== null && own.scenario.agency.domain === zone.name ? own.scenario.changes.parent : null;
  const parent = closestZone(
    zones.filter((other) => other !== zone),
    zone.name,
  );
  if (parent === null || change?.absent === true) return;
  const read = (line: string): WireRecord => parseRecord(own?.owner.fill(line) ?? line, zone.name);
  const servers =
    change?.ns?.map((name) => read(`@ NS ${name}`)) ?? zone.records.filter((record) => record.type === 'NS' && record.name === zone.name);
  const removed = new Set(
    (change?.removeGlue ?? []).map((line) => line.split(' ')).map(([name, type]) => `${read(`${name} NS @`).name} ${type}`),
  );
  const kept = glueFor(servers, parent, zones).filter((record) => !removed.has(`${record.name} ${record.type}`));
  parent.delegations.set(zone.name, { servers, glue: [...kept, ...(change?.addGlue ?? []).map(read)] });
}

/** Reverse records of mail machines: RFC 8501 asks of servers what it cannot ask of clients. */
function addReverse(compiled: CompiledScenario, zones: readonly Zone[]): void {
  for (const node of compiled.nodes) {
    for (const address of Object.values(node.addresses)) {
      if (node.role !== 'smtp' || (address.includes(':') && compiled.scenario.changes.noReverse.includes(node.name))) continue;
      const owner = reverseName(address);
      const { agency, changes } = compiled.scenario;
      const target = `${absoluteName(changes.reverse[node.name] ?? node.name, agency.domain)}.`;
      closestZone(zones, owner)?.records.push(parseRecord(`${owner}. PTR ${target}`, ''));
    }
  }
}

/** Joins the infrastructure and the scenarios to one DNS universe. Throws on scenarios that clash. */
export function compileWorld(scenarios: readonly Scenario[]): World {
  const base = compileInfrastructure();
  const world = { nodes: [...base.nodes], zones: [...base.zones] };
  const compiled = scenarios.map(compileScenario);
  for (const one of compiled) place(one, world);
  for (const zone of world.zones) {
    delegate(zone, world.zones, compiled.find((one) => one.owner.zoneNames.includes(zone.name)) ?? null);
  }
  for (const one of compiled) addReverse(one, world.zones);
  const rootServers = Object.entries(rootServerNodes).map(([name, nodeName]) => {
    const node = base.nodes.find((candidate) => candidate.name === nodeName);
    return { name, addresses: Object.values(node?.addresses ?? {}) };
  });
  return { ...world, owners: [base.owner, ...compiled.map((one) => one.owner)], rootServers, scenarios: [...scenarios] };
}
