import { expect, it } from 'vitest';
import { known, unknown } from '../../src/facts/fact.ts';
import { nameServerDiversityOf } from '../../src/facts/name-server-diversity.ts';
import type { NameServers } from '../../src/facts/name-servers.ts';
import { parseOrigins } from '../../src/parsers/route-data.ts';
import { dnsContext, serverFact, zone } from '../support/dns-context.ts';

const fact: NameServers = {
  zone,
  parentVisible: true,
  childVisible: true,
  servers: [
    serverFact('a', ['2001:dc8:0:1::53', '9.9.9.9']),
    serverFact('b', ['2001:dc8:0:2::53', '2001:ee0:1::53']),
    serverFact('c', [], { ipv6: unknown('dns-servfail') }),
  ],
};

function context(routes = false) {
  const made = dnsContext();
  made.cache.set(`nameServers ${zone}`, known(fact, ['o1']));
  return routes ? { ...made, routes: { vrps: null, origins: parseOrigins('2001:dc8::/32,7643\n2001:ee0::/32,7643\n') } } : made;
}

it('counts distinct /48, and prefixes and origins where data are given', () => {
  const base = {
    addresses: ['2001:dc8:0:1::53', '2001:dc8:0:2::53', '2001:ee0:1::53'],
    sites: ['2001:dc8:0::/48', '2001:ee0:1::/48'],
    unknown: ['c'],
    cause: 'dns-servfail',
  };
  expect(nameServerDiversityOf(context(), zone)).toMatchObject({ value: { ...base, announced: null, asns: null }, observations: ['o1'] });
  expect(nameServerDiversityOf(context(true), zone)).toMatchObject({
    value: { ...base, announced: ['2001:dc8::/32', '2001:ee0::/32'], asns: ['AS7643'] },
  });
});
