import type { Rubric } from '../rubric.ts';

const webComponent = {
  areas: ['web'],
  checks: ['address-scope'],
  worksOverIpv6: ['web-connect'],
  conditional: ['web-literals'],
  failedCap: 49,
};

/** The default criteria: conformity with IPv6 For Gov 2021-2025 and readiness for IPv6-only 2026-2030 (design §6). */
export const ipv6ForGov1: Rubric = {
  name: 'ipv6-for-gov',
  version: '1',
  levelWeights: { required: 3, recommended: 1, informative: 0 },
  checkWeights: {},
  coverageFloor: 0.8,
  conformity: {
    deciding: ['web-addresses', 'address-scope', 'web-connect', 'web-tls', 'web-response', 'web-redirects', 'web-content', 'web-transfer'],
    mustWork: ['web-addresses', 'web-connect', 'web-response'],
    roles: ['portal', 'public-services'],
    components: [
      { id: 'portal', weight: 45, role: 'portal', ...webComponent },
      { id: 'public-services', weight: 30, role: 'public-services', ...webComponent },
      {
        id: 'dns',
        weight: 15,
        role: null,
        areas: ['dns'],
        checks: [],
        worksOverIpv6: ['ns-udp-ipv6', 'ns-tcp-ipv6'],
        conditional: ['delegation', 'aaaa-handling', 'aaaa-consistency'],
        failedCap: null,
      },
      {
        id: 'mail',
        weight: 10,
        role: 'mail',
        areas: ['mail'],
        checks: [],
        worksOverIpv6: ['smtp-connect'],
        conditional: ['mail-role', 'spf-ipv6'],
        failedCap: null,
      },
    ],
  },
  readiness: {
    checkWeights: { 'ipv6-only-names': 30, 'ipv6-only-page': 30, 'ipv6-only-dependencies': 20, 'ipv6-only-mail': 10, 'dns64-safe': 10 },
    ladder: [
      { verdict: 'published', mustWork: ['web-addresses'], mustNotFail: [] },
      { verdict: 'working', mustWork: ['web-connect', 'web-response'], mustNotFail: ['address-scope', 'web-tls'] },
      { verdict: 'equal', mustWork: [], mustNotFail: ['web-redirects', 'web-content', 'web-transfer'] },
      { verdict: 'ipv6-only', mustWork: ['ipv6-only-names', 'ipv6-only-page'], mustNotFail: ['ipv6-only-mail'] },
      { verdict: 'complete', mustWork: [], mustNotFail: ['ipv6-only-dependencies', 'dns64-safe'] },
    ],
  },
};
