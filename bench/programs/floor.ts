import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createSecureContext, rootCertificates, connect as secure } from 'node:tls';
import dnsPacket from 'dns-packet';
import pLimit from 'p-limit';
import type { DnsQueryRequest, HttpRequestRequest, SmtpSessionRequest, TlsHandshakeRequest } from '../../src/model/observation.ts';
import type { Performed } from '../operations.ts';

/**
 * The floor: `node floor.js OPERATIONS.ndjson CA.pem` performs the operations of a run with nothing but sockets and dns-packet: no
 * evidence, no retries, no politeness, no judging. Writes how many there were and how many failed.
 */

const inFlight = 256;
const tlsAtOnce = 32;
const timeoutMs = 10_000;
const deadWaitMs = 500;

const [, , operationsFile = '', authorityFile = ''] = process.argv;
const secureContext = createSecureContext({ ca: [...rootCertificates, readFileSync(authorityFile, 'utf8')] });
const tlsPermits = pLimit(tlsAtOnce);

function deadline(reject: (error: Error) => void, ms = timeoutMs): NodeJS.Timeout {
  return setTimeout(() => reject(new Error('timeout')), ms);
}

function encode({ name, type, udpPayloadBytes, dnssecOk, recursionDesired }: DnsQueryRequest, id: number): Buffer {
  const opt = { type: 'OPT', name: '.', udpPayloadSize: udpPayloadBytes ?? 0, flags: dnssecOk ? dnsPacket.DNSSEC_OK : 0, options: [] };
  const types = type.startsWith('TYPE') ? `UNKNOWN_${type.slice(4)}` : type;
  const packet = {
    type: 'query',
    id,
    flags: recursionDesired ? dnsPacket.RECURSION_DESIRED : 0,
    questions: [{ name: name === '' ? '.' : name, type: types, class: 'IN' }],
    additionals: udpPayloadBytes === null ? [] : [opt],
  };
  return dnsPacket.encode(packet as unknown as dnsPacket.Packet);
}

function overUdp(request: DnsQueryRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const id = Math.floor(Math.random() * 65_536);
    const socket = createSocket(request.family === 6 ? 'udp6' : 'udp4');
    const timer = deadline(reject);
    socket.on('error', reject);
    socket.on('message', (message) => {
      if (dnsPacket.decode(message).id !== id) return;
      clearTimeout(timer);
      socket.close();
      resolve();
    });
    socket.connect(request.port, request.address, () => socket.send(encode(request, id)));
  });
}

function overTcp(request: DnsQueryRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: request.address, port: request.port, noDelay: true });
    const timer = deadline(reject);
    socket.on('error', reject);
    socket.on('connect', () => {
      const query = encode(request, 1);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(query.length);
      socket.write(Buffer.concat([length, query]));
    });
    let bytes = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < 2 || bytes.length < 2 + bytes.readUInt16BE(0)) return;
      dnsPacket.decode(bytes.subarray(2));
      clearTimeout(timer);
      socket.destroy();
      resolve();
    });
  });
}

function dial({ address, port }: { address: string; port: number }, waitMs = timeoutMs): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, noDelay: true });
    const timer = deadline((error) => {
      socket.destroy();
      reject(error);
    }, waitMs);
    socket.on('error', reject);
    socket.on('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}

function handshake(socket: Socket, servername: string): Promise<Socket> {
  return tlsPermits(
    () =>
      new Promise((resolve, reject) => {
        const timer = deadline(reject);
        const channel = secure({ socket, servername, secureContext, rejectUnauthorized: false });
        channel.on('error', reject);
        channel.on('secureConnect', () => {
          clearTimeout(timer);
          resolve(channel);
        });
      }),
  );
}

async function get(request: HttpRequestRequest): Promise<void> {
  const plain = await dial(request);
  const channel = request.scheme === 'https' ? await handshake(plain, request.host) : plain;
  const padding = request.shape === 'large-headers' ? `X-Padding: ${'x'.repeat(3_000)}\r\n` : '';
  await new Promise<void>((resolve, reject) => {
    const timer = deadline(reject);
    channel.on('data', () => undefined);
    channel.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    channel.write(`GET ${request.path} HTTP/1.1\r\nHost: ${request.host}\r\nAccept-Encoding: gzip\r\n${padding}Connection: close\r\n\r\n`);
  });
}

async function shakeHands(request: TlsHandshakeRequest): Promise<void> {
  (await handshake(await dial(request), request.serverName)).destroy();
}

function reply(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = deadline(reject);
    let text = '';
    const listen = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      if (!/^\d{3} .*\r\n$/m.test(text)) return;
      clearTimeout(timer);
      socket.removeListener('data', listen);
      resolve();
    };
    socket.on('data', listen);
  });
}

async function greet(request: SmtpSessionRequest): Promise<void> {
  const socket = await dial(request);
  await reply(socket);
  for (const line of ['EHLO probe.doi-chung.vn', 'STARTTLS']) {
    const answered = reply(socket);
    socket.write(`${line}\r\n`);
    await answered;
  }
  const channel = await handshake(socket, request.host);
  const answered = reply(channel);
  channel.write('QUIT\r\n');
  await answered;
  channel.destroy();
}

async function perform({ kind, operation }: Performed): Promise<void> {
  const { op, request } = operation;
  if (kind === 'dead')
    return dial(request, deadWaitMs)
      .then(() => undefined)
      .catch(() => undefined);
  if (op === 'dns-query') return request.transport === 'udp' ? overUdp(request) : overTcp(request);
  if (op === 'http-request') return get(request);
  if (op === 'tls-handshake') return shakeHands(request);
  if (op === 'smtp-session') return greet(request);
  return dial(request).then((socket) => void socket.destroy());
}

const all = readFileSync(operationsFile, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Performed);
const run = pLimit(inFlight);
const failures: Record<string, number> = {};
const once = (performed: Performed): Promise<void> =>
  run(() =>
    perform(performed).catch((error: Error) => {
      const key = `${performed.kind} ${error.message}`;
      failures[key] = (failures[key] ?? 0) + 1;
    }),
  );
const start = performance.now();
await Promise.all(all.flatMap((performed) => Array.from({ length: performed.tries }, () => once(performed))));
process.stdout.write(JSON.stringify({ wallMs: performance.now() - start, failures }));
