import type { Cause } from '../model/cause.ts';
import { ourFailures } from '../model/failure.ts';
import type { AgencyContext } from './context.ts';
import { addressSet } from './lookup.ts';

/** Why there is no answer over IPv4 to compare with, where A records are published: our own side, or the service in both families. */
export function ipv4ControlCause(context: AgencyContext, host: string): Cause {
  const failures = context.evidence.httpRequests(host, 4).flatMap(({ failure }) => (failure === null ? [] : [failure.code]));
  return failures.every((code) => ourFailures.has(code)) ? ipv4UnmeasuredCause(context, host) : 'both-families-down';
}

/** Why nothing of a host was measured over IPv4: its A records could not be looked up, or we have no IPv4. */
export function ipv4UnmeasuredCause(context: AgencyContext, host: string): Cause {
  const ipv4 = addressSet(context, host, 4);
  return ipv4.known ? 'vantage-no-ipv4' : ipv4.cause;
}
