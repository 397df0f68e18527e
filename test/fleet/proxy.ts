import { createConnection, createServer, type Socket } from 'node:net';

/** A network between a worker and the engine that a test may take away: nothing passes, and nobody is told. */
export interface Proxy {
  url: string;
  /** From now on nothing passes. */
  cut(): void;
  /** Connections of before are gone, new ones pass. */
  heal(): void;
  close(): Promise<void>;
}

export async function startProxy(port: number): Promise<Proxy> {
  const pairs = new Set<[Socket, Socket]>();
  let open = true;
  const server = createServer((near) => {
    const far = createConnection({ port, host: '127.0.0.1' });
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    for (const [from, to] of [pair, pair.toReversed()] as [Socket, Socket][]) {
      from.on('data', (bytes) => open && to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => {
        // While the cut lasts, nobody hears of an end either.
        if (open) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  const drop = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    pairs.clear();
  };
  return {
    url: `nats://127.0.0.1:${typeof place === 'object' && place !== null ? place.port : 0}`,
    cut: () => {
      open = false;
    },
    heal: () => {
      drop();
      open = true;
    },
    close: () => {
      drop();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
