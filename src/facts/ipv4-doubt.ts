import type { Cause } from '../model/cause.ts';
import { ourFailures } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import type { AgencyContext, ProofClass } from './context.ts';
import type { Chain } from './web-chain.ts';

type Dialled = Extract<ProofClass, 'web' | 'smtp'>;

/**
 * Null: these failures over IPv4 are the target's. Else why they say nothing of it: nothing left this machine, or this machine
 * has no IPv4 that works. Only without such a doubt may a service be said to work in neither family.
 */
export function ipv4DoubtOf(context: AgencyContext, proofClass: Dialled, ipv4: readonly Observation[]): Cause | null {
  const failures = ipv4.flatMap(({ failure }) => (failure === null ? [] : [failure.code]));
  if (failures.every((code) => ourFailures.has(code))) return 'vantage-no-ipv4';
  const { dns, web, smtp } = context.run.vantage;
  const isProven = [dns, web, smtp].some((proof) => proof['4'] === 'proven');
  if (!isProven) return 'vantage-no-ipv4';
  // Networks that let everything out but port 25 are common: there IPv4 as such proves nothing.
  return proofClass === 'smtp' && smtp['4'] !== 'proven' ? 'vantage-port25-blocked' : null;
}

/** The same of a chain of redirects over IPv4 that came to no page. */
export function ipv4ChainDoubt(context: AgencyContext, { end, cause, hops }: Chain): Cause | null {
  if (end === 'unknown') return cause === null || cause === 'not-attempted' ? 'vantage-no-ipv4' : cause;
  return end === 'failed' ? ipv4DoubtOf(context, 'web', hops.at(-1)?.asked ?? []) : null;
}
