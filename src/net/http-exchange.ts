import type { Socket } from 'node:net';
import { Client } from 'undici';
import type { Failure } from '../model/failure.ts';
import type { BodyEvidence, HttpRequestRequest } from '../model/observation.ts';
import { bodiesOf } from './body-memory.ts';
import { collectBody } from './body-reader.ts';
import type { ExchangeClock } from './exchange-clock.ts';
import { failureOf } from './failure-of.ts';
import { headerPairs, headerValue, requestHeaders } from './http-headers.ts';
import { inTurns } from './in-turns.ts';
import type { LiveContext } from './live-context.ts';

export interface HttpExchange {
  /** The socket that speaks HTTP: plain, or TLS with the handshake done. */
  channel: Socket;
  request: HttpRequestRequest;
  clock: ExchangeClock;
  context: LiveContext;
}

/** What the server said; `status` null means that no whole header block came. */
export interface HttpAnswer {
  status: number | null;
  headers: [string, string][];
  body: BodyEvidence | null;
  failure: Failure | null;
}

/**
 * One GET over a connected socket, without redirects. The clock ends it: its owner destroys the socket then, and what came
 * before is kept.
 */
export async function exchangeHttp(exchange: HttpExchange): Promise<HttpAnswer> {
  const client = clientOver(exchange.channel, exchange.context.settings.http.maxHeaderBytes);
  try {
    return await ask(client, exchange);
  } finally {
    await client.destroy().catch(() => {});
  }
}

async function ask(client: Client, { request, clock, context }: HttpExchange): Promise<HttpAnswer> {
  clock.step = 'headers';
  let response: Awaited<ReturnType<Client['request']>>;
  try {
    response = await client.request({
      method: 'GET',
      path: request.path,
      headers: requestHeaders(request, context.userAgent),
      responseHeaders: 'raw',
    });
  } catch (error) {
    return { status: null, headers: [], body: null, failure: clock.ended ?? failureOf(error, { step: 'headers', synchronous: false }) };
  }
  clock.step = 'body';
  // With 'raw' undici gives a flat list of names and values; its types do not say so.
  const flat = response.headers as unknown as string[];
  response.body.on('error', () => {});
  const { body, failure } = await readAnswerBody(response.body, flat, { clock, context });
  response.body.destroy();
  return { status: response.statusCode, headers: headerPairs(flat), body, failure };
}

async function readAnswerBody(
  stream: AsyncIterable<Uint8Array>,
  headers: readonly string[],
  { clock, context }: Pick<HttpExchange, 'clock' | 'context'>,
): Promise<{ body: BodyEvidence; failure: Failure | null }> {
  const { http, html } = context.settings;
  const { error, ...collected } = await collectBody(stream, headerValue(headers, 'content-encoding') ?? '', http);
  // Our own end of a body that lasts until the connection closes looks like its end to undici, hence the clock first.
  const failure = ended(clock, collected.cut, error);
  const slices = bodiesOf(context).read({
    ...collected,
    contentType: headerValue(headers, 'content-type'),
    comparedBytes: http.comparedBytes,
    maxUrls: html.maxUrls,
    maxHtmlBytes: html.maxBytes,
    keepText: context.keepBodies,
  });
  // Everything has arrived: how long our own reading takes, and whose turn it is, is on nobody's clock.
  const body = await clock.pause(() => inTurns(slices));
  return { body, failure };
}

function ended(clock: ExchangeClock, cut: BodyEvidence['cut'], error: unknown): Failure | null {
  if (cut !== null) return null;
  if (clock.ended !== null) return clock.ended;
  return error === null ? null : failureOf(error, { step: 'body', synchronous: false });
}

/**
 * A client for exactly one connection that exists already. Its origin is a placeholder: undici only uses it to find a
 * connector and to fill in a Host header, and we bring both. All deadlines are ours, as undici's are coarse (faults 12.2).
 */
function clientOver(channel: Socket, maxHeaderSize: number): Client {
  let used = false;
  return new Client('http://pinned.invalid', {
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize,
    connect(_options, callback) {
      if (used || channel.destroyed) {
        const gone = channel.errored ?? Object.assign(new Error('connection is gone'), { code: 'ECONNRESET', syscall: 'read' });
        queueMicrotask(() => callback(gone, null));
        return;
      }
      used = true;
      // Not at once: undici does not go on when it is called back within its own call.
      queueMicrotask(() => callback(null, channel));
    },
  });
}
