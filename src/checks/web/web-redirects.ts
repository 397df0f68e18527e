import type { ChainJudgement, WebRedirects } from '../../facts/web-redirects.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'no-redirects'
  | 'all-hops'
  | 'plain-http-hop-ipv4-only'
  | 'plain-http-hop-dead'
  | 'hop-ipv4-only'
  | 'hop-ipv4-literal'
  | 'hop-dead'
  | 'loop'
  | 'too-long'
  | 'bad-target'
  | 'first-hop-dead'
  | 'no-ipv6-address'
  | 'no-address'
  | 'needs-script'
  | 'undecided';

const messageOfKind: Record<NonNullable<ChainJudgement['kind']>, MessageId> = {
  'ipv4-only': 'hop-ipv4-only',
  literal: 'hop-ipv4-literal',
  dead: 'hop-dead',
  loop: 'loop',
  'too-long': 'too-long',
  'bad-target': 'bad-target',
};

/** Every hop of the redirects, resolved and dialled over IPv6 only. */
export const check = defineCheck({
  id: 'web-redirects',
  area: 'web',
  subject: 'host',
  level: 'required',
  title: { vi: 'Chuyển hướng qua IPv6', en: 'Redirects over IPv6' },
  why: {
    vi: 'Trang có AAAA nhưng chuyển hướng sang máy chủ chỉ có IPv4 thì người dùng chỉ có IPv6 vẫn không vào được.',
    en: 'A site with AAAA that redirects to an IPv4-only host still shuts out users who have IPv6 only.',
  },
  references: [{ label: 'RFC 9110 §15.4', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.4' }],
  needs: ['webRedirects'],
  messages: {
    'no-redirects': {
      status: 'pass',
      vi: '{start} trả lời trực tiếp qua IPv6, không chuyển hướng.',
      en: '{start} answers over IPv6 without a redirect.',
    },
    'all-hops': {
      status: 'pass',
      vi: 'Mọi bước chuyển hướng từ {start} đều đi được qua IPv6: {hops}.',
      en: 'Every redirect from {start} can be followed over IPv6: {hops}.',
    },
    'plain-http-hop-ipv4-only': {
      status: 'warn',
      vi: 'Chỉ đường đi từ {start} qua {url} mà máy chủ {hop} chỉ có IPv4; https:// của {host} thì tốt qua IPv6.',
      en: 'Only the way from {start} passes {url}, whose host {hop} is IPv4-only; https:// of {host} works over IPv6.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cho http://{host}/ chuyển hướng thẳng đến https://{host}/, hoặc thêm AAAA cho {hop}.',
        en: 'The web operator lets http://{host}/ redirect straight to https://{host}/, or {hop} gets an AAAA record.',
      },
    },
    'plain-http-hop-dead': {
      status: 'warn',
      vi: 'Đường đi từ {start} đứt tại {url} qua IPv6 ({cause}), không đứt qua IPv4; https:// của {host} thì tốt qua IPv6.',
      en: 'The way from {start} breaks at {url} over IPv6 ({cause}) and not over IPv4; https:// of {host} works over IPv6.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cho http://{host}/ chuyển hướng thẳng đến https://{host}/ và sửa {hop} trên IPv6.',
        en: 'The web operator lets http://{host}/ redirect straight to https://{host}/, and repairs {hop} on IPv6.',
      },
    },
    'hop-ipv4-only': {
      status: 'fail',
      vi: '{start} chuyển hướng đến {url}, nhưng máy chủ {hop} chỉ có IPv4 (không có bản ghi AAAA).',
      en: '{start} redirects to {url}, but the host {hop} is IPv4-only (no AAAA record).',
      fix: {
        vi: 'Đơn vị quản trị {hop} bật IPv6 và thêm bản ghi AAAA; hoặc đơn vị quản trị máy chủ web của {host} bỏ bước chuyển hướng đó.',
        en: 'The operator of {hop} enables IPv6 and publishes an AAAA record; or the web operator of {host} removes that redirect.',
      },
    },
    'hop-ipv4-literal': {
      status: 'fail',
      vi: '{start} chuyển hướng đến địa chỉ IPv4 viết thẳng: {url}.',
      en: '{start} redirects to a literal IPv4 address: {url}.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web đổi chuyển hướng sang tên miền có bản ghi AAAA.',
        en: 'The web operator redirects to a name that has an AAAA record instead.',
      },
    },
    'hop-dead': {
      status: 'fail',
      vi: '{start} chuyển hướng đến {url}, bước này hỏng qua IPv6 ({cause}, bước {step}) nhưng tốt qua IPv4.',
      en: '{start} redirects to {url}, which fails over IPv6 ({cause}, step {step}) and works over IPv4.',
      fix: {
        vi: 'Đơn vị quản trị {hop} sửa dịch vụ trên IPv6 (lắng nghe `[::]:443`, tường lửa, định tuyến).',
        en: 'The operator of {hop} repairs the service on IPv6 (listening on `[::]:443`, firewall, routing).',
      },
    },
    loop: {
      status: 'fail',
      vi: 'Qua IPv6, {start} chuyển hướng vòng tròn: {hops}. Qua IPv4 thì đến được trang.',
      en: 'Over IPv6 {start} redirects in a circle: {hops}. Over IPv4 it comes to a page.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web kiểm tra luật chuyển hướng của khối `server` trên `[::]:80` và `[::]:443`: thường do proxy phía trước không báo giao thức (X-Forwarded-Proto) trên IPv6.',
        en: 'The web operator checks the redirect rules of the `server` blocks on `[::]:80` and `[::]:443`: often the proxy in front does not tell the scheme (X-Forwarded-Proto) on IPv6.',
      },
    },
    'too-long': {
      status: 'fail',
      vi: 'Qua IPv6, {start} cần hơn {count} bước chuyển hướng; qua IPv4 thì đến được trang.',
      en: 'Over IPv6 {start} needs more than {count} redirects; over IPv4 it comes to a page.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web rút gọn chuyển hướng trên IPv6 như trên IPv4.',
        en: 'The web operator shortens the redirects on IPv6 to those of IPv4.',
      },
    },
    'bad-target': {
      status: 'fail',
      vi: 'Qua IPv6, {url} chuyển hướng đến địa chỉ không dùng được ({reason}); qua IPv4 thì đến được trang.',
      en: 'Over IPv6 {url} redirects to an unusable target ({reason}); over IPv4 it comes to a page.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web sửa tiêu đề Location mà dịch vụ IPv6 gửi.',
        en: 'The web operator repairs the Location header that the service on IPv6 sends.',
      },
    },
    'first-hop-dead': {
      status: 'not-applicable',
      vi: '{host} không trả lời qua IPv6 nên không có chuyển hướng để xét; phép kiểm tra khác đánh giá lỗi đó.',
      en: '{host} does not answer over IPv6, so there are no redirects to judge; other checks judge that fault.',
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: '{host} không có địa chỉ IPv6 dùng được.',
      en: '{host} has no usable IPv6 address.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có địa chỉ nào.', en: '{host} has no address at all.' },
    'needs-script': {
      status: 'inconclusive',
      vi: '{url} không có chữ, chỉ có mã kịch bản: có thể chuyển hướng bằng kịch bản, điều mà công cụ không chạy.',
      en: '{url} has no text but inline script: it may redirect by script, which the tool does not run.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web thay chuyển hướng bằng kịch bản bằng chuyển hướng HTTP (301 hoặc 308).',
        en: 'The web operator replaces the redirect by script by an HTTP redirect (301 or 308).',
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa xét được chuyển hướng từ {start} tại {url}: {cause}.',
      en: 'The redirects from {start} could not be judged at {url}: {cause}.',
      fix: {
        vi: 'Người đo chạy lại từ nơi có cả IPv4 và IPv6 đã được chứng minh; xem từng bước trong bằng chứng.',
        en: 'Measure again from a place with proven IPv4 and IPv6; look at the hops in the evidence.',
      },
    },
  },
  evaluate({ webRedirects }): Outcome<MessageId> {
    const { host, presence, primary, plain, endsInScript } = webRedirects;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (presence === 'aaaa-missing') return { message: 'no-ipv6-address', values: { host } };
    const values = valuesOf(webRedirects, primary);
    const open = primary.verdict === 'first-hop' && !primary.proven && primary.kind === 'dead' && primary.cause !== 'refused';
    if (primary.verdict === 'unknown' || open) {
      return { message: 'undecided', values: { ...values, cause: primary.cause ?? 'unknown' }, cause: primary.cause ?? 'unknown' };
    }
    if (primary.verdict === 'first-hop') return { message: 'first-hop-dead', values };
    if (primary.verdict === 'fails')
      return { message: messageOfKind[primary.kind ?? 'dead'], values, ...(primary.cause === null ? {} : { cause: primary.cause }) };
    if (endsInScript) return { message: 'needs-script', values, cause: 'needs-script' };
    if (plain?.verdict === 'fails') {
      const message = plain.kind === 'ipv4-only' || plain.kind === 'literal' ? 'plain-http-hop-ipv4-only' : 'plain-http-hop-dead';
      return { message, values: valuesOf(webRedirects, plain), ...(plain.cause === null ? {} : { cause: plain.cause }) };
    }
    return { message: primary.hops.length > 1 ? 'all-hops' : 'no-redirects', values };
  },
});

function valuesOf({ host, ipv6 }: WebRedirects, chain: ChainJudgement) {
  return {
    host,
    start: chain.start,
    url: chain.url,
    hop: chain.host,
    hops: chain.hops,
    count: Math.max(0, chain.hops.length - 1),
    cause: chain.cause ?? chain.kind ?? '',
    step: chain.step ?? '',
    reason: ipv6.reason ?? '',
  };
}
