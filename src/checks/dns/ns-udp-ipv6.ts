import { defineCheck } from '../define-check.ts';

/** Plain SOA over UDP to every IPv6 address of every name server: NOERROR, AA and the zone's own SOA are needed (faults D14). */
export const check = defineCheck({
  id: 'ns-udp-ipv6',
  area: 'dns',
  subject: 'zone',
  level: 'required',
  title: { vi: 'Máy chủ tên miền trả lời qua IPv6 (UDP)', en: 'Name servers answer over IPv6 (UDP)' },
  why: {
    vi: 'Máy phân giải chỉ có IPv6 hỏi máy chủ tên miền trước hết qua UDP. Có bản ghi AAAA mà không trả lời còn tệ hơn là không có.',
    en: 'Resolvers with IPv6 only ask over UDP first. A name server with an AAAA record that does not answer is worse than one without.',
  },
  references: [
    { label: 'RFC 10001 (BCP 91)', url: 'https://www.rfc-editor.org/rfc/rfc10001' },
    { label: 'RFC 6891', url: 'https://www.rfc-editor.org/rfc/rfc6891' },
  ],
  needs: ['ipv6Transports'],
  messages: {
    'all-answer': {
      status: 'pass',
      vi: 'Mọi địa chỉ IPv6 của máy chủ tên miền của {zone} đều trả lời SOA có thẩm quyền qua UDP: {addresses}.',
      en: 'Every IPv6 address of the name servers of {zone} answers SOA with authority over UDP: {addresses}.',
    },
    'some-answer': {
      status: 'warn',
      vi: 'Một số địa chỉ IPv6 của máy chủ tên miền của {zone} không trả lời đúng qua UDP: {bad}. Trả lời đúng: {addresses}.',
      en: 'Some IPv6 addresses of the name servers of {zone} do not answer properly over UDP: {bad}. Good: {addresses}.',
      fix: {
        vi: 'Đơn vị quản trị DNS kiểm tra dịch vụ và tường lửa (cổng 53 UDP qua IPv6) trên các máy chủ này, hoặc bỏ bản ghi AAAA của chúng.',
        en: 'The DNS operator checks the service and the firewall (port 53 UDP over IPv6) of these servers, or removes their AAAA records.',
      },
    },
    unstable: {
      status: 'warn',
      vi: 'Một số địa chỉ IPv6 của máy chủ tên miền của {zone} lúc trả lời lúc không qua UDP (số lần trả lời/số lần hỏi): {unstable}.',
      en: 'Some IPv6 addresses of the name servers of {zone} answer only now and then over UDP (answered/tries): {unstable}.',
      fix: {
        vi: 'Đơn vị quản trị DNS kiểm tra mất gói, quá tải và giới hạn tốc độ trả lời trên các máy chủ này và đường truyền IPv6 của chúng.',
        en: 'The DNS operator checks packet loss, overload and response rate limits of these servers and of their IPv6 path.',
      },
    },
    'none-answer': {
      status: 'fail',
      vi: 'Không địa chỉ IPv6 nào của máy chủ tên miền của {zone} trả lời đúng qua UDP: {bad}.',
      en: 'No IPv6 address of the name servers of {zone} answers properly over UDP: {bad}.',
      fix: {
        vi: 'Đơn vị quản trị DNS mở cổng 53 UDP qua IPv6 trên tường lửa và cho máy chủ tên miền lắng nghe, phục vụ vùng {zone} trên địa chỉ IPv6.',
        en: 'The DNS operator opens port 53 UDP over IPv6 in the firewall and makes the name servers listen and serve {zone} on their IPv6 addresses.',
      },
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: 'Không máy chủ tên miền nào của {zone} có địa chỉ IPv6 dùng được nên không có gì để hỏi.',
      en: 'No name server of {zone} has a usable IPv6 address: there is nothing to ask.',
    },
    'not-judged': {
      status: 'inconclusive',
      vi: 'Chưa đo được mọi máy chủ tên miền của {zone} qua IPv6 UDP ({unmeasured}). Trả lời đúng: {addresses}. Không đúng: {bad}.',
      en: 'Not every name server of {zone} could be measured over IPv6 UDP ({unmeasured}). Good: {addresses}. Not good: {bad}.',
      fix: {
        vi: 'Người đo chạy lại từ nơi có IPv6 ổn định, với tốc độ hỏi thấp hơn.',
        en: 'Measure again from a vantage with sound IPv6, at a lower rate.',
      },
    },
  },
  evaluate({ ipv6Transports }) {
    const { zone } = ipv6Transports;
    const { good, unstable, bad, badCause, unmeasured, unmeasuredCause } = ipv6Transports.udp;
    const values = { zone, addresses: good, unstable, bad, unmeasured };
    const answering = good.length + unstable.length;
    if (answering + bad.length + unmeasured.length === 0) return { message: 'no-ipv6-address', values: { zone } };
    if (bad.length > 0 && answering > 0) return { message: 'some-answer', values, cause: badCause };
    if (unmeasured.length > 0) return { message: 'not-judged', values, cause: unmeasuredCause };
    if (bad.length > 0) return { message: 'none-answer', values, cause: badCause };
    return unstable.length > 0 ? { message: 'unstable', values, cause: 'unstable' } : { message: 'all-answer', values };
  },
});
