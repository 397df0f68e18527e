import type { Cause } from '../model/cause.ts';
import type { Subject } from '../model/subject.ts';
import { certificateServices } from '../parsers/certificate-services.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { servedHost } from './ipv6-only-page.ts';
import { addressSet } from './lookup.ts';
import { compareFamilies } from './outcome.ts';
import { registrableDomain } from './registrable-domain.ts';
import { type Presence, webAddresses } from './web-addresses.ts';
import { connectionVerdict, webConnections } from './web-connections.ts';
import { shownLeaves } from './web-leaves.ts';
import { idsOf, responded } from './web-requests.ts';

export interface CertificateHost {
  host: string;
  url: string;
  /** 'absent': no address at all. 'silent' is proven against IPv4. */
  state: 'reachable' | 'ipv4-only' | 'silent' | 'absent' | 'unknown';
  cause: Cause | null;
}

export interface CertificateHosts {
  host: string;
  presence: Presence;
  /** A certificate was seen at all. */
  hasCertificate: boolean;
  /** Why the host was not measured; null where it was, and what became of its web ports is judged by others. */
  cause: Cause | null;
  hosts: CertificateHost[];
}

/** OCSP, CRL and issuer hosts that the leaf certificate of a service's page names, over IPv6. Null for a mail service. */
export function certificateHostsOf(context: AgencyContext, subject: Subject): Fact<CertificateHosts | null> {
  if (subject.service === 'mail') return known(null);
  return cached(context, `certificateHosts ${subject.service} ${subject.name}`, () => {
    const host = servedHost(context, subject);
    const addresses = webAddresses(context, host);
    if (!addresses.known) return unknown(addresses.cause, addresses.observations);
    const leaves = [...shownLeaves(context, host, 6), ...shownLeaves(context, host, 4)];
    const observations = [...addresses.observations, ...leaves.map(({ observation }) => observation)];
    const services = certificateServices(leaves.flatMap(({ certificate }) => certificate.serviceUrls));
    const hosts = services.map((service) => stateOf(context, service, observations));
    const { presence } = addresses.value;
    const cause = presence === 'published' ? unmeasuredCause(context, host) : null;
    return known({ host, presence, hasCertificate: leaves.length > 0, cause, hosts }, [...new Set(observations)]);
  });
}

function unmeasuredCause(context: AgencyContext, host: string): Cause | null {
  const connections = webConnections(context, host);
  if (!connections.known) return connections.cause;
  const { verdict, cause } = connectionVerdict(connections.value);
  return verdict === 'unknown' ? cause : null;
}

function stateOf(context: AgencyContext, service: { host: string; url: string }, observations: string[]): CertificateHost {
  const say = (state: CertificateHost['state'], cause: Cause | null = null): CertificateHost => ({ ...service, state, cause });
  const [ipv6, ipv4] = [addressSet(context, service.host, 6), addressSet(context, service.host, 4)];
  observations.push(...ipv6.observations, ...ipv4.observations);
  if (!ipv6.known) return say('unknown', ipv6.cause);
  if (ipv6.value.usable.length === 0) {
    if (!ipv4.known) return say('unknown', ipv4.cause);
    return say(ipv4.value.usable.length > 0 ? 'ipv4-only' : 'absent');
  }
  const [own, twin] = [context.evidence.httpRequests(service.host, 6), context.evidence.httpRequests(service.host, 4)];
  observations.push(...idsOf([...own, ...twin]));
  const comparison = compareFamilies(context, {
    proofClass: 'web',
    ipv6: own,
    ipv4: twin,
    ipv4Published: !ipv4.known || ipv4.value.outcome === 'answer',
    reached: responded,
    subject: registrableDomain(service.host),
  });
  if (comparison.verdict === 'works' || comparison.verdict === 'unstable') return say('reachable');
  if (comparison.verdict === 'fails') return say('silent', comparison.cause);
  return say('unknown', comparison.cause ?? 'unknown');
}
