import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'native'
  | 'needs-translation'
  | 'broken-literals'
  | 'broken-names'
  | 'broken-dead-aaaa'
  | 'no-web-service'
  | 'not-offered'
  | 'no-address'
  | 'undecided';

/** What NAT64 and DNS64 make of a service on a network with IPv6 only. */
export const check = defineCheck({
  id: 'nat64-outcome',
  area: 'ipv6-only',
  subject: 'service',
  level: 'informative',
  services: ['portal', 'public-services'],
  title: { vi: 'Dịch vụ sau NAT64/DNS64', en: 'The service behind NAT64 and DNS64' },
  why: {
    vi: 'Mạng di động chỉ có IPv6 dùng NAT64 cho những gì còn ở IPv4. Mục này nói dịch vụ có cần đến nó không, và có dùng được với nó không.',
    en: 'IPv6-only mobile networks use NAT64 for what is left on IPv4. This says whether a service needs that, and whether it works with it.',
  },
  references: [
    { label: 'RFC 6146', url: 'https://www.rfc-editor.org/rfc/rfc6146' },
    { label: 'RFC 6147', url: 'https://www.rfc-editor.org/rfc/rfc6147' },
  ],
  needs: ['nat64Outcome'],
  messages: {
    native: {
      status: 'pass',
      vi: '{host} và mọi máy chủ mà trang cần đều dùng được bằng IPv6 thuần, không qua NAT64.',
      en: '{host} and every host that its page needs work over native IPv6, without NAT64.',
    },
    'needs-translation': {
      status: 'info',
      vi: '{host} dùng được trên mạng chỉ có IPv6 nhờ NAT64; phần chỉ có IPv4: {translated}.',
      en: '{host} works on an IPv6-only network by way of NAT64; IPv4-only parts: {translated}.',
    },
    'broken-literals': {
      status: 'warn',
      vi: '{host} hỏng cả khi có NAT64, vì địa chỉ IPv4 viết thẳng ở chỗ thiết yếu: {literals}.',
      en: '{host} is broken even with NAT64, because of IPv4 literals in essential places: {literals}.',
      fix: {
        vi: 'Đơn vị quản trị trang thay các địa chỉ này bằng tên miền hoặc đường dẫn tương đối.',
        en: 'The web operator replaces these addresses by names or relative paths.',
      },
    },
    'broken-names': {
      status: 'warn',
      vi: '{host} hỏng cả khi có NAT64: DNS64 không tạo địa chỉ cho {names}, vì câu trả lời AAAA sai hoặc bản ghi AAAA không dùng được.',
      en: '{host} is broken even with NAT64: DNS64 makes no address for {names}, because AAAA answers are wrong or AAAA records unusable.',
      fix: {
        vi: 'Đơn vị quản trị DNS trả lời NOERROR rỗng khi không có AAAA, và xóa hoặc sửa các bản ghi AAAA không dùng được.',
        en: 'The DNS operator answers NOERROR without records where there is no AAAA, and removes or corrects unusable AAAA records.',
      },
    },
    'broken-dead-aaaa': {
      status: 'warn',
      vi: '{host} hỏng cả khi có NAT64: {dead} có bản ghi AAAA nên DNS64 không thay, nhưng không trả lời qua IPv6.',
      en: '{host} is broken even with NAT64: {dead} have AAAA records, which DNS64 leaves alone, but do not answer over IPv6.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ sửa dịch vụ trên IPv6 của {dead}; trong lúc chờ, gỡ bản ghi AAAA thì NAT64 mới giúp được.',
        en: 'The server operator repairs the service on IPv6 at {dead}; until then only removing the AAAA record lets NAT64 help.',
      },
    },
    'no-web-service': {
      status: 'not-applicable',
      vi: 'Dịch vụ thư {host} không có trang web để xét.',
      en: 'The mail service {host} has no page to judge.',
    },
    'not-offered': {
      status: 'not-applicable',
      vi: '{host} không mở cổng web ở cả hai họ địa chỉ.',
      en: '{host} offers no web port in either family.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có trang web.', en: '{host} has no web site.' },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa biết {host} có cần NAT64 hay không: {cause}.',
      en: 'Whether {host} needs NAT64 could not be known: {cause}.',
      fix: {
        vi: 'Người đo chạy lại khi IPv6 của nơi đo đã được chứng minh (`ipv6gov doctor`), hoặc thử bằng trình duyệt trong mạng chỉ có IPv6.',
        en: 'Measure again with proven IPv6 (`ipv6gov doctor`), or try with a browser on an IPv6-only network.',
      },
    },
  },
  evaluate({ nat64Outcome }, subject): Outcome<MessageId> {
    if (nat64Outcome === null) return { message: 'no-web-service', values: { host: subject.name } };
    const { host, presence, connection, literals, notSynthesised, dead, translated, cause } = nat64Outcome;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (literals.length > 0) return { message: 'broken-literals', values: { host, literals: literals.slice(0, 10) } };
    if (notSynthesised.length > 0) return { message: 'broken-names', values: { host, names: [...new Set(notSynthesised)] } };
    if (presence === 'published' && connection === 'not-offered') return { message: 'not-offered', values: { host } };
    if (dead.length > 0) return { message: 'broken-dead-aaaa', values: { host, dead: [...new Set(dead)] } };
    if (cause !== null) return { message: 'undecided', values: { host, cause }, cause };
    return translated.length > 0
      ? { message: 'needs-translation', values: { host, translated: [...new Set(translated)] } }
      : { message: 'native', values: { host } };
  },
});
