import type { Ipv6OnlyExchanger, Ipv6OnlyMail } from '../../facts/ipv6-only-mail.ts';
import { soleDomain } from '../../facts/providers.ts';
import type { Cause } from '../../model/cause.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId = 'best-answers' | 'only-backup' | 'mx-not-resolved' | 'none' | 'no-mail' | 'no-host' | 'undecided';

/** If IPv4 stopped now: would a mail server of the domain still be found, and answer SMTP? */
export const check = defineCheck({
  id: 'ipv6-only-mail',
  area: 'ipv6-only',
  subject: 'service',
  level: 'required',
  services: ['mail'],
  title: { vi: 'Thư chỉ bằng IPv6', en: 'Mail with IPv6 only' },
  why: {
    vi: 'Máy gửi chỉ có IPv6 phải phân giải được MX và địa chỉ máy chủ thư mà không dùng IPv4, rồi được trả lời SMTP.',
    en: 'A sender with IPv6 only must resolve the MX and the address of a mail server without IPv4, and be answered over SMTP.',
  },
  references: [
    { label: 'RFC 3974', url: 'https://www.rfc-editor.org/rfc/rfc3974' },
    { label: 'RFC 5321', url: 'https://www.rfc-editor.org/rfc/rfc5321' },
  ],
  needs: ['ipv6OnlyMail'],
  messages: {
    'best-answers': {
      status: 'pass',
      vi: 'Chỉ bằng IPv6, máy chủ thư ưu tiên nhất của {domain} được phân giải và trả lời SMTP: {answering}.',
      en: 'With IPv6 only, a most preferred mail server of {domain} resolves and answers SMTP: {answering}.',
    },
    'only-backup': {
      status: 'warn',
      vi: 'Chỉ bằng IPv6, chỉ máy chủ thư dự phòng của {domain} trả lời SMTP ({answering}); máy chủ ưu tiên nhất thì không: {failing}.',
      en: 'With IPv6 only, just a backup mail server of {domain} answers SMTP ({answering}); the most preferred do not: {failing}.',
      fix: {
        vi: 'Đơn vị quản trị thư bật IPv6 trên máy chủ ưu tiên nhất (Postfix `inet_protocols = all`, mở cổng 25 cho IPv6), rồi đơn vị quản trị DNS thêm bản ghi AAAA.',
        en: 'The mail operator enables IPv6 on the most preferred server (Postfix `inet_protocols = all`, port 25 open for IPv6), then the DNS operator adds its AAAA record.',
      },
    },
    'mx-not-resolved': {
      status: 'fail',
      vi: 'Chỉ bằng IPv6 thì không phân giải được MX của {domain}: đứt ở vùng {brokenCut} ({cause}).',
      en: 'With IPv6 only the MX of {domain} does not resolve: broken at the zone {brokenCut} ({cause}).',
      fix: {
        vi: 'Đơn vị quản trị vùng {brokenCut} ({operators}) thêm bản ghi AAAA và bật IPv6 trên máy chủ tên miền của vùng.',
        en: 'The operator of {brokenCut} ({operators}) adds AAAA records and enables IPv6 on the name servers of the zone.',
      },
    },
    none: {
      status: 'fail',
      vi: 'Chỉ bằng IPv6 thì không máy chủ thư nào của {domain} được phân giải và trả lời SMTP: {failing}.',
      en: 'With IPv6 only, no mail server of {domain} resolves and answers SMTP: {failing}.',
      fix: {
        vi: 'Đơn vị quản trị thư bật IPv6 (Postfix `inet_protocols = all`; Exchange: receive connector IPv6) và mở cổng 25; đơn vị quản trị DNS thêm bản ghi AAAA và bật IPv6 cho máy chủ tên miền của vùng chứa tên máy chủ thư.',
        en: 'The mail operator enables IPv6 (Postfix `inet_protocols = all`; Exchange: IPv6 receive connector) and opens port 25; the DNS operator adds AAAA records and enables IPv6 on the name servers of the zone of the mail servers.',
      },
    },
    'no-mail': { status: 'not-applicable', vi: '{domain} không nhận thư.', en: '{domain} takes no mail.' },
    'no-host': {
      status: 'not-applicable',
      vi: 'MX của {domain} không phải máy chủ kết nối được ({failing}); xem `mx-addresses`.',
      en: 'The MX records of {domain} are no hosts that can be connected to ({failing}); see `mx-addresses`.',
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa biết máy chủ thư của {domain} có trả lời SMTP chỉ bằng IPv6 không ({cause}): {open}.',
      en: 'Whether a mail server of {domain} answers SMTP with IPv6 only could not be known ({cause}): {open}.',
      fix: {
        vi: 'Người đo chạy `ipv6gov doctor`, rồi đo lại từ nơi có IPv6 ổn định và cổng 25 thông.',
        en: 'Run `ipv6gov doctor`, then measure again from a place with sound IPv6 and an open port 25.',
      },
    },
  },
  evaluate({ ipv6OnlyMail }): Outcome<MessageId> {
    const { hasMail, domain, mx, exchangers } = ipv6OnlyMail;
    if (!hasMail) return { message: 'no-mail', values: { domain } };
    if (mx.state === 'broken') {
      const operators = mx.operators.filter((name) => name !== mx.brokenCut);
      const values = { domain, brokenCut: mx.brokenCut ?? '?', operators, unlockedBy: mx.operators, cause: mx.cause ?? '' };
      return { message: 'mx-not-resolved', values, ...(mx.cause === null ? {} : { cause: mx.cause }) };
    }
    if (mx.state === 'unknown')
      return {
        message: 'undecided',
        values: { domain, open: [`${domain} MX`], cause: mx.cause ?? 'unknown' },
        cause: mx.cause ?? 'unknown',
      };
    const hosts = exchangers.filter(({ state }) => state !== 'not-a-host');
    if (hosts.length === 0) return { message: 'no-host', values: { domain, failing: exchangers.map(shown) } };
    return byPreference(domain, hosts);
  },
});

function byPreference(domain: Ipv6OnlyMail['domain'], hosts: readonly Ipv6OnlyExchanger[]): Outcome<MessageId> {
  const answering = hosts.filter(({ state }) => state === 'answers');
  const open = hosts.filter(({ state }) => state === 'unknown');
  const failing = hosts.filter(({ state }) => state !== 'answers' && state !== 'unknown');
  const isBest = ({ preference }: Ipv6OnlyExchanger): boolean => preference === hosts[0]?.preference;
  const values = { domain, answering: answering.map(shown), failing: failing.map(shown), open: open.map(shown) };
  if (answering.some(isBest)) return { message: 'best-answers', values };
  const doubtful = open.find(isBest) ?? (answering.length === 0 ? open[0] : undefined);
  if (doubtful !== undefined) return undecided(values, doubtful.cause);
  const cause = failing.find((exchanger) => exchanger.cause !== null)?.cause;
  const unlockedBy = soleDomain(failing.map(({ exchanger }) => exchanger));
  return { message: answering.length > 0 ? 'only-backup' : 'none', values: { ...values, unlockedBy }, ...(cause ? { cause } : {}) };
}

function undecided(values: Record<string, string | string[]>, known: Cause | null): Outcome<MessageId> {
  const cause = known ?? 'not-attempted';
  return { message: 'undecided', values: { ...values, cause }, cause };
}

function shown({ exchanger, state, cause, addresses }: Ipv6OnlyExchanger): string {
  if (state === 'answers') return `${exchanger} [${addresses.join(', ')}]`;
  return `${exchanger} (${cause ?? state})`;
}
