import type { Component, Rubric } from '../rubric.ts';
import { ipv6ForGov1 } from './ipv6-for-gov-1.ts';

type Test = Pick<Component, 'id' | 'weight' | 'role' | 'checks'>;

/** A test of theirs: a host gets the least of its points, as one bad address or port takes points from the good ones. */
function test(parts: Test): Component {
  return { ...parts, areas: [], worksOverIpv6: [], conditional: [], failedCap: null, combine: 'lowest' };
}

/** 2 points of 10: some addresses are not reached. */
const partial = { warn: 0.2 };

/**
 * Internet.nl's IPv6 tests by our evidence (`checks/scoring.py`, `checks/tasks/ipv6.py`): 10 points full, 2 partial, 0 none; likeness 2;
 * one name server with IPv6 at most half; a domain without mail has full points. What our checks judge more finely than theirs is not
 * brought down to theirs. Readiness is that of the default criteria: Internet.nl has none.
 */
export const internetNl: Rubric = {
  name: 'internet-nl',
  version: '1',
  levelWeights: { required: 1, recommended: 0, informative: 0 },
  checkWeights: {},
  checkValues: {
    'ns-udp-ipv6': partial,
    'web-connect': partial,
    // AAAA are published: that some servers lack them is no part of their test.
    'web-addresses': { warn: 1 },
    'web-content': { warn: 0 },
    'mx-addresses': { ...partial, 'not-applicable': 1 },
    'smtp-connect': partial,
  },
  coverageFloor: 0.8,
  conformity: {
    deciding: ['ns-ipv6-count', 'ns-udp-ipv6', 'web-addresses', 'web-connect', 'web-content', 'mx-addresses', 'smtp-connect'],
    mustWork: ['ns-ipv6-count', 'web-addresses', 'web-connect'],
    mustWorkOf: { mail: ['ns-ipv6-count', 'mx-addresses', 'smtp-connect'] },
    warnFails: ['ns-ipv6-count', 'ns-udp-ipv6', 'web-connect', 'web-content', 'mx-addresses', 'smtp-connect'],
    roles: ['portal', 'public-services', 'mail'],
    components: [
      test({ id: 'name-servers', weight: 10, role: null, checks: ['ns-ipv6-count', 'ns-udp-ipv6'] }),
      test({ id: 'portal', weight: 10, role: 'portal', checks: ['web-addresses', 'web-connect'] }),
      test({ id: 'portal-likeness', weight: 2, role: 'portal', checks: ['web-content'] }),
      test({ id: 'public-services', weight: 10, role: 'public-services', checks: ['web-addresses', 'web-connect'] }),
      test({ id: 'public-services-likeness', weight: 2, role: 'public-services', checks: ['web-content'] }),
      test({ id: 'mail', weight: 10, role: 'mail', checks: ['mx-addresses', 'smtp-connect'] }),
    ],
  },
  readiness: ipv6ForGov1.readiness,
};
