import type { Case } from '../model.ts';

const unjudged = {
  findings: [],
  conformity: 'pass',
  level: null,
  facts: [],
  supporting: true,
  web: { both: { plain: '%page%' } },
} as const;

/** Hosts and zones that agencies lean on; nobody audits them. */
export const supportingCases: readonly Case[] = [
  {
    ...unjudged,
    domain: 'ha-tang.vn',
    title: 'Công ty Hạ Tầng',
    fault: 'a provider: v4 has no AAAA, chet a dead one, tot is in order',
    zone: {
      with: ['v4.{d}. A {w4}', 'chet.{d}. A {w4}', 'chet.{d}. AAAA {x6}', 'tot.{d}. A {w4}', 'tot.{d}. AAAA {w6}', 'mx4.{d}. A {m4}'],
    },
  },
  {
    ...unjudged,
    domain: 'chi-v4.vn',
    title: 'Công ty Chỉ IPv4',
    fault: 'a zone whose name servers have IPv4 only, with names that have IPv6',
    zone: {
      without: ['ns1.{d}. AAAA', 'ns2.{d}. AAAA'],
      with: [
        'host.{d}. A {w4}',
        'host.{d}. AAAA {w6}',
        'dns1.{d}. A {y4}',
        'dns1.{d}. AAAA {y6}',
        'dns2.{d}. A {z4}',
        'dns2.{d}. AAAA {z6}',
      ],
    },
    answersAt: ['y4', 'y6', 'z4', 'z6'],
  },
];
