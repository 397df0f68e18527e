import type { WebPages } from '../../facts/web-pages.ts';
import type { Cause } from '../../model/cause.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'responds'
  | 'responds-then-limited'
  | 'error-in-both'
  | 'error-without-ipv4'
  | 'sometimes-worse'
  | 'status-worse-over-ipv6'
  | 'default-page'
  | 'no-response'
  | 'not-offered'
  | 'no-connection'
  | 'redirect-broken'
  | 'no-ipv6-address'
  | 'no-address'
  | 'path-mtu-suspected'
  | 'rate-limited'
  | 'waf-challenge'
  | 'seen-once'
  | 'ipv4-not-measurable'
  | 'undecided';

const again = {
  vi: 'Người đo chạy lại từ nơi khác hoặc vào giờ khác; đơn vị quản trị máy chủ web cho phép User-Agent của ipv6gov đi qua tường lửa ứng dụng.',
  en: 'Measure again from another vantage or at another time; the web operator lets the User-Agent of ipv6gov through the application firewall.',
};

/** Status of the page at the end of the redirects, in both families and over all rounds. */
export const check = defineCheck({
  id: 'web-response',
  area: 'web',
  subject: 'host',
  level: 'required',
  title: { vi: 'Trang web trả lời qua IPv6', en: 'The web site answers over IPv6' },
  why: {
    vi: 'Kết nối được chưa có nghĩa là xem được trang: người dùng IPv6 phải nhận được cùng câu trả lời như người dùng IPv4.',
    en: 'A connection is not yet a page: users of IPv6 must get the same answer as users of IPv4.',
  },
  references: [{ label: 'RFC 9110 §15', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15' }],
  needs: ['webPages'],
  messages: {
    responds: {
      status: 'pass',
      vi: '{url} trả lời {statuses} qua IPv6 (IPv4: {statusesIpv4}).',
      en: '{url} answers {statuses} over IPv6 (IPv4: {statusesIpv4}).',
    },
    'responds-then-limited': {
      status: 'pass',
      vi: '{url} trả lời tốt qua IPv6, về sau giới hạn các yêu cầu của nơi đo ({statuses}; IPv4: {statusesIpv4}).',
      en: '{url} answers well over IPv6 and later limits our requests ({statuses}; IPv4: {statusesIpv4}).',
    },
    'error-in-both': {
      status: 'warn',
      vi: '{url} trả lời lỗi ở cả hai họ địa chỉ: IPv6 {statuses}, IPv4 {statusesIpv4}.',
      en: '{url} answers with an error in both families: IPv6 {statuses}, IPv4 {statusesIpv4}.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web sửa trang (không phải lỗi riêng của IPv6); nếu trang chặn nơi đo thì cho phép User-Agent của ipv6gov.',
        en: 'The web operator repairs the page (no fault of IPv6); if it blocks the vantage, allow the User-Agent of ipv6gov.',
      },
    },
    'error-without-ipv4': {
      status: 'warn',
      vi: '{url} trả lời lỗi {statuses} qua IPv6 và không có IPv4 để so.',
      en: '{url} answers with the error {statuses} over IPv6, and there is no IPv4 to compare with.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web xem nhật ký của máy chủ và sửa trang.',
        en: 'The web operator looks at the log of the server and repairs the page.',
      },
    },
    'sometimes-worse': {
      status: 'warn',
      vi: '{url} qua IPv6 khi thì tốt khi thì lỗi ({statuses}), trong khi IPv4 luôn tốt ({statusesIpv4}).',
      en: '{url} is sometimes good and sometimes an error over IPv6 ({statuses}), while IPv4 is always good ({statusesIpv4}).',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web so các máy chủ sau những địa chỉ IPv6 của trang; một máy có thể bị cấu hình khác.',
        en: 'The web operator compares the servers behind the IPv6 addresses; one of them may be set up differently.',
      },
    },
    'status-worse-over-ipv6': {
      status: 'fail',
      vi: 'Nhìn từ nơi đo này, {url} trả lời {statuses} qua IPv6 ở mọi lần, trong khi IPv4 trả lời {statusesIpv4}.',
      en: 'As seen from this vantage, {url} answers {statuses} over IPv6 every time, while IPv4 answers {statusesIpv4}.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web kiểm tra cấu hình trang trên IPv6 (khối `server` nào nhận `[::]:443`), danh sách cho phép theo địa chỉ IP và luật tường lửa ứng dụng: các danh sách này thường chỉ có IPv4.',
        en: 'The web operator checks which `server` block takes `[::]:443`, and the address allow-lists and application firewall rules: these often know IPv4 only.',
      },
    },
    'default-page': {
      status: 'fail',
      vi: '{url} qua IPv6 là trang mặc định của máy chủ (“{title}”), không phải trang của cơ quan như qua IPv4.',
      en: "{url} shows a server's default page over IPv6 (“{title}”), not the agency's page as over IPv4.",
      fix: {
        vi: 'Đơn vị quản trị máy chủ web thêm `listen [::]:443 ssl;` và `listen [::]:80;` vào khối `server` của {host}, để IPv6 không rơi vào trang mặc định.',
        en: 'The web operator adds `listen [::]:443 ssl;` and `listen [::]:80;` to the `server` block of {host}, so that IPv6 does not reach the default site.',
      },
    },
    'no-response': {
      status: 'fail',
      vi: '{host} nhận kết nối IPv6 nhưng không trả lời yêu cầu HTTP ({cause}, bước {step}), trong khi IPv4 trả lời.',
      en: '{host} takes the IPv6 connection but does not answer the HTTP request ({cause}, step {step}), while IPv4 does.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web xem thiết bị cân bằng tải hoặc proxy trên IPv6 có chuyển được đến máy chủ phía sau không, và xem nhật ký của nó.',
        en: 'The web operator checks whether the load balancer or proxy on IPv6 reaches the servers behind it, and its log.',
      },
    },
    'not-offered': {
      status: 'not-applicable',
      vi: '{host} không có dịch vụ web ở cả hai họ địa chỉ.',
      en: '{host} offers no web service in either family.',
    },
    'no-connection': {
      status: 'not-applicable',
      vi: 'Không có kết nối IPv6 nào đến {host} để hỏi trang; web-connect hoặc web-tls đánh giá lỗi đó.',
      en: 'There is no IPv6 connection to {host} on which to ask for the page; web-connect or web-tls judges that fault.',
    },
    'redirect-broken': {
      status: 'not-applicable',
      vi: 'Chuyển hướng của {host} đứt khi đi qua IPv6 nên không có trang cuối; web-redirects đánh giá lỗi đó.',
      en: 'The redirects of {host} break over IPv6, so there is no final page; web-redirects judges that fault.',
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: '{host} không có địa chỉ IPv6 dùng được.',
      en: '{host} has no usable IPv6 address.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có địa chỉ nào.', en: '{host} has no address at all.' },
    'path-mtu-suspected': {
      status: 'inconclusive',
      vi: 'Việc truyền từ {host} qua IPv6 im lặng ở bước “{step}”: nghi lỗi path MTU, nên chưa xét được câu trả lời.',
      en: 'Transfers from {host} over IPv6 fall silent at the step “{step}”: a path MTU fault is suspected, so the answer cannot be judged.',
      fix: {
        vi: 'Đơn vị quản trị mạng cho phép ICMPv6 loại 2 (Packet Too Big) đi qua mọi tường lửa; xem web-transfer.',
        en: 'The network operator lets ICMPv6 type 2 (Packet Too Big) through every firewall; see web-transfer.',
      },
    },
    'rate-limited': {
      status: 'inconclusive',
      vi: '{url} giới hạn tần suất yêu cầu của nơi đo (IPv6 {statuses}, IPv4 {statusesIpv4}); kết nối IPv6 thì tốt.',
      en: '{url} limits the rate of our requests (IPv6 {statuses}, IPv4 {statusesIpv4}); the IPv6 connection itself works.',
      fix: again,
    },
    'waf-challenge': {
      status: 'inconclusive',
      vi: 'Tường lửa ứng dụng trả lời thay cho {url} (IPv6 {statuses}, IPv4 {statusesIpv4}); kết nối IPv6 thì tốt.',
      en: 'An application firewall answers in place of {url} (IPv6 {statuses}, IPv4 {statusesIpv4}); the IPv6 connection itself works.',
      fix: again,
    },
    'seen-once': {
      status: 'inconclusive',
      vi: '{url} trả lời lỗi {statuses} qua IPv6 nhưng chỉ hỏi được một lần; IPv4 trả lời {statusesIpv4}.',
      en: '{url} answered {statuses} over IPv6, but could be asked only once; IPv4 answered {statusesIpv4}.',
      fix: { vi: 'Người đo chạy lại để xem lỗi có lặp lại không.', en: 'Measure again to see whether the error stays.' },
    },
    'ipv4-not-measurable': {
      status: 'inconclusive',
      vi: '{url} trả lời lỗi {statuses} qua IPv6, nhưng không có câu trả lời qua IPv4 để so ({cause}).',
      en: '{url} answers {statuses} over IPv6, but there is no answer over IPv4 to compare with ({cause}).',
      fix: {
        vi: 'Người đo chạy lại từ nơi có cả IPv4 và IPv6 (`ipv6gov doctor`).',
        en: 'Measure again from a place that has both IPv4 and IPv6 (`ipv6gov doctor`).',
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa xét được câu trả lời của {host} qua IPv6: {cause}.',
      en: 'The answer of {host} over IPv6 could not be judged: {cause}.',
      fix: {
        vi: 'Người đo chạy lại khi IPv6 của nơi đo đã được chứng minh (`ipv6gov doctor`); xem từng lần thử trong bằng chứng.',
        en: 'Measure again with proven IPv6 (`ipv6gov doctor`); look at the single tries in the evidence.',
      },
    },
  },
  evaluate({ webPages: pages }): Outcome<MessageId> {
    const { host, presence, reach, cause, step, stalled } = pages;
    const values = { host, cause: cause ?? '', step: step ?? '' };
    if (presence === 'no-address') return { message: 'no-address', values };
    if (presence === 'aaaa-missing') return { message: 'no-ipv6-address', values };
    if (stalled) return { message: 'path-mtu-suspected', values, cause: 'path-mtu-suspected' };
    if (reach === 'unknown') return { message: 'undecided', values: { ...values, cause: cause ?? 'unknown' }, cause: cause ?? 'unknown' };
    // Silence after the connect is web-transfer's to count.
    if (reach === 'silent' && cause === 'timeout') return { message: 'path-mtu-suspected', values, cause: 'path-mtu-suspected' };
    if (reach === 'silent') return { message: 'no-response', values, cause: cause ?? 'unknown' };
    return reach === 'page' ? judgeStatus(pages) : { message: reach, values };
  },
});

const isGood = (status: number): boolean => status >= 200 && status < 400;
const isGuard = (status: number): boolean => status === 403 || status === 503;

function judgeStatus(pages: WebPages): Outcome<MessageId> {
  const { host, ipv6, ipv4, ipv4State, ipv4Cause } = pages;
  const values = { host, url: ipv6.url, statuses: ipv6.statuses.map(String), statusesIpv4: ipv4.statuses.map(String), title: ipv6.title };
  const bad = ipv6.statuses.filter((status) => !isGood(status));
  const limited = limitOf(pages);
  if (bad.length < ipv6.statuses.length) {
    const onlyLimits = bad.every((status) => status === 429 || isGuard(status));
    if (ipv6.challenged && ipv6.bodies.length === 0) return { message: 'waf-challenge', values, cause: 'waf-challenge' };
    if (ipv6.defaultPage && ipv4.bodies.length > 0 && !ipv4.defaultPage) return { message: 'default-page', values };
    if (bad.length > 0 && onlyLimits) return { message: 'responds-then-limited', values };
    if (bad.length > 0 && ipv4State === 'page' && ipv4.statuses.every(isGood)) return { message: 'sometimes-worse', values };
    return { message: 'responds', values };
  }
  if (limited !== null) return { message: limited, values, cause: limited };
  if (ipv4State === 'not-published') return { message: 'error-without-ipv4', values };
  if (ipv4State !== 'page')
    return { message: 'ipv4-not-measurable', ...causedBy(values, ipv4State === 'failing' ? 'both-families-down' : ipv4Cause) };
  if (!ipv4.statuses.every(isGood)) return { message: 'error-in-both', values };
  return judgeWorse(pages, values);
}

/** IPv4 is good and IPv6 is not, in every round: a fail only when nothing speaks for a guard or a passing fault. */
function judgeWorse({ ipv6, ipv4 }: WebPages, values: Outcome<MessageId>['values'] & object): Outcome<MessageId> {
  if (ipv6.statuses.some(isGuard) && !ipv6.retested) return { message: 'waf-challenge', values, cause: 'waf-challenge' };
  if (ipv6.statuses.length < 2 || ipv4.statuses.length < 2) return { message: 'seen-once', values, cause: 'unstable' };
  return { message: 'status-worse-over-ipv6', values, cause: 'status-worse-over-ipv6' };
}

function limitOf({ ipv6 }: WebPages): 'rate-limited' | 'waf-challenge' | null {
  if (ipv6.rateLimited) return 'rate-limited';
  return ipv6.challenged ? 'waf-challenge' : null;
}

function causedBy(
  values: NonNullable<Outcome<MessageId>['values']>,
  cause: Cause,
): { values: NonNullable<Outcome<MessageId>['values']>; cause: Cause } {
  return { values: { ...values, cause }, cause };
}
