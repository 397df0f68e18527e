import { isIP, type Socket } from 'node:net';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import type { Failure } from '../model/failure.ts';
import type { TlsEvidence } from '../model/observation.ts';
import type { ExchangeClock } from './exchange-clock.ts';
import { failureOf } from './failure-of.ts';
import type { LiveContext } from './live-context.ts';
import { tlsEvidence } from './tls-evidence.ts';
import { trustStore } from './trust-store.ts';

export interface TlsStart {
  /** A connected plain socket. It is taken over: the caller destroys the TLS socket it gets, and never this one again. */
  socket: Socket;
  /** Name for SNI and for the certificate. An address literal is not sent as SNI (RFC 6066 §3). */
  serverName: string;
  alpn: readonly string[];
  clock: ExchangeClock;
  context: LiveContext;
}

export type Secured = { socket: TLSSocket; evidence: TlsEvidence; tlsMs: number; failure: null } | { socket: null; failure: Failure };

/**
 * One TLS handshake on a connected socket, under one of the run's permits; the wait for it is taken off the clock. Trust is
 * evidence, never a failure. The permit is given back when the handshake ends, however it ends.
 *
 * Destroying the plain socket and then the TLS socket around it in one turn crashes Node 20.20.2 (segmentation fault), hence the
 * rule of one owner.
 */
export async function startTls(start: TlsStart): Promise<Secured> {
  const { clock, context, socket } = start;
  clock.step = 'tls';
  const release = await waitForPermit(start);
  if (release === null) {
    socket.destroy();
    return failed(clock);
  }
  try {
    if (socket.destroyed) return { socket: null, failure: closedEarly(socket) };
    return await handshake(start, context.settings.tls.handshakeTimeoutMs);
  } finally {
    release();
  }
}

/** Null when the exchange ended while waiting; a permit that comes later is given back at once. */
async function waitForPermit({ clock, context }: TlsStart): Promise<(() => void) | null> {
  return clock.pause(async () => {
    const permit = context.tlsPermit();
    const first = await Promise.race([permit.then((release) => ({ release })), clock.whenEnded.then(() => null)]).catch(
      (error: unknown) => {
        // A limiter that is being shut down refuses its waiters.
        if (context.signal.aborted) return null;
        throw error;
      },
    );
    if (first !== null && clock.ended === null) return first.release;
    permit.then(
      (release) => release(),
      () => {},
    );
    return null;
  });
}

/** What Node gives where there is none (tls documentation, getPeerCertificate). */
const noCertificate = {} as DetailedPeerCertificate;

function handshake({ socket, serverName, alpn, clock, context }: TlsStart, timeoutMs: number): Promise<Secured> {
  const store = trustStore(context.extraCertificates);
  return new Promise((resolve) => {
    const begin = performance.now();
    const secure = connect({
      socket,
      servername: isIP(serverName) === 0 ? serverName : '',
      ALPNProtocols: [...alpn],
      secureContext: store.secureContext,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    // Node would read the whole chain into objects for a `checkServerIdentity` that says nothing; we read it another way.
    secure.getPeerCertificate = () => noCertificate;
    const settle = (secured: Secured): void => {
      clearTimeout(timer);
      if (secured.failure !== null) secure.destroy();
      resolve(secured);
    };
    const timer = setTimeout(() => clock.end('timeout', `no TLS in ${timeoutMs} ms`), timeoutMs);
    void clock.whenEnded.then((failure) => settle({ socket: null, failure }));
    // Stays for the socket's life, like the one of the plain socket.
    secure.on('error', (error) => settle({ socket: null, failure: failureOf(error, { step: 'tls', synchronous: false }) }));
    secure.once('close', () => settle({ socket: null, failure: cut() }));
    secure.once('secureConnect', () => {
      const tlsMs = Math.round((performance.now() - begin) * 10) / 10;
      settle({ socket: secure, evidence: tlsEvidence(secure, serverName, store), tlsMs, failure: null });
    });
  });
}

function failed(clock: ExchangeClock): Secured {
  return { socket: null, failure: clock.ended ?? { code: 'cancelled', step: 'tls', synchronous: false, detail: 'shutdown' } };
}

function closedEarly(socket: Socket): Failure {
  if (socket.errored !== null) return failureOf(socket.errored, { step: 'tls', synchronous: false });
  return cut();
}

function cut(): Failure {
  return { code: 'tls-handshake', step: 'tls', synchronous: false, detail: 'closed in the handshake' };
}
