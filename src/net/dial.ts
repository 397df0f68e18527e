import { connect, isIP, type Socket } from 'node:net';
import { addressBytes, sameAddress } from '../model/address-bytes.ts';
import type { Failure } from '../model/failure.ts';
import type { Family } from '../model/observation.ts';
import { failureOf } from './failure-of.ts';
import { familyWorked, noteFamilyWorked } from './family-memory.ts';
import type { LiveContext } from './live-context.ts';
import { onAbort } from './on-abort.ts';

export interface DialRequest {
  /** Literal address of `family`; names are never dialled. */
  address: string;
  family: Family;
  port: number;
  timeoutMs: number;
  context: LiveContext;
}

const addressLength: Readonly<Record<Family, number>> = { 4: 4, 6: 16 };

/** A connected socket (the caller destroys it), or why there is none. */
export type Dialled = { socket: Socket; connectMs: number; failure: null } | { socket: null; connectMs: null; failure: Failure };

/**
 * Connects over TCP to one literal address of one family, never to another (Happy Eyeballs off, remote address asserted).
 * The deadline is absolute. Network errors are values. The gate was asked by `observe`; the endpoint map is honoured here.
 */
export async function dialTcp({ address, family, port, timeoutMs, context }: DialRequest): Promise<Dialled> {
  if (addressBytes(address)?.length !== addressLength[family]) return failed(atConnect('internal-error', `no IPv${family} literal`));
  const place = context.endpoints === null ? { address, port } : context.endpoints.lookup({ transport: 'tcp', address, port });
  if ('failure' in place) return failed(place.failure);
  const dialled = await connectTo({ ...place, timeoutMs, worked: familyWorked(context, family), signal: context.signal });
  if (dialled.failure === null) noteFamilyWorked(context, family);
  return dialled;
}

interface Place {
  address: string;
  port: number;
  timeoutMs: number;
  worked: boolean;
  signal: AbortSignal;
}

function connectTo({ address, port, timeoutMs, worked, signal }: Place): Promise<Dialled> {
  if (signal.aborted) return Promise.resolve(failed(atConnect('cancelled', 'shutdown')));
  return new Promise((resolve) => {
    const start = performance.now();
    let synchronous = true;
    setImmediate(() => {
      synchronous = false;
    });
    const socket = connect({ host: address, port, family: isIP(address), autoSelectFamily: false, noDelay: true });
    const settle = (dialled: Dialled): void => {
      clearTimeout(timer);
      stopListening();
      if (dialled.failure !== null) socket.destroy();
      resolve(dialled);
    };
    const timer = setTimeout(() => settle(failed(atConnect('timeout', `no connection in ${timeoutMs} ms`))), timeoutMs);
    const stopListening = onAbort(signal, () => settle(failed(atConnect('cancelled', 'shutdown'))));
    // Stays on the socket for its life: an error between two steps must not crash the process, the next step sees `errored`.
    socket.on('error', (error) => settle(failed(failureOf(error, { step: 'connect', synchronous, familyWorked: worked }))));
    socket.once('connect', () => settle(checkRemote(socket, address, performance.now() - start)));
  });
}

/** A socket library that connects elsewhere than asked would make every later verdict false. */
function checkRemote(socket: Socket, address: string, connectMs: number): Dialled {
  const remote = socket.remoteAddress;
  if (remote === undefined) return failed(atConnect('reset', 'closed at once'));
  if (!sameAddress(remote, address)) return failed(atConnect('internal-error', 'connected to another address'));
  return { socket, connectMs: Math.round(connectMs * 10) / 10, failure: null };
}

function failed(failure: Failure): Dialled {
  return { socket: null, connectMs: null, failure };
}

function atConnect(code: Failure['code'], detail: string): Failure {
  return { code, step: 'connect', synchronous: false, detail };
}
