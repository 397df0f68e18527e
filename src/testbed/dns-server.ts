import type { Socket } from 'node:net';
import type { Family } from '../model/observation.ts';
import { type DnsReaction, reactTo } from './dns-reply.ts';
import type { Bound, Listeners } from './listeners.ts';
import type { RequestLog } from './request-log.ts';
import type { Node, Owner } from './world.ts';

export interface DnsServerInput {
  node: Node;
  family: Family;
  host: string;
  owners: readonly Owner[];
  listeners: Listeners;
  log: RequestLog;
  /** Connection faults that need a listener: reset and silent. True when it took the socket. */
  accept(socket: Socket): boolean;
}

const maxTcpBytes = 65_537;

/** Cuts a TCP stream into DNS messages (RFC 1035 §4.2.2). */
export function onDnsMessages(socket: Socket, onMessage: (message: Buffer) => void): void {
  let buffered = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    buffered = Buffer.concat([buffered, chunk]);
    while (buffered.length >= 2 && buffered.length >= 2 + buffered.readUInt16BE(0)) {
      const end = 2 + buffered.readUInt16BE(0);
      onMessage(buffered.subarray(2, end));
      buffered = buffered.subarray(end);
    }
    if (buffered.length > maxTcpBytes) socket.destroy();
  });
}

export function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

function react(input: DnsServerInput, transport: 'udp' | 'tcp', message: Buffer): DnsReaction {
  const reaction = reactTo({ node: input.node, family: input.family, transport, message }, input.owners);
  const detail = reaction.query === null ? 'unreadable' : `${reaction.query.type} ${reaction.query.name}`;
  input.log.add({ transport, address: input.node.addresses[input.family] ?? '', family: input.family, port: 53, detail });
  return reaction;
}

/** Opens UDP for one address of a name server. */
export function serveDnsUdp(input: DnsServerInput): Promise<Bound> {
  return input.listeners.udp(input.host, (message, answer) => {
    const reaction = react(input, 'udp', message);
    const send = (): void => {
      for (const reply of reaction.messages) answer(reply);
    };
    if (reaction.delayMs > 0) input.listeners.later(reaction.delayMs, send);
    else send();
  });
}

/** Opens TCP for one address of a name server. */
export function serveDnsTcp(input: DnsServerInput): Promise<Bound> {
  return input.listeners.tcp(input.host, (socket) => {
    if (input.accept(socket)) return;
    onDnsMessages(socket, (message) => {
      const reaction = react(input, 'tcp', message);
      const send = (): void => {
        for (const reply of reaction.messages) socket.write(reaction.cutAfterLength ? framed(reply).subarray(0, 2) : framed(reply));
      };
      if (reaction.delayMs > 0) input.listeners.later(reaction.delayMs, send);
      else send();
    });
  });
}
