import { domainToASCII } from 'node:url';
import type { Case, ExpectedRow } from '../model.ts';
import { hasTun } from '../tun.ts';
import { withoutMail } from './rows.ts';

const fine = { findings: [], conformity: 'pass', level: 5 } as const;
const silentTls: readonly ExpectedRow[] = [['smtp-starttls', '@', null]];

/** Nothing is wrong with these, however odd they look: a `fail` of any of them is a wrong verdict. */
export const healthyCases: readonly Case[] = [
  {
    ...fine,
    domain: 'tot.gov.vn',
    title: 'Sở Mọi Việc Đều Tốt',
    fault: 'nothing',
    quietFindings: [['web-latency', '*', 'pass']],
    facts: ['same'],
  },
  {
    ...fine,
    domain: 'khong-thu.gov.vn',
    title: 'Sở Không Nhận Thư',
    fault: 'null MX, nothing wrong',
    zone: { without: ['{d}. MX', '{d}. TXT', 'mx.{d}.'], with: ['{d}. MX 0 .', '{d}. TXT "v=spf1 -all"'] },
    mail: { ipv4: null, ipv6: null },
    findings: withoutMail,
    facts: ["dns '{d} MX' {s1v4} 'MX.0 \\.'"],
  },
  {
    ...fine,
    domain: 'chi-ipv6.gov.vn',
    title: 'Sở Chỉ Dùng IPv6',
    fault: 'no A at apex and www: an IPv6-only site, nothing wrong',
    zone: { without: ['{d}. A ', 'www.{d}. A '] },
    findings: [['web-content', '*', 'not-applicable']],
    facts: ["nodns '{d} A' {s1v4} 'IN.A'", 'code6 200'],
  },
  {
    ...fine,
    domain: 'dong.gov.vn',
    title: 'Sở Trang Động',
    fault: 'nonce, CSRF token, session and clock new in every page: the same site all the same',
    web: {
      both: { secure: 'ssi on;' },
      head: '<meta name="csrf-token" content="<!--#echo var="request_id" -->"><script nonce="<!--#echo var="request_id" -->">window.t="<!--#echo var="msec" -->"</script>',
      body: '<form action="/tim" method="post"><input type="hidden" name="_token" value="<!--#echo var="request_id" -->"><input name="q"></form><p>Bây giờ là <!--#config timefmt="%H:%M:%S %d/%m/%Y" --><!--#echo var="date_local" --></p>',
    },
    facts: ['not same', "body6 'csrf-token' ", "body4 'csrf-token'"],
  },
  {
    ...fine,
    domain: 'nen.gov.vn',
    title: 'Sở Trang Nén',
    fault: 'chunked and gzip',
    web: { both: { secure: 'ssi on; gzip on; gzip_min_length 1;' }, body: '<p><!--#echo var="host" --></p>' },
    // Under 8 KiB on the wire: nothing large enough to stall.
    findings: [['web-transfer', '*', 'not-applicable']],
    facts: ["header6 'transfer-encoding: chunked' --compressed", "header6 'content-encoding: gzip' --compressed"],
  },
  {
    ...fine,
    domain: 'khong-head.gov.vn',
    title: 'Sở Không Cho HEAD',
    fault: 'HEAD refused with 405',
    web: { both: { secure: 'if ($request_method = HEAD) { return 405; }' } },
    facts: ["header6 '405' -I", 'code6 200'],
  },
  {
    ...fine,
    domain: 'chi-http.gov.vn',
    title: 'Sở Chỉ Có HTTP',
    fault: 'HTTP only, in both families',
    web: { both: { plain: '%page%', secure: null } },
    findings: [['web-tls', '*', 'not-applicable']],
    facts: ['plain6 200', 'plain4 200', 'curl6 7 {d} 443', 'curl4 7 {d} 443'],
  },
  {
    ...fine,
    domain: 'khong-het.gov.vn',
    title: 'Sở Trang Không Hết',
    fault: 'a page that goes on for ever, in both families; HTTP only',
    web: {
      both: { plain: null, secure: null },
      odd: [
        { address: '{w4}', port: 80, habit: 'endless' },
        { address: '{w6}', port: 80, habit: 'endless' },
      ],
    },
    findings: [['web-tls', '*', 'not-applicable']],
    facts: ['endless {w6}', 'endless {w4}', 'curl6 7 {d} 443', 'curl4 7 {d} 443'],
  },
  {
    ...fine,
    domain: domainToASCII('sở-mẫu.gov.vn'),
    title: 'Sở Tên Miền Tiếng Việt',
    fault: 'an internationalised name',
    facts: ['code6 200'],
  },
  {
    ...fine,
    domain: 'dai-dien.gov.vn',
    title: 'Sở Bản Ghi Đại Diện',
    fault: 'www by a wildcard',
    zone: { without: ['www.{d}.'], with: ['*.{d}. A {w4}', '*.{d}. AAAA {w6}'] },
    facts: ["dns 'bat-ky.{d} AAAA' {s1v4} 'AAAA.{w6}'", 'code6 200 www.{d}'],
  },
  {
    ...fine,
    domain: 'chi-www.gov.vn',
    title: 'Sở Chỉ Có Trang WWW',
    fault: 'the apex has no web',
    zone: { without: ['{d}. A ', '{d}. AAAA '] },
    findings: [
      ...(
        [
          'web-addresses',
          'web-connect',
          'web-tls',
          'web-response',
          'web-redirects',
          'web-content',
          'web-transfer',
          'address-scope',
        ] as const
      ).map((check) => [check, '@', 'not-applicable'] as const),
      ['ipv6-only-page', '@', null],
      ['dns64-safe', '@', null],
    ],
    facts: ["nodns '{d} AAAA' {s1v4} 'IN.AAAA'", 'code6 200 www.{d}'],
  },
  {
    ...fine,
    domain: 'duong-dan.gov.vn',
    title: 'Sở Chuyển Sang WWW',
    fault: 'apex goes to www, www to a path: fine',
    web: {
      both: {
        secure:
          'if ($host = {d}) { return 301 https://www.{d}$request_uri; } location = / { return 302 /trang-chu/; } location /trang-chu/ { alias %root%/; }',
      },
    },
    // The apex itself serves nothing but the redirect.
    findings: [['web-transfer', '@', 'not-applicable']],
    facts: ['code6 301', 'code6 302 www.{d}', 'code6 200 www.{d} /trang-chu/'],
  },
  {
    ...fine,
    domain: 'tai-lai.gov.vn',
    title: 'Sở Chuyển Bằng Meta Refresh',
    fault: 'meta refresh to a path of its own: fine',
    web: {
      both: {
        secure:
          'location = / { default_type text/html; return 200 \'<!DOCTYPE html><title>Chuyen</title><meta http-equiv="refresh" content="0; url=/index.html">\'; }',
      },
    },
    facts: ['body6 \'http-equiv="refresh"\'', 'code6 200 {d} /index.html'],
  },
  {
    ...fine,
    domain: 'bi-danh.gov.vn',
    title: 'Sở Thuê Máy Chủ',
    fault: 'www is an alias of a host that is in order, in another zone',
    zone: { without: ['www.{d}.'], with: ['www.{d}. CNAME tot.ha-tang.vn.'] },
    web: {
      more: [
        'server { listen {provider4}:80; listen [{provider6}]:80; listen {provider4}:443 ssl; listen [{provider6}]:443 ssl; server_name www.{d}; %own% }',
      ],
    },
    findings: [['aaaa-handling', '@', 'pass']],
    facts: ["dns 'www.{d} CNAME' {s1v4} 'tot.ha-tang.vn.'", 'code6 200'],
  },
  {
    ...fine,
    domain: 'ky-ten.gov.vn',
    title: 'Sở Ký Tên Miền',
    fault: 'signed with DNSSEC, in order',
    signed: 'good',
    findings: [['dnssec-aaaa', '@', 'pass']],
    facts: ["dns '{d} AAAA +dnssec' {s1v4} 'RRSIG.AAAA'", "resolver validating '{d} AAAA +dnssec' 'flags:[a-z ]* ad'"],
  },
  {
    ...fine,
    domain: 'mtu-1280.gov.vn',
    title: 'Sở Đường Hẹp',
    fault: 'behind a link of MTU 1280 that says so: fine',
    web: { behind1280: 'healthy' },
    facts: ['large6'],
  },
  {
    ...fine,
    domain: 'cham-400.gov.vn',
    title: 'Sở Chậm Hơn',
    fault: '400 ms slower over IPv6',
    // Without a tun device only what follows the connect can be held back.
    web: hasTun
      ? { behindSlowLink: true }
      : {
          ipv6: { plain: null, secure: null },
          odd: [
            { address: '{w6}', port: 80, habit: 'delay', target: '{w4}' },
            { address: '{w6}', port: 443, habit: 'delay', target: '{w4}' },
          ],
        },
    findings: [],
    quietFindings: hasTun ? [['web-latency', '*', 'warn']] : [],
    facts: hasTun ? ['slower6 0.35', 'connects_slower6 0.35'] : ['slower6 0.35'],
  },
  {
    ...fine,
    domain: 'mat-goi.gov.vn',
    title: 'Sở Mất Gói',
    fault: 'one packet in five lost to and from the web server over IPv6: never a fail',
    filter: ['ip6 daddr {w6} meta l4proto tcp numgen random mod 100 < 20 counter drop'],
    filterOut: ['ip6 saddr {w6} meta l4proto tcp numgen random mod 100 < 20 counter drop'],
    findings: [
      ...(['web-connect', 'web-tls', 'web-response', 'web-redirects', 'web-content', 'web-transfer'] as const).map(
        (check) => [check, '*', null] as const,
      ),
      ['ipv6-only-page', '@', null],
    ],
    level: null,
    facts: ['loses {w6}'],
  },
  {
    ...fine,
    domain: 'thu-8s.gov.vn',
    title: 'Sở Thư Chậm',
    fault: 'the mail server greets after 8 s, in both families: not a fault',
    mail: {
      ipv4: ['smtpd_client_restrictions={sleep 8}', 'smtpd_delay_reject=no'],
      ipv6: ['smtpd_client_restrictions={sleep 8}', 'smtpd_delay_reject=no'],
    },
    facts: ['greets_after 7 {m4}', 'greets_after 7 {m6}'],
  },
  {
    ...fine,
    domain: 'thu-421.gov.vn',
    title: 'Sở Thư Bận',
    fault: '421 at the greeting in both families: an answer, not a fault',
    mail: {
      ipv4: ['smtpd_client_restrictions={check_client_access static:{421 4.3.2 Try later}}', 'smtpd_delay_reject=no'],
      ipv6: ['smtpd_client_restrictions={check_client_access static:{421 4.3.2 Try later}}', 'smtpd_delay_reject=no'],
    },
    findings: silentTls,
    level: null,
    facts: ["mail {m4} '421 '", "mail {m6} '421 '"],
  },
  {
    ...fine,
    domain: 'thu-xam.gov.vn',
    title: 'Sở Danh Sách Xám',
    fault: 'greylisting: 450 to the recipient in both families, not a fault',
    mail: {
      ipv4: ['smtpd_relay_restrictions={check_client_access static:{450 4.7.1 Greylisted}, reject}'],
      ipv6: ['smtpd_relay_restrictions={check_client_access static:{450 4.7.1 Greylisted}, reject}'],
    },
    facts: ["rcpt {m4} '45[01] '", "rcpt {m6} '45[01] '"],
  },
  {
    ...fine,
    domain: 'thu-khac.gov.vn',
    title: 'Sở Dùng Máy Chủ Thư Khác',
    fault: 'another mail server (aiosmtpd), in order',
    mail: { program: 'aiosmtpd' },
    facts: ["mail {m6} 'STARTTLS'"],
  },
  {
    ...fine,
    domain: 'thu-ngam.gov.vn',
    title: 'Sở Thư Ở Máy Chủ Web',
    fault: 'no MX, mail at the address of the domain (implicit MX)',
    // RFC 7208 §5.4: `mx` knows no implicit MX, so SPF names the address itself.
    zone: { without: ['{d}. MX', 'mx.{d}.', '{d}. TXT'], with: ['{d}. TXT "v=spf1 a -all"'] },
    mail: { atWeb: true },
    findings: [['mail-role', '@', 'pass']],
    facts: ["nodns '{d} MX' {s1v4} 'IN.MX'", "mail {w6} '220 '"],
  },
  {
    ...fine,
    domain: 'khong-nhan.gov.vn',
    title: 'Sở Quên Null MX',
    fault: 'no mail by SPF -all, null MX forgotten',
    zone: { without: ['{d}. MX', 'mx.{d}.', '{d}. TXT'], with: ['{d}. TXT "v=spf1 -all"'] },
    mail: { ipv4: null, ipv6: null },
    findings: [...withoutMail, ['mail-role', '@', 'warn']],
    facts: ["nodns '{d} MX' {s1v4} 'IN.MX'", 'curl6 7 {d} 25'],
  },
];
