import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Family } from '../model/observation.ts';
import { alpnOf, type Certificates } from './certificates.ts';
import type { Bound, Listeners } from './listeners.ts';
import type { RequestLog } from './request-log.ts';
import { answerWeb, type WebReply } from './web-site.ts';
import type { Node, Owner } from './world.ts';

export interface WebServerInput {
  node: Node;
  family: Family;
  host: string;
  listeners: Listeners;
  accept(socket: Socket): boolean;
}

interface Arrival {
  node: Node;
  family: Family;
  scheme: 'http' | 'https';
}

export interface WebServers {
  serveHttp(input: WebServerInput): Promise<Bound>;
  serveHttps(input: WebServerInput): Promise<Bound>;
  stop(): void;
}

export interface WebServersInput {
  certificates: Certificates;
  listeners: Listeners;
  log: RequestLog;
  /** Title of an owner's site. */
  nameOf(owner: Owner): string;
}

/**
 * Wraps a connection in TLS as the server side; the certificate depends on node, family and the name the client gave, or
 * `unnamed` when it gave none ('': the default certificate).
 */
export function secured(socket: Socket, arrival: { node: Node; family: Family; unnamed: string }, certificates: Certificates): TLSSocket {
  return new TLSSocket(socket, {
    isServer: true,
    secureContext: certificates.contextFor(arrival.node, arrival.family, arrival.unnamed),
    ALPNProtocols: alpnOf(arrival.node, arrival.family),
    SNICallback: (name, done) => {
      try {
        done(null, certificates.contextFor(arrival.node, arrival.family, name.toLowerCase()));
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

function send(response: ServerResponse, reply: WebReply): void {
  if (reply.kind === 'silent') return;
  if (reply.kind === 'reset') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, 'content-length': String(reply.body.length) });
  const part = reply.body.subarray(0, reply.sendBytes);
  if (reply.kind === 'cut') response.write(part, () => response.socket?.destroy());
  else if (reply.sendBytes < reply.body.length) response.write(part);
  else response.end(reply.body);
}

/** One HTTP engine for all addresses: listeners hand their connections to it, marked with where they came in. */
export function createWebServers(input: WebServersInput): WebServers {
  const arrivals = new WeakMap<object, Arrival>();
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const arrival = arrivals.get(request.socket);
    if (arrival === undefined) return;
    const host = (request.headers.host ?? '').split(':')[0]?.toLowerCase() ?? '';
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const headerBytes = request.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0);
    const address = arrival.node.addresses[arrival.family] ?? '';
    const port = arrival.scheme === 'https' ? 443 : 80;
    input.log.add({
      transport: 'tcp',
      address,
      family: arrival.family,
      port,
      detail: `${request.method ?? ''} ${arrival.scheme}://${host}${path}`,
    });
    const reply = answerWeb({ ...arrival, host, path, headerBytes }, input.nameOf);
    if (reply.delayMs > 0) input.listeners.later(reply.delayMs, () => send(response, reply));
    else send(response, reply);
  };
  const engine: Server = createServer({ requireHostHeader: false, maxHeaderSize: 65_536 }, onRequest);
  const listen = (server: WebServerInput, scheme: 'http' | 'https'): Promise<Bound> =>
    server.listeners.tcp(server.host, (socket) => {
      if (server.accept(socket)) return;
      const arrival: Arrival = { node: server.node, family: server.family, scheme };
      const stream = scheme === 'http' ? socket : secured(socket, { ...arrival, unnamed: '' }, input.certificates);
      arrivals.set(stream, arrival);
      if (stream instanceof TLSSocket) {
        stream.on('error', () => socket.destroy());
        stream.once('secure', () => engine.emit('connection', stream));
      } else engine.emit('connection', stream);
    });
  return {
    serveHttp: (server) => listen(server, 'http'),
    serveHttps: (server) => listen(server, 'https'),
    stop() {
      engine.closeAllConnections();
      engine.close();
    },
  };
}
