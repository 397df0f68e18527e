import { defineCheck } from '../define-check.ts';

/** Plain SOA over TCP to every IPv6 address of every name server: NOERROR, AA and the zone's own SOA are needed (faults D14). */
export const check = defineCheck({
  id: 'ns-tcp-ipv6',
  area: 'dns',
  subject: 'zone',
  level: 'required',
  title: { vi: 'Máy chủ tên miền trả lời qua IPv6 (TCP)', en: 'Name servers answer over IPv6 (TCP)' },
  why: {
    vi: 'Câu trả lời lớn không vừa gói UDP được hỏi lại qua TCP; thiếu TCP thì các câu trả lời đó bị mất.',
    en: 'Answers that do not fit a UDP packet are asked again over TCP; without TCP they are lost.',
  },
  references: [
    { label: 'RFC 10001 (BCP 91)', url: 'https://www.rfc-editor.org/rfc/rfc10001' },
    { label: 'RFC 7766', url: 'https://www.rfc-editor.org/rfc/rfc7766' },
    { label: 'RFC 9210 (BCP 235)', url: 'https://www.rfc-editor.org/rfc/rfc9210' },
  ],
  needs: ['ipv6Transports'],
  messages: {
    'all-answer': {
      status: 'pass',
      vi: 'Mọi địa chỉ IPv6 của máy chủ tên miền của {zone} đều trả lời SOA có thẩm quyền qua TCP: {addresses}.',
      en: 'Every IPv6 address of the name servers of {zone} answers SOA with authority over TCP: {addresses}.',
    },
    'some-answer': {
      status: 'warn',
      vi: 'Một số địa chỉ IPv6 của máy chủ tên miền của {zone} không trả lời đúng qua TCP: {bad}. Trả lời đúng: {addresses}.',
      en: 'Some IPv6 addresses of the name servers of {zone} do not answer properly over TCP: {bad}. Good: {addresses}.',
      fix: {
        vi: 'Đơn vị quản trị DNS kiểm tra dịch vụ và tường lửa (cổng 53 TCP qua IPv6) trên các máy chủ này, hoặc bỏ bản ghi AAAA của chúng.',
        en: 'The DNS operator checks the service and the firewall (port 53 TCP over IPv6) of these servers, or removes their AAAA records.',
      },
    },
    unstable: {
      status: 'warn',
      vi: 'Một số địa chỉ IPv6 của máy chủ tên miền của {zone} lúc trả lời lúc không qua TCP (số lần trả lời/số lần hỏi): {unstable}.',
      en: 'Some IPv6 addresses of the name servers of {zone} answer only now and then over TCP (answered/tries): {unstable}.',
      fix: {
        vi: 'Đơn vị quản trị DNS kiểm tra mất gói, quá tải và giới hạn tốc độ trả lời trên các máy chủ này và đường truyền IPv6 của chúng.',
        en: 'The DNS operator checks packet loss, overload and response rate limits of these servers and of their IPv6 path.',
      },
    },
    'none-answer': {
      status: 'fail',
      vi: 'Không địa chỉ IPv6 nào của máy chủ tên miền của {zone} trả lời đúng qua TCP: {bad}.',
      en: 'No IPv6 address of the name servers of {zone} answers properly over TCP: {bad}.',
      fix: {
        vi: 'Đơn vị quản trị DNS mở cổng 53 TCP qua IPv6 trên tường lửa và cho máy chủ tên miền lắng nghe, phục vụ vùng {zone} trên địa chỉ IPv6.',
        en: 'The DNS operator opens port 53 TCP over IPv6 in the firewall and makes the name servers listen and serve {zone} on their IPv6 addresses.',
      },
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: 'Không máy chủ tên miền nào của {zone} có địa chỉ IPv6 dùng được nên không có gì để hỏi.',
      en: 'No name server of {zone} has a usable IPv6 address: there is nothing to ask.',
    },
    'not-judged': {
      status: 'inconclusive',
      vi: 'Chưa đo được mọi máy chủ tên miền của {zone} qua IPv6 TCP ({unmeasured}). Trả lời đúng: {addresses}. Không đúng: {bad}.',
      en: 'Not every name server of {zone} could be measured over IPv6 TCP ({unmeasured}). Good: {addresses}. Not good: {bad}.',
      fix: {
        vi: 'Người đo chạy lại từ nơi có IPv6 ổn định, với tốc độ hỏi thấp hơn.',
        en: 'Measure again from a vantage with sound IPv6, at a lower rate.',
      },
    },
  },
  evaluate({ ipv6Transports }) {
    const { zone } = ipv6Transports;
    const { good, unstable, bad, badCause, unmeasured, unmeasuredCause } = ipv6Transports.tcp;
    const values = { zone, addresses: good, unstable, bad, unmeasured };
    const answering = good.length + unstable.length;
    if (answering + bad.length + unmeasured.length === 0) return { message: 'no-ipv6-address', values: { zone } };
    if (bad.length > 0 && answering > 0) return { message: 'some-answer', values, cause: badCause };
    if (unmeasured.length > 0) return { message: 'not-judged', values, cause: unmeasuredCause };
    if (bad.length > 0) return { message: 'none-answer', values, cause: badCause };
    return unstable.length > 0 ? { message: 'unstable', values, cause: 'unstable' } : { message: 'all-answer', values };
  },
});
