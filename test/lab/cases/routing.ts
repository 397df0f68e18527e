import type { Case } from '../model.ts';

/** Only the routing data name a fault; whether others see it is theirs to say. */
const reached = { conformity: 'pass', level: 5 } as const;

/** Routes as `--vrps` and `--asn-db` have them (route-data.ts). */
export const routingCases: readonly Case[] = [
  {
    ...reached,
    domain: 'tuyen-sai.gov.vn',
    title: 'Sở Tuyến Sai Nguồn',
    fault: 'another AS than the VRP names announces the prefix of the web server',
    route: 'other-origin',
    findings: [
      ['route-origin', '*', 'warn'],
      ['route-prefix', '*', 'pass'],
    ],
    facts: ["routes asn.csv '^2405:4800:{n}::/48,64501$'", "routes vrps.csv '^AS64500,2405:4800::/32,48,'"],
  },
  {
    ...reached,
    domain: 'tuyen-dai.gov.vn',
    title: 'Sở Tuyến Quá Dài',
    fault: 'the prefix of the web server is announced as a /64 only',
    route: 'too-long',
    findings: [
      ['route-origin', '*', 'pass'],
      ['route-prefix', '*', 'warn'],
    ],
    facts: ["routes asn.csv '^2405:4800:{n}::/64,64500$'", "not routes asn.csv '^2405:4800:{n}::/48'"],
  },
  {
    ...reached,
    domain: 'tuyen-khong.gov.vn',
    title: 'Sở Chưa Công Bố Tuyến',
    fault: 'nobody announces the prefix of the web server, by the routing data',
    route: 'not-announced',
    findings: [
      ['route-origin', '*', 'info'],
      ['route-prefix', '*', 'warn'],
    ],
    facts: ["not routes asn.csv '^2405:4800:{n}::'", "not routes asn.csv '^2405:4800::'"],
  },
];
