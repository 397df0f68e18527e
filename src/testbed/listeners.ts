import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** Where a listener really is. */
export interface Bound {
  address: string;
  port: number;
}

/** Everything that must be closed at the end: servers, sockets that are open, timers. */
export interface Listeners {
  tcp(host: string, onConnection: (socket: Socket) => void): Promise<Bound>;
  udp(host: string, onMessage: (message: Buffer, answer: (reply: Buffer) => void) => void): Promise<Bound>;
  /** Runs later unless the testbed stops first. */
  later(delayMs: number, action: () => void): void;
  /** Sockets that are not from a listener here but must end with the testbed. */
  track(socket: Socket): void;
  stop(): Promise<void>;
}

/** Opens loopback listeners on free ports and closes them all together. */
export function createListeners(): Listeners {
  const servers = new Set<Server>();
  const datagrams = new Set<UdpSocket>();
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };
  return {
    track,
    async tcp(host, onConnection) {
      const server = createServer((socket) => {
        track(socket);
        onConnection(socket);
      });
      servers.add(server);
      server.listen({ host, port: 0, backlog: 511 });
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      return { address: host, port };
    },
    async udp(host, onMessage) {
      const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' });
      datagrams.add(socket);
      socket.on('message', (message, sender) => onMessage(message, (reply) => socket.send(reply, sender.port, sender.address)));
      // A client that has gone away answers with a port-unreachable message: nothing of ours.
      socket.on('error', () => undefined);
      socket.bind({ address: host, port: 0 });
      await once(socket, 'listening');
      return { address: host, port: socket.address().port };
    },
    later(delayMs, action) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        action();
      }, delayMs);
      timers.add(timer);
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      const closed = [...servers].map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      const quiet = [...datagrams].map((socket) => new Promise<void>((resolve) => socket.close(() => resolve())));
      await Promise.all([...closed, ...quiet]);
    },
  };
}
