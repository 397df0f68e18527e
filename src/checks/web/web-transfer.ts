import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'completed'
  | 'stalls-sometimes'
  | 'some-addresses-stall'
  | 'path-mtu-suspected'
  | 'stalls-without-ipv4'
  | 'breaks'
  | 'upload-stalls'
  | 'nothing-large'
  | 'no-answer'
  | 'no-connection'
  | 'no-ipv6-address'
  | 'no-address'
  | 'upload-unproven'
  | 'both-families-down'
  | 'undecided';

const packetTooBig = {
  vi: 'Đơn vị quản trị mạng cho phép ICMPv6 loại 2 (Packet Too Big) vào và ra ở mọi tường lửa trước máy chủ (RFC 4890), kiểm tra MTU của các đường hầm; tạm thời có thể giới hạn MSS xuống 1220 (ví dụ nftables: `tcp option maxseg size set 1220`).',
  en: 'The network operator lets ICMPv6 type 2 (Packet Too Big) in and out at every firewall before the server (RFC 4890) and checks the MTU of tunnels; as a stopgap clamp the MSS to 1220 (nftables: `tcp option maxseg size set 1220`).',
};

/** Do full-sized packets get through? A path MTU black hole lets connections open and then swallows the page. */
export const check = defineCheck({
  id: 'web-transfer',
  area: 'web',
  subject: 'host',
  level: 'required',
  title: { vi: 'Truyền dữ liệu lớn qua IPv6', en: 'Large transfers over IPv6' },
  why: {
    vi: 'Khi tường lửa chặn ICMPv6 “Packet Too Big”, kết nối IPv6 vẫn mở được nhưng trang không bao giờ tải xong.',
    en: 'Where a firewall drops ICMPv6 “Packet Too Big”, IPv6 connections open but pages never finish loading.',
  },
  references: [
    { label: 'RFC 8201', url: 'https://www.rfc-editor.org/rfc/rfc8201' },
    { label: 'RFC 4890', url: 'https://www.rfc-editor.org/rfc/rfc4890' },
    { label: 'RFC 8899', url: 'https://www.rfc-editor.org/rfc/rfc8899' },
  ],
  needs: ['webTransfer'],
  messages: {
    completed: {
      status: 'pass',
      vi: '{host} truyền trọn {bytes} byte qua IPv6.',
      en: '{host} transferred all of {bytes} bytes over IPv6.',
    },
    'stalls-sometimes': {
      status: 'warn',
      vi: 'Việc truyền từ {host} qua IPv6 đôi khi im lặng giữa chừng: {stalls}/{tries} lần.',
      en: 'Transfers from {host} over IPv6 sometimes fall silent midway: {stalls} of {tries} tries.',
      fix: packetTooBig,
    },
    'some-addresses-stall': {
      status: 'warn',
      vi: 'Tại {addresses}, kết nối IPv6 đến {host} mở được rồi im lặng ở bước “{step}”; các địa chỉ khác thì tốt.',
      en: 'At {addresses} IPv6 connections to {host} open and then fall silent at the step “{step}”; its other addresses are good.',
      fix: packetTooBig,
    },
    'path-mtu-suspected': {
      status: 'fail',
      vi: 'Kết nối IPv6 đến {host} ({addresses}) mở được nhưng im lặng ở bước “{step}” trong {stalls}/{tries} lần; IPv4 hoàn tất cùng yêu cầu. Nghi lỗi path MTU.',
      en: 'IPv6 connections to {host} ({addresses}) open but fall silent at the step “{step}” in {stalls} of {tries} tries; IPv4 completes the same. A path MTU fault is suspected.',
      fix: packetTooBig,
    },
    'stalls-without-ipv4': {
      status: 'fail',
      vi: 'Kết nối IPv6 đến {host} ({addresses}) mở được nhưng im lặng ở bước “{step}” trong {stalls}/{tries} lần, và không có IPv4: không còn đường nào khác.',
      en: 'IPv6 connections to {host} ({addresses}) open but fall silent at the step “{step}” in {stalls} of {tries} tries, and there is no IPv4: there is no other way in.',
      fix: packetTooBig,
    },
    breaks: {
      status: 'fail',
      vi: 'Việc truyền từ {host} qua IPv6 bị đứt ở bước “{step}” ({cause}), trong khi IPv4 hoàn tất.',
      en: 'Transfers from {host} over IPv6 break at the step “{step}” ({cause}), while IPv4 completes them.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web xem proxy, cân bằng tải và tường lửa trên đường IPv6 có cắt kết nối không (thời gian chờ, giới hạn kích thước).',
        en: 'The web operator checks whether a proxy, load balancer or firewall on the IPv6 path cuts connections (timeouts, size limits).',
      },
    },
    'upload-stalls': {
      status: 'fail',
      vi: 'Yêu cầu có tiêu đề lớn (khoảng 3 KiB) đến {host} qua IPv6 không bao giờ được trả lời, qua IPv4 thì có; nơi đo gửi được như vậy đến máy chủ khác.',
      en: 'A request with large headers (about 3 KiB) to {host} is never answered over IPv6 but is over IPv4; the vantage can send the same to others.',
      fix: packetTooBig,
    },
    'nothing-large': {
      status: 'not-applicable',
      vi: '{host} không có nội dung nào từ 8 KiB trở lên để thử (lớn nhất {bytes} byte); những gì có đều truyền trọn.',
      en: '{host} has nothing of 8 KiB or more to try (largest {bytes} bytes); what there is arrives whole.',
    },
    'no-answer': {
      status: 'not-applicable',
      vi: '{host} nhận kết nối IPv6 nhưng không bắt đầu trả lời ({cause}, bước {step}); web-tls hoặc web-response đánh giá lỗi đó.',
      en: '{host} takes the IPv6 connection but does not begin to answer ({cause}, step {step}); web-tls or web-response judges that fault.',
    },
    'no-connection': {
      status: 'not-applicable',
      vi: 'Không có kết nối IPv6 nào đến {host} để truyền; web-connect đánh giá lỗi đó.',
      en: 'There is no IPv6 connection to {host} to transfer on; web-connect judges that fault.',
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: '{host} không có địa chỉ IPv6 dùng được.',
      en: '{host} has no usable IPv6 address.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có địa chỉ nào.', en: '{host} has no address at all.' },
    'upload-unproven': {
      status: 'inconclusive',
      vi: 'Yêu cầu có tiêu đề lớn đến {host} qua IPv6 không được trả lời; chưa rõ lỗi ở phía máy chủ hay đường ra của nơi đo.',
      en: 'A request with large headers to {host} over IPv6 is not answered; it is open whether the server or our own way out is at fault.',
      fix: {
        vi: 'Người đo kiểm tra MTU IPv6 của nơi đo và chạy lại từ mạng khác.',
        en: 'Check the IPv6 MTU of the vantage and measure again from another network.',
      },
    },
    'both-families-down': {
      status: 'inconclusive',
      vi: 'Việc truyền từ {host} không trọn ở cả hai họ địa chỉ: không thể quy lỗi cho IPv6.',
      en: 'Transfers from {host} do not finish in either family: IPv6 cannot be blamed.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web xem tải của máy chủ; người đo chạy lại sau.',
        en: 'The web operator looks at the load of the server; measure again later.',
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa xét được việc truyền dữ liệu từ {host} qua IPv6: {cause} (bước {step}).',
      en: 'Transfers from {host} over IPv6 could not be judged: {cause} (step {step}).',
      fix: {
        vi: 'Người đo chạy lại từ nơi có IPv4 và IPv6 đã được chứng minh (`ipv6gov doctor`).',
        en: 'Measure again from a place with proven IPv4 and IPv6 (`ipv6gov doctor`).',
      },
    },
  },
  evaluate({ webTransfer }): Outcome<MessageId> {
    const { host, presence, state, cause, step, bytes, stalls, tries, addresses, connection } = webTransfer;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (presence === 'aaaa-missing') return { message: 'no-ipv6-address', values: { host } };
    const values = { host, step: step ?? '', cause: cause ?? '', bytes, stalls, tries, addresses };
    const caused = cause === null ? {} : { cause };
    switch (state) {
      case 'completed':
      case 'nothing-large':
      case 'no-answer':
        return { message: state, values };
      case 'sometimes-stalls':
        return { message: 'stalls-sometimes', values, ...caused };
      case 'stalls':
        return { message: 'path-mtu-suspected', values, ...caused };
      case 'some-addresses-stall':
      case 'stalls-without-ipv4':
      case 'breaks':
      case 'upload-stalls':
        return { message: state, values, ...caused };
      case 'upload-unproven':
        return { message: 'upload-unproven', values, cause: cause ?? 'path-mtu-suspected' };
      case 'not-connected':
        return connection === 'fails' || connection === 'not-offered'
          ? { message: 'no-connection', values }
          : { message: 'undecided', values: { ...values, cause: cause ?? 'not-attempted' }, cause: cause ?? 'not-attempted' };
      default:
        return { message: cause === 'both-families-down' ? 'both-families-down' : 'undecided', values, cause: cause ?? 'unknown' };
    }
  },
});
