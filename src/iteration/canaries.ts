import { hash32 } from './order.ts';

/** Name without AAAA of its own; an AAAA answer shows DNS64 (RFC 7050 §3). */
export const dns64Canary = 'ipv4only.arpa';

/** Name that is known to have AAAA: a resolver that denies it filters AAAA (faults D21). */
export const aaaaCanary = 'a.root-servers.net';

/** A name that does not exist, under a TLD: a root server refers for it, a resolver denies it; an answer shows interception (faults D11, V4). */
export function interceptionCanary(runId: string): string {
  return `x${hash32(`canary|${runId}`).toString(36)}${hash32(`${runId}|label`).toString(36)}.vn`;
}
