import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { observationSchema } from '../../src/model/observation.ts';
import type { Settings } from '../../src/model/settings.ts';
import { httpRequest } from '../../src/net/http-request.ts';
import { createLoopWatch } from '../../src/net/loop-watch.ts';
import { makeCertificate, type TestCertificate } from '../support/certificates.ts';
import { httpOperation, liveContext, openServers, quickSettings } from '../support/live.ts';

/** What must not decide, and what a busy machine may take. */
const farMs = 10_000;
const patient = (http: Partial<Settings['http']> = {}) => quickSettings({ http: { exchangeTimeoutMs: farMs + 5_000, ...http } });

const servers = openServers();
afterEach(servers.closeAll);

let root: TestCertificate;
let good: TestCertificate;
beforeAll(async () => {
  root = await makeCertificate({ subject: 'Test Root', ca: true });
  good = await makeCertificate({ subject: 'agency.example.vn', names: ['agency.example.vn'], issuer: root });
});

const page = '<!doctype html><title>Cổng thông tin</title><p>Xin chào, đây là trang của cơ quan.</p>';
const serve = (listener: RequestListener) => servers.listen(createServer(listener));
const fixed = (status: number, headers: Record<string, string | string[]>, body: string | Buffer) =>
  serve((_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  });
/** A server that answers every request with these bytes; `then` may go on. */
const raw = (bytes: string | Buffer, then: (socket: import('node:net').Socket) => void = (socket) => socket.end()) =>
  servers.tcp((socket) => {
    socket.once('data', () => {
      socket.write(bytes);
      then(socket);
    });
  });
const get = (port: number, patch = {}, context = {}) => httpRequest(httpOperation(port, patch), liveContext(context));

describe('httpRequest', () => {
  it('reads a page', async () => {
    const port = await fixed(200, { 'content-type': 'text/html; charset=utf-8', 'X-Twice': ['a', 'b'] }, page);
    const { response, failure, peer } = await get(port);
    expect(failure).toBeNull();
    expect(peer).toEqual({ address: '::1', port });
    expect(response).toMatchObject({
      status: 200,
      tls: null,
      body: { cut: null, kind: 'html', title: 'Cổng thông tin', wireBytes: Buffer.byteLength(page), decodedBytes: Buffer.byteLength(page) },
    });
    expect(response?.headers.filter(([name]) => name === 'x-twice')).toEqual([
      ['x-twice', 'a'],
      ['x-twice', 'b'],
    ]);
    expect(response?.timing).toMatchObject({ connectMs: expect.any(Number), tlsMs: null, firstByteMs: expect.any(Number) });
  });

  it('W10 L3 W13 sends Host from the name, an honest User-Agent and a browser shape', async () => {
    const seen: Record<string, unknown>[] = [];
    const port = await serve((request, response) => {
      seen.push({ ...request.headers, url: request.url });
      response.end();
    });
    await get(port, { path: '/a?b=c' });
    await get(port, { shape: 'large-headers' });
    expect(seen[0]).toMatchObject({
      host: `agency.example.vn:${port}`,
      url: '/a?b=c',
      'user-agent': 'ipv6gov/0 (+https://probe.example.vn/)',
      'accept-encoding': 'gzip, br, deflate',
    });
    expect(seen[0]).toHaveProperty('accept');
    expect(seen[0]).toHaveProperty('accept-language');
    expect(seen[0]).not.toHaveProperty('x-ipv6gov-padding');
    expect(String(seen[1]?.['x-ipv6gov-padding']).length).toBeGreaterThanOrEqual(2_900);
  });

  it('W10 leaves the usual port out of Host', async () => {
    const hosts: unknown[] = [];
    const port = await serve((request, response) => {
      hosts.push(request.headers.host);
      response.end();
    });
    const endpoints = { lookup: () => ({ address: '::1', port }) };
    await get(80, {}, { endpoints });
    await get(443, {}, { endpoints });
    expect(hosts).toEqual(['agency.example.vn', 'agency.example.vn:443']);
  });

  it.each([301, 403, 404, 421, 429, 500, 503])('W6 W12 status %i is a response, and no redirect is followed', async (status) => {
    let requests = 0;
    const port = await serve((_request, response) => {
      requests += 1;
      response.writeHead(status, { location: '/again' });
      response.end('x');
    });
    expect(await get(port)).toMatchObject({ failure: null, response: { status } });
    expect(requests).toBe(1);
  });

  it.each([204, 304])('status %i without a body', async (status) => {
    const port = await fixed(status, { 'content-encoding': 'gzip' }, '');
    expect(await get(port)).toMatchObject({ failure: null, response: { status, body: { wireBytes: 0, decodedBytes: 0, cut: null } } });
  });

  describe('over TLS', () => {
    const https = (listener: RequestListener, certificate = good) =>
      servers.listen(createHttpsServer({ key: certificate.key, cert: certificate.cert }, listener));

    it('W8 W10 the page comes with the evidence of the handshake', async () => {
      const port = await https((request, response) => response.end(`${(request.socket as unknown as { servername: string }).servername}`));
      const observation = await get(port, { scheme: 'https' }, { extraCertificates: [root.cert], keepBodies: true });
      expect(observation).toMatchObject({ failure: null, response: { status: 200, body: { text: 'agency.example.vn' } } });
      expect(observation.response?.tls).toMatchObject({ alpn: 'http/1.1', chainTrusted: true, nameMatches: true, datesValid: true });
      expect(observation.response?.timing.tlsMs).toBeGreaterThan(0);
    });

    it('W8 W9 a certificate that nobody trusts is no failure', async () => {
      const wrong = await makeCertificate({ subject: 'other.example.vn', names: ['other.example.vn'], fromDay: -9, toDay: -1 });
      const port = await https((_request, response) => response.end(page), wrong);
      expect(await get(port, { scheme: 'https' })).toMatchObject({
        failure: null,
        response: { status: 200, tls: { chainTrusted: false, nameMatches: false, datesValid: false } },
      });
    });

    it('W1 silence after the TCP connection is a timeout at step tls', async () => {
      const port = await servers.tcp(() => {});
      const observation = await get(port, { scheme: 'https' }, { settings: patient() });
      expect(observation).toMatchObject({ response: null, failure: { code: 'timeout', step: 'tls' }, peer: { port } });
      expect(observation.elapsedMs).toBeGreaterThan(900);
      expect(observation.elapsedMs).toBeLessThan(farMs);
    });

    it('W8 a reset after the handshake keeps its certificate', async () => {
      const other = await makeCertificate({ subject: 'other.example.vn', names: ['other.example.vn'], issuer: root });
      const port = await https((request) => request.socket.destroy(), other);
      const observation = await get(port, { scheme: 'https' });
      expect(observation).toMatchObject({
        response: null,
        failure: { code: 'reset', step: 'headers' },
        handshake: { nameMatches: false, chain: [{ names: ['other.example.vn'] }] },
      });
      expect(observationSchema.safeParse(observation).success).toBe(true);
    });

    it('plain HTTP behind https', async () => {
      const port = await fixed(200, {}, page);
      expect((await get(port, { scheme: 'https' })).failure).toMatchObject({ code: 'tls-handshake', step: 'tls' });
    });

    it('a slow first byte is not mistaken for idleness after the session tickets', async () => {
      const port = await https(async (_request, response) => {
        await sleep(450);
        response.end(page);
      });
      const observation = await get(port, { scheme: 'https' }, { settings: patient({ firstByteTimeoutMs: farMs }) });
      expect(observation.failure).toBeNull();
      expect(observation.response?.timing.firstByteMs).toBeGreaterThan(400);
    });
  });

  describe('slow and silent servers', () => {
    it('W2 no answer at all', async () => {
      const port = await servers.tcp(() => {});
      const observation = await get(port, {}, { settings: patient() });
      expect(observation).toMatchObject({ response: null, failure: { code: 'timeout', step: 'headers' } });
      expect(observation.elapsedMs).toBeGreaterThan(550);
      expect(observation.elapsedMs).toBeLessThan(farMs);
    });

    it('W2 dripped headers end at the absolute deadline', async () => {
      const port = await raw('HTTP/1.1 200 OK\r\n', (socket) => {
        const timer = setInterval(() => socket.write('X-A: b\r\n'), 50);
        socket.on('close', () => clearInterval(timer));
      });
      const observation = await get(
        port,
        {},
        { settings: patient({ exchangeTimeoutMs: 800, idleTimeoutMs: farMs, firstByteTimeoutMs: farMs }) },
      );
      expect(observation).toMatchObject({ response: null, failure: { code: 'timeout', step: 'headers' } });
      expect(observation.elapsedMs).toBeGreaterThan(750);
      expect(observation.elapsedMs).toBeLessThan(farMs);
    });

    it('W2 a dripped body ends at the absolute deadline and what came is kept', async () => {
      const port = await raw('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n', (socket) => {
        const timer = setInterval(() => socket.write('x'), 50);
        socket.on('close', () => clearInterval(timer));
      });
      const observation = await get(
        port,
        {},
        { settings: patient({ exchangeTimeoutMs: 800, idleTimeoutMs: farMs, firstByteTimeoutMs: farMs }) },
      );
      expect(observation).toMatchObject({ failure: { code: 'timeout', step: 'body' }, response: { status: 200, body: { cut: null } } });
      expect(observation.response?.body?.wireBytes).toBeGreaterThan(0);
      expect(observation.elapsedMs).toBeLessThan(farMs);
    });

    it('W19 a stall in the body is a timeout at step body, long before the deadline', async () => {
      const port = await raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n${page}`, () => {});
      const observation = await get(port, {}, { settings: patient() });
      expect(observation).toMatchObject({
        failure: { code: 'timeout', step: 'body' },
        response: { status: 200, body: { title: 'Cổng thông tin', wireBytes: Buffer.byteLength(page) } },
      });
      expect(observation.elapsedMs).toBeGreaterThan(280);
      expect(observation.elapsedMs).toBeLessThan(farMs);
    });

    it('W19 a stall in the headers', async () => {
      const port = await raw('HTTP/1.1 200 OK\r\nX-A: b', () => {});
      expect(await get(port)).toMatchObject({ response: null, failure: { code: 'timeout', step: 'headers' } });
    });

    it('V9 a timeout while our own loop was blocked is local-limit', async () => {
      const loop = createLoopWatch();
      const port = await servers.tcp(() => {});
      const running = get(port, {}, { loop });
      await sleep(20);
      const until = performance.now() + 800;
      while (performance.now() < until);
      expect((await running).failure?.code).toBe('local-limit');
      loop.stop();
    });

    it('ends with the run', async () => {
      const abort = new AbortController();
      const port = await servers.tcp(() => {});
      const running = get(port, {}, { signal: abort.signal });
      await sleep(50);
      abort.abort();
      expect((await running).failure).toMatchObject({ code: 'cancelled', step: 'headers' });
    });
  });

  describe('what is not HTTP', () => {
    const wrong: [string, string | Buffer, string][] = [
      ['a header bomb', `HTTP/1.1 200 OK\r\nX-Big: ${'a'.repeat(65_536)}\r\n\r\n`, 'too-large'],
      ['many headers over the cap', `HTTP/1.1 200 OK\r\n${'X-Some-Header: value\r\n'.repeat(1_000)}\r\n`, 'too-large'],
      ['an invalid header', 'HTTP/1.1 200 OK\r\nBad Header\r\n\r\n', 'protocol-error'],
      ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello', 'protocol-error'],
      ['a bare CR', 'HTTP/1.1 200 OK\r\nX-A: a\rb\r\n\r\n', 'protocol-error'],
      ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n', 'protocol-error'],
      ['a TLS alert', Buffer.from([0x15, 3, 3, 0, 2, 2, 40]), 'protocol-error'],
    ];
    it.each(wrong)('W5 %s', async (_title, bytes, code) => {
      const port = await raw(bytes);
      expect(await get(port)).toMatchObject({ response: null, failure: { code, step: 'headers' } });
    });

    it('W5 headers under the cap are kept, a hundred of them', async () => {
      const port = await raw(`HTTP/1.1 200 OK\r\nX-Long: ${'v'.repeat(3_000)}\r\n${'A: b\r\n'.repeat(900)}Content-Length: 0\r\n\r\n`);
      const { failure, response } = await get(port);
      expect(failure).toBeNull();
      expect(response?.headers).toHaveLength(100);
      expect(response?.headers[0]?.[1]).toHaveLength(2_048);
    });

    it('an end and a reset instead of an answer', async () => {
      const ended = await raw('');
      expect((await get(ended)).failure).toMatchObject({ code: 'reset', step: 'headers' });
      const reset = await raw('', (socket) => socket.resetAndDestroy());
      expect((await get(reset)).failure).toMatchObject({ code: 'reset', step: 'headers' });
    });

    it('a closed port', async () => {
      const port = await servers.tcp(() => {});
      await servers.closeAll();
      expect(await get(port)).toMatchObject({ response: null, peer: null, failure: { code: 'refused', step: 'connect' } });
    });
  });
});
