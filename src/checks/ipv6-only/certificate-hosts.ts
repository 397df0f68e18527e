import type { CertificateHost } from '../../facts/certificate-hosts.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'reachable'
  | 'reachable-where-measured'
  | 'ipv4-only'
  | 'silent-over-ipv6'
  | 'none-named'
  | 'no-certificate'
  | 'no-web-service'
  | 'no-address'
  | 'undecided';

const askIssuer = {
  vi: 'Đơn vị quản trị máy chủ web yêu cầu nhà cung cấp chứng thư số bật IPv6 cho {failing}, hoặc dùng nhà cung cấp có IPv6; bật OCSP stapling để trình duyệt đỡ phải hỏi.',
  en: 'The web operator asks the certificate authority for IPv6 at {failing}, or uses one that has it; OCSP stapling saves browsers the question.',
};

/** OCSP, CRL and issuer hosts of the certificate, over IPv6. */
export const check = defineCheck({
  id: 'certificate-hosts',
  area: 'ipv6-only',
  subject: 'service',
  level: 'informative',
  services: ['portal', 'public-services'],
  title: { vi: 'Máy chủ kiểm tra chứng thư qua IPv6', en: 'Hosts that vouch for the certificate, over IPv6' },
  why: {
    vi: 'Phần mềm kiểm tra thu hồi chứng thư qua OCSP hoặc CRL. Nếu các máy chủ đó chỉ có IPv4 thì việc kiểm tra hỏng trong mạng chỉ có IPv6.',
    en: 'Software asks OCSP and CRL hosts whether a certificate was revoked. If they are IPv4-only, that fails on an IPv6-only network.',
  },
  references: [
    { label: 'RFC 5280', url: 'https://www.rfc-editor.org/rfc/rfc5280' },
    { label: 'RFC 6960', url: 'https://www.rfc-editor.org/rfc/rfc6960' },
  ],
  needs: ['certificateHosts'],
  messages: {
    reachable: {
      status: 'pass',
      vi: 'Các máy chủ kiểm tra chứng thư của {host} trả lời qua IPv6: {hosts}.',
      en: 'The hosts that vouch for the certificate of {host} answer over IPv6: {hosts}.',
    },
    'reachable-where-measured': {
      status: 'pass',
      vi: 'Các máy chủ kiểm tra chứng thư của {host} đã đo trả lời qua IPv6: {hosts}. Chưa đo được: {unmeasured}.',
      en: 'The hosts that vouch for the certificate of {host} and were measured answer over IPv6: {hosts}. Not measured: {unmeasured}.',
    },
    'ipv4-only': {
      status: 'warn',
      vi: 'Máy chủ kiểm tra chứng thư của {host} chỉ có IPv4: {failing}.',
      en: 'Hosts that vouch for the certificate of {host} are IPv4-only: {failing}.',
      fix: askIssuer,
    },
    'silent-over-ipv6': {
      status: 'warn',
      vi: 'Máy chủ kiểm tra chứng thư của {host} có bản ghi AAAA nhưng không trả lời qua IPv6 ({cause}), trong khi IPv4 thì có: {failing}.',
      en: 'Hosts that vouch for the certificate of {host} have AAAA records but do not answer over IPv6 ({cause}), while they do over IPv4: {failing}.',
      fix: askIssuer,
    },
    'none-named': {
      status: 'not-applicable',
      vi: 'Chứng thư của {host} không nêu máy chủ OCSP, CRL hay chứng thư cấp trên nào.',
      en: 'The certificate of {host} names no OCSP, CRL or issuer host.',
    },
    'no-certificate': { status: 'not-applicable', vi: 'Không thấy chứng thư nào của {host}.', en: 'No certificate of {host} was seen.' },
    'no-web-service': {
      status: 'not-applicable',
      vi: 'Dịch vụ thư {host} không có trang web để xét.',
      en: 'The mail service {host} has no page to judge.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có trang web.', en: '{host} has no web site.' },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa đo được máy chủ kiểm tra chứng thư của {host}: {unmeasured} ({cause}).',
      en: 'The hosts that vouch for the certificate of {host} could not be measured: {unmeasured} ({cause}).',
      fix: {
        vi: 'Người đo chạy lại khi IPv6 của nơi đo đã được chứng minh (`ipv6gov doctor`).',
        en: 'Measure again with proven IPv6 (`ipv6gov doctor`).',
      },
    },
  },
  evaluate({ certificateHosts }, subject): Outcome<MessageId> {
    if (certificateHosts === null) return { message: 'no-web-service', values: { host: subject.name } };
    const { host, presence, hasCertificate, cause: hostCause, hosts } = certificateHosts;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (!hasCertificate) {
      return hostCause === null
        ? { message: 'no-certificate', values: { host } }
        : { message: 'undecided', values: { host, unmeasured: [host], cause: hostCause }, cause: hostCause };
    }
    const having = (state: CertificateHost['state']): CertificateHost[] => hosts.filter((entry) => entry.state === state);
    const names = (entries: readonly CertificateHost[]): string[] => entries.map((entry) => entry.host);
    const [missing, silent, open, good] = [having('ipv4-only'), having('silent'), having('unknown'), having('reachable')];
    const values = { host, hosts: names(good), unmeasured: names(open) };
    if (missing.length > 0) return { message: 'ipv4-only', values: { ...values, failing: names(missing) } };
    if (silent.length > 0) {
      const cause = silent[0]?.cause ?? 'unknown';
      return { message: 'silent-over-ipv6', values: { ...values, failing: names(silent), cause }, cause };
    }
    if (good.length > 0) {
      return open.length === 0 ? { message: 'reachable', values } : { message: 'reachable-where-measured', values, confidence: 0.8 };
    }
    if (hosts.length === 0) return { message: 'none-named', values };
    // What is left could not be measured, or has no address in either family.
    const cause = open[0]?.cause ?? 'both-families-down';
    return { message: 'undecided', values: { ...values, unmeasured: names(hosts), cause }, cause };
  },
});
