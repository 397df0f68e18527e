import type { Case } from '../model.ts';
import { behindDeadWeb } from './rows.ts';

const kinds: readonly [name: string, title: string, kind: string, address: string][] = [
  ['ula', 'Sở Địa Chỉ Nội Bộ', 'unique local', 'fd00:1::80'],
  ['lien-ket', 'Sở Địa Chỉ Liên Kết', 'link-local', 'fe80::80'],
  ['tai-lieu', 'Sở Địa Chỉ Trong Sách', 'documentation', '2001:db8::80'],
  ['anh-xa', 'Sở Địa Chỉ Ánh Xạ', 'IPv4-mapped', '::ffff:203.162.1.80'],
  ['vong-lai', 'Sở Địa Chỉ Vòng Lại', 'loopback', '::1'],
  ['6to4', 'Sở Địa Chỉ 6to4', '6to4', '2002:cba2:150::80'],
  ['nat64', 'Sở Địa Chỉ NAT64', 'NAT64', '64:ff9b::cba2:150'],
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

/** AAAA that no client on the Internet can use. */
export const unusableCases: readonly Case[] = [...kinds.map(alone), ...kinds.slice(0, 3).map(mixed)];
