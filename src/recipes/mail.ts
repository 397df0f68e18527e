import { note, type Recipe } from './recipe.ts';

export const postfixListen: Recipe = {
  software: 'Postfix',
  where: '/etc/postfix/main.cf',
  comment: '#',
  lines: [
    'inet_protocols = all',
    'inet_interfaces = all',
    note('địa chỉ IPv6 nằm trong ngoặc vuông', 'IPv6 addresses stand in brackets'),
    'mynetworks = 127.0.0.0/8 192.0.2.0/24 [::1]/128 [2001:db8:25::]/48',
    note(
      'inet_protocols có hiệu lực sau `postfix stop` và `postfix start`',
      'inet_protocols holds after `postfix stop` and `postfix start`',
    ),
  ],
};

export const postfixTls: Recipe = {
  software: 'Postfix',
  where: '/etc/postfix/main.cf',
  comment: '#',
  lines: [
    'smtpd_tls_security_level = may',
    'smtpd_tls_chain_files = /etc/ssl/mail/privkey.pem, /etc/ssl/mail/fullchain.pem',
    note(
      'master.cf: dịch vụ smtp của IPv6 không được ghi đè smtpd_tls_security_level',
      'master.cf: an smtp service for IPv6 must not override smtpd_tls_security_level',
    ),
  ],
};

export const exchangeListen: Recipe = {
  software: 'Exchange Server',
  where: 'Exchange Management Shell',
  comment: '#',
  lines: [
    note('cổng 25 trên cả hai họ địa chỉ, cho khách từ mọi nơi', 'port 25 in both families, for clients from everywhere'),
    "Set-ReceiveConnector 'MAIL01\\Default Frontend MAIL01' -Bindings '0.0.0.0:25','[::]:25' `",
    "  -RemoteIPRanges '0.0.0.0-255.255.255.255','::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'",
    'Restart-Service MSExchangeFrontEndTransport',
  ],
};

export const exchangeTls: Recipe = {
  software: 'Exchange Server',
  where: 'Exchange Management Shell',
  comment: '#',
  lines: [
    'Get-ExchangeCertificate | Format-List Subject,Services,NotAfter,Thumbprint',
    'Enable-ExchangeCertificate -Thumbprint THUMBPRINT -Services SMTP',
  ],
};

export const zoneMail: Recipe = {
  software: 'BIND 9, NSD',
  where: 'example.gov.vn.zone',
  comment: ';',
  lines: [
    note('MX trỏ tới tên có A và AAAA, không phải bí danh', 'MX points to a name with A and AAAA, not to an alias'),
    '@    IN MX   10 mx1',
    'mx1  IN A    192.0.2.25',
    'mx1  IN AAAA 2001:db8:25::25',
  ],
};

export const zoneSpf: Recipe = {
  software: 'BIND 9, NSD',
  where: 'example.gov.vn.zone',
  comment: ';',
  lines: ['@  IN TXT "v=spf1 mx ip4:192.0.2.0/24 ip6:2001:db8:25::/48 -all"'],
};

export const zoneNoMail: Recipe = {
  software: 'BIND 9, NSD',
  where: 'example.gov.vn.zone',
  comment: ';',
  lines: [note('tên miền không dùng thư (RFC 7505)', 'a domain without mail (RFC 7505)'), '@  IN MX  0 .', '@  IN TXT "v=spf1 -all"'],
};

export const zoneReverse: Recipe = {
  software: 'BIND 9, NSD',
  where: '5.2.0.0.8.b.d.0.1.0.0.2.ip6.arpa.zone (2001:db8:25::/48)',
  comment: ';',
  lines: [
    note(
      'tên này phải có AAAA trở lại đúng địa chỉ; `dig -x 2001:db8:25::25` cho biết tên ngược',
      'the name must have this AAAA; `dig -x 2001:db8:25::25` shows the reverse name',
    ),
    '$ORIGIN 5.2.0.0.8.b.d.0.1.0.0.2.ip6.arpa.',
    '5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0  IN PTR  mx1.example.gov.vn.',
  ],
};

export const zonePolicyHosts: Recipe = {
  software: 'BIND 9, NSD',
  where: 'example.gov.vn.zone',
  comment: ';',
  lines: [
    'mta-sts       IN AAAA 2001:db8:80::80',
    'autoconfig    IN AAAA 2001:db8:80::80',
    'autodiscover  IN AAAA 2001:db8:80::80',
    'imap          IN AAAA 2001:db8:25::25',
    '_imaps._tcp   IN SRV  0 1 993 imap',
  ],
};
