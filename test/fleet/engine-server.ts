import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real nats-server on loopback, with its store in a folder of its own. */
export interface EngineServer {
  url: string;
  port: number;
  pid(): number;
  /** Ends it at once and starts it again on the same port and store. */
  restart(): Promise<void>;
  /** The same with other accounts and limits. */
  reconfigure(more: string): Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** `more`: lines of configuration, accounts and limits; or the whole of it, for a port and a folder. */
export async function startEngineServer(more: string | ((port: number, store: string) => string) = ''): Promise<EngineServer> {
  const dir = await mkdtemp(join(tmpdir(), 'ipv6gov-engine-'));
  const port = await freePort();
  const config = join(dir, 'server.conf');
  const configure = (added: string): Promise<void> =>
    writeFile(config, `listen: "127.0.0.1:${port}"\njetstream { store_dir: "${join(dir, 'store')}" }\n${added}\n`);
  if (typeof more === 'string') await configure(more);
  else await writeFile(config, more(port, join(dir, 'store')));
  let child: ChildProcess = await startServer(config, port);
  const kill = async (): Promise<void> => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await gone;
  };
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    pid: () => child.pid ?? 0,
    kill,
    async restart() {
      await kill();
      child = await startServer(config, port);
    },
    async reconfigure(added) {
      await configure(added);
      await kill();
      child = await startServer(config, port);
    },
    async stop() {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function startServer(config: string, port: number): Promise<ChildProcess> {
  const child = spawn('nats-server', ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
  });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`nats-server ended with ${code}: ${said}`)));
  });
  failed.catch(() => undefined);
  await Promise.race([failed, listening(port)]);
  return child;
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ port, host: '127.0.0.1' });
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nats-server does not listen');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const place = server.address();
      server.close(() => resolve(typeof place === 'object' && place !== null ? place.port : 0));
    });
  });
}
