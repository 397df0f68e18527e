import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSecureContext, TLSSocket } from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { smtpSession } from '../../src/net/smtp-session.ts';
import { makeCertificate, type TestCertificate } from '../support/certificates.ts';
import { liveContext, openServers, quickSettings, smtpOperation } from '../support/live.ts';

const servers = openServers();
afterEach(servers.closeAll);

let root: TestCertificate;
let good: TestCertificate;
beforeAll(async () => {
  root = await makeCertificate({ subject: 'Test Root', ca: true });
  good = await makeCertificate({ subject: 'mx.example.vn', names: ['mx.example.vn'], issuer: root });
});

const ask = (port: number, context = {}) => smtpSession(smtpOperation(port), liveContext({ extraCertificates: [root.cert], ...context }));

/** A server made of lines: the greeting, then an answer for each command's first word. Records what it is told. */
function script(
  greeting: string,
  answers: Record<string, string | Buffer | ((socket: Socket) => void)>,
  heard: string[] = [],
): Promise<number> {
  return servers.tcp((socket) => {
    socket.on('data', (bytes) => {
      const line = bytes.toString('latin1').trim();
      heard.push(line);
      const answer = answers[line.split(' ')[0] ?? ''];
      if (typeof answer === 'function') answer(socket);
      else if (answer !== undefined) socket.write(answer);
      if (line === 'QUIT') socket.end('221 bye\r\n');
    });
    socket.write(Buffer.from(greeting, 'latin1'));
  });
}

const hello = '250-mx.example.vn\r\n250-SIZE 1000\r\n250-StartTLS\r\n250 8BITMIME\r\n';
/** Says 220 and makes the server's side of the handshake. */
const startTls = (socket: Socket): void => {
  socket.removeAllListeners('data');
  socket.write('220 go\r\n');
  const secure = new TLSSocket(socket, { isServer: true, key: good.key, cert: good.cert });
  secure.on('error', () => {});
  secure.on('data', () => secure.end('221 bye\r\n'));
};

describe('smtpSession', () => {
  it('a healthy server with STARTTLS, no mail begun', async () => {
    const told: string[] = [];
    const log = { debug: (_meta: unknown, _format: string, line?: unknown) => told.push(String(line)), info: () => {}, error: () => {} };
    const options: SMTPServerOptions = {
      key: good.key,
      cert: good.cert,
      banner: 'ready',
      disabledCommands: ['AUTH'],
      disableReverseLookup: true,
      logger: log as never,
    };
    const server = new SMTPServer(options);
    server.on('error', () => {});
    const port = await servers.listen(server.server as never);
    const { response, failure, peer } = await ask(port);
    expect(failure).toBeNull();
    expect(peer).toEqual({ address: '::1', port });
    expect(response).toMatchObject({
      banner: { code: 220, text: expect.stringContaining('ready') },
      bannerAfterMs: expect.any(Number),
      ehlo: { code: 250, keywords: expect.arrayContaining(['STARTTLS', 'PIPELINING']) },
      startTls: {
        offered: true,
        replyCode: 220,
        earlyData: false,
        failure: null,
        tls: { chainTrusted: true, nameMatches: true, datesValid: true },
      },
      lastReply: null,
    });
    expect(told.filter((line) => line.startsWith('EHLO'))).toEqual(['EHLO probe.example.vn']);
    expect(told).toContain('QUIT');
    expect(told.some((line) => line.startsWith('MAIL') || line.startsWith('RCPT'))).toBe(false);
  });

  it('V9 a server of DHE alone answers SMTP, and the alert after STARTTLS is evidence', async () => {
    const rsa = await makeCertificate({ subject: 'mx.example.vn', names: ['mx.example.vn'], rsa: true });
    const dheOnly = (socket: Socket): void => {
      socket.removeAllListeners('data');
      socket.write('220 go\r\n');
      const options = {
        key: rsa.key,
        cert: rsa.cert,
        ciphers: 'DHE-RSA-AES128-GCM-SHA256',
        dhparam: 'auto',
        maxVersion: 'TLSv1.2',
      } as const;
      new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(options) }).on('error', () => {});
    };
    const port = await script('220 mx\r\n', { EHLO: hello, STARTTLS: dheOnly });
    expect(await ask(port)).toMatchObject({
      failure: null,
      response: {
        ehlo: { code: 250 },
        startTls: {
          offered: true,
          replyCode: 220,
          tls: null,
          failure: { code: 'tls-alert', detail: expect.stringContaining('alert 40 ') },
        },
      },
    });
  });

  it('L3 says EHLO, STARTTLS and QUIT, in this order and nothing else', async () => {
    const heard: string[] = [];
    const port = await script('220 mx\r\n', { EHLO: '250 mx\r\n' }, heard);
    expect(await ask(port)).toMatchObject({
      failure: null,
      response: { startTls: { offered: false, replyCode: null, tls: null, failure: null } },
    });
    expect(heard).toEqual(['EHLO probe.example.vn', 'QUIT']);
  });

  it('M1 waits for a late greeting and never talks first', async () => {
    const heard: string[] = [];
    const port = await servers.tcp(async (socket) => {
      socket.on('data', (bytes) => {
        heard.push(bytes.toString());
        socket.write(bytes.toString().startsWith('EHLO') ? '250 mx\r\n' : '221 bye\r\n');
      });
      await sleep(200);
      socket.write('220-wait\r\n');
      await sleep(200);
      heard.push('(greeting done)');
      socket.write('220 mx\r\n');
    });
    const { response, failure } = await ask(port);
    expect(failure).toBeNull();
    expect(heard[0]).toBe('(greeting done)');
    expect(response?.banner).toEqual({ code: 220, text: 'wait\nmx' });
    expect(response?.bannerAfterMs).toBeGreaterThan(380);
  });

  it('M1 a silent server is a timeout at step banner', async () => {
    const heard: Buffer[] = [];
    const port = await servers.tcp((socket) => socket.on('data', (bytes) => heard.push(bytes)));
    const observation = await ask(port);
    expect(observation).toMatchObject({
      response: null,
      peer: { port },
      failure: { code: 'timeout', step: 'banner', detail: 'no greeting in 600 ms' },
    });
    expect(observation.elapsedMs).toBeGreaterThan(580);
    expect(observation.elapsedMs).toBeLessThan(5_000);
    expect(heard).toEqual([]);
  });

  it.each([
    ['421 try later', 421],
    ['450 busy', 450],
    ['554 no service for you', 554],
  ])('M6 "%s" is an answer, ended with QUIT', async (line, code) => {
    const heard: string[] = [];
    const port = await script(`${line}\r\n`, {}, heard);
    const banner = { code, text: line.slice(4) };
    expect(await ask(port)).toMatchObject({ failure: null, response: { banner, lastReply: banner, ehlo: null, startTls: null } });
    expect(heard).toEqual(['QUIT']);
  });

  it('M6 a refused EHLO is an answer', async () => {
    const port = await script('220 mx\r\n', { EHLO: '550-go away\r\n550 now\r\n' });
    expect(await ask(port)).toMatchObject({
      failure: null,
      response: { ehlo: { code: 550, keywords: [] }, startTls: null, lastReply: { code: 550, text: 'go away\nnow' } },
    });
  });

  const floods: [string, (socket: Socket) => void][] = [
    [
      'a greeting without end',
      (socket) => {
        const write = (): void => {
          while (!socket.destroyed && socket.write('220-and so on\r\n'.repeat(1_000)));
        };
        socket.on('drain', write);
        write();
      },
    ],
    ['a line of 10 MB', (socket) => socket.write(`220 ${'x'.repeat(10_000_000)}\r\n`)],
    ['a line of 1,001 bytes', (socket) => socket.write(`220 ${'x'.repeat(997)}\r\n`)],
    ['101 lines', (socket) => socket.write(`${'220-x\r\n'.repeat(100)}220 x\r\n`)],
  ];
  it.each(floods)('M2 %s is too large, and its start is kept', async (_title, speak) => {
    const port = await servers.tcp(speak);
    const { response, failure } = await ask(port);
    expect(failure).toMatchObject({ code: 'too-large', step: 'banner' });
    expect(response?.banner?.code).toBe(220);
    expect(response?.banner?.text.length).toBeLessThanOrEqual(1_000);
  });

  it.each([
    ['a line of 1,000 bytes', `220 ${'x'.repeat(994)}\r\n`],
    ['100 lines', `${'220-x\r\n'.repeat(99)}220 x\r\n`],
  ])('M2 %s is not', async (_title, greeting) => {
    const port = await script(greeting, { EHLO: '250 mx\r\n' });
    expect((await ask(port)).failure).toBeNull();
  });

  it('M2 the reply cap holds in EHLO too, and the greeting is kept', async () => {
    const port = await script('220 mx\r\n', { EHLO: `${`250-${'k'.repeat(900)}\r\n`.repeat(99)}250 end\r\n` });
    const settings = quickSettings({ smtp: { maxReplyBytes: 50_000 } });
    expect(await ask(port, { settings })).toMatchObject({
      failure: { code: 'too-large', step: 'ehlo' },
      response: { banner: { code: 220 }, ehlo: { code: 250 } },
    });
  });

  it('M3 control and 8-bit bytes are kept as they are', async () => {
    const port = await script('220 \x1b[31mm\xe1y\x00 ch\xfe\r\n', { EHLO: Buffer.from('250-mx\r\n250 X-\xe9\x1b\r\n', 'latin1') });
    const { response } = await ask(port);
    expect(response?.banner?.text).toBe('\x1b[31mm\xe1y\x00 ch\xfe');
    expect(response?.ehlo?.keywords).toEqual(['X-\xc9\x1b']);
  });

  it('M4 bytes before TLS are dropped and reported', async () => {
    const heard: string[] = [];
    const port = await script('220 mx\r\n', { EHLO: hello, STARTTLS: '220 ready\r\n250 injected\r\n' }, heard);
    const { response, failure } = await ask(port);
    expect(failure).toBeNull();
    expect(response?.startTls).toMatchObject({
      offered: true,
      replyCode: 220,
      earlyData: true,
      tls: null,
      failure: { code: 'early-data', step: 'starttls' },
    });
    expect(heard.slice(0, 2)).toEqual(['EHLO probe.example.vn', 'STARTTLS']);
  });

  it('M5 STARTTLS works in any spelling, and is compared by name', async () => {
    const port = await script('220 mx\r\n', { EHLO: hello, STARTTLS: startTls });
    expect((await ask(port)).response?.startTls).toMatchObject({
      offered: true,
      replyCode: 220,
      earlyData: false,
      failure: null,
      tls: { nameMatches: true, chainTrusted: true },
    });
  });

  it('M5 STARTTLS refused is an answer', async () => {
    const port = await script('220 mx\r\n', { EHLO: hello, STARTTLS: '454 not now\r\n' });
    expect(await ask(port)).toMatchObject({
      failure: null,
      response: { startTls: { offered: true, replyCode: 454, tls: null, failure: null }, lastReply: { code: 454, text: 'not now' } },
    });
  });

  it('M5 a handshake that breaks or never comes is inside startTls', async () => {
    const broken = await script('220 mx\r\n', {
      EHLO: hello,
      STARTTLS: (socket) => socket.write('220 go\r\n', () => setTimeout(() => socket.write('plain text'), 50)),
    });
    expect(await ask(broken)).toMatchObject({
      failure: null,
      response: { startTls: { replyCode: 220, failure: { code: 'tls-handshake', step: 'tls' } } },
    });
    const silent = await script('220 mx\r\n', { EHLO: hello, STARTTLS: () => {} });
    expect(await ask(silent)).toMatchObject({
      failure: null,
      response: { startTls: { replyCode: null, failure: { code: 'timeout', step: 'starttls' } } },
    });
    const late = { begin: () => () => quickSettings().run.loopLagMs };
    expect(await ask(silent, { loop: late }), 'V9 under a late event loop').toMatchObject({
      failure: null,
      response: { banner: { code: 220 }, startTls: { failure: { code: 'local-limit', step: 'starttls' } } },
    });
    const closed = await script('220 mx\r\n', { EHLO: hello, STARTTLS: (socket) => socket.end() });
    expect(await ask(closed)).toMatchObject({
      failure: null,
      response: { startTls: { replyCode: null, failure: { code: 'reset', step: 'starttls' } } },
    });
  });

  it('EHLO without an answer, and a connection that ends', async () => {
    const silent = await script('220 mx\r\n', { EHLO: () => {} });
    expect(await ask(silent)).toMatchObject({
      failure: { code: 'timeout', step: 'ehlo' },
      response: { banner: { code: 220 }, ehlo: null },
    });
    const ended = await script('220 mx\r\n', { EHLO: (socket) => socket.end() });
    expect(await ask(ended)).toMatchObject({ failure: { code: 'reset', step: 'ehlo' }, response: { banner: { code: 220 } } });
    const early = await servers.tcp((socket) => socket.end());
    expect(await ask(early)).toMatchObject({ failure: { code: 'reset', step: 'banner' }, response: null });
    const reset = await servers.tcp((socket) => setTimeout(() => socket.resetAndDestroy(), 20));
    expect(await ask(reset)).toMatchObject({ failure: { code: 'reset', step: 'banner' }, response: null });
  });

  it.each(['SSH-2.0-OpenSSH_9.6\r\n', 'HTTP/1.1 400 Bad Request\r\n\r\n', '+OK pop ready\r\n', '22', '220x\r\n', '\r\n'])(
    '%j is not SMTP',
    async (bytes) => {
      const port = await servers.tcp((socket) => socket.end(bytes));
      const { failure } = await ask(port);
      expect(failure?.step).toBe('banner');
      // Two digits and then the end may have been a greeting.
      expect(failure?.code).toBe(bytes === '22' ? 'reset' : 'protocol-error');
    },
  );

  it('a server that ignores QUIT costs little', async () => {
    const port = await servers.tcp((socket) => {
      socket.on('data', (bytes) => {
        if (bytes.toString().startsWith('EHLO')) socket.write('250 mx\r\n');
      });
      socket.write('220 mx\r\n');
    });
    const observation = await ask(port);
    expect(observation.failure).toBeNull();
    expect(observation.elapsedMs).toBeLessThan(5_000);
  });
});
