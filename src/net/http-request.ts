import type { Socket } from 'node:net';
import type { Failure } from '../model/failure.ts';
import type { HttpRequestRequest, HttpResponse, ObservationOf, OperationOf, TlsEvidence } from '../model/observation.ts';
import { dialTcp } from './dial.ts';
import { type ExchangeClock, startExchangeClock } from './exchange-clock.ts';
import { exchangeHttp } from './http-exchange.ts';
import type { LiveContext } from './live-context.ts';
import { observe, type TryResult } from './observe.ts';
import { guardAgainstStall } from './stall-guard.ts';
import { startTls } from './start-tls.ts';

/**
 * One GET to one address of one family with SNI and Host from the name. Redirects are not followed. Any status is a response;
 * certificate problems are evidence. A stall, a reset or a broken encoding is a failure beside the partial response.
 */
export function httpRequest(operation: OperationOf<'http-request'>, context: LiveContext): Promise<ObservationOf<'http-request'>> {
  return observe(operation, context, async () => {
    const clock = startExchangeClock(context.settings.http.exchangeTimeoutMs, context.signal, 'connect');
    try {
      return await exchange(operation.request, context, clock);
    } finally {
      clock.stop();
    }
  });
}

async function exchange(request: HttpRequestRequest, context: LiveContext, clock: ExchangeClock): Promise<TryResult<HttpResponse>> {
  const { address, family, port } = request;
  const timeoutMs = Math.min(context.settings.tcp.connectTimeoutMs, context.settings.http.exchangeTimeoutMs);
  const dialled = await dialTcp({ address, family, port, timeoutMs, context });
  if (dialled.failure !== null) return { response: null, failure: dialled.failure, peer: null };
  const channel = await openChannel(dialled.socket, request, context, clock);
  const waitedMs = clock.waitedMs;
  const peer = { address, port };
  if (channel.failure !== null) return { response: null, failure: channel.failure, peer, waitedMs };
  const timing = { connectMs: dialled.connectMs, tlsMs: channel.tlsMs };
  return { ...(await speak(dialled.socket, channel, timing, { request, context, clock })), peer, waitedMs };
}

type Channel = { socket: Socket; tls: TlsEvidence | null; tlsMs: number | null; failure: null } | { failure: Failure };

async function openChannel(socket: Socket, request: HttpRequestRequest, context: LiveContext, clock: ExchangeClock): Promise<Channel> {
  if (request.scheme === 'http') return { socket, tls: null, tlsMs: null, failure: null };
  const secured = await startTls({ socket, serverName: request.host, alpn: ['http/1.1'], clock, context });
  if (secured.failure !== null) return { failure: secured.failure };
  return { socket: secured.socket, tls: secured.evidence, tlsMs: secured.tlsMs, failure: null };
}

async function speak(
  wire: Socket,
  channel: Extract<Channel, { failure: null }>,
  timing: { connectMs: number; tlsMs: number | null },
  exchange: { request: HttpRequestRequest; context: LiveContext; clock: ExchangeClock },
): Promise<Pick<TryResult<HttpResponse>, 'response' | 'failure' | 'handshake'>> {
  const { clock, context } = exchange;
  const guard = guardAgainstStall(channel.socket, wire, context.settings.http, clock);
  void clock.whenEnded.then(() => channel.socket.destroy());
  try {
    const { status, headers, body, failure } = await exchangeHttp({ channel: channel.socket, ...exchange });
    if (status === null) return { response: null, failure, ...(channel.tls === null ? {} : { handshake: channel.tls }) };
    return { response: { status, headers, tls: channel.tls, body, timing: { ...timing, firstByteMs: guard.firstByteMs } }, failure };
  } finally {
    guard.stop();
    channel.socket.destroy();
  }
}
