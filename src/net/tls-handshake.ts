import type { TLSSocket } from 'node:tls';
import type { ObservationOf, OperationOf, TlsEvidence, TlsHandshakeRequest } from '../model/observation.ts';
import { dialTcp } from './dial.ts';
import { type ExchangeClock, startExchangeClock } from './exchange-clock.ts';
import type { LiveContext } from './live-context.ts';
import { observe, type TryResult } from './observe.ts';
import { startTls } from './start-tls.ts';

const endWaitMs = 1_000;

/** Connects, makes a TLS handshake with SNI and closes. Whether the certificate is trusted is evidence, not a failure. */
export function tlsHandshake(operation: OperationOf<'tls-handshake'>, context: LiveContext): Promise<ObservationOf<'tls-handshake'>> {
  return observe(operation, context, async () => {
    const { connectTimeoutMs } = context.settings.tcp;
    const clock = startExchangeClock(connectTimeoutMs + context.settings.tls.handshakeTimeoutMs, context.signal, 'connect');
    try {
      return await handshake(operation.request, context, clock);
    } finally {
      clock.stop();
    }
  });
}

async function handshake(request: TlsHandshakeRequest, context: LiveContext, clock: ExchangeClock): Promise<TryResult<TlsEvidence>> {
  const { address, family, port, serverName, alpn } = request;
  const dialled = await dialTcp({ address, family, port, timeoutMs: context.settings.tcp.connectTimeoutMs, context });
  if (dialled.failure !== null) return { response: null, failure: dialled.failure, peer: null };
  const peer = { address, port };
  const secured = await startTls({ socket: dialled.socket, serverName, alpn, clock, context });
  if (secured.failure !== null) return { response: null, failure: secured.failure, peer, waitedMs: clock.waitedMs };
  // On nobody's clock; but until it has ended the connection counts towards those open at its address.
  await clock.pause(() => endPolitely(secured.socket));
  return { response: secured.evidence, failure: null, peer, waitedMs: clock.waitedMs };
}

/** Our last handshake message is still on its way: destroying at once would look like a broken client in the server's log. */
function endPolitely(socket: TLSSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.destroy(), endWaitMs);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.end(() => socket.destroy());
  });
}
