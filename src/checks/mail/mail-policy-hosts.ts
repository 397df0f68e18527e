import type { PolicyHostState } from '../../facts/mail-policy-hosts.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId = 'reachable' | 'reachable-where-measured' | 'ipv4-only' | 'silent-over-ipv6' | 'not-used' | 'no-mail' | 'undecided';

/** Hosts that mail policy and mail clients need, over IPv6: one TCP connect each. */
export const check = defineCheck({
  id: 'mail-policy-hosts',
  area: 'mail',
  subject: 'mail-domain',
  level: 'informative',
  title: { vi: 'Máy chủ chính sách và cấu hình thư qua IPv6', en: 'Mail policy and configuration hosts over IPv6' },
  why: {
    vi: 'Máy gửi thư chỉ có IPv6 phải đọc được chính sách MTA-STS; phần mềm thư của cán bộ phải tới được máy chủ IMAP, gửi thư và tự cấu hình.',
    en: 'A sender with IPv6 only must read the MTA-STS policy, and mail programs of the staff must reach IMAP, submission and auto-configuration.',
  },
  references: [
    { label: 'RFC 8461', url: 'https://www.rfc-editor.org/rfc/rfc8461' },
    { label: 'RFC 6186', url: 'https://www.rfc-editor.org/rfc/rfc6186' },
  ],
  needs: ['mailPolicyHosts'],
  messages: {
    reachable: {
      status: 'pass',
      vi: 'Các máy chủ chính sách và cấu hình thư của {domain} dùng được qua IPv6: {hosts}.',
      en: 'Mail policy and configuration hosts of {domain} can be used over IPv6: {hosts}.',
    },
    'reachable-where-measured': {
      status: 'pass',
      vi: 'Các máy chủ chính sách và cấu hình thư của {domain} đã đo dùng được qua IPv6: {hosts}. Chưa đo được: {unmeasured}.',
      en: 'Mail policy and configuration hosts of {domain} that were measured can be used over IPv6: {hosts}. Not measured: {unmeasured}.',
    },
    'ipv4-only': {
      status: 'warn',
      vi: 'Máy chủ chính sách hoặc cấu hình thư của {domain} chỉ có IPv4: {missing}.',
      en: 'Mail policy or configuration hosts of {domain} are IPv4-only: {missing}.',
      fix: {
        vi: 'Đơn vị quản trị DNS thêm bản ghi AAAA cho {missing}; đơn vị quản trị máy chủ cho dịch vụ lắng nghe trên IPv6.',
        en: 'The DNS operator adds AAAA records for {missing}; the server operator lets the services listen on IPv6.',
      },
    },
    'silent-over-ipv6': {
      status: 'warn',
      vi: 'Máy chủ chính sách hoặc cấu hình thư của {domain} có bản ghi AAAA nhưng không nhận kết nối IPv6 ({cause}), trong khi IPv4 thì có: {silent}.',
      en: 'Mail policy or configuration hosts of {domain} have AAAA records but take no connection over IPv6 ({cause}), while they do over IPv4: {silent}.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ cho dịch vụ trên {silent} lắng nghe trên IPv6 và mở cổng đó ở tường lửa IPv6.',
        en: 'The server operator lets the services at {silent} listen on IPv6 and opens the port in the IPv6 firewall.',
      },
    },
    'not-used': {
      status: 'not-applicable',
      vi: '{domain} không dùng MTA-STS, autoconfig, autodiscover hay bản ghi SRV cho thư.',
      en: '{domain} uses neither MTA-STS, autoconfig, autodiscover nor SRV records for mail.',
    },
    'no-mail': { status: 'not-applicable', vi: '{domain} không nhận thư.', en: '{domain} takes no mail.' },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa đo được máy chủ chính sách và cấu hình thư của {domain}: {unmeasured} ({cause}).',
      en: 'Mail policy and configuration hosts of {domain} could not be measured: {unmeasured} ({cause}).',
      fix: {
        vi: 'Người đo chạy lại khi IPv6 của nơi đo đã được chứng minh (`ipv6gov doctor`); đơn vị quản trị DNS xem các tên không tra được.',
        en: 'Measure again with proven IPv6 (`ipv6gov doctor`); the DNS operator looks at names that could not be looked up.',
      },
    },
  },
  evaluate({ mailPolicyHosts }): Outcome<MessageId> {
    const { domain, hasMail, hosts, open, openCause } = mailPolicyHosts;
    if (!hasMail) return { message: 'no-mail', values: { domain } };
    const having = (...states: PolicyHostState['state'][]): PolicyHostState[] => hosts.filter(({ state }) => states.includes(state));
    const [missing, silent, unknown] = [having('ipv4-only'), having('silent'), having('unknown')];
    const good = having('reachable', 'published');
    const values = {
      domain,
      hosts: good.map(shown),
      missing: missing.map(shown),
      silent: silent.map(shown),
      unmeasured: [...unknown.map(shown), ...open],
    };
    if (missing.length > 0) return { message: 'ipv4-only', values };
    if (silent.length > 0) {
      const cause = silent[0]?.cause ?? 'unknown';
      return { message: 'silent-over-ipv6', values: { ...values, cause }, cause };
    }
    if (values.unmeasured.length > 0 && good.length === 0) {
      const cause = unknown[0]?.cause ?? openCause ?? 'unknown';
      return { message: 'undecided', values: { ...values, cause }, cause };
    }
    if (good.length === 0) return { message: 'not-used', values };
    return values.unmeasured.length > 0
      ? { message: 'reachable-where-measured', values, confidence: 0.8 }
      : { message: 'reachable', values };
  },
});

function shown({ use, host, port }: PolicyHostState): string {
  return `${use} ${host}${port === null ? '' : `:${port}`}`;
}
