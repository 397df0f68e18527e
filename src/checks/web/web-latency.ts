import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'as-fast'
  | 'somewhat-slower'
  | 'much-slower'
  | 'no-connection'
  | 'ipv4-not-published'
  | 'no-ipv6-address'
  | 'no-address'
  | 'undecided'
  | 'too-few-samples';

/** Browsers give IPv6 this head start or more (RFC 8305 §5): beyond it they often end up on IPv4. */
const warnOverMs = 250;
const passUpToMs = 100;
const samplesNeeded = 3;

/** Connect times and first bytes of what was asked anyway, IPv6 against IPv4. */
export const check = defineCheck({
  id: 'web-latency',
  area: 'web',
  subject: 'host',
  level: 'informative',
  title: { vi: 'Độ trễ qua IPv6 so với IPv4', en: 'Latency over IPv6 against IPv4' },
  why: {
    vi: 'Đường IPv6 đi vòng làm trang chậm, và trình duyệt bỏ IPv6 để dùng IPv4 nên số liệu IPv6 của trang thấp.',
    en: 'A detour of IPv6 makes a site slow, and browsers leave IPv6 for IPv4, so that the site sees little IPv6.',
  },
  references: [{ label: 'RFC 8305', url: 'https://www.rfc-editor.org/rfc/rfc8305' }],
  needs: ['webLatency'],
  messages: {
    'as-fast': {
      status: 'pass',
      vi: '{host} trả lời qua IPv6 trong {median} ms, qua IPv4 trong {medianIpv4} ms (trung vị của {samples} lần đo).',
      en: '{host} answers over IPv6 in {median} ms, over IPv4 in {medianIpv4} ms (median of {samples} samples).',
    },
    'somewhat-slower': {
      status: 'info',
      vi: '{host} qua IPv6 chậm hơn đôi chút: {median} ms so với {medianIpv4} ms qua IPv4 (trung vị của {samples} lần đo).',
      en: '{host} is somewhat slower over IPv6: {median} ms against {medianIpv4} ms over IPv4 (median of {samples} samples).',
    },
    'much-slower': {
      status: 'warn',
      vi: '{host} qua IPv6 chậm hơn nhiều nhìn từ nơi đo này: {median} ms so với {medianIpv4} ms qua IPv4 (trung vị của {samples} lần đo).',
      en: '{host} is much slower over IPv6 as seen from this vantage: {median} ms against {medianIpv4} ms over IPv4 (median of {samples} samples).',
      fix: {
        vi: 'Đơn vị quản trị mạng so đường đi bằng `traceroute -6` và `traceroute -4`, rồi yêu cầu nhà cung cấp mở kết nối IPv6 trong nước hoặc bỏ đường hầm.',
        en: 'The network operator compares the paths with `traceroute -6` and `traceroute -4`, and asks the provider for domestic IPv6 peering or to end tunnels.',
      },
    },
    'no-connection': {
      status: 'not-applicable',
      vi: '{host} không nhận kết nối web qua IPv6; web-connect đánh giá điều đó.',
      en: '{host} takes no web connection over IPv6; web-connect judges that.',
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
      vi: 'Chưa đo được độ trễ của {host} qua cả hai họ địa chỉ: {cause}.',
      en: 'Latency of {host} could not be measured over both families: {cause}.',
      fix: {
        vi: 'Người đo chạy lại từ nơi có cả IPv4 và IPv6 (`ipv6gov doctor`).',
        en: 'Measure again from a place that has both IPv4 and IPv6 (`ipv6gov doctor`).',
      },
    },
    'too-few-samples': {
      status: 'inconclusive',
      vi: 'Chỉ có {samples} lần đo giống nhau qua cả hai họ địa chỉ của {host}, quá ít để so độ trễ.',
      en: 'There are only {samples} like samples over both families of {host}, too few to compare latency.',
      fix: { vi: 'Không phải lỗi; người đo chạy lại nếu cần.', en: 'No fault; measure again if need be.' },
    },
  },
  evaluate({ webLatency }): Outcome<MessageId> {
    const { host, presence, connection, cause, ipv4Published, samples, medianMs } = webLatency;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (presence === 'aaaa-missing') return { message: 'no-ipv6-address', values: { host } };
    if (connection === 'fails' || connection === 'not-offered') return { message: 'no-connection', values: { host } };
    if (!ipv4Published) return { message: 'ipv4-not-published', values: { host } };
    if (medianMs === null || samples < samplesNeeded) {
      if (cause !== null) return { message: 'undecided', values: { host, cause }, cause };
      return { message: 'too-few-samples', values: { host, samples }, cause: 'not-attempted' };
    }
    const values = { host, median: medianMs[6], medianIpv4: medianMs[4], samples };
    const extraMs = medianMs[6] - medianMs[4];
    if (extraMs <= passUpToMs) return { message: 'as-fast', values };
    return { message: extraMs > warnOverMs ? 'much-slower' : 'somewhat-slower', values };
  },
});
