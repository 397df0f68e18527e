import { z } from 'zod';
import { failureCodes } from './failure.ts';

/** Why a finding stands or could not be decided: any failure code, or one of these (checks.md, "Rules for all"). */
export const causes = [
  ...failureCodes,
  'vantage-no-ipv6',
  'vantage-no-ipv4',
  'vantage-web-unproven',
  'vantage-port25-blocked',
  'vantage-dns-intercepted',
  'local-no-route',
  'rate-limited',
  'waf-challenge',
  'greylisted',
  'policy-refused',
  'status-worse-over-ipv6',
  'path-mtu-suspected',
  'dns-timeout',
  'dns-servfail',
  'dns-refused',
  'dns-bogus',
  'dns-inconsistent',
  'dns-lame',
  'domain-not-found',
  'no-web-service',
  'service-gone',
  'no-validator',
  'content-too-small',
  'content-unstable',
  'needs-script',
  'geo-varies',
  'slow-greeting',
  'prefix-suspect',
  'path-dependent',
  'unstable',
  'both-families-down',
  'budget-exhausted',
  'probe-error',
  'check-error',
  'worker-lost',
] as const;
export const causeSchema = z.enum(causes);
export type Cause = z.infer<typeof causeSchema>;

/** Causes in the material itself: such an inconclusive check does not decide a service's verdict (design §6, rule 4). */
export const materialCauses: ReadonlySet<Cause> = new Set(['content-too-small', 'content-unstable', 'needs-script', 'waf-challenge']);

/** Causes that speak of our own side; many of them end a run with exit code 3 (design §7). */
export const ourCauses: ReadonlySet<Cause> = new Set([
  'vantage-no-ipv6',
  'vantage-no-ipv4',
  'vantage-web-unproven',
  'vantage-port25-blocked',
  'vantage-dns-intercepted',
  'local-no-route',
  'no-route',
  'local-limit',
  'cancelled',
  'not-attempted',
  'internal-error',
  'probe-error',
  'check-error',
  'worker-lost',
  'budget-exhausted',
]);
