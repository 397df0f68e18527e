import { hasTun } from './tun.ts';

/**
 * Checks that the lab does not show in both lights, with the reason. Everything else has a domain where it passes and one where it
 * fails (or warns, where the check knows nothing worse).
 */
export const notShown: Readonly<Record<string, string>> = hasTun
  ? {}
  : { 'web-latency': 'without a tun device nothing holds the connects back, and the median stays under the limit' };
