import type { DnsResponse } from '../model/dns.ts';
import type { Failure, FailureStep } from '../model/failure.ts';
import type { Family } from '../model/observation.ts';
import type { LiveContext } from './live-context.ts';
import { createPermits, type Permits } from './permits.ts';

/** What one message from the server is: the answer, the end of the exchange, or nothing to do with the query. */
export type Judgement = { kind: 'answer'; response: DnsResponse } | { kind: 'failure'; failure: Failure } | { kind: 'mismatch' };

/** One query to one place, over UDP or TCP. */
export interface Exchange {
  /** Address literal and port that are dialled. */
  address: string;
  port: number;
  /** Family of `address`. */
  family: Family;
  /** Something of the family asked for worked in this run: tells 'no such address here' from 'ports used up' (faults 2.1). */
  familyWorked: boolean;
  query: Buffer;
  /** Absolute, for the whole exchange. */
  timeoutMs: number;
  maxMessageBytes: number;
  judge(message: Buffer): Judgement;
  /** Registers what ends the exchange at shutdown; returns the way to take it back. */
  onCancel(cancel: () => void): () => void;
}

export interface ExchangeResult {
  response: DnsResponse | null;
  failure: Failure | null;
  /** The other side was heard of: a message that belongs to the query, or a connection. */
  heard: boolean;
}

/** A failure that no error object stands behind. */
export function failed(code: Failure['code'], step: FailureStep, detail: string): Failure {
  return { code, step, synchronous: false, detail };
}

interface DnsSockets {
  permits: Permits;
  cancels: Set<() => void>;
}

const socketsOf = new WeakMap<LiveContext, DnsSockets>();

/**
 * The DNS sockets of a run: the permits for `settings.dns.maxOpenSockets` and what a shutdown has to end. One listener
 * stands on the run's signal for all queries, because a listener each costs more than the rest of a query.
 */
export function dnsSockets(context: LiveContext): DnsSockets {
  const known = socketsOf.get(context);
  if (known !== undefined) return known;
  const sockets: DnsSockets = { permits: createPermits(Math.max(1, context.settings.dns.maxOpenSockets)), cancels: new Set() };
  const cancelAll = (): void => {
    for (const cancel of [...sockets.cancels]) cancel();
  };
  context.signal.addEventListener('abort', cancelAll, { once: true });
  socketsOf.set(context, sockets);
  return sockets;
}
