import { z } from 'zod';

/**
 * What one operation saw when it did not succeed. A closed list: `net/failure-of` is the only place that maps errno,
 * undici and TLS codes to it. A code says what happened, never what it means; causes and statuses are in `finding`.
 */
export const failureCodes = [
  'timeout',
  'refused',
  'reset',
  'no-route',
  'network-unreachable',
  'host-unreachable',
  'admin-prohibited',
  'address-refused',
  'tls-handshake',
  'tls-alert',
  'tls-name-mismatch',
  'tls-untrusted',
  'tls-expired',
  'protocol-error',
  'malformed',
  'answer-mismatch',
  'truncated',
  'too-large',
  'decode-failed',
  'early-data',
  'local-limit',
  'cancelled',
  'not-attempted',
  'opted-out',
  'internal-error',
  'unknown',
] as const;

export const failureCodeSchema = z.enum(failureCodes);
export type FailureCode = z.infer<typeof failureCodeSchema>;

/** How far an operation came before it failed. */
export const failureSteps = [
  'gate',
  'connect',
  'answer',
  'tls',
  'request',
  'headers',
  'body',
  'banner',
  'ehlo',
  'starttls',
  'quit',
] as const;
export const failureStepSchema = z.enum(failureSteps);
export type FailureStep = z.infer<typeof failureStepSchema>;

export const failureSchema = z.strictObject({
  code: failureCodeSchema,
  step: failureStepSchema,
  /** True when `connect()` itself returned the error: no route of our own (faults 2.1), nothing was sent. */
  synchronous: z.boolean(),
  /** Short technical text (errno, TLS reason, alert number) for the evidence. Never a remote page's text, never an address of ours. */
  detail: z.string(),
});
export type Failure = z.infer<typeof failureSchema>;

/** Failures that speak of us (this machine, this run), never of the target. */
export const ourFailures: ReadonlySet<FailureCode> = new Set([
  'no-route',
  'local-limit',
  'cancelled',
  'not-attempted',
  'opted-out',
  'internal-error',
]);

/** Failures that a second look, minutes later, may not see again. */
export const transientFailures: ReadonlySet<FailureCode> = new Set([
  'timeout',
  'reset',
  'network-unreachable',
  'host-unreachable',
  'local-limit',
]);
