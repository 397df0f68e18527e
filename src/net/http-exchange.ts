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
export async function exchangeHttp({ channel, request, clock, context }: HttpExchange): Promise<HttpAnswer> {
  const client = clientOver(channel, context.settings.http.maxHeaderBytes);
  let received: Received;
  try {
    received = await receive(client, { request, clock, context });
  } finally {
    await client.destroy().catch(() => {});
  }
  const { status, headers, contentType, body, failure } = received;
  if (body === null) return { status, headers, body, failure };
  const { http, html } = context.settings;
  const slices = bodiesOf(context).read({
    ...body,
    contentType,
    comparedBytes: http.comparedBytes,
    maxUrls: html.maxUrls,
    maxHtmlBytes: html.maxBytes,
    keepText: context.keepBodies,
  });
  // Everything has arrived: how long our own reading takes, and whose turn it is, is on nobody's clock.
  return { status, headers, body: await clock.pause(() => inTurns(slices)), failure };
}

/** An answer whose body is not read yet. */
interface Received extends Omit<HttpAnswer, 'body'> {
  contentType: string | null;
  body: Omit<Awaited<ReturnType<typeof collectBody>>, 'error'> | null;
}

async function receive(client: Client, { request, clock, context }: Omit<HttpExchange, 'channel'>): Promise<Received> {
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
    const failure = clock.ended ?? failureOf(error, { step: 'headers', synchronous: false });
    return { status: null, headers: [], contentType: null, body: null, failure };
  }
  clock.step = 'body';
  // With 'raw' undici gives a flat list of names and values; its types do not say so.
  const flat = response.headers as unknown as string[];
  response.body.on('error', () => {});
  const { error, ...body } = await collectBody(response.body, headerValue(flat, 'content-encoding') ?? '', context.settings.http);
  // Our own end of a body that lasts until the connection closes looks like its end to undici, hence the clock first.
  const failure = ended(clock, body.cut, error);
  response.body.destroy();
  return { status: response.statusCode, headers: headerPairs(flat), contentType: headerValue(flat, 'content-type'), body, failure };
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
        // In a turn of its own: undici may connect again at once, and in a microtask that would be for ever.
        setImmediate(() => callback(gone, null));
        return;
      }
      used = true;
      // Not at once: undici does not go on when it is called back within its own call.
      queueMicrotask(() => callback(null, channel));
    },
  });
}
