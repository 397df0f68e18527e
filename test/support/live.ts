import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { FailureCode } from '../../src/model/failure.ts';
import type { Family, OperationOf } from '../../src/model/observation.ts';
import { defaultSettings, type Settings } from '../../src/model/settings.ts';
import type { LiveContext } from '../../src/net/live-context.ts';

type SettingsPatch = { [Group in keyof Settings]?: Partial<Settings[Group]> };

/** Settings with some values replaced; waits short enough for a test. */
export function quickSettings(patch: SettingsPatch = {}): Settings {
  const quick: SettingsPatch = {
    tcp: { connectTimeoutMs: 1_000 },
    tls: { handshakeTimeoutMs: 1_000 },
    http: { firstByteTimeoutMs: 600, exchangeTimeoutMs: 2_000, idleTimeoutMs: 300 },
    smtp: { bannerTimeoutMs: 600, exchangeTimeoutMs: 1_500 },
  };
  const settings: Record<string, unknown> = {};
  for (const [group, values] of Object.entries(defaultSettings)) {
    const name = group as keyof Settings;
    settings[group] = { ...values, ...quick[name], ...patch[name] };
  }
  return settings as Settings;
}

/** A context that dials loopback as it is asked, with nothing in the way. */
export function liveContext(patch: Partial<LiveContext> = {}): LiveContext {
  return {
    settings: quickSettings(),
    endpoints: null,
    gate: () => null,
    loop: { begin: () => () => 0 },
    tlsPermit: async () => () => {},
    extraCertificates: [],
    helo: 'probe.example.vn',
    userAgent: 'ipv6gov/0 (+https://probe.example.vn/)',
    keepBodies: false,
    signal: new AbortController().signal,
    ...patch,
  };
}

export const loopback: Record<Family, string> = { 4: '127.0.0.1', 6: '::1' };

/** Servers of one test file; `closeAll` also cuts their open connections. */
export function openServers() {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();

  /** Listens on loopback and gives the port. */
  async function listen<Listening extends Server>(server: Listening, family: Family = 6): Promise<number> {
    servers.push(server);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, loopback[family], resolve));
    return (server.address() as AddressInfo).port;
  }

  return {
    listen,
    /** A TCP server that does what `speak` says with each connection. */
    tcp: (speak: (socket: Socket) => void, family: Family = 6) => listen(createServer(speak), family),
    async closeAll(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
      servers.length = 0;
    },
  };
}

export function httpOperation(port: number, patch: Partial<OperationOf<'http-request'>['request']> = {}): OperationOf<'http-request'> {
  const request = {
    family: 6,
    address: '::1',
    port,
    round: '1',
    scheme: 'http',
    host: 'agency.example.vn',
    path: '/',
    shape: 'page',
  } as const;
  return { op: 'http-request', request: { ...request, ...patch } };
}

export function smtpOperation(port: number): OperationOf<'smtp-session'> {
  return { op: 'smtp-session', request: { family: 6, address: '::1', port, round: '1', host: 'mx.example.vn' } };
}

export function failing(code: FailureCode) {
  return { code, step: 'connect', synchronous: false, detail: 'test' } as const;
}
