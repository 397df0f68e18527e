import type { Case } from '../model.ts';
import { behindDeadWeb } from './rows.ts';

const kinds: readonly [name: string, title: string, kind: string, address: string][] = [
  ['ula', 'Sở Địa Chỉ Nội Bộ', 'unique local', 'fd00:1::80'],
  ['lien-ket', 'Sở Địa Chỉ Liên Kết', 'link-local', 'fe80::80'],
  ['tai-lieu', 'Sở Địa Chỉ Trong Sách', 'documentation', '2001:db8::80'],
];

/** Alone at the apex and beside a good one at www: one domain shows both. */
const furtherKinds: typeof kinds = [
  ['anh-xa', 'Sở Địa Chỉ Ánh Xạ', 'IPv4-mapped', '::ffff:203.162.1.80'],
  ['vong-lai', 'Sở Địa Chỉ Vòng Lại', 'loopback', '::1'],
  ['6to4', 'Sở Địa Chỉ 6to4', '6to4', '2002:cba2:150::80'],
  ['nat64', 'Sở Địa Chỉ NAT64', 'NAT64', '64:ff9b::cba2:150'],
  ['khong-ro', 'Sở Địa Chỉ Trống', 'the unspecified address', '::'],
  ['site-local', 'Sở Địa Chỉ Nội Khu', 'site-local', 'fec0::80'],
  ['da-huong', 'Sở Địa Chỉ Nhóm', 'multicast', 'ff0e::80'],
  ['bo-di', 'Sở Địa Chỉ Bỏ Đi', 'discard-only', '100::80'],
  ['do-toc', 'Sở Địa Chỉ Đo Tốc', 'benchmarking', '2001:2::80'],
  ['orchid', 'Sở Địa Chỉ ORCHID', 'ORCHIDv2', '2001:20::80'],
  ['tai-lieu-moi', 'Sở Địa Chỉ Trong Sách Mới', 'documentation of RFC 9637', '3fff::80'],
  ['srv6', 'Sở Địa Chỉ SRv6', 'SRv6 SID', '5f00::80'],
  ['teredo', 'Sở Địa Chỉ Teredo', 'Teredo', '2001:0:cba2:150::80'],
  ['nat64-rieng', 'Sở Địa Chỉ NAT64 Riêng', 'local NAT64', '64:ff9b:1::80'],
];

function alone([name, title, kind, address]: (typeof kinds)[number]): Case {
  return {
    domain: `${name}.gov.vn`,
    title,
    fault: `the only AAAA is ${kind}: no agency is reached there`,
    zone: { without: ['{d}. AAAA', 'www.{d}. AAAA'], with: [`{d}. AAAA ${address}`, `www.{d}. AAAA ${address}`] },
    findings: [
      ['web-addresses', '*', 'fail'],
      ['address-scope', '*', 'fail'],
      ['web-connect', '*', 'not-applicable'],
      ...behindDeadWeb,
      ['ipv6-only-page', '@', 'fail', 'any'],
      ['aaaa-consistency', '@', null],
      ['dns64-safe', '@', 'fail', 'any'],
    ],
    mayFail: ['ipv6-only-dependencies', 'web-dependencies'],
    conformity: 'fail',
    level: 0,
    facts: [`dns_short '{d} AAAA' {s1v4} ${address}`, 'code4 200'],
  };
}

function mixed([name, title, kind, address]: (typeof kinds)[number]): Case {
  return {
    domain: `${name}-lan.gov.vn`,
    title: `${title} Lẫn Tốt`,
    fault: `one ${kind} AAAA beside a good one: clients wait`,
    zone: { with: [`{d}. AAAA ${address}`, `www.{d}. AAAA ${address}`] },
    findings: [
      ['address-scope', '*', 'warn'],
      ['dns64-safe', '@', null],
    ],
    mayFail: ['dns64-safe'],
    conformity: 'pass',
    level: null,
    facts: [`dns '{d} AAAA' {s1v4} '${address}'`, 'code6 200'],
  };
}

function aloneAndMixed([name, title, kind, address]: (typeof kinds)[number]): Case {
  return {
    domain: `${name}.gov.vn`,
    title,
    fault: `${kind} as the only AAAA of the apex, and beside a good one at www`,
    zone: { without: ['{d}. AAAA'], with: [`{d}. AAAA ${address}`, `www.{d}. AAAA ${address}`] },
    findings: [
      ['web-addresses', '@', 'fail'],
      ['address-scope', '@', 'fail'],
      ['web-connect', '@', 'not-applicable'],
      ...behindDeadWeb.map(([check]) => [check, '@', null] as const),
      ['address-scope', 'www', 'warn'],
      ['web-symmetry', '@', 'fail'],
      ['ipv6-only-page', '@', 'fail', 'any'],
      ['dns64-safe', '@', 'fail', 'any'],
    ],
    mayFail: ['ipv6-only-dependencies', 'web-dependencies'],
    conformity: 'fail',
    level: 0,
    facts: [`dns_short '{d} AAAA' {s1v4} ${address}`, `dns 'www.{d} AAAA' {s1v4} '${address}'`, 'code4 200', 'code6 200 www.{d}'],
  };
}

/** AAAA that no client on the Internet can use: seventeen kinds, each alone and each beside a good one. */
export const unusableCases: readonly Case[] = [...kinds.map(alone), ...kinds.map(mixed), ...furtherKinds.map(aloneAndMixed)];
