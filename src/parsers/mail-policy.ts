import type { DnsRecord } from '../model/dns.ts';

/** Ports of mail access and submission that are dialled; any other port in an SRV record is not (it is whatever the record's owner likes). */
const mailPorts: ReadonlySet<number> = new Set([443, 993, 143, 465, 587]);
const maxTargets = 4;

export type MailPolicyUse = 'mta-sts' | 'autoconfig' | 'autodiscover' | 'imaps' | 'submissions';

/** A host that mail policy or mail clients of a domain need. */
export interface MailPolicyHost {
  use: MailPolicyUse;
  host: string;
  /** Null: not dialled. */
  port: number | null;
}

/** Names whose records say which of these hosts a domain uses. */
export function mailPolicyNames(domain: string): { mtaSts: string; imaps: string; submissions: string } {
  return { mtaSts: `_mta-sts.${domain}`, imaps: `_imaps._tcp.${domain}`, submissions: `_submissions._tcp.${domain}` };
}

/** The policy host, where a TXT record announces a policy (RFC 8461 §3.1). */
export function mtaStsHost(domain: string, records: readonly DnsRecord[]): MailPolicyHost[] {
  const announced = records.some((record) => record.type === 'TXT' && /^v=STSv1\s{0,8}(;|$)/.test(record.text));
  return announced ? [{ use: 'mta-sts', host: `mta-sts.${domain}`, port: 443 }] : [];
}

/** Hosts by convention of mail clients: used exactly when they have an address. */
export function conventionalHosts(domain: string): MailPolicyHost[] {
  return (['autoconfig', 'autodiscover'] as const).map((use) => ({ use, host: `${use}.${domain}`, port: 443 }));
}

/** Targets of SRV records, best first, at most four; the root as target says that there is no such service (RFC 6186 §3.4). */
export function srvHosts(use: 'imaps' | 'submissions', records: readonly DnsRecord[]): MailPolicyHost[] {
  const found = records.flatMap((record) => (record.type === 'SRV' && record.target !== '' ? [record] : []));
  return found
    .toSorted((a, b) => a.priority - b.priority || (a.target < b.target ? -1 : 1))
    .slice(0, maxTargets)
    .map(({ target, port }) => ({ use, host: target, port: mailPorts.has(port) ? port : null }));
}
