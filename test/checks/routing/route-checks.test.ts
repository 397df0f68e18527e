import { describe, expect, it } from 'vitest';
import { evaluateCheck, missingData, skippedFinding } from '../../../src/checks/evaluate.ts';
import { check as origin } from '../../../src/checks/routing/route-origin.ts';
import { check as prefix } from '../../../src/checks/routing/route-prefix.ts';
import { unknown } from '../../../src/facts/fact.ts';
import type { RouteData } from '../../../src/model/routes.ts';
import type { Subject } from '../../../src/model/subject.ts';
import { parseOrigins, parseVrps } from '../../../src/parsers/route-data.ts';
import { findingText } from '../../../src/reports/message.ts';
import { addressSetFact, dnsContext } from '../../support/dns-context.ts';

const host = 'www.bo.gov.vn';
const subject: Subject = { kind: 'host', name: host, service: 'portal', deciding: true, sibling: null, preference: null };

const origins = parseOrigins(
  [
    '2001:dc8::/32,7643',
    '2001:dc8:8000::/34,7643',
    '2001:ee0:1::/48,45899',
    '2001:ee1:1:2::/64,45899',
    '9.9.8.0/23,7643',
    '9.9.10.0/24,64500',
  ].join('\n'),
);
const vrps = parseVrps(
  JSON.stringify({
    roas: [
      { asn: 'AS7643', prefix: '2001:dc8::/32', maxLength: 33 },
      { asn: 7643, prefix: '9.9.8.0/23', maxLength: 24 },
    ],
  }),
);

function contextOf(ipv6: string[], ipv4: string[] | null, routes: RouteData | null) {
  const addresses = {
    [`${host} 6`]: addressSetFact(6, ipv6),
    [`${host} 4`]: ipv4 === null ? unknown('dns-timeout' as const) : addressSetFact(4, ipv4),
  };
  return { ...dnsContext({ addresses }), ...(routes === null ? {} : { routes }) };
}

describe('route-origin', () => {
  it.each<[string, string[], string[] | null, string, string]>([
    ['valid', ['2001:dc8::1'], ['9.9.9.1'], 'valid', 'pass'],
    ['announced longer than the ROA allows', ['2001:dc8:8000::1'], ['9.9.9.1'], 'invalid', 'warn'],
    ['no ROA, IPv4 valid', ['2001:ee0:1::1'], ['9.9.9.1'], 'weaker-than-ipv4', 'warn'],
    ['no ROA in either family', ['2001:ee0:1::1'], ['9.9.10.1'], 'not-found', 'info'],
    ['no ROA, no A', ['2001:ee0:1::1'], [], 'not-found', 'info'],
    ['no ROA, one of two IPv4 routes valid', ['2001:ee0:1::1'], ['9.9.9.1', '9.9.10.1'], 'not-found', 'info'],
    ['no ROA, A not known', ['2001:ee0:1::1'], null, 'not-found', 'info'],
    ['not announced', ['2001:ef0::1'], ['9.9.9.1'], 'not-announced', 'info'],
    ['no AAAA', [], ['9.9.9.1'], 'no-aaaa', 'not-applicable'],
  ])('%s', (_title, ipv6, ipv4, message, status) => {
    expect(evaluateCheck(origin, contextOf(ipv6, ipv4, { vrps, origins }), subject)).toMatchObject({ message, status });
  });

  it('shows the route and its origin beside an address, where there is one', () => {
    const valuesOf = (address: string) => evaluateCheck(origin, contextOf([address], [], { vrps, origins }), subject).values;
    expect(valuesOf('2001:dc8::1')).toMatchObject({ routes: ['2001:dc8::1 (2001:dc8::/32, AS7643)'] });
    expect(valuesOf('2001:ef0::1')).toMatchObject({ found: ['2001:ef0::1'] });
  });
});

describe('route-prefix', () => {
  const mixed = parseOrigins('2001:ee0:1::/48,45899\n2001:ef0::,2001:ef0:0:ffff:ffff:ffff:ffff:ffff,45899\n');
  const ranges = parseOrigins('2001:ef0::\t2001:ef0:0:ffff:ffff:ffff:ffff:ffff\t45899\tVN\tX\n');
  it.each<[string, string[], RouteData['origins'], string, string]>([
    ['/48', ['2001:ee0:1::1'], origins, 'covered', 'pass'],
    ['/64', ['2001:ee1:1:2::1'], origins, 'too-long', 'warn'],
    ['a longer one inside a /32', ['2001:dc8:8000::1'], origins, 'covered', 'pass'],
    ['a range', ['2001:ef0::1'], ranges, 'length-unknown', 'info'],
    ['a prefix beside a range', ['2001:ee0:1::1', '2001:ef0::1'], mixed, 'length-unknown', 'info'],
    ['nothing', ['2001:dc8::1', '2001:ef0::1'], origins, 'not-covered', 'warn'],
    ['no AAAA', [], origins, 'no-aaaa', 'not-applicable'],
  ])('%s', (_title, ipv6, data, message, status) => {
    expect(evaluateCheck(prefix, contextOf(ipv6, [], { vrps: null, origins: data }), subject)).toMatchObject({ message, status });
  });
});

describe('without data files', () => {
  it.each<[string, RouteData | null, string[], string[]]>([
    ['none', null, ['--vrps', '--asn-db'], ['--asn-db']],
    ['only VRPs', { vrps, origins: null }, ['--asn-db'], ['--asn-db']],
    ['only origins', { vrps: null, origins }, ['--vrps'], []],
    ['both', { vrps, origins }, [], []],
  ])('%s', (_title, routes, forOrigin, forPrefix) => {
    const context = contextOf([], [], routes);
    expect(missingData(origin, context)).toEqual(forOrigin);
    expect(missingData(prefix, context)).toEqual(forPrefix);
  });

  it('the finding is skipped and says which file it wants', () => {
    const finding = skippedFinding(origin, subject, ['--vrps']);
    expect(finding).toMatchObject({ status: 'skipped', message: 'skipped', cause: null });
    expect(findingText(finding, origin).text.en).toContain('--vrps');
    expect(findingText(skippedFinding(origin, subject), origin).text.en).toContain('--skip');
  });
});
