import { siblingOf } from '../model/agency-services.ts';
import { families } from '../model/observation.ts';
import type { AddressSet } from './address-set.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { addressSet } from './lookup.ts';
import { responded } from './web-requests.ts';

/** 'aaaa-missing': usable over IPv4 only, or with AAAA none of which is usable. 'no-address': neither, by evidence. */
export type Presence = 'published' | 'aaaa-missing' | 'no-address';

/** Addresses of a web host in both families, and whether its www/apex twin answers in its place. */
export interface WebAddresses {
  host: string;
  presence: Presence;
  ipv6: AddressSet;
  /** Null: the A records could not be looked up. */
  ipv4: AddressSet | null;
  /** False only when DNS says, by evidence, that there is no A record. */
  ipv4Published: boolean;
  isWww: boolean;
  sibling: string;
  /** The twin has addresses and answered HTTP in either family. */
  siblingAnswers: boolean;
  /** The name itself does not exist. */
  nameMissing: boolean;
}

/** Unknown when the AAAA look-up failed, or when the A look-up failed and without it nothing can be said. */
export function webAddresses(context: AgencyContext, host: string): Fact<WebAddresses> {
  return cached(context, `webAddresses ${host}`, () => {
    const ipv6 = addressSet(context, host, 6);
    if (!ipv6.known) return unknown(ipv6.cause, ipv6.observations);
    const ipv4 = addressSet(context, host, 4);
    const observations = [...ipv6.observations, ...ipv4.observations];
    if (!ipv4.known && ipv6.value.usable.length === 0) return unknown(ipv4.cause, observations);
    const sibling = siblingOf(host);
    return known(
      {
        host,
        presence: presenceOf(ipv6.value, ipv4.known ? ipv4.value : null),
        ipv6: ipv6.value,
        ipv4: ipv4.known ? ipv4.value : null,
        ipv4Published: !ipv4.known || ipv4.value.outcome === 'answer',
        isWww: host.startsWith('www.'),
        sibling,
        siblingAnswers: answersHttp(context, sibling),
        nameMissing: ipv6.value.outcome === 'nxdomain' && (!ipv4.known || ipv4.value.outcome === 'nxdomain'),
      },
      observations,
    );
  });
}

function presenceOf(ipv6: AddressSet, ipv4: AddressSet | null): Presence {
  if (ipv6.usable.length > 0) return 'published';
  if (ipv6.unusable.length > 0) return 'aaaa-missing';
  return ipv4 !== null && ipv4.usable.length > 0 ? 'aaaa-missing' : 'no-address';
}

/** A response, whatever its status, from the host in either family. */
export function answersHttp(context: AgencyContext, host: string): boolean {
  return families.some((family) => context.evidence.httpRequests(host, family).some(responded));
}
