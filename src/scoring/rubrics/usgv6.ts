import type { Component, Rubric } from '../rubric.ts';
import { ipv6ForGov1 } from './ipv6-for-gov-1.ts';

/** A service and its states, each worth the same: what is assigned only has a part, what is operational has all. */
function service(id: string, role: Component['role'], checks: string[]): Component {
  return { id, weight: 25, role, areas: [], checks, worksOverIpv6: [], conditional: [], failedCap: null };
}

/**
 * The states of the United States' deployment monitor (NIST, programme.md §6): web, DNS and mail, each assigned, reachable, operational.
 * Web: addresses, connect, response. DNS: name servers with addresses, answers over UDP and TCP. Mail: addresses, SMTP dialogue, which is
 * reachable and operational in one. Everything operational is a pass. The share of IPv6-only assets that OMB M-21-07 asks for is counted
 * inside and cannot be seen; readiness is that of the default criteria.
 */
export const usgv6: Rubric = {
  name: 'usgv6',
  version: '1',
  levelWeights: { required: 1, recommended: 0, informative: 0 },
  checkWeights: {},
  coverageFloor: 0.8,
  conformity: {
    deciding: ['ns-ipv6-count', 'ns-udp-ipv6', 'web-addresses', 'web-connect', 'web-response', 'mx-addresses', 'smtp-connect'],
    mustWork: ['ns-ipv6-count', 'ns-udp-ipv6', 'web-addresses', 'web-connect', 'web-response'],
    mustWorkOf: { mail: ['ns-ipv6-count', 'ns-udp-ipv6', 'mx-addresses', 'smtp-connect'] },
    roles: ['portal', 'public-services', 'mail'],
    components: [
      service('portal', 'portal', ['web-addresses', 'web-connect', 'web-response']),
      service('public-services', 'public-services', ['web-addresses', 'web-connect', 'web-response']),
      service('dns', null, ['ns-ipv6-count', 'ns-udp-ipv6', 'ns-tcp-ipv6']),
      service('mail', 'mail', ['mx-addresses', 'smtp-connect']),
    ],
  },
  readiness: ipv6ForGov1.readiness,
};
