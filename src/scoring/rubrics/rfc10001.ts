import type { Component, Rubric } from '../rubric.ts';

/** One requirement of the BCP as a line of the score. */
function line(id: string, checks: string[]): Component {
  return { id, weight: 20, role: null, areas: [], checks, worksOverIpv6: [], conditional: [], failedCap: null };
}

/**
 * BCP 91, RFC 10001, §4.1 as far as it speaks of IPv6 and can be seen from outside: two name servers over IPv6 with addresses that embed
 * no IPv4 address, a delegation that works without IPv4, the same data over both families; and DNS over TCP (RFC 9210). What it asks of
 * IPv4 is not measured. Section numbers are those of draft-ietf-dnsop-3901bis-15.
 */
export const rfc10001: Rubric = {
  name: 'rfc10001',
  version: '1',
  levelWeights: { required: 1, recommended: 1, informative: 0 },
  checkWeights: {},
  coverageFloor: 0.8,
  conformity: {
    deciding: ['ns-ipv6-count', 'ns-udp-ipv6', 'ns-tcp-ipv6', 'glue-ipv6', 'ipv6-only-names', 'transport-consistency'],
    mustWork: ['ns-ipv6-count', 'ns-udp-ipv6'],
    // "At least two": one is a warning elsewhere, and not enough here.
    warnFails: ['ns-ipv6-count'],
    roles: ['portal', 'public-services', 'mail'],
    components: [
      line('two-ipv6-name-servers', ['ns-ipv6-count']),
      line('served-over-ipv6', ['ns-udp-ipv6']),
      line('dns-over-tcp', ['ns-tcp-ipv6']),
      line('delegation-without-ipv4', ['glue-ipv6', 'ipv6-only-names']),
      line('same-data', ['transport-consistency']),
    ],
  },
  readiness: {
    checkWeights: { 'ipv6-only-names': 100 },
    ladder: [
      { verdict: 'published', mustWork: ['ns-ipv6-count'], mustNotFail: [] },
      { verdict: 'working', mustWork: ['ns-udp-ipv6', 'ns-tcp-ipv6'], mustNotFail: [] },
      { verdict: 'equal', mustWork: [], mustNotFail: ['transport-consistency', 'aaaa-handling'] },
      { verdict: 'ipv6-only', mustWork: ['ipv6-only-names'], mustNotFail: ['glue-ipv6'] },
      { verdict: 'complete', mustWork: [], mustNotFail: ['delegation', 'aaaa-consistency'] },
    ],
  },
};
