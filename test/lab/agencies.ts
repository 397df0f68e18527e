/** What is wrong with an agency of the lab; everything else of it is in order. */
export type Fault =
  | 'none'
  | 'no-aaaa'
  | 'aaaa-dropped'
  | 'name-servers-ipv4-only'
  | 'exchanger-ipv4-only'
  | 'default-page-over-ipv6'
  | 'https-refused-over-ipv6'
  | 'wrong-certificate-over-ipv6'
  | 'null-mx';

/** A name with its addresses; `null` where the family is not published. */
export interface Host {
  name: string;
  ipv4: string;
  ipv6: string | null;
}

export interface LabAgency {
  domain: string;
  fault: Fault;
  title: string;
  nameServers: [Host, Host];
  web: { apex: Host; www: Host };
  /** `null`: the domain publishes a null MX. */
  exchanger: Host | null;
}

const faults: readonly [domain: string, fault: Fault, title: string][] = [
  ['tot.gov.vn', 'none', 'Sở Mọi Việc Đều Tốt'],
  ['khong-aaaa.gov.vn', 'no-aaaa', 'Sở Chưa Có Bản Ghi AAAA'],
  ['aaaa-chet.gov.vn', 'aaaa-dropped', 'Sở Bản Ghi AAAA Chết'],
  ['ns-v4.gov.vn', 'name-servers-ipv4-only', 'Sở Máy Chủ Tên Miền Chỉ IPv4'],
  ['mx-v4.gov.vn', 'exchanger-ipv4-only', 'Sở Máy Chủ Thư Chỉ IPv4'],
  ['khac-trang.gov.vn', 'default-page-over-ipv6', 'Sở Hai Trang Khác Nhau'],
  ['tu-choi.gov.vn', 'https-refused-over-ipv6', 'Sở Từ Chối Kết Nối'],
  ['chung-thu.gov.vn', 'wrong-certificate-over-ipv6', 'Sở Nhầm Chứng Thư'],
  ['khong-thu.gov.vn', 'null-mx', 'Sở Không Nhận Thư'],
];

/**
 * The agencies, each with addresses of its own. The addresses are global unicast space, because the tool's own gate lets nothing
 * else through; they exist in the lab's namespaces only, and no route leads out of these.
 */
export const agencies: readonly LabAgency[] = faults.map(([domain, fault, title], index) => {
  const net = index + 1;
  const host = (name: string, end: number, withIpv6 = true): Host => ({
    name,
    ipv4: `203.162.${net}.${end}`,
    ipv6: withIpv6 ? `2405:4800:${net}::${end}` : null,
  });
  const withIpv6 = fault !== 'name-servers-ipv4-only';
  return {
    domain,
    fault,
    title,
    nameServers: [
      host(`ns1.${domain}`, 53, withIpv6),
      { name: `ns2.${domain}`, ipv4: `203.119.${net}.53`, ipv6: withIpv6 ? `2001:dc8:${net}::53` : null },
    ],
    web: { apex: host(domain, 80, fault !== 'no-aaaa'), www: host(`www.${domain}`, 80, fault !== 'no-aaaa') },
    exchanger: fault === 'null-mx' ? null : host(`mx.${domain}`, 25, fault !== 'exchanger-ipv4-only'),
  };
});

/** Every address a host is published with. */
export function addressesOf(hosts: readonly (Host | null)[]): string[] {
  return hosts.flatMap((host) => (host === null ? [] : [host.ipv4, ...(host.ipv6 === null ? [] : [host.ipv6])]));
}
