import type { Failure } from '../model/failure.ts';
import type { Settings } from '../model/settings.ts';

/** A transport endpoint as it is asked for. */
export interface Endpoint {
  transport: 'udp' | 'tcp';
  address: string;
  port: number;
}

/**
 * Where an endpoint really is: the testbed maps public-looking endpoints to loopback ports, so that the real socket code runs.
 * A failure means that nothing is dialled and the operation ends with it (an unmapped endpoint, a vantage without a family).
 */
export interface EndpointMap {
  lookup(endpoint: Endpoint): { address: string; port: number } | { failure: Failure };
}

/** Watches the event loop (design §9): a timeout that expired while the loop was late is not evidence. */
export interface LoopWatch {
  /** Starts watching for one try; the returned function ends it and gives the worst delay seen, in ms. */
  begin(): () => number;
}

/** What the live operations share. Created once per run. */
export interface LiveContext {
  settings: Settings;
  /** Null: dial what is asked. */
  endpoints: EndpointMap | null;
  /** The one gate before every connect, on the address actually used: special-purpose or opted-out addresses are refused here. */
  gate(address: string): Failure | null;
  loop: LoopWatch;
  /** Waits for one of the run's TLS handshake permits; the wait is on no operation's clock. Returns the release. */
  tlsPermit(): Promise<() => void>;
  /** PEM certificates trusted beside the built-in store (--ca). */
  extraCertificates: readonly string[];
  /** Domain or address literal for EHLO (RFC 5321 §4.1.1.1). */
  helo: string;
  userAgent: string;
  keepBodies: boolean;
  /** Aborted at shutdown: operations end with `cancelled`. */
  signal: AbortSignal;
}
