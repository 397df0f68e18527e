import { note, type Recipe } from './recipe.ts';

/** What must pass for IPv6 to work at all: RFC 4890. */
const icmp = [
  note(
    'IPv6 cần ICMPv6: thiếu packet-too-big thì trang lớn bị treo (RFC 4890)',
    'IPv6 needs ICMPv6: without packet-too-big large pages stall (RFC 4890)',
  ),
  'table inet filter {',
  '    chain input {',
  '        type filter hook input priority filter; policy drop;',
  '        ct state established,related accept',
  '        iif "lo" accept',
  '        icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem } accept',
  '        icmpv6 type { echo-request, echo-reply } accept',
  '        icmpv6 type { nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept',
] as const;

const opening = (rule: string): Recipe => ({
  software: 'nftables',
  where: '/etc/nftables.conf',
  comment: '#',
  lines: [...icmp, `        ${rule}`, '    }', '}'],
});

export const firewallWeb = opening('tcp dport { 80, 443 } accept');
export const firewallMail = opening('tcp dport 25 accept');
export const firewallDns: Recipe = {
  software: 'nftables',
  where: '/etc/nftables.conf',
  comment: '#',
  lines: [...icmp, '        udp dport 53 accept', '        tcp dport 53 accept', '    }', '}'],
};

export const firewallPathMtu: Recipe = {
  software: 'nftables',
  where: note(
    '/etc/nftables.conf, trên tường lửa hoặc bộ định tuyến trước máy chủ',
    '/etc/nftables.conf, on the firewall or router before the server',
  ),
  comment: '#',
  lines: [
    'table inet filter {',
    '    chain forward {',
    '        type filter hook forward priority filter; policy drop;',
    '        ct state established,related accept',
    note('không bao giờ chặn packet-too-big', 'never drop packet-too-big'),
    '        icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem } accept',
    '        tcp dport { 80, 443 } accept',
    '    }',
    note(
      'nếu đường hầm phía sau nhỏ hơn 1500 octet: giảm MSS theo đường đi',
      'where a tunnel behind has less than 1500 octets: lower the MSS to the route',
    ),
    '    chain mss {',
    '        type filter hook forward priority mangle;',
    '        tcp flags syn tcp option maxseg size set rt mtu',
    '    }',
    '}',
  ],
};

export const linuxPathMtu: Recipe = {
  software: 'Linux',
  where: 'shell',
  comment: '#',
  lines: [
    note('gói lớn nhất qua được tới một máy ở xa', 'the largest packet that reaches a far host'),
    'tracepath -6 www.example.net',
    note('tạm thời, cho tới khi sửa xong đường truyền', 'for the time until the path is repaired'),
    'ip -6 route change default via fe80::1 dev eth0 mtu 1280',
  ],
};
