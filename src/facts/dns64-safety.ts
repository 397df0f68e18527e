import type { Subject } from '../model/subject.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { servedHost } from './ipv6-only-page.ts';
import { type WebAddresses, webAddresses } from './web-addresses.ts';
import { type FoundLiteral, webLiterals } from './web-literals.ts';
import { webRedirects } from './web-redirects.ts';

/** What would break behind DNS64 and NAT64, from facts alone (RFC 6147, RFC 6586). */
export interface Dns64Safety {
  host: string;
  presence: WebAddresses['presence'];
  /** NXDOMAIN for AAAA although A exists: DNS64 passes it on and the name is gone (RFC 6147 §5.1.2). */
  wrongNxdomain: string[];
  /** Unusable AAAA and no usable one: DNS64 makes none where one is (RFC 6147 §5.1.1). */
  suppressed: { host: string; addresses: string[] }[];
  literals: FoundLiteral[];
  cut: boolean;
}

/** Null for a mail service, which has no page. */
export function dns64SafetyOf(context: AgencyContext, subject: Subject): Fact<Dns64Safety | null> {
  if (subject.service === 'mail') return known(null);
  return cached(context, `dns64Safety ${subject.service} ${subject.name}`, () => {
    const host = servedHost(context, subject);
    const redirects = webRedirects(context, host);
    if (!redirects.known) return unknown(redirects.cause, redirects.observations);
    const observations = new Set(redirects.observations);
    const hosts = new Set([host, ...[redirects.value.ipv6, redirects.value.ipv4].flatMap(({ hops }) => hops.map((hop) => hop.host))]);
    const safety: Dns64Safety = { host, presence: redirects.value.presence, wrongNxdomain: [], suppressed: [], literals: [], cut: false };
    for (const name of hosts) {
      const addresses = webAddresses(context, name);
      for (const id of addresses.observations) observations.add(id);
      // A literal is no name; what cannot be looked up on the way is no evidence against the host itself.
      if (!addresses.known) continue;
      const { ipv6, ipv4 } = addresses.value;
      if (ipv6.outcome === 'nxdomain' && ipv4?.outcome === 'answer') safety.wrongNxdomain.push(name);
      if (ipv6.usable.length === 0 && ipv6.unusable.length > 0) {
        safety.suppressed.push({ host: name, addresses: ipv6.unusable.map(({ address, scope }) => `${address} (${scope})`) });
      }
    }
    const literals = webLiterals(context, host);
    if (!literals.known && safety.wrongNxdomain.length === 0 && safety.suppressed.length === 0)
      return unknown(literals.cause, literals.observations);
    if (literals.known) {
      safety.literals = literals.value.found.filter(({ blocking }) => blocking);
      safety.cut = literals.value.cut;
    }
    return known(safety, [...observations, ...literals.observations]);
  });
}
