import type { Cause } from '../model/cause.ts';
import type { DnsRecord } from '../model/dns.ts';
import { conventionalHosts, type MailPolicyHost, mailPolicyNames, mtaStsHost, srvHosts } from '../parsers/mail-policy.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known } from './fact.ts';
import { addressSet, lookup } from './lookup.ts';
import { mailRole } from './mail-role.ts';
import { answeredAnything } from './observed.ts';
import { compareFamilies } from './outcome.ts';
import { registrableDomain } from './registrable-domain.ts';

export interface PolicyHostState extends MailPolicyHost {
  /** 'published': has AAAA, and its port is none that is dialled. 'absent': no address at all. 'silent' is proven against IPv4. */
  state: 'reachable' | 'published' | 'ipv4-only' | 'silent' | 'absent' | 'unknown';
  cause: Cause | null;
}

export interface MailPolicyHosts {
  domain: string;
  hasMail: boolean;
  hosts: PolicyHostState[];
  /** Look-ups that failed, so that more hosts may be in use: name and type. */
  open: string[];
  openCause: Cause | null;
}

/** Hosts that mail policy and mail clients of the domain need, over IPv6 (RFC 8461, RFC 6186). */
export function mailPolicyHosts(context: AgencyContext, domain: string): Fact<MailPolicyHosts> {
  return cached(context, `mailPolicyHosts ${domain}`, () => {
    const role = mailRole(context, domain);
    if (!role.known) return role;
    const seen: Seen = { observations: [...role.observations], open: [], openCause: null };
    if (!role.value.hasMail) return known({ domain, hasMail: false, hosts: [], open: [], openCause: null }, seen.observations);
    const names = mailPolicyNames(domain);
    const listed = [
      ...mtaStsHost(domain, recordsOf(context, seen, names.mtaSts, 'TXT')),
      ...conventionalHosts(domain),
      ...srvHosts('imaps', recordsOf(context, seen, names.imaps, 'SRV')),
      ...srvHosts('submissions', recordsOf(context, seen, names.submissions, 'SRV')),
    ];
    const hosts = listed.map((host) => stateOf(context, seen, host)).filter(isUsed);
    const { observations, open, openCause } = seen;
    return known({ domain, hasMail: true, hosts, open, openCause }, [...new Set(observations)]);
  });
}

interface Seen {
  observations: string[];
  open: string[];
  openCause: Cause | null;
}

/** A conventional name without address is not used; one that could not be looked up may be. */
function isUsed({ use, state }: PolicyHostState): boolean {
  return state !== 'absent' || (use !== 'autoconfig' && use !== 'autodiscover');
}

function recordsOf(context: AgencyContext, seen: Seen, ...[name, type]: [string, string]): readonly DnsRecord[] {
  const found = lookup(context, name, type);
  seen.observations.push(...found.observations);
  if (found.known) return found.value.records;
  seen.open.push(`${name} ${type}`);
  seen.openCause ??= found.cause;
  return [];
}

function stateOf(context: AgencyContext, seen: Seen, host: MailPolicyHost): PolicyHostState {
  const say = (state: PolicyHostState['state'], cause: Cause | null = null): PolicyHostState => ({ ...host, state, cause });
  const [ipv6, ipv4] = [addressSet(context, host.host, 6), addressSet(context, host.host, 4)];
  seen.observations.push(...ipv6.observations, ...ipv4.observations);
  if (!ipv6.known) return say('unknown', ipv6.cause);
  if (ipv6.value.usable.length === 0) {
    if (!ipv4.known) return say('unknown', ipv4.cause);
    return say(ipv4.value.usable.length > 0 || ipv6.value.unusable.length > 0 ? 'ipv4-only' : 'absent');
  }
  const { port } = host;
  if (port === null) return say('published');
  const dialled = (addresses: readonly string[]) => addresses.flatMap((address) => context.evidence.dialled(address, port));
  const own = dialled(ipv6.value.usable);
  const comparison = compareFamilies(context, {
    proofClass: 'web',
    ipv6: own,
    ipv4: dialled(ipv4.known ? ipv4.value.usable : []),
    // Whether our own path lets this port through is not proven by web ports: without IPv4 to compare with, silence says nothing.
    ipv4Published: true,
    reached: answeredAnything,
    subject: registrableDomain(host.host),
  });
  seen.observations.push(...comparison.observations);
  if (comparison.verdict === 'works' || comparison.verdict === 'unstable') return say('reachable');
  if (comparison.verdict === 'fails') return say('silent', comparison.cause);
  return say('unknown', comparison.verdict === 'not-offered' ? 'both-families-down' : (comparison.cause ?? 'unknown'));
}
