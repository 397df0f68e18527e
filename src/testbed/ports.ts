import type { Socket } from 'node:net';
import type { Failure } from '../model/failure.ts';
import type { Family } from '../model/observation.ts';
import type { Certificates } from './certificates.ts';
import { serveDnsTcp, serveDnsUdp } from './dns-server.ts';
import type { EndpointTable, StandIns } from './endpoint-table.ts';
import type { Bound, Listeners } from './listeners.ts';
import type { RequestLog } from './request-log.ts';
import type { EndpointFault } from './scenario.ts';
import { serveSmtp } from './smtp-server.ts';
import type { WebServers } from './web-server.ts';
import { acts, type Counted, type Node, type World } from './world.ts';

/** What a port needs to open. */
export interface Building {
  world: World;
  hosts: Record<Family, string>;
  listeners: Listeners;
  log: RequestLog;
  table: EndpointTable;
  standIns: StandIns;
  silentUdp: Record<Family, Bound>;
  web: WebServers;
  certificates: Certificates;
}

interface Port {
  name: NonNullable<EndpointFault['port']>;
  transport: 'udp' | 'tcp';
  port: number;
  open(accept: (socket: Socket) => boolean): Promise<Bound>;
}

function faultsAt(node: Node, family: Family, port: Port['name']): Counted<EndpointFault>[] {
  return node.owner.endpoints.filter(
    ({ rule }) => rule.node === node.name && (rule.family ?? family) === family && (rule.port ?? port) === port,
  );
}

/** Faults that need no server: the endpoint leads to a stand-in, or a (made-up) router says no. */
function standInFor(fault: EndpointFault['do'], port: Port, family: Family, building: Building): Bound | Failure | null {
  switch (fault) {
    case 'drop':
      return port.transport === 'udp' ? building.silentUdp[family] : building.standIns.blackHole[family];
    case 'refuse':
      return building.standIns.closed[family];
    case 'unreachable':
      return { code: 'host-unreachable', step: 'connect', synchronous: false, detail: 'EHOSTUNREACH' };
    case 'reset-connect':
      return { code: 'reset', step: 'connect', synchronous: false, detail: 'ECONNRESET' };
    case 'prohibited':
      return { code: 'admin-prohibited', step: 'connect', synchronous: false, detail: 'EACCES' };
    default:
      return null;
  }
}

/** A client that was silent for so long is reset too: in SMTP it waits for the server. */
const resetAfterMs = 50;

/**
 * Faults of a connection that was accepted: never a word, or a reset. The reset waits for the client's first bytes, because
 * one that is sent at once may reach the client before or after it believes to be connected.
 */
function acceptor(faults: Counted<EndpointFault>[], listeners: Listeners): (socket: Socket) => boolean {
  return (socket) => {
    const acting = faults.find((counted) => (counted.rule.do === 'reset' || counted.rule.do === 'silent') && acts(counted));
    if (acting === undefined) return false;
    if (acting.rule.do === 'reset') {
      socket.once('data', () => socket.resetAndDestroy());
      listeners.later(resetAfterMs, () => socket.resetAndDestroy());
    } else socket.resume();
    return true;
  };
}

function portsOf(node: Node, family: Family, building: Building): Port[] {
  const { listeners, log, world, web, certificates } = building;
  const common = { node, family, host: building.hosts[family], listeners, log };
  if (node.role === 'dns') {
    const dns = { ...common, owners: world.owners };
    return [
      { name: 'dns-udp', transport: 'udp', port: 53, open: (accept) => serveDnsUdp({ ...dns, accept }) },
      { name: 'dns-tcp', transport: 'tcp', port: 53, open: (accept) => serveDnsTcp({ ...dns, accept }) },
    ];
  }
  if (node.role === 'smtp')
    return [{ name: '25', transport: 'tcp', port: 25, open: (accept) => serveSmtp({ ...common, certificates, accept }) }];
  return [
    { name: '80', transport: 'tcp', port: 80, open: (accept) => web.serveHttp({ ...common, accept }) },
    { name: '443', transport: 'tcp', port: 443, open: (accept) => web.serveHttps({ ...common, accept }) },
  ];
}

async function openPort(node: Node, family: Family, port: Port, building: Building): Promise<void> {
  const address = node.addresses[family];
  if (address === undefined) return;
  const faults = faultsAt(node, family, port.name);
  const [first] = faults;
  const standIn = first === undefined ? null : standInFor(first.rule.do, port, family, building);
  const endpoint = { transport: port.transport, address, port: port.port };
  const isAlways = first?.rule.after === undefined && first?.rule.first === undefined && first?.rule.every === undefined;
  if (standIn !== null && isAlways) {
    building.table.set(endpoint, standIn);
    return;
  }
  const server = await port.open(acceptor(faults, building.listeners));
  building.table.set(endpoint, first === undefined || standIn === null ? server : () => (acts(first) ? standIn : server));
}

/** Opens every port of a node in one family, or its stand-ins, and enters them into the map. */
export async function openNode(node: Node, family: Family, building: Building): Promise<void> {
  await Promise.all(portsOf(node, family, building).map((port) => openPort(node, family, port, building)));
}
