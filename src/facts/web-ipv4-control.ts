import type { Cause } from '../model/cause.ts';
import { ourFailures } from '../model/failure.ts';
import type { AgencyContext } from './context.ts';
import { ipv4DoubtOf } from './ipv4-doubt.ts';
import { addressSet } from './lookup.ts';

/** Why a service that works over IPv6 shows nothing over IPv4 to compare with, where A records are published: our own side, or how IPv4 failed. */
export function ipv4ControlCause(context: AgencyContext, host: string): Cause {
  const requests = context.evidence.httpRequests(host, 4);
  if (ipv4DoubtOf(context, 'web', requests) !== null) return ipv4UnmeasuredCause(context, host);
  const codes = requests.flatMap(({ failure }) => (failure === null ? [] : [failure.code]));
  return codes.findLast((code) => !ourFailures.has(code)) ?? 'unknown';
}

/** Why nothing of a host was measured over IPv4: its A records could not be looked up, or we have no IPv4. */
export function ipv4UnmeasuredCause(context: AgencyContext, host: string): Cause {
  const ipv4 = addressSet(context, host, 4);
  return ipv4.known ? 'vantage-no-ipv4' : ipv4.cause;
}
