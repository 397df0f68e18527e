import type { PageSide, WebPages } from '../../facts/web-pages.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'same'
  | 'differs-slightly'
  | 'differs-but-same-title'
  | 'different'
  | 'default-page'
  | 'empty-over-ipv6'
  | 'ipv4-not-published'
  | 'ipv4-no-page'
  | 'no-page'
  | 'no-ipv6-address'
  | 'no-address'
  | 'waf-challenge'
  | 'rate-limited'
  | 'content-too-small'
  | 'content-unstable'
  | 'path-mtu-suspected'
  | 'ipv4-not-measurable'
  | 'undecided';

/** Is the page over IPv6 the one over IPv4? Two rounds a family tell a rotating page from another page. */
export const check = defineCheck({
  id: 'web-content',
  area: 'web',
  subject: 'host',
  level: 'required',
  title: { vi: 'Nội dung giống nhau qua IPv6 và IPv4', en: 'Same content over IPv6 and IPv4' },
  why: {
    vi: 'Địa chỉ IPv6 đôi khi dẫn đến trang mặc định, trang cũ hoặc máy khác. Người dùng không biết mình xem khác người khác.',
    en: 'An IPv6 address sometimes leads to a default page, an old copy or another machine, and users cannot tell.',
  },
  references: [{ label: 'RFC 6540', url: 'https://www.rfc-editor.org/rfc/rfc6540' }],
  needs: ['webPages'],
  messages: {
    same: {
      status: 'pass',
      vi: '{url} có cùng nội dung qua IPv6 và IPv4 (khác biệt {signal}, dao động {noise}).',
      en: '{url} has the same content over IPv6 and IPv4 (difference {signal}, noise {noise}).',
    },
    'differs-slightly': {
      status: 'warn',
      vi: '{url} qua IPv6 hơi khác qua IPv4 (khác biệt {signal}, dao động {noise}).',
      en: '{url} differs a little between IPv6 and IPv4 (difference {signal}, noise {noise}).',
      fix: {
        vi: 'Đơn vị quản trị trang so hai bản bằng `curl -6` và `curl -4`; thường do bộ nhớ đệm hoặc máy chủ chưa đồng bộ.',
        en: 'The web operator compares both with `curl -6` and `curl -4`; often a cache or a server that is not in step.',
      },
    },
    'differs-but-same-title': {
      status: 'warn',
      vi: '{url} qua IPv6 khác nhiều so với IPv4 (khác biệt {signal}, dao động {noise}) nhưng cùng tiêu đề “{title}”.',
      en: '{url} differs much between IPv6 and IPv4 (difference {signal}, noise {noise}) but has the same title “{title}”.',
      fix: {
        vi: 'Đơn vị quản trị trang kiểm tra máy chủ IPv6 có dùng bản cũ của trang hay không và đồng bộ lại.',
        en: 'The web operator checks whether the IPv6 server has an old copy of the site, and brings it into step.',
      },
    },
    different: {
      status: 'fail',
      vi: '{url} qua IPv6 là trang khác: tiêu đề “{title}”, qua IPv4 là “{titleIpv4}” (khác biệt {signal}, dao động {noise}).',
      en: '{url} is another page over IPv6: title “{title}”, over IPv4 “{titleIpv4}” (difference {signal}, noise {noise}).',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cho IPv6 vào đúng trang của {host}: khối `server` (hoặc VirtualHost) đó phải lắng nghe cả `[::]:443`, và bản ghi AAAA phải trỏ đúng máy.',
        en: 'The web operator serves the site of {host} on IPv6: its `server` block (or VirtualHost) must listen on `[::]:443` too, and the AAAA record must name the right machine.',
      },
    },
    'default-page': {
      status: 'fail',
      vi: '{url} qua IPv6 là trang mặc định của máy chủ (“{title}”), qua IPv4 là “{titleIpv4}”.',
      en: "{url} is a server's default page over IPv6 (“{title}”), and “{titleIpv4}” over IPv4.",
      fix: {
        vi: 'Đơn vị quản trị máy chủ web thêm `listen [::]:443 ssl;` và `listen [::]:80;` vào khối `server` của {host}.',
        en: 'The web operator adds `listen [::]:443 ssl;` and `listen [::]:80;` to the `server` block of {host}.',
      },
    },
    'empty-over-ipv6': {
      status: 'fail',
      vi: '{url} gần như trống qua IPv6 ({textLength} ký tự, tiêu đề “{title}”), qua IPv4 thì đầy đủ (“{titleIpv4}”).',
      en: '{url} is almost empty over IPv6 ({textLength} characters, title “{title}”) and complete over IPv4 (“{titleIpv4}”).',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web kiểm tra thư mục gốc và proxy của trang trên IPv6; chúng phải giống IPv4.',
        en: 'The web operator checks document root and proxy of the site on IPv6; they must be those of IPv4.',
      },
    },
    'ipv4-not-published': {
      status: 'not-applicable',
      vi: '{host} chỉ có IPv6, không có IPv4 để so nội dung.',
      en: '{host} has IPv6 only; there is no IPv4 content to compare.',
    },
    'ipv4-no-page': {
      status: 'not-applicable',
      vi: '{host} có trang qua IPv6, còn qua IPv4 thì không ({statusesIpv4}): không có gì để so, và IPv6 không có lỗi.',
      en: '{host} has its page over IPv6 and none over IPv4 ({statusesIpv4}): there is nothing to compare, and IPv6 is not at fault.',
    },
    'no-page': {
      status: 'not-applicable',
      vi: 'Qua IPv6 không có trang nào của {host} để so ({statuses}; IPv4: {statusesIpv4}); phép kiểm tra khác đánh giá điều đó.',
      en: 'There is no page of {host} over IPv6 to compare ({statuses}; IPv4: {statusesIpv4}); other checks judge that.',
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: '{host} không có địa chỉ IPv6 dùng được.',
      en: '{host} has no usable IPv6 address.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có địa chỉ nào.', en: '{host} has no address at all.' },
    'waf-challenge': {
      status: 'inconclusive',
      vi: 'Tường lửa ứng dụng đưa ra trang kiểm tra thay cho {url} (IPv6 {statuses}, IPv4 {statusesIpv4}).',
      en: 'An application firewall shows a challenge in place of {url} (IPv6 {statuses}, IPv4 {statusesIpv4}).',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cho phép User-Agent của ipv6gov qua tường lửa ứng dụng ở cả hai họ địa chỉ, rồi đo lại.',
        en: 'The web operator lets the User-Agent of ipv6gov through the application firewall in both families; then measure again.',
      },
    },
    'rate-limited': {
      status: 'inconclusive',
      vi: '{url} giới hạn tần suất yêu cầu của nơi đo (IPv6 {statuses}, IPv4 {statusesIpv4}).',
      en: '{url} limits the rate of our requests (IPv6 {statuses}, IPv4 {statusesIpv4}).',
      fix: { vi: 'Người đo chạy lại vào giờ khác hoặc từ nơi khác.', en: 'Measure again at another time or from another place.' },
    },
    'content-too-small': {
      status: 'inconclusive',
      vi: '{url} có quá ít chữ ({textLength} ký tự) để so nội dung.',
      en: '{url} has too little text ({textLength} characters) to compare.',
      fix: {
        vi: 'Không phải lỗi; người đo so hai bản bằng mắt. Trang dựng hoàn toàn bằng kịch bản nên có nội dung HTML.',
        en: 'No fault; compare both by eye. A page built by script alone should carry some HTML content.',
      },
    },
    'content-unstable': {
      status: 'inconclusive',
      vi: '{url} thay đổi giữa các lần tải ({noise} trong cùng một họ địa chỉ), hoặc chưa tải đủ lần, nên không so được.',
      en: '{url} changes between loads ({noise} inside one family), or was not loaded often enough, so it cannot be compared.',
      fix: { vi: 'Người đo chạy lại, hoặc so hai bản bằng mắt.', en: 'Measure again, or compare both by eye.' },
    },
    'path-mtu-suspected': {
      status: 'inconclusive',
      vi: 'Việc truyền từ {host} qua IPv6 im lặng ở bước “{step}”: nghi lỗi path MTU, nên chưa so được nội dung.',
      en: 'Transfers from {host} over IPv6 fall silent at the step “{step}”: a path MTU fault is suspected, so content cannot be compared.',
      fix: {
        vi: 'Đơn vị quản trị mạng cho phép ICMPv6 loại 2 (Packet Too Big) đi qua mọi tường lửa; xem web-transfer.',
        en: 'The network operator lets ICMPv6 type 2 (Packet Too Big) through every firewall; see web-transfer.',
      },
    },
    'ipv4-not-measurable': {
      status: 'inconclusive',
      vi: 'Không có trang qua IPv4 để so với {url} ({cause}).',
      en: 'There is no page over IPv4 to compare with {url} ({cause}).',
      fix: {
        vi: 'Người đo chạy lại từ nơi có cả IPv4 và IPv6 (`ipv6gov doctor`).',
        en: 'Measure again from a place that has both IPv4 and IPv6 (`ipv6gov doctor`).',
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa có trang nguyên vẹn của {host} qua IPv6 để so: {cause}.',
      en: 'There is no whole page of {host} over IPv6 to compare: {cause}.',
      fix: {
        vi: 'Người đo chạy lại khi IPv6 của nơi đo đã được chứng minh (`ipv6gov doctor`).',
        en: 'Measure again with proven IPv6 (`ipv6gov doctor`).',
      },
    },
  },
  evaluate({ webPages: pages }): Outcome<MessageId> {
    const { host, presence, reach, cause, step, stalled } = pages;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (presence === 'aaaa-missing') return { message: 'no-ipv6-address', values: { host } };
    const values = valuesOf(pages);
    if (stalled || (reach === 'silent' && cause === 'timeout')) {
      return { message: 'path-mtu-suspected', values: { ...values, step: step ?? '' }, cause: 'path-mtu-suspected' };
    }
    if (reach === 'unknown') return { message: 'undecided', values: { ...values, cause: cause ?? 'unknown' }, cause: cause ?? 'unknown' };
    if (reach !== 'page') return { message: 'no-page', values };
    return pages.likeness === null ? withoutPair(pages, values) : compared(pages, values);
  },
});

function valuesOf({ host, ipv6, ipv4, likeness }: WebPages) {
  return {
    host,
    url: ipv6.url,
    urlIpv4: ipv4.url,
    statuses: ipv6.statuses.map(String),
    statusesIpv4: ipv4.statuses.map(String),
    title: ipv6.title,
    titleIpv4: ipv4.title,
    textLength: ipv6.bodies[0]?.textLength ?? 0,
    signal: Math.round((likeness?.signal ?? 0) * 100) / 100,
    noise: Math.round((likeness?.noise ?? 0) * 100) / 100,
  };
}

type Shown = ReturnType<typeof valuesOf>;

/** One side has no whole page: whose fault, if anybody's, other checks say. */
function withoutPair({ ipv6, ipv4, ipv4State, ipv4Cause }: WebPages, values: Shown): Outcome<MessageId> {
  if (ipv4State === 'not-published') return { message: 'ipv4-not-published', values };
  if (ipv6.rateLimited || ipv4.rateLimited) return { message: 'rate-limited', values, cause: 'rate-limited' };
  if (ipv6.challenged || ipv4.challenged || ipv6.statuses.some((status) => status === 403 || status === 503)) {
    return { message: 'waf-challenge', values, cause: 'waf-challenge' };
  }
  if (ipv6.bodies.length === 0) {
    const answered = ipv6.statuses.some((status) => status < 400);
    return answered
      ? { message: 'undecided', values: { ...values, cause: 'content-unstable' }, cause: 'content-unstable' }
      : { message: 'no-page', values };
  }
  // A fault of IPv4 alone: what works over IPv6 is not put in doubt by it.
  if (ipv4State === 'failing' || (ipv4.statuses.length > 0 && ipv4.statuses.every((status) => status >= 400))) {
    return { message: 'ipv4-no-page', values };
  }
  const cause = ipv4State === 'not-measured' ? ipv4Cause : 'content-unstable';
  return { message: 'ipv4-not-measurable', values: { ...values, cause }, cause };
}

function guardOf({ rateLimited, challenged }: PageSide): 'rate-limited' | 'waf-challenge' | null {
  if (rateLimited) return 'rate-limited';
  return challenged ? 'waf-challenge' : null;
}

function compared({ likeness, ipv6, ipv4 }: WebPages, values: Shown): Outcome<MessageId> {
  const guarded = guardOf(ipv6) ?? guardOf(ipv4);
  switch (likeness?.verdict) {
    case 'challenge':
      return { message: 'waf-challenge', values, cause: 'waf-challenge' };
    case 'too-small':
      return { message: 'content-too-small', values, cause: 'content-too-small' };
    case 'unstable':
    case undefined:
      // A page that could not be loaded often enough for a guard in front of it.
      if (guarded !== null) return { message: guarded, values, cause: guarded };
      return { message: 'content-unstable', values, cause: 'content-unstable' };
    default:
      return { message: likeness?.verdict ?? 'same', values };
  }
}
