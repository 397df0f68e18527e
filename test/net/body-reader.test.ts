import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { httpRequest } from '../../src/net/http-request.ts';
import { httpOperation, liveContext, openServers, quickSettings } from '../support/live.ts';

const servers = openServers();
afterEach(servers.closeAll);

const page = '<!doctype html><title>Cổng thông tin</title><p>Xin chào, đây là trang của cơ quan.</p>';
const fixed = (status: number, headers: Record<string, string>, body: string | Buffer) =>
  servers.listen(
    createServer((_request, response) => {
      response.writeHead(status, headers);
      response.end(body);
    }),
  );
/** A server that answers every request with these bytes; `then` may go on. */
const raw = (bytes: string | Buffer, then: (socket: import('node:net').Socket) => void = (socket) => socket.end()) =>
  servers.tcp((socket) => {
    socket.once('data', () => {
      socket.write(bytes);
      then(socket);
    });
  });
const get = (port: number, patch = {}, context = {}) => httpRequest(httpOperation(port, patch), liveContext(context));

describe('caps and encodings', () => {
  it('W3 an endless body stops at the wire cap', async () => {
    const port = await raw('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n', (socket) => {
      const chunk = Buffer.alloc(65_536, 'a');
      const write = (): void => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on('drain', write);
      write();
    });
    const before = process.memoryUsage().rss;
    const observation = await get(port);
    expect(observation).toMatchObject({
      failure: null,
      response: { status: 200, body: { cut: 'wire', wireBytes: 1_048_576, decodedBytes: 1_048_576 } },
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  const encodings: [string, (bytes: Buffer) => Buffer][] = [
    ['gzip', (bytes) => gzipSync(bytes)],
    ['X-GZIP', (bytes) => gzipSync(bytes)],
    ['deflate', (bytes) => deflateSync(bytes)],
    ['deflate', (bytes) => deflateRawSync(bytes)],
    ['br', (bytes) => brotliCompressSync(bytes)],
    ['gzip, br', (bytes) => brotliCompressSync(gzipSync(bytes))],
    ['identity', (bytes) => bytes],
    ['', (bytes) => bytes],
  ];
  it.each(encodings)('W4 decodes %s', async (encoding, encode) => {
    const body = encode(Buffer.from(page));
    const port = await fixed(200, { 'content-type': 'text/html', 'content-encoding': encoding }, body);
    expect(await get(port)).toMatchObject({
      failure: null,
      response: { body: { title: 'Cổng thông tin', cut: null, wireBytes: body.length, decodedBytes: Buffer.byteLength(page) } },
    });
  });

  it('W4 a gzip bomb stops at the decoded cap', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1_048_576));
    expect(bomb.length).toBeLessThan(60_000);
    const port = await fixed(200, { 'content-encoding': 'gzip' }, bomb);
    const { failure, response } = await get(port);
    expect(failure).toBeNull();
    expect(response?.body).toMatchObject({ cut: 'decoded', decodedBytes: 2_097_152 });
  });

  it('W4 a small bomb stops at the expansion cap', async () => {
    const port = await fixed(200, { 'content-encoding': 'br' }, brotliCompressSync(Buffer.alloc(1_048_576)));
    const { failure, response } = await get(port);
    expect(failure).toBeNull();
    expect(response?.body?.cut).toBe('expansion');
    expect(response?.body?.decodedBytes).toBeLessThan(200_000);
  });

  it('W4 a bomb in a bomb is stopped in the middle', async () => {
    const inner = gzipSync(Buffer.alloc(300 * 1_048_576), { level: 9 });
    const port = await fixed(200, { 'content-encoding': 'gzip, gzip' }, gzipSync(inner));
    const observation = await get(port, {}, { settings: quickSettings({ http: { exchangeTimeoutMs: 5_000, idleTimeoutMs: 3_000 } }) });
    expect(observation.failure).toBeNull();
    expect(observation.response?.body?.cut).not.toBeNull();
    expect(observation.response?.body?.decodedBytes).toBeLessThanOrEqual(2_097_152);
  });

  it.each([
    ['gzip, gzip, gzip', 'ERR_ENCODING_REFUSED 3 stacked encodings'],
    ['gzip, gzip, gzip, gzip, gzip, gzip', 'ERR_ENCODING_REFUSED 6 stacked encodings'],
    ['zstd', 'ERR_ENCODING_REFUSED encoding not supported'],
    ['__proto__', 'ERR_ENCODING_REFUSED encoding not supported'],
  ])('W4 %s is not decoded', async (encoding, detail) => {
    const port = await fixed(200, { 'content-encoding': encoding }, page);
    expect(await get(port)).toMatchObject({
      failure: { code: 'decode-failed', step: 'body', detail },
      response: { status: 200, body: { decodedBytes: 0 } },
    });
  });

  it('W4 a broken and a cut gzip body', async () => {
    const broken = await fixed(200, { 'content-encoding': 'gzip' }, page);
    expect(await get(broken)).toMatchObject({ failure: { code: 'decode-failed', step: 'body' }, response: { status: 200 } });
    const long = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `${index * 7919} `).join(''));
    const whole = gzipSync(long);
    const cut = await fixed(200, { 'content-encoding': 'gzip' }, whole.subarray(0, whole.length - 2_000));
    const { failure, response } = await get(cut);
    expect(failure).toMatchObject({ code: 'decode-failed', step: 'body' });
    expect(response?.body?.decodedBytes).toBeGreaterThan(10_000);
  });

  it('W4 Content-Length too big is a reset with the part that came', async () => {
    const port = await raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n${page}`);
    expect(await get(port)).toMatchObject({
      failure: { code: 'reset', step: 'body' },
      response: { status: 200, body: { title: 'Cổng thông tin' } },
    });
  });

  it('W4 Content-Length too small is a shorter page', async () => {
    const port = await raw(`HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello and more`);
    expect(await get(port)).toMatchObject({ failure: null, response: { status: 200, body: { wireBytes: 5 } } });
  });

  it.each([
    ['small', 5_000],
    ['large', 60_000],
  ])('W4 a %s gzip body is decoded as far as it came before a reset', async (_size, numbers) => {
    const whole = gzipSync(Buffer.from(Array.from({ length: numbers }, (_, index) => `${index * 7919} `).join('')));
    const sent = whole.subarray(0, whole.length - 2_000);
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${whole.length}\r\n\r\n`;
    const port = await raw(Buffer.concat([Buffer.from(head), sent]), async (socket) => {
      await sleep(50);
      socket.resetAndDestroy();
    });
    const { failure, response } = await get(port);
    expect(failure).toMatchObject({ code: 'reset', step: 'body' });
    expect(response?.body?.wireBytes).toBe(sent.length);
    expect(response?.body?.decodedBytes).toBeGreaterThan(10_000);
  });

  it('a reset in the middle of a chunked body', async () => {
    const port = await raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n', async (socket) => {
      await sleep(50);
      socket.resetAndDestroy();
    });
    expect(await get(port)).toMatchObject({ failure: { code: 'reset', step: 'body' }, response: { status: 200, body: { wireBytes: 5 } } });
  });
});
