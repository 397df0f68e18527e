import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { Bound } from './listeners.ts';

/**
 * A TCP endpoint whose SYNs get no answer, without privileges: a worker thread listens with the smallest backlog and then
 * blocks for ever, so nobody accepts; a few connections of ours fill its queue, and the kernel drops what comes later.
 * The worker's code is text because it must run from source and from dist alike.
 */
const workerCode = `
const { parentPort, workerData } = require('node:worker_threads');
const { createServer } = require('node:net');
const servers = workerData.hosts.map((host) => createServer().listen({ host, port: 0, backlog: 1, exclusive: true }));
Promise.all(servers.map((server) => new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject)))).then(() => {
  parentPort.postMessage(servers.map((server) => server.address().port));
  setImmediate(() => Atomics.wait(new Int32Array(workerData.gate), 0, 0));
});
`;

const maxFillers = 64;
const answeredWithinMs = 150;

export interface BlackHoles {
  /** One for each host asked for, in that order. */
  bound: Bound[];
  /** False: this kernel accepts connections in spite of a full queue, and a drop behaves like a silent server. */
  works: boolean;
  stop(): Promise<void>;
}

function tryConnect(bound: Bound, fillers: Socket[]): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: bound.address, port: bound.port });
    const timer = setTimeout(() => {
      socket.destroy();
      resolve(false);
    }, answeredWithinMs);
    socket.unref();
    socket.on('error', () => undefined);
    socket.once('connect', () => {
      clearTimeout(timer);
      fillers.push(socket);
      resolve(true);
    });
  });
}

/** Fills the queue until a connect stays unanswered. */
async function fill(bound: Bound, fillers: Socket[]): Promise<boolean> {
  for (let count = 0; count < maxFillers; count += 1) {
    if (!(await tryConnect(bound, fillers))) return true;
  }
  return false;
}

/** Opens one black hole on each of these loopback hosts. */
export async function openBlackHoles(hosts: readonly string[]): Promise<BlackHoles> {
  const gate = new SharedArrayBuffer(4);
  const worker = new Worker(workerCode, { eval: true, workerData: { hosts, gate } });
  const ports = await new Promise<number[]>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  worker.unref();
  const bound = hosts.map((address, index) => ({ address, port: ports[index] ?? 0 }));
  const fillers: Socket[] = [];
  const filled = await Promise.all(bound.map((hole) => fill(hole, fillers)));
  return {
    bound,
    works: filled.every(Boolean),
    async stop() {
      for (const socket of fillers) socket.destroy();
      Atomics.store(new Int32Array(gate), 0, 1);
      Atomics.notify(new Int32Array(gate), 0);
      await worker.terminate();
    },
  };
}
