import { describe, expect, it } from 'vitest';
import { namesByCertificate } from '../../bench/certificates.ts';
import { isDead, makeCountry, mostAgencies, providers } from '../../bench/world.ts';
import { nibbles, zonesOf } from '../../bench/zones.ts';
import { addressScope } from '../../src/model/address-registry.ts';

const roots = [{ name: 'a.root-servers.net', ipv4: '198.41.0.4', ipv6: '2001:503:ba3e::2:30' }];

describe('the country of the benchmark', () => {
  it.each([
    [200, 30, 120, 60],
    [100, 0, 60, 0],
    [100, 30, 60, 30],
    [1_000, 30, 600, 300],
  ])('%i agencies, %i per cent dead: %i at the five providers, %i dead', (count, deadPercent, shared, dead) => {
    const { agencies, operators } = makeCountry(count, deadPercent);
    const large = operators.slice(0, providers);
    expect(agencies.filter(({ operator }) => large.includes(operator))).toHaveLength(shared);
    expect(agencies.filter((agency) => agency.dead)).toHaveLength(dead);
    // The dead are both at providers and on machines of their own.
    if (dead > 2) expect(agencies.filter((agency) => agency.dead && large.includes(agency.operator)).length).toBeLessThan(dead);
  });

  it('exactly the dead have addresses that the firewall drops', () => {
    for (const { dead, web, mail } of makeCountry(200, 30).agencies) {
      expect([isDead(web.ipv6), isDead(mail.ipv6), isDead(web.ipv4)]).toEqual([dead, dead, false]);
    }
  });

  it('the largest has no address twice but those of the operators, and all are global', () => {
    const { agencies, operators } = makeCountry(mostAgencies, 30);
    const shared = new Set(operators.flatMap(({ web, mail }) => [web, mail].flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6])));
    const own = agencies.flatMap(({ web, mail }) => [web.ipv4, web.ipv6, mail.ipv4, mail.ipv6]).filter((address) => !shared.has(address));
    expect(new Set(own).size).toBe(own.length);
    expect([...own, ...shared].filter((address) => !addressScope(address, 'public').usable)).toEqual([]);
  });
});

describe('its zones', () => {
  const zones = zonesOf(makeCountry(20, 30), roots);
  const textOf = (name: string): string => zones.leaves.find((zone) => zone.name === name)?.text ?? '';

  it('the parent delegates every agency, whose zone has both families and mail', () => {
    for (let number = 1; number <= 20; number += 1) expect(zones.gov.text).toContain(`cq${number}.gov.vn. NS ns1.`);
    expect(textOf('cq1.gov.vn').split('\n').slice(2, -1)).toEqual([
      'cq1.gov.vn. NS ns1.nha-cung-cap-1.vn.',
      'cq1.gov.vn. NS ns2.nha-cung-cap-1.vn.',
      'cq1.gov.vn. A 203.162.10.80',
      'cq1.gov.vn. AAAA 2405:4800:1000:dead::80',
      'www.cq1.gov.vn. A 203.162.10.80',
      'www.cq1.gov.vn. AAAA 2405:4800:1000:dead::80',
      'cq1.gov.vn. MX 10 mail.cq1.gov.vn.',
      'mail.cq1.gov.vn. A 203.162.10.25',
      'mail.cq1.gov.vn. AAAA 2405:4800:1000:dead::25',
      'cq1.gov.vn. TXT "v=spf1 mx -all"',
    ]);
  });

  it('an operator has glue at its parent', () => {
    expect(zones.vn.text).toContain('ns2.nha-cung-cap-1.vn. AAAA 2001:dc8:100::53');
    expect([zones.root.signed, zones.vn.signed, zones.gov.signed]).toEqual(['good', 'good', 'good']);
  });

  it('names below ip6.arpa have all digits', () => {
    expect(nibbles('2405:4800:100::25')).toBe('5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.8.4.5.0.4.2');
  });

  it('every host of an agency is in one certificate', () => {
    const names = namesByCertificate(makeCountry(25, 0));
    expect(names).toHaveLength(4);
    expect(names[2]).toContain('mail.cq25.gov.vn');
    expect(new Set(names.flat()).size).toBe(names.flat().length);
  });
});
