import type { WebProtocols } from '../../facts/web-protocols.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'same'
  | 'alpn-differs'
  | 'http3-differs'
  | 'no-https'
  | 'no-connection'
  | 'ipv4-not-published'
  | 'no-ipv6-address'
  | 'no-address'
  | 'undecided';

const sameProtocols = {
  vi: 'Đơn vị quản trị máy chủ web bật cùng các giao thức trên IPv6 như trên IPv4 (nginx: `http2 on;`, `listen [::]:443 quic;` trong cùng khối `server`).',
  en: 'The web operator enables the same protocols on IPv6 as on IPv4 (nginx: `http2 on;`, `listen [::]:443 quic;` in the same `server` block).',
};

/** HTTP/2 by ALPN and HTTP/3 by Alt-Svc, IPv6 against IPv4. */
export const check = defineCheck({
  id: 'web-protocols',
  area: 'web',
  subject: 'host',
  level: 'informative',
  title: { vi: 'HTTP/2 và HTTP/3 qua IPv6', en: 'HTTP/2 and HTTP/3 over IPv6' },
  why: {
    vi: 'Giao thức khác nhau giữa hai họ địa chỉ cho thấy hai cấu hình, và làm một bên chậm hơn.',
    en: 'Different protocols by family show two configurations, and make one of them slower.',
  },
  references: [
    { label: 'RFC 7301', url: 'https://www.rfc-editor.org/rfc/rfc7301' },
    { label: 'RFC 9114', url: 'https://www.rfc-editor.org/rfc/rfc9114' },
  ],
  needs: ['webProtocols'],
  messages: {
    same: {
      status: 'pass',
      vi: '{host} dùng {alpn} qua cả IPv6 và IPv4; thông báo HTTP/3 qua IPv6: {http3}, qua IPv4: {http3Ipv4}.',
      en: '{host} speaks {alpn} over both IPv6 and IPv4; HTTP/3 announced over IPv6: {http3}, over IPv4: {http3Ipv4}.',
    },
    'alpn-differs': {
      status: 'warn',
      vi: '{host} chọn {alpn} qua IPv6 và {alpnIpv4} qua IPv4 khi được đề nghị h2 và http/1.1.',
      en: '{host} chooses {alpn} over IPv6 and {alpnIpv4} over IPv4 when offered h2 and http/1.1.',
      fix: sameProtocols,
    },
    'http3-differs': {
      status: 'warn',
      vi: '{host} thông báo HTTP/3 (Alt-Svc) qua IPv6: {http3}, qua IPv4: {http3Ipv4}.',
      en: '{host} announces HTTP/3 (Alt-Svc) over IPv6: {http3}, over IPv4: {http3Ipv4}.',
      fix: sameProtocols,
    },
    'no-https': {
      status: 'not-applicable',
      vi: '{host} không có HTTPS ở cả hai họ địa chỉ.',
      en: '{host} offers HTTPS in neither family.',
    },
    'no-connection': {
      status: 'not-applicable',
      vi: 'Không có kết nối TLS nào qua IPv6 đến {host}; web-connect và web-tls đánh giá lỗi đó.',
      en: 'There is no TLS connection over IPv6 to {host}; web-connect and web-tls judge that fault.',
    },
    'ipv4-not-published': {
      status: 'not-applicable',
      vi: '{host} chỉ có IPv6, không có IPv4 để so.',
      en: '{host} has IPv6 only; there is no IPv4 to compare with.',
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: '{host} không có địa chỉ IPv6 dùng được.',
      en: '{host} has no usable IPv6 address.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có địa chỉ nào.', en: '{host} has no address at all.' },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa so được giao thức của {host} qua hai họ địa chỉ: {cause}.',
      en: 'Protocols of {host} could not be compared over both families: {cause}.',
      fix: {
        vi: 'Người đo chạy lại từ nơi có cả IPv4 và IPv6 (`ipv6gov doctor`).',
        en: 'Measure again from a place that has both IPv4 and IPv6 (`ipv6gov doctor`).',
      },
    },
  },
  evaluate({ webProtocols }): Outcome<MessageId> {
    const { host, presence, ipv4Published, connection, noTls, ipv6, ipv4 } = webProtocols;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (presence === 'aaaa-missing') return { message: 'no-ipv6-address', values: { host } };
    if (connection === 'not-offered') return { message: 'no-https', values: { host } };
    if (connection === 'fails' || (noTls && ipv6.alpn === null)) return { message: 'no-connection', values: { host } };
    if (!ipv4Published) return { message: 'ipv4-not-published', values: { host } };
    if (ipv6.alpn === null || ipv4.alpn === null) return withoutPair(webProtocols);
    const values = {
      host,
      alpn: ipv6.alpn || '-',
      alpnIpv4: ipv4.alpn || '-',
      http3: ipv6.http3 ?? '-',
      http3Ipv4: ipv4.http3 ?? '-',
    };
    if (ipv6.alpn !== ipv4.alpn) return { message: 'alpn-differs', values };
    const clear = [ipv6.http3, ipv4.http3].every((said) => said === 'always' || said === 'never');
    return { message: clear && ipv6.http3 !== ipv4.http3 ? 'http3-differs' : 'same', values };
  },
});

/** The extra handshake is made where a page came over TLS: without one, other checks say why. */
function withoutPair({ host, connection, connectionCause, ipv6, ipv4 }: WebProtocols): Outcome<MessageId> {
  const cause = connection === 'unknown' ? connectionCause : ((ipv6.alpn === null ? ipv6 : ipv4).cause ?? null);
  const why = cause ?? 'not-attempted';
  return { message: 'undecided', values: { host, cause: why }, cause: why };
}
