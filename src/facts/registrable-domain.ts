import { getDomain } from 'tldts';

/** Registrable domain (public suffix list, ICANN section) for grouping; the name itself where there is none. Never used for zone cuts. */
export function registrableDomain(name: string): string {
  return getDomain(name, { allowPrivateDomains: false, validateHostname: false }) ?? name;
}
