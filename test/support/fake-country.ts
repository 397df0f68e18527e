import type { FakeZone, FakeZones } from './fake-zones.ts';

/** Root, vn and gov.vn in good order, to hang zones under. */
export const countryZones: FakeZones = {
  '': { servers: { 'a.root': ['2001:db8:0:1::1', '198.51.100.1'], 'b.root': ['2001:db8:0:1::2', '198.51.100.2'] } },
  vn: { servers: { 'a.dns.vn': ['2001:db8:0:2::1', '198.51.100.11'], 'b.dns.vn': ['2001:db8:0:2::2', '198.51.100.12'] } },
  'gov.vn': { servers: { 'a.dns.gov.vn': ['2001:db8:0:3::1', '198.51.100.21'], 'b.dns.gov.vn': ['2001:db8:0:3::2', '198.51.100.22'] } },
};

/** A ministry's zone with two dual-stack name servers inside it. */
export const ministry: FakeZone = {
  servers: { 'ns1.x.gov.vn': ['2001:db8:a::1', '192.0.2.1'], 'ns2.x.gov.vn': ['2001:db8:a::2', '192.0.2.2'] },
  records: [
    '@ A 192.0.2.80',
    '@ AAAA 2001:db8:a::80',
    'www A 192.0.2.80',
    'www AAAA 2001:db8:a::80',
    '@ MX 10 mail',
    'mail A 192.0.2.25',
    'a.ent A 192.0.2.9',
  ],
};

export function country(zones: FakeZones): FakeZones {
  return { ...countryZones, ...zones };
}
