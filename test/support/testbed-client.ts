import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect as dial, type Socket } from 'node:net';
import { connect as dialTls, type TLSSocket } from 'node:tls';
import packet, { type DecodedPacket, type RecordType } from 'dns-packet';
import type { Testbed } from '../../src/testbed/testbed.ts';

/** Plain sockets through the endpoint map: what a server does is seen without any of our probes. */
export function targetOf(testbed: Testbed, transport: 'udp' | 'tcp', address: string, port: number): { address: string; port: number } {
  const target = testbed.endpoints.lookup({ transport, address, port });
  if ('failure' in target) throw new Error(`${target.failure.code} ${target.failure.detail}`);
  return target;
}

function question(name: string, type: string, edns: boolean): Buffer {
  const additionals = edns ? [{ type: 'OPT' as const, name: '.', udpPayloadSize: 1232, flags: 0, options: [] }] : [];
  return packet.encode({
    type: 'query',
    id: 4711,
    questions: [{ type: type as RecordType, name: name === '' ? '.' : name }],
    additionals,
  } as never);
}

export interface Ask {
  address: string;
  name: string;
  type: string;
  edns?: boolean;
  waitMs?: number;
}

/** All datagrams that come within the wait after one question (default 1,000 ms), or until the first with the right id. */
export async function askUdp(testbed: Testbed, ask: Ask): Promise<Buffer[]> {
  const target = targetOf(testbed, 'udp', ask.address, 53);
  const socket = createSocket(target.address.includes(':') ? 'udp6' : 'udp4');
  const got: Buffer[] = [];
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ask.waitMs ?? 1_000);
    socket.on('message', (message) => {
      got.push(message);
      if (message.readUInt16BE(0) !== 4711) return;
      clearTimeout(timer);
      resolve();
    });
    socket.on('error', () => undefined);
    socket.send(question(ask.name, ask.type, ask.edns ?? true), target.port, target.address);
  });
  socket.close();
  return got;
}

export async function answerUdp(testbed: Testbed, ask: Ask): Promise<DecodedPacket | null> {
  const last = (await askUdp(testbed, ask)).at(-1);
  return last === undefined ? null : packet.decode(last);
}

/** What a connection gives: every byte until its end, an error code, or what came within the wait. */
export async function talk(
  testbed: Testbed,
  at: { address: string; port: number; send?: Buffer | string; waitMs?: number },
): Promise<{ bytes: Buffer; end: string }> {
  const target = targetOf(testbed, 'tcp', at.address, at.port);
  const socket = dial({ host: target.address, port: target.port });
  const parts: Buffer[] = [];
  const end = await new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve(socket.connecting ? 'no-connect' : 'open'), at.waitMs ?? 1_000);
    const done = (how: string): void => {
      clearTimeout(timer);
      resolve(how);
    };
    socket.on('connect', () => at.send !== undefined && socket.write(at.send));
    socket.on('data', (chunk) => parts.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'));
    socket.on('end', () => done('end'));
  });
  socket.destroy();
  return { bytes: Buffer.concat(parts), end };
}

export async function answerTcp(testbed: Testbed, ask: Ask): Promise<DecodedPacket | null> {
  const message = question(ask.name, ask.type, ask.edns ?? true);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  const { bytes } = await talk(testbed, {
    address: ask.address,
    port: 53,
    send: Buffer.concat([length, message]),
    waitMs: ask.waitMs ?? 800,
  });
  return bytes.length <= 2 ? null : packet.decode(bytes.subarray(2));
}

/** A TLS handshake that trusts the testbed's root. Resolves with the reason why the certificate would be refused, or null. */
export async function handshake(
  testbed: Testbed,
  at: { address: string; host: string; over?: Socket },
): Promise<{ socket: TLSSocket; refusal: string | null }> {
  const target = targetOf(testbed, 'tcp', at.address, 443);
  const base = { servername: at.host, ca: testbed.extraCertificates, rejectUnauthorized: false };
  const socket =
    at.over === undefined ? dialTls({ host: target.address, port: target.port, ...base }) : dialTls({ socket: at.over, ...base });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  const reason = socket.authorizationError as unknown as { code?: string } | string | null;
  return {
    socket,
    refusal: reason === null || reason === undefined ? null : typeof reason === 'string' ? reason : (reason.code ?? 'unknown'),
  };
}

/** One GET over TLS; what came within the wait. */
export async function get(
  testbed: Testbed,
  at: { address: string; host: string; path?: string; headers?: string; waitMs?: number },
): Promise<string> {
  const { socket } = await handshake(testbed, at);
  const parts: Buffer[] = [];
  const ended = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => parts.push(chunk));
    socket.on('close', () => resolve());
    setTimeout(resolve, at.waitMs ?? 3_000);
  });
  socket.write(`GET ${at.path ?? '/'} HTTP/1.1\r\nHost: ${at.host}\r\nConnection: close\r\n${at.headers ?? ''}\r\n`);
  await ended;
  socket.destroy();
  return Buffer.concat(parts).toString('utf8');
}
