import { note, type Recipe } from './recipe.ts';

export const bindListen: Recipe = {
  software: 'BIND 9',
  where: '/etc/bind/named.conf.options',
  comment: '//',
  lines: [
    'options {',
    '    listen-on    { any; };',
    '    listen-on-v6 { any; };',
    note(
      'câu trả lời UDP không lớn hơn mức qua được mọi đường IPv6; phần hơn đi TCP',
      'no UDP answer larger than passes every IPv6 path; the rest goes over TCP',
    ),
    '    edns-udp-size 1232;',
    '    max-udp-size  1232;',
    '};',
  ],
};

export const nsdListen: Recipe = {
  software: 'NSD',
  where: '/etc/nsd/nsd.conf',
  comment: '#',
  lines: [
    'server:',
    '    ip-address: 192.0.2.53',
    '    ip-address: 2001:db8:53::53',
    '    do-ip6: yes',
    note('câu trả lời UDP không lớn hơn mức qua được mọi đường IPv6', 'no UDP answer larger than passes every IPv6 path'),
    '    ipv6-edns-size: 1232',
  ],
};

export const powerdnsListen: Recipe = {
  software: 'PowerDNS Authoritative',
  where: '/etc/powerdns/pdns.conf',
  comment: '#',
  lines: [
    note('từ 4.3 cả hai họ địa chỉ ở cùng một dòng; local-ipv6 không còn nữa', 'since 4.3 both families in one line; local-ipv6 is gone'),
    'local-address=0.0.0.0, ::',
    'udp-truncation-threshold=1232',
  ],
};

export const zoneNameServers: Recipe = {
  software: 'BIND 9, NSD',
  where: 'example.gov.vn.zone',
  comment: ';',
  lines: [
    note(
      'hai máy chủ tên miền, mỗi máy có A và AAAA, ở hai mạng khác nhau',
      'two name servers, each with A and AAAA, in different networks',
    ),
    '@    IN NS   ns1',
    '@    IN NS   ns2',
    'ns1  IN A    192.0.2.53',
    'ns1  IN AAAA 2001:db8:53::53',
    'ns2  IN A    198.51.100.53',
    'ns2  IN AAAA 2001:db8:54::53',
  ],
};

export const zoneWeb: Recipe = {
  software: 'BIND 9, NSD',
  where: 'example.gov.vn.zone',
  comment: ';',
  lines: [
    note('tăng serial của SOA sau khi sửa', 'raise the serial of the SOA after the change'),
    '@    IN A    192.0.2.80',
    '@    IN AAAA 2001:db8:80::80',
    'www  IN A    192.0.2.80',
    'www  IN AAAA 2001:db8:80::80',
  ],
};

export const powerdnsWeb: Recipe = {
  software: 'PowerDNS Authoritative',
  where: 'shell',
  comment: '#',
  lines: [
    'pdnsutil add-record example.gov.vn @   AAAA 3600 2001:db8:80::80',
    'pdnsutil add-record example.gov.vn www AAAA 3600 2001:db8:80::80',
    'pdnsutil increase-serial example.gov.vn',
  ],
};

export const windowsDnsWeb: Recipe = {
  software: 'Windows DNS Server',
  where: 'PowerShell',
  comment: '#',
  lines: [
    "Add-DnsServerResourceRecordAAAA -ZoneName 'example.gov.vn' -Name '@'   -IPv6Address '2001:db8:80::80'",
    "Add-DnsServerResourceRecordAAAA -ZoneName 'example.gov.vn' -Name 'www' -IPv6Address '2001:db8:80::80'",
  ],
};

export const registrarGlue: Recipe = {
  software: note('Nhà đăng ký tên miền', 'Registrar'),
  where: note('các đối tượng máy chủ (host) của tên miền', 'host objects of the domain'),
  comment: '#',
  lines: [
    note(
      'khai ở nhà đăng ký cả hai địa chỉ của mỗi máy chủ nằm trong tên miền',
      'register both addresses of every server inside the domain',
    ),
    'ns1.example.gov.vn  192.0.2.53     2001:db8:53::53',
    'ns2.example.gov.vn  198.51.100.53  2001:db8:54::53',
    note('xem vùng cha trả lời gì (phần ADDITIONAL phải có AAAA)', 'look at what the parent answers (ADDITIONAL must hold AAAA)'),
    'dig +norecurse @PARENT_SERVER example.gov.vn NS',
  ],
};

export const parentGlue: Recipe = {
  software: 'BIND 9, NSD',
  where: note('vùng cha, nếu tự vận hành', 'zone of the parent, where you run it yourself'),
  comment: ';',
  lines: ['example        IN NS   ns1.example', 'ns1.example    IN A    192.0.2.53', 'ns1.example    IN AAAA 2001:db8:53::53'],
};

export const bindTransfer: Recipe = {
  software: 'BIND 9',
  where: note('/etc/bind/named.conf.local, trên máy chủ chính', '/etc/bind/named.conf.local, on the primary'),
  comment: '//',
  lines: [
    note('mọi máy phụ nhận bản mới ngay, qua IPv6', 'every secondary gets the new version at once, over IPv6'),
    'zone "example.gov.vn" {',
    '    type primary;',
    '    file "/var/lib/bind/example.gov.vn.zone";',
    '    notify yes;',
    '    also-notify    { 2001:db8:54::53; };',
    '    allow-transfer { 2001:db8:54::53; };',
    '};',
  ],
};

export const nsdTransfer: Recipe = {
  software: 'NSD',
  where: note('/etc/nsd/nsd.conf, trên máy chủ chính', '/etc/nsd/nsd.conf, on the primary'),
  comment: '#',
  lines: [
    'zone:',
    '    name: example.gov.vn',
    '    zonefile: example.gov.vn.zone',
    '    notify: 2001:db8:54::53 NOKEY',
    '    provide-xfr: 2001:db8:54::53 NOKEY',
  ],
};

export const powerdnsTransfer: Recipe = {
  software: 'PowerDNS Authoritative',
  where: note('/etc/powerdns/pdns.conf, trên máy chủ chính', '/etc/powerdns/pdns.conf, on the primary'),
  comment: '#',
  lines: ['primary=yes', 'also-notify=2001:db8:54::53', 'allow-axfr-ips=127.0.0.0/8,::1,2001:db8:54::53'],
};

export const bindFilter: Recipe = {
  software: 'BIND 9',
  where: '/etc/bind/named.conf',
  comment: '//',
  lines: [
    note('bỏ phần này: nó giấu bản ghi AAAA', 'remove this: it hides AAAA records'),
    note('plugin query "filter-aaaa.so" { filter-aaaa-on-v4 yes; };', 'plugin query "filter-aaaa.so" { filter-aaaa-on-v4 yes; };'),
    note(
      'máy chủ phải trả lời NOERROR cho AAAA, kể cả khi không có bản ghi',
      'a server must answer NOERROR to AAAA, even where there is no record',
    ),
    note('dig +norecurse @ns1.example.gov.vn www.example.gov.vn AAAA', 'dig +norecurse @ns1.example.gov.vn www.example.gov.vn AAAA'),
  ],
};

export const dnsdistFilter: Recipe = {
  software: 'dnsdist',
  where: '/etc/dnsdist/dnsdist.conf',
  comment: '#',
  lines: [
    note(
      'bỏ các luật như dòng sau (trong tệp này chú thích bắt đầu bằng --)',
      'remove rules like this one (in that file comments begin with --)',
    ),
    note('addAction(QTypeRule(DNSQType.AAAA), DropAction())', 'addAction(QTypeRule(DNSQType.AAAA), DropAction())'),
  ],
};

export const zoneHttps: Recipe = {
  software: 'BIND 9.18, NSD 4.4',
  where: 'example.gov.vn.zone',
  comment: ';',
  lines: [
    note(
      'gợi ý phải là chính các địa chỉ của tên; không có gợi ý thì tốt hơn gợi ý cũ',
      'hints are the addresses of the name itself; no hints are better than old ones',
    ),
    'www  IN HTTPS 1 . alpn="h2" ipv4hint=192.0.2.80 ipv6hint=2001:db8:80::80',
  ],
};

export const bindDnssec: Recipe = {
  software: 'BIND 9.18',
  where: '/etc/bind/named.conf.local',
  comment: '//',
  lines: [
    note(
      'máy chủ ký lại trước khi chữ ký hết hạn; bản ghi DS ở vùng cha phải khớp khóa',
      'the server signs again before signatures end; the DS at the parent must match the key',
    ),
    'zone "example.gov.vn" {',
    '    type primary;',
    '    file "/var/lib/bind/example.gov.vn.zone";',
    '    dnssec-policy default;',
    '    inline-signing yes;',
    '};',
    note('delv @::1 www.example.gov.vn AAAA', 'delv @::1 www.example.gov.vn AAAA'),
  ],
};
