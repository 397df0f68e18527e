import type { Cause } from '../model/cause.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { ipv4ChainDoubt } from './ipv4-doubt.ts';
import { type WebAddresses, webAddresses } from './web-addresses.ts';
import { webRedirects } from './web-redirects.ts';

/** One of the two twins. */
export interface TwinState {
  host: string;
  hasIpv6: boolean;
  hasIpv4: boolean;
  /** A page, or a redirect that ends in one. 'silent' is proven over IPv6; over IPv4 it is only an observation. */
  ipv6: 'serves' | 'silent' | 'unknown';
  ipv4: 'serves' | 'silent' | 'unknown';
  cause: Cause | null;
}

/** The listed host beside its www or apex twin. */
export interface WebSymmetry {
  /** This host is the listed one; its twin is judged with it. */
  isListed: boolean;
  listed: TwinState;
  sibling: TwinState;
  /** One of the two has no address at all, by evidence. */
  onlyOneExists: boolean;
}

export function webSymmetry(context: AgencyContext, subject: { name: string; sibling: string | null }): Fact<WebSymmetry> {
  return cached(context, `webSymmetry ${subject.name} ${subject.sibling ?? ''}`, () => {
    const own = webAddresses(context, subject.name);
    if (!own.known) return unknown(own.cause, own.observations);
    const isListed = subject.name === context.agency.domain;
    if (subject.sibling === null) {
      const none: TwinState = { host: '', hasIpv6: false, hasIpv4: false, ipv6: 'unknown', ipv4: 'unknown', cause: null };
      return known({ isListed, listed: twinOf(context, own.value), sibling: none, onlyOneExists: true }, own.observations);
    }
    const twin = webAddresses(context, subject.sibling);
    const observations = [...own.observations, ...twin.observations];
    if (!twin.known) return unknown(twin.cause, observations);
    const onlyOneExists = own.value.presence === 'no-address' || twin.value.presence === 'no-address';
    return known({ isListed, listed: twinOf(context, own.value), sibling: twinOf(context, twin.value), onlyOneExists }, observations);
  });
}

function twinOf(context: AgencyContext, { host, ipv6, ipv4 }: WebAddresses): TwinState {
  const base = { host, hasIpv6: ipv6.usable.length > 0, hasIpv4: (ipv4?.usable.length ?? 0) > 0 };
  const redirects = webRedirects(context, host);
  if (!redirects.known) return { ...base, ipv6: 'unknown', ipv4: 'unknown', cause: redirects.cause };
  const { primary, ipv4: chain4 } = redirects.value;
  const over6 = primary.verdict === 'complete' ? 'serves' : primary.proven ? 'silent' : 'unknown';
  if (chain4.end === 'page') return { ...base, ipv6: over6, ipv4: 'serves', cause: primary.cause };
  const doubt = ipv4ChainDoubt(context, chain4);
  return { ...base, ipv6: over6, ipv4: doubt === null ? 'silent' : 'unknown', cause: primary.cause ?? (over6 === 'serves' ? null : doubt) };
}
