import { spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import type { Family } from '../../src/model/observation.ts';
import { createAddressGate } from '../../src/net/address-gate.ts';
import { dialTcp } from '../../src/net/dial.ts';
import { tcpConnect } from '../../src/net/tcp-connect.ts';
import { failing, liveContext, loopback, openServers, quickSettings } from '../support/live.ts';

const servers = openServers();
afterEach(servers.closeAll);

const target = (family: Family, port: number, address = loopback[family]) => ({ address, family, port, timeoutMs: 5_000 });
const connectTo = (address: string, family: Family, port: number) =>
  ({ op: 'tcp-connect', request: { family, address, port, round: '1' } }) as const;

/** A listener with a queue of one that accepts nobody: once the queue is full the kernel drops every SYN. */
async function startDeafListener() {
  const script = `const s = require('net').createServer();
    s.listen({ port: 0, host: '::1', backlog: 1 }, () => {
      require('fs').writeSync(1, String(s.address().port));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20000);
      process.exit();
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const port = await new Promise<number>((resolve) => child.stdout.once('data', (bytes) => resolve(Number(String(bytes)))));
  return { port, child };
}

describe('dialTcp', () => {
  it.each([4, 6] as const)('W11 dials the literal of IPv%i and nothing else', async (family) => {
    const seen: (string | undefined)[] = [];
    const port = await servers.tcp((socket) => seen.push(socket.remoteFamily), family);
    const { socket, failure } = await dialTcp({ ...target(family, port), context: liveContext() });
    expect(failure).toBeNull();
    expect(socket?.remoteAddress).toBe(loopback[family]);
    expect(socket?.remoteFamily).toBe(`IPv${family}`);
    socket?.destroy();
  });

  it('W11 a server on the other family is not reached', async () => {
    const port = await servers.tcp(() => {}, 4);
    expect((await dialTcp({ ...target(6, port), context: liveContext() })).failure).toMatchObject({
      code: 'refused',
      step: 'connect',
      synchronous: false,
    });
  });

  it('refuses an address of the other family, and a name', async () => {
    for (const address of ['127.0.0.1', 'localhost', '::ffff:127.0.0.1%lo']) {
      expect((await dialTcp({ ...target(6, 80, address), context: liveContext() })).failure?.code).toBe('internal-error');
    }
  });

  it('W11 connected elsewhere than asked is a fault of ours, and no answer of the target', async () => {
    // Linux takes the unspecified address for loopback, and says so afterwards.
    for (const [family, address] of [
      [6, '::'],
      [4, '0.0.0.0'],
    ] as const) {
      const port = await servers.tcp(() => {}, family);
      const dialled = await dialTcp({ ...target(family, port, address), context: liveContext() });
      expect(dialled).toMatchObject({ socket: null, failure: { code: 'internal-error', detail: 'connected to another address' } });
    }
  });

  it('gives up at the deadline', async () => {
    const { port, child } = await startDeafListener();
    const context = liveContext();
    const fill = await Promise.all([1, 2, 3, 4].map(() => dialTcp({ ...target(6, port), timeoutMs: 150, context })));
    const started = performance.now();
    const { failure } = await dialTcp({ ...target(6, port), timeoutMs: 300, context });
    const elapsed = performance.now() - started;
    for (const { socket } of fill) socket?.destroy();
    child.kill('SIGKILL');
    expect(failure).toMatchObject({ code: 'timeout', step: 'connect', synchronous: false });
    expect(elapsed).toBeGreaterThan(290);
    expect(elapsed).toBeLessThan(3_000);
  });

  it('tells our own routing table from an answer of the network', async () => {
    const { failure } = await dialTcp({ ...target(4, 80, '255.255.255.255'), context: liveContext() });
    expect(failure).toMatchObject({ code: 'no-route', synchronous: true });
  });

  it('ends with the run', async () => {
    const abort = new AbortController();
    abort.abort();
    expect((await dialTcp({ ...target(6, 9), context: liveContext({ signal: abort.signal }) })).failure?.code).toBe('cancelled');
  });
});

describe('tcpConnect', () => {
  it('reports the address asked for, wherever it is mapped to', async () => {
    const port = await servers.tcp(() => {}, 4);
    const asked: unknown[] = [];
    const endpoints = {
      lookup: (endpoint: unknown) => {
        asked.push(endpoint);
        return { address: '127.0.0.1', port };
      },
    };
    const observation = await tcpConnect(connectTo('2001:db8::80', 6, 443), liveContext({ endpoints }));
    expect(observation).toMatchObject({ peer: { address: '2001:db8::80', port: 443 }, failure: null });
    expect(observation.response?.connectMs).toBeGreaterThanOrEqual(0);
    expect(asked).toEqual([{ transport: 'tcp', address: '2001:db8::80', port: 443 }]);
  });

  it('ends with the failure of an unmapped endpoint', async () => {
    const context = liveContext({ endpoints: { lookup: () => ({ failure: failing('no-route') }) } });
    expect(await tcpConnect(connectTo('2001:db8::80', 6, 443), context)).toMatchObject({
      peer: null,
      response: null,
      failure: { code: 'no-route' },
    });
  });

  it('A3 dials nothing that the gate refuses', async () => {
    let connections = 0;
    const count = () => {
      connections += 1;
    };
    const port6 = await servers.tcp(count, 6);
    const port4 = await servers.tcp(count, 4);
    const context = liveContext({ gate: createAddressGate({ policy: 'public', optedOut: (address) => address === '2606:4700::1' }) });
    const refused = [
      '::1',
      '::',
      '::ffff:127.0.0.1',
      '::127.0.0.1',
      'fe80::1',
      'fd00::1',
      'fec0::1',
      'ff02::1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
      '2002:7f00:1::',
      '2001::1',
      '2001:db8::1',
      '3fff::1',
      '5f00::1',
      '100::1',
      '2001:2::1',
      '2001:10::1',
      'fd00:ec2::254',
    ];
    for (const address of refused) {
      expect((await tcpConnect(connectTo(address, 6, port6), context)).failure, address).toMatchObject({
        code: 'address-refused',
        step: 'gate',
      });
    }
    for (const address of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '0.0.0.0', '192.168.1.1', '100.64.0.1']) {
      expect((await tcpConnect(connectTo(address, 4, port4), context)).failure, address).toMatchObject({
        code: 'address-refused',
        step: 'gate',
      });
    }
    expect((await tcpConnect(connectTo('2606:4700::1', 6, port6), context)).failure?.code).toBe('opted-out');
    expect(connections).toBe(0);
  });

  it('V9 a timeout under a late loop is not evidence', async () => {
    const late = { begin: () => () => quickSettings().run.loopLagMs };
    const endpoints = { lookup: () => ({ failure: failing('timeout') }) };
    expect((await tcpConnect(connectTo('::1', 6, 9), liveContext({ endpoints, loop: late }))).failure?.code).toBe('local-limit');
    const onTime = { begin: () => () => quickSettings().run.loopLagMs - 1 };
    expect((await tcpConnect(connectTo('::1', 6, 9), liveContext({ endpoints, loop: onTime }))).failure?.code).toBe('timeout');
  });
});
