import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId = 'safe' | 'safe-in-part' | 'wrong-nxdomain' | 'bad-aaaa' | 'literals' | 'no-web-service' | 'no-address';

/** Would the service survive behind DNS64 and NAT64, judged from facts? */
export const check = defineCheck({
  id: 'dns64-safe',
  area: 'ipv6-only',
  subject: 'service',
  level: 'required',
  services: ['portal', 'public-services'],
  title: { vi: 'An toàn với DNS64/NAT64', en: 'Safe behind DNS64 and NAT64' },
  why: {
    vi: 'Mạng di động chỉ có IPv6 dùng DNS64/NAT64. Câu trả lời AAAA sai hoặc địa chỉ IPv4 viết thẳng làm trang hỏng ở đó.',
    en: 'IPv6-only mobile networks use DNS64 and NAT64. Wrong AAAA answers or IPv4 literals break a site there.',
  },
  references: [
    { label: 'RFC 6147', url: 'https://www.rfc-editor.org/rfc/rfc6147' },
    { label: 'RFC 6586', url: 'https://www.rfc-editor.org/rfc/rfc6586' },
  ],
  needs: ['dns64Safety'],
  messages: {
    safe: {
      status: 'pass',
      vi: '{host} dùng được sau DNS64/NAT64: câu trả lời AAAA đúng, không có địa chỉ IPv4 viết thẳng ở chỗ thiết yếu.',
      en: '{host} works behind DNS64 and NAT64: AAAA queries are answered properly, and no essential place has an IPv4 literal.',
    },
    'safe-in-part': {
      status: 'pass',
      vi: '{host} dùng được sau DNS64/NAT64 theo phần đã đọc; danh sách liên kết của trang bị cắt bớt.',
      en: '{host} works behind DNS64 and NAT64 as far as was read; the list of links of the page was cut.',
    },
    'wrong-nxdomain': {
      status: 'fail',
      vi: 'Máy chủ tên miền trả lời NXDOMAIN cho truy vấn AAAA của {names} dù có bản ghi A: DNS64 sẽ coi tên này không tồn tại.',
      en: 'Name servers answer NXDOMAIN to AAAA queries for {names} although A records exist: DNS64 takes the name for missing.',
      fix: {
        vi: 'Đơn vị quản trị DNS sửa phần mềm hoặc thiết bị cân bằng tải DNS để trả lời NOERROR với phần trả lời rỗng (NODATA) khi không có AAAA.',
        en: 'The DNS operator repairs the software or DNS load balancer, so that it answers NOERROR with an empty answer (NODATA) where there is no AAAA.',
      },
    },
    'bad-aaaa': {
      status: 'fail',
      vi: 'Bản ghi AAAA không dùng được khiến DNS64 không tạo địa chỉ thay thế: {addresses}.',
      en: 'Unusable AAAA records keep DNS64 from making an address: {addresses}.',
      fix: {
        vi: 'Đơn vị quản trị DNS xóa các bản ghi AAAA này hoặc thay bằng địa chỉ IPv6 toàn cầu đang hoạt động.',
        en: 'The DNS operator removes these AAAA records or replaces them by working global IPv6 addresses.',
      },
    },
    literals: {
      status: 'fail',
      vi: '{host} dùng địa chỉ IPv4 viết thẳng ở chỗ thiết yếu: {literals}; DNS64 không giúp được.',
      en: '{host} uses IPv4 literals in essential places: {literals}; DNS64 cannot help.',
      fix: {
        vi: 'Đơn vị quản trị trang thay các địa chỉ này bằng tên miền hoặc đường dẫn tương đối.',
        en: 'The web operator replaces these addresses by names or relative paths.',
      },
    },
    'no-web-service': {
      status: 'not-applicable',
      vi: 'Dịch vụ thư {host} không có trang web để xét.',
      en: 'The mail service {host} has no page to judge.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có trang web.', en: '{host} has no web site.' },
  },
  evaluate({ dns64Safety }, subject): Outcome<MessageId> {
    if (dns64Safety === null) return { message: 'no-web-service', values: { host: subject.name } };
    const { host, presence, wrongNxdomain, suppressed, literals, cut } = dns64Safety;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (wrongNxdomain.length > 0) return { message: 'wrong-nxdomain', values: { host, names: wrongNxdomain } };
    if (suppressed.length > 0)
      return {
        message: 'bad-aaaa',
        values: { host, addresses: suppressed.flatMap((entry) => entry.addresses.map((address) => `${entry.host}: ${address}`)) },
      };
    if (literals.length > 0)
      return { message: 'literals', values: { host, literals: literals.slice(0, 10).map(({ place, url }) => `${place}: ${url}`) } };
    return { message: cut ? 'safe-in-part' : 'safe', values: { host } };
  },
});
