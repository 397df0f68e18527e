import type { WebHeaderParity } from '../../facts/web-header-parity.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'equal'
  | 'weaker'
  | 'missing-over-ipv6'
  | 'other-place'
  | 'no-page'
  | 'ipv4-not-published'
  | 'no-ipv6-address'
  | 'no-address'
  | 'rate-limited'
  | 'waf-challenge'
  | 'undecided';

const sameConfiguration = {
  vi: 'Đơn vị quản trị máy chủ web dùng chung một khối cấu hình cho cả hai họ địa chỉ, hoặc thêm các tiêu đề này vào khối phục vụ IPv6; so bằng `curl -6 -sI` và `curl -4 -sI`.',
  en: 'The web operator uses one configuration block for both families, or adds these headers to the one that serves IPv6; compare with `curl -6 -sI` and `curl -4 -sI`.',
};

/** Fewer answers a family than this warn and do not fail: one of several servers behind a name may differ. */
const answersNeeded = 2;

/** Security headers and cookie flags of the page, over IPv6 against IPv4. */
export const check = defineCheck({
  id: 'web-header-parity',
  area: 'web',
  subject: 'host',
  level: 'recommended',
  title: { vi: 'Tiêu đề bảo mật giống nhau qua IPv6 và IPv4', en: 'Same security headers over IPv6 and IPv4' },
  why: {
    vi: 'Khi IPv6 do một cấu hình khác phục vụ, các tiêu đề bảo vệ người dùng (HSTS, CSP) hay bị thiếu mà không ai thấy.',
    en: 'Where another configuration serves IPv6, headers that protect users (HSTS, CSP) go missing and nobody notices.',
  },
  references: [
    { label: 'RFC 6797', url: 'https://www.rfc-editor.org/rfc/rfc6797' },
    { label: 'RFC 6265', url: 'https://www.rfc-editor.org/rfc/rfc6265' },
    { label: 'CSP Level 3', url: 'https://www.w3.org/TR/CSP3/' },
  ],
  needs: ['webHeaderParity'],
  messages: {
    equal: {
      status: 'pass',
      vi: '{url} có tiêu đề bảo mật qua IPv6 không yếu hơn qua IPv4.',
      en: '{url} has security headers over IPv6 that are no weaker than over IPv4.',
    },
    weaker: {
      status: 'warn',
      vi: '{url} có tiêu đề bảo mật yếu hơn qua IPv6 so với IPv4: {weaker}.',
      en: '{url} has weaker security headers over IPv6 than over IPv4: {weaker}.',
      fix: sameConfiguration,
    },
    'missing-over-ipv6': {
      status: 'fail',
      vi: '{url} thiếu {missing} qua IPv6 trong mọi câu trả lời, còn qua IPv4 thì luôn có.',
      en: '{url} lacks {missing} over IPv6 in every answer, and has it over IPv4 in every one.',
      fix: sameConfiguration,
    },
    'other-place': {
      status: 'not-applicable',
      vi: '{host} dẫn đến nơi khác nhau theo họ địa chỉ, nên không có gì để so; web-content so hai trang đó.',
      en: '{host} leads to different places by family, so there is nothing to compare; web-content compares the pages.',
    },
    'no-page': {
      status: 'not-applicable',
      vi: 'Không có trang nào của {host} ở cả hai họ địa chỉ để so tiêu đề; phép kiểm tra khác đánh giá điều đó.',
      en: 'There is no page of {host} in both families whose headers to compare; other checks judge that.',
    },
    'ipv4-not-published': {
      status: 'not-applicable',
      vi: '{host} chỉ có IPv6, không có IPv4 để so tiêu đề.',
      en: '{host} has IPv6 only; there are no IPv4 headers to compare.',
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: '{host} không có địa chỉ IPv6 dùng được.',
      en: '{host} has no usable IPv6 address.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có địa chỉ nào.', en: '{host} has no address at all.' },
    'rate-limited': {
      status: 'inconclusive',
      vi: '{host} giới hạn tần suất yêu cầu của nơi đo, nên chưa so được tiêu đề.',
      en: '{host} limits the rate of our requests, so headers could not be compared.',
      fix: { vi: 'Người đo chạy lại vào giờ khác hoặc từ nơi khác.', en: 'Measure again at another time or from another place.' },
    },
    'waf-challenge': {
      status: 'inconclusive',
      vi: 'Tường lửa ứng dụng trả lời thay cho {host}, nên chưa so được tiêu đề.',
      en: 'An application firewall answers in place of {host}, so headers could not be compared.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cho phép User-Agent của ipv6gov qua tường lửa ứng dụng ở cả hai họ địa chỉ, rồi đo lại.',
        en: 'The web operator lets the User-Agent of ipv6gov through the application firewall in both families; then measure again.',
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa có câu trả lời của {host} ở cả hai họ địa chỉ để so tiêu đề: {cause}.',
      en: 'There are no answers of {host} in both families whose headers to compare: {cause}.',
      fix: {
        vi: 'Người đo chạy lại từ nơi có cả IPv4 và IPv6 (`ipv6gov doctor`).',
        en: 'Measure again from a place that has both IPv4 and IPv6 (`ipv6gov doctor`).',
      },
    },
  },
  evaluate({ webHeaderParity: parity }): Outcome<MessageId> {
    const { host, presence, url, answers, otherPlace, missing, weaker } = parity;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (presence === 'aaaa-missing') return { message: 'no-ipv6-address', values: { host } };
    if (otherPlace) return { message: 'other-place', values: { host } };
    if (answers[6] === 0 || answers[4] === 0) return withoutPair(parity);
    const grave = missing.filter((header) => header === 'Strict-Transport-Security' || header === 'Content-Security-Policy');
    const isSure = answers[6] >= answersNeeded && answers[4] >= answersNeeded;
    if (grave.length > 0 && isSure) return { message: 'missing-over-ipv6', values: { url, missing: grave } };
    const shown = [...missing.map((header) => `- ${header}`), ...weaker.map(({ header, detail }) => `${header}: ${detail}`)];
    return shown.length > 0 ? { message: 'weaker', values: { url, weaker: shown } } : { message: 'equal', values: { url } };
  },
});

function withoutPair({ host, reach, cause, ipv4State, ipv4Cause, guarded }: WebHeaderParity): Outcome<MessageId> {
  if (ipv4State === 'not-published') return { message: 'ipv4-not-published', values: { host } };
  if (guarded !== null) return { message: guarded, values: { host }, cause: guarded };
  if (reach === 'unknown') return undecided(host, cause ?? 'unknown');
  return ipv4State === 'not-measured' && reach === 'page' ? undecided(host, ipv4Cause) : { message: 'no-page', values: { host } };
}

function undecided(host: string, cause: NonNullable<WebHeaderParity['cause']>): Outcome<MessageId> {
  return { message: 'undecided', values: { host, cause }, cause };
}
