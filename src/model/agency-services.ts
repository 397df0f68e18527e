import type { Agency } from './agency.ts';
import type { ServiceRole } from './finding.ts';

/** A host that an agency's list entry names, directly or as the www/apex sibling of its portal. */
export interface ListedHost {
  role: ServiceRole;
  host: string;
  /** The www or apex twin of the listed portal host: counts in the score only (design §6). */
  isSibling: boolean;
  state: 'active' | 'retired';
}

/** The www or apex twin of a portal host. */
export function siblingOf(host: string): string {
  return host.startsWith('www.') ? host.slice(4) : `www.${host}`;
}

/**
 * Hosts whose web service is audited, portal first. `servicesOverride: 'active'` (--services active) ignores the list's `retired`.
 * A public-service host equal to the portal is one service (the portal).
 */
export function listedHosts(agency: Agency, servicesOverride: 'active' | 'listed'): ListedHost[] {
  const hosts: ListedHost[] = [
    { role: 'portal', host: agency.domain, isSibling: false, state: 'active' },
    { role: 'portal', host: siblingOf(agency.domain), isSibling: true, state: 'active' },
  ];
  const seen = new Set(hosts.map((entry) => entry.host));
  const add = (role: ServiceRole, host: string, state: 'active' | 'retired'): void => {
    if (!seen.has(host)) {
      seen.add(host);
      hosts.push({ role, host, isSibling: false, state });
    }
  };
  if (agency.servicesDomain !== null)
    add('public-services', agency.servicesDomain, servicesOverride === 'active' ? 'active' : agency.servicesStatus);
  for (const host of agency.hosts) add('other', host, 'active');
  return hosts;
}
