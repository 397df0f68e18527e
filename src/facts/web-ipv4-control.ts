import type { Cause } from '../model/cause.ts';
import { ourFailures } from '../model/failure.ts';
import type { AgencyContext } from './context.ts';

/** Why there is no answer over IPv4 to compare with, where A records are published: our own side, or the service in both families. */
export function ipv4ControlCause(context: AgencyContext, host: string): Cause {
  const failures = context.evidence.httpRequests(host, 4).flatMap(({ failure }) => (failure === null ? [] : [failure.code]));
  return failures.every((code) => ourFailures.has(code)) ? 'vantage-no-ipv4' : 'both-families-down';
}
