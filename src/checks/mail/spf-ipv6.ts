import type { SpfFact } from '../../facts/spf.ts';
import type { Cause } from '../../model/cause.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'allows-ipv6'
  | 'ipv4-only'
  | 'ip6-invalid'
  | 'several-records'
  | 'no-spf'
  | 'denies-all'
  | 'no-ipv6-senders'
  | 'no-mail'
  | 'undecided';

/** Does the SPF tree let a sender over IPv6 pass? */
export const check = defineCheck({
  id: 'spf-ipv6',
  area: 'mail',
  subject: 'mail-domain',
  level: 'recommended',
  title: { vi: 'SPF cho phép gửi qua IPv6', en: 'SPF allows senders over IPv6' },
  why: {
    vi: 'Khi máy chủ thư đã có IPv6, thư của cơ quan có thể đi qua IPv6; SPF chỉ có ip4 làm thư đó bị coi là giả mạo.',
    en: "Once mail servers have IPv6, the agency's mail may leave over IPv6; an SPF record with ip4 only makes it look forged.",
  },
  references: [{ label: 'RFC 7208', url: 'https://www.rfc-editor.org/rfc/rfc7208' }],
  needs: ['spf'],
  messages: {
    'allows-ipv6': {
      status: 'pass',
      vi: 'SPF của {domain} cho phép gửi qua IPv6: `{term}` trong bản ghi của {at}.',
      en: 'SPF of {domain} allows senders over IPv6: `{term}` in the record of {at}.',
    },
    'ipv4-only': {
      status: 'warn',
      vi: 'SPF của {domain} không có đường nào cho IPv6 (ip6, a, mx, include), trong khi {hosts} đã có địa chỉ IPv6: {record}.',
      en: 'SPF of {domain} has no way for IPv6 (ip6, a, mx, include), although {hosts} have IPv6 addresses: {record}.',
      fix: {
        vi: 'Đơn vị quản trị DNS thêm `ip6:` với địa chỉ hoặc tiền tố IPv6 của máy gửi vào bản ghi SPF của {domain}, trước `all`.',
        en: 'The DNS operator adds `ip6:` with the address or prefix of the sending servers to the SPF record of {domain}, before `all`.',
      },
    },
    'ip6-invalid': {
      status: 'fail',
      vi: 'SPF của {domain} có ip6 sai cú pháp, làm cả bản ghi vô hiệu (permerror): {invalid}.',
      en: 'SPF of {domain} has an ip6 mechanism with invalid syntax, which voids the whole record (permerror): {invalid}.',
      fix: {
        vi: 'Đơn vị quản trị DNS viết lại thành `ip6:địa-chỉ` hoặc `ip6:tiền-tố/độ-dài` (0-128, không có ngoặc vuông).',
        en: 'The DNS operator rewrites it as `ip6:address` or `ip6:prefix/length` (0-128, no brackets).',
      },
    },
    'several-records': {
      status: 'warn',
      vi: '{domain} có {count} bản ghi SPF; chỉ được có một, nên SPF vô hiệu ở cả hai họ địa chỉ.',
      en: '{domain} has {count} SPF records; only one is allowed, so SPF is void in both families.',
      fix: {
        vi: 'Đơn vị quản trị DNS gộp thành một bản ghi TXT `v=spf1 …` có cả ip4 và ip6.',
        en: 'The DNS operator merges them into one TXT record `v=spf1 …` with both ip4 and ip6.',
      },
    },
    'no-spf': { status: 'not-applicable', vi: '{domain} không có bản ghi SPF.', en: '{domain} has no SPF record.' },
    'denies-all': {
      status: 'not-applicable',
      vi: 'SPF của {domain} chỉ có `-all`: tên miền không gửi thư.',
      en: 'SPF of {domain} is `-all` alone: the domain sends no mail.',
    },
    'no-ipv6-senders': {
      status: 'not-applicable',
      vi: 'SPF của {domain} chưa có IPv6, và máy chủ thư lẫn web của cơ quan cũng chưa có địa chỉ IPv6.',
      en: 'SPF of {domain} has nothing for IPv6, and neither the mail servers nor the web hosts of the agency have IPv6 addresses.',
    },
    'no-mail': { status: 'not-applicable', vi: '{domain} không nhận thư.', en: '{domain} takes no mail.' },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa biết SPF của {domain} có cho phép IPv6 không ({cause}): {open}.',
      en: 'Whether SPF of {domain} allows IPv6 could not be known ({cause}): {open}.',
      fix: {
        vi: 'Đơn vị quản trị DNS rút SPF về không quá 10 lần tra và kiểm tra các tên trong include; người đo chạy lại.',
        en: 'The DNS operator brings SPF down to at most 10 look-ups and checks the names it includes; measure again.',
      },
    },
  },
  evaluate({ spf }): Outcome<MessageId> {
    const { domain, hasMail, tree, deniesAll, ipv6Hosts } = spf;
    if (!hasMail) return { message: 'no-mail', values: { domain } };
    const [record] = tree.records;
    if (record === undefined) return { message: 'no-spf', values: { domain } };
    if (tree.records.length > 1) return { message: 'several-records', values: { domain, count: tree.records.length } };
    if (deniesAll) return { message: 'denies-all', values: { domain } };
    if (tree.invalidIp6.length > 0)
      return { message: 'ip6-invalid', values: { domain, invalid: tree.invalidIp6.map(({ domain: at, term }) => `${term} (${at})`) } };
    if (tree.ipv6Path !== null) return { message: 'allows-ipv6', values: { domain, term: tree.ipv6Path.term, at: tree.ipv6Path.domain } };
    const doubt = doubtOf(spf);
    if (doubt !== null) return { message: 'undecided', values: { domain, ...doubt }, cause: doubt.cause };
    if (ipv6Hosts.length === 0) return { message: 'no-ipv6-senders', values: { domain } };
    return { message: 'ipv4-only', values: { domain, hosts: ipv6Hosts, record } };
  },
});

/** Why no IPv6 way found is not yet none there. */
function doubtOf({ tree, ipv6Hosts, hostsCause }: SpfFact): { cause: Cause; open: string[] } | null {
  const [failed] = tree.failed;
  if (failed !== undefined) return { cause: failed.cause, open: tree.failed.map(({ name, type }) => `${name} ${type}`) };
  if (tree.cut) return { cause: 'budget-exhausted', open: [`> ${tree.lookups} look-ups`] };
  if (tree.undecidable.length > 0) return { cause: 'unknown', open: tree.undecidable.map(({ term }) => term) };
  return ipv6Hosts.length === 0 && hostsCause !== null ? { cause: hostsCause, open: ['AAAA'] } : null;
}
