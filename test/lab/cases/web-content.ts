import type { Case, ExpectedRow } from '../model.ts';

const stops = { conformity: 'fail', level: 1 } as const;
const passes = { conformity: 'pass', level: 5 } as const;

/** A status that only IPv6 shows. What the page check of IPv6-only calls it is its own affair. */
function errorOverIpv6(name: string, row: { title: string; status: number; directive: string }): Case {
  return {
    ...stops,
    domain: `${name}.gov.vn`,
    title: row.title,
    fault: `${row.status} over IPv6 only`,
    web: { ipv6: { secure: row.directive } },
    findings: [
      ['web-response', '*', 'fail', 'any'],
      ['web-content', '*', null],
      ['web-transfer', '*', null],
      ['ipv6-only-page', '@', null],
    ],
    mayFail: ['ipv6-only-page', 'ipv6-only-dependencies', 'web-header-parity', 'web-content'],
    facts: [`code6 ${row.status}`, 'code4 200'],
  };
}

const redirectBroken: readonly ExpectedRow[] = [
  ['web-response', '*', null],
  ['web-content', '*', null],
  ['web-transfer', '*', null],
  ['ipv6-only-page', '@', 'fail', 'any'],
];
const redirectMayFail = ['ipv6-only-page', 'ipv6-only-dependencies', 'web-dependencies', 'web-response', 'ipv6-only-names'];
/** The host behind the redirect is judged too, and decides: it has no AAAA. */
const leadsToIpv4: readonly ExpectedRow[] = [...redirectBroken, ['dns64-safe', '@', null]];

/** A page that needs something of another host. */
function needs(
  name: string,
  row: Pick<Case, 'title' | 'fault' | 'web' | 'findings' | 'facts'> & { level: number; mayFail?: string[] },
): Case {
  return { ...row, domain: `${name}.gov.vn`, conformity: 'pass' };
}

/** What is shown, where it leads, and what it is made of. */
export const contentCases: readonly Case[] = [
  errorOverIpv6('cam-403', { title: 'Sở Cấm Truy Cập', status: 403, directive: 'deny all;' }),
  errorOverIpv6('mat-404', { title: 'Sở Không Tìm Thấy', status: 404, directive: 'location = / { return 404; }' }),
  errorOverIpv6('hong-502', { title: 'Sở Hỏng Cổng', status: 502, directive: 'location / { proxy_pass http://127.0.0.1:9; }' }),
  {
    domain: 'hong-500-hai.gov.vn',
    title: 'Sở Hỏng Cả Hai',
    fault: '500 in both families: not the fault of IPv6',
    web: { both: { secure: 'return 500;' } },
    findings: [
      ['web-response', '*', 'warn', 'any'],
      ['web-content', '*', null],
      ['web-transfer', '*', null],
      ['ipv6-only-page', '@', null],
      ['dns64-safe', '@', null],
    ],
    conformity: 'pass',
    level: null,
    facts: ['code6 500', 'code4 500'],
  },
  {
    ...stops,
    domain: 'khac-trang.gov.vn',
    title: 'Sở Hai Trang Khác Nhau',
    fault: "nginx's default page over IPv6",
    web: { ipv6: { plain: '%page%', headers: '', root: 'default' } },
    findings: [
      ['web-content', '*', 'fail'],
      ['web-response', '*', 'fail'],
      ['web-transfer', '*', null],
      ['ipv6-only-page', '@', null],
    ],
    mayFail: ['ipv6-only-page', 'ipv6-only-dependencies', 'web-header-parity'],
    facts: ["title {w6} 'Welcome to nginx!'", "title {w4} 'Sở Hai Trang Khác Nhau'"],
  },
  {
    ...stops,
    domain: 'trang-cu.gov.vn',
    title: 'Sở Còn Trang Cũ',
    fault: 'an old site over IPv6',
    web: { ipv6: { root: 'old' } },
    findings: [
      ['web-content', '*', 'fail'],
      ['ipv6-only-page', '@', null],
    ],
    mayFail: ['ipv6-only-page', 'ipv6-only-dependencies'],
    // It works; it is not equal.
    level: 2,
    facts: ["title {w6} 'Trang thông tin cũ'", "title {w4} 'Sở Còn Trang Cũ'"],
  },
  {
    ...passes,
    domain: 'it-chu.gov.vn',
    title: 'Sở Trang Ngắn',
    fault: 'a page with hardly a word, in both families: nothing to compare',
    web: { both: { root: 'tiny' } },
    findings: [
      ['web-content', '*', 'inconclusive', 'content-too-small'],
      ['web-transfer', '*', null],
    ],
    level: null,
    facts: ['same'],
  },
  ...(
    [
      ['chuyen-v4-hai', 'both', 'Sở Chuyển Sang Máy IPv4', 'redirect to an IPv4-only host in both families'],
      ['chuyen-v4', 'ipv6', 'Sở Chuyển Lạc', 'redirect to an IPv4-only host over IPv6 only'],
    ] as const
  ).map(
    ([name, side, title, fault]): Case => ({
      ...stops,
      domain: `${name}.gov.vn`,
      title,
      fault,
      web: { [side]: { secure: 'location = / { return 302 https://v4.ha-tang.vn/; }' } },
      findings: [['web-redirects', '*', 'fail', 'any'], ...leadsToIpv4],
      mayFail: [...redirectMayFail, 'web-addresses'],
      level: 0,
      facts: ["header6 'location: https://v4.ha-tang.vn/'", side === 'both' ? 'code4 302' : 'code4 200'],
    }),
  ),
  {
    ...stops,
    domain: 'vong-v6.gov.vn',
    title: 'Sở Chuyển Vòng',
    fault: 'redirect loop over IPv6 only',
    web: { ipv6: { secure: 'return 302 https://$host/;' } },
    findings: [['web-redirects', '*', 'fail', 'any'], ...redirectBroken],
    mayFail: redirectMayFail,
    level: null,
    facts: ['loop6', 'code4 200'],
  },
  {
    domain: 'vong-v4.gov.vn',
    title: 'Sở Chuyển Vòng IPv4',
    fault: 'redirect loop over IPv4 only: IPv6 is in order',
    web: { ipv4: { secure: 'return 302 https://$host/;' } },
    // There is no page over IPv4 to be like: what works over IPv6 is not put in doubt by that.
    findings: [['web-content', '*', 'not-applicable']],
    conformity: 'pass',
    level: 5,
    facts: ['loop4', 'code6 200'],
  },
  {
    domain: 'vong-hai.gov.vn',
    title: 'Sở Chuyển Vòng Cả Hai',
    fault: 'redirect loop in both families: not the fault of IPv6',
    web: { both: { secure: 'return 302 https://$host/;' } },
    findings: [['web-redirects', '*', null], ...redirectBroken.slice(0, 3), ['ipv6-only-page', '@', null], ['dns64-safe', '@', null]],
    mayFail: ['ipv6-only-page'],
    conformity: 'inconclusive',
    level: null,
    facts: ['loop6', 'loop4'],
  },
  {
    ...stops,
    domain: 'tai-lai-v4.gov.vn',
    title: 'Sở Meta Refresh Lạc',
    fault: 'meta refresh to an IPv4-only host',
    web: {
      both: {
        secure:
          'location = / { default_type text/html; return 200 \'<!DOCTYPE html><title>Chuyen</title><meta http-equiv="refresh" content="0; url=https://v4.ha-tang.vn/">\'; }',
      },
    },
    findings: [['web-redirects', '*', 'fail', 'any'], ...leadsToIpv4],
    mayFail: [...redirectMayFail, 'web-addresses'],
    level: 0,
    facts: ["body6 'url=https://v4.ha-tang.vn/'"],
  },
  {
    ...stops,
    domain: 'chuyen-so.gov.vn',
    title: 'Sở Chuyển Tới Địa Chỉ Số',
    fault: 'redirect to an IPv4 literal',
    web: { both: { secure: 'location = / { return 302 http://{y4}/; }' }, more: ['server { listen {y4}:80; %page% }'] },
    findings: [['web-redirects', '*', 'fail', 'any'], ...redirectBroken, ['web-literals', '@', 'fail'], ['dns64-safe', '@', 'fail', 'any']],
    mayFail: [...redirectMayFail, 'web-literals'],
    level: null,
    facts: ["header6 'location: http://{y4}/'"],
  },
  needs('css-v4', {
    title: 'Sở Kiểu Chữ IPv4',
    fault: 'style sheet on an IPv4-only host',
    web: { head: '<link rel="stylesheet" href="https://v4.ha-tang.vn/style.css">' },
    findings: [
      ['web-dependencies', '@', 'fail'],
      ['ipv6-only-dependencies', '@', 'fail', 'any'],
    ],
    mayFail: ['web-dependencies'],
    level: 4,
    facts: ["body6 'https://v4.ha-tang.vn/style.css'", "nodns 'v4.ha-tang.vn AAAA' {provider-ns} 'IN.AAAA'"],
  }),
  needs('css-chet', {
    title: 'Sở Kiểu Chữ Chết',
    fault: 'style sheet on a host whose AAAA is dead',
    web: { head: '<link rel="stylesheet" href="https://chet.ha-tang.vn/style.css">' },
    findings: [
      ['web-dependencies', '@', 'pass'],
      ['ipv6-only-dependencies', '@', 'fail', 'any'],
    ],
    level: 4,
    facts: ["body6 'https://chet.ha-tang.vn/style.css'", 'dead {provider-dead}'],
  }),
  needs('anh-v4', {
    title: 'Sở Hình Ảnh IPv4',
    fault: 'an image on an IPv4-only host',
    web: { body: '<img src="https://v4.ha-tang.vn/logo.png" alt="">' },
    findings: [
      ['web-dependencies', '@', 'warn'],
      ['ipv6-only-dependencies', '@', 'warn', 'any'],
    ],
    level: 5,
    facts: ["body6 'https://v4.ha-tang.vn/logo.png'"],
  }),
  needs('nho-tot', {
    title: 'Sở Nhờ Máy Tốt',
    fault: 'style sheet on a host that is in order, nothing wrong',
    web: { head: '<link rel="stylesheet" href="https://tot.ha-tang.vn/style.css">' },
    findings: [
      ['web-dependencies', '@', 'pass'],
      ['ipv6-only-dependencies', '@', 'pass'],
    ],
    level: 5,
    facts: ["body6 'https://tot.ha-tang.vn/style.css'", "dns 'tot.ha-tang.vn AAAA' {provider-ns} 'AAAA'"],
  }),
  needs('so-v4', {
    title: 'Sở Viết Thẳng Địa Chỉ',
    fault: 'IPv4 literal in a script address',
    web: { head: '<script src="http://{y4}/app.js"></script>', more: ['server { listen {y4}:80; %page% }'] },
    findings: [
      ['web-literals', '@', 'fail'],
      ['dns64-safe', '@', 'fail', 'any'],
      ['web-dependencies', '@', null],
      ['ipv6-only-dependencies', '@', null],
    ],
    mayFail: ['web-literals', 'web-dependencies', 'ipv6-only-dependencies'],
    level: 4,
    facts: ["body6 'http://{y4}/app.js'"],
  }),
  needs('so-lien-ket', {
    title: 'Sở Liên Kết Số',
    fault: 'IPv4 literal in a plain link',
    web: { body: '<a href="http://{y4}/">Trang cũ</a>' },
    findings: [['web-literals', '@', 'warn']],
    level: 5,
    facts: ["body6 'http://{y4}/'"],
  }),
  {
    ...passes,
    domain: 'nhieu-dia-chi.gov.vn',
    title: 'Sở Nhiều Địa Chỉ',
    fault: 'nine AAAA beside one A',
    zone: {
      with: [1, 2, 3, 4, 5, 6, 7, 8].flatMap((end) => [`{d}. AAAA 2405:4800:{n}::a${end}`, `www.{d}. AAAA 2405:4800:{n}::a${end}`]),
    },
    web: {
      more: [1, 2, 3, 4, 5, 6, 7, 8].flatMap((end) => [
        `server { listen [2405:4800:{n}::a${end}]:80; server_name {d} www.{d}; return 301 https://$host$request_uri; }`,
        `server { listen [2405:4800:{n}::a${end}]:443 ssl; server_name {d} www.{d}; %own% }`,
      ]),
    },
    findings: [['address-set', '@', 'warn']],
    facts: ["dns '{d} AAAA' {s1v4} '2405:4800:{n}::a8'", "title 2405:4800:{n}::a8 'Sở Nhiều Địa Chỉ'"],
  },
];
