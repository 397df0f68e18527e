import type { Dependency } from '../../facts/web-dependencies.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'none'
  | 'all-have-ipv6'
  | 'part-has-ipv6'
  | 'unimportant-missing'
  | 'important-missing'
  | 'no-address'
  | 'needs-script'
  | 'undecided';

/** Hosts of scripts, styles, frames, images, fonts…: do they have IPv6? */
export const check = defineCheck({
  id: 'web-dependencies',
  area: 'web',
  subject: 'host',
  level: 'recommended',
  title: { vi: 'Các máy chủ mà trang phụ thuộc', en: 'Hosts that the page depends on' },
  why: {
    vi: 'Trang có IPv6 nhưng lấy kịch bản, kiểu trình bày từ máy chủ chỉ có IPv4 thì vẫn hỏng với người dùng chỉ có IPv6.',
    en: 'A page with IPv6 that takes scripts or styles from IPv4-only hosts is still broken for users with IPv6 only.',
  },
  references: [{ label: 'RFC 6540', url: 'https://www.rfc-editor.org/rfc/rfc6540' }],
  needs: ['webDependencies'],
  messages: {
    none: { status: 'pass', vi: '{url} không phụ thuộc máy chủ nào khác.', en: '{url} depends on no other host.' },
    'all-have-ipv6': {
      status: 'pass',
      vi: 'Cả {count} máy chủ mà {url} phụ thuộc đều có IPv6.',
      en: 'All {count} hosts that {url} depends on have IPv6.',
    },
    'part-has-ipv6': {
      status: 'pass',
      vi: 'Các máy chủ quan trọng mà {url} phụ thuộc đều có IPv6 trong phần đã xét ({count} máy chủ). Chưa xét được: {unmeasured}. Danh sách bị cắt bớt: {cut}.',
      en: 'The important hosts that {url} depends on have IPv6 as far as looked at ({count} hosts). Not measured: {unmeasured}. List cut: {cut}.',
    },
    'unimportant-missing': {
      status: 'warn',
      vi: '{url} lấy nội dung phụ từ máy chủ chỉ có IPv4: {missing}.',
      en: '{url} takes minor content from IPv4-only hosts: {missing}.',
      fix: {
        vi: 'Đơn vị quản trị trang đề nghị nhà cung cấp của {missing} bật IPv6, hoặc thay bằng dịch vụ có IPv6.',
        en: 'The web operator asks the providers of {missing} for IPv6, or replaces them.',
      },
    },
    'important-missing': {
      status: 'fail',
      vi: '{url} cần các máy chủ chỉ có IPv4: {missing}.',
      en: '{url} needs hosts that are IPv4-only: {missing}.',
      fix: {
        vi: 'Đơn vị quản trị trang bật IPv6 cho các máy chủ của mình trong {missing}; tài nguyên của bên ngoài thì chuyển về máy chủ của trang hoặc sang dịch vụ có IPv6.',
        en: 'The web operator enables IPv6 on own hosts among {missing}; content of others moves to the own server or to a service with IPv6.',
      },
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có trang web.', en: '{host} has no web site.' },
    'needs-script': {
      status: 'inconclusive',
      vi: '{url} trống nếu không chạy kịch bản, nên không thấy hết các máy chủ mà trang phụ thuộc.',
      en: '{url} is empty without scripts, so the hosts that it depends on cannot all be seen.',
      fix: {
        vi: 'Đơn vị quản trị trang kiểm tra danh sách máy chủ trong công cụ phát triển của trình duyệt ở mạng chỉ có IPv6.',
        en: "The web operator looks at the hosts in the browser's developer tools on an IPv6-only network.",
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa tra được địa chỉ IPv6 của máy chủ quan trọng mà {url} phụ thuộc: {unmeasured} ({cause}).',
      en: 'The IPv6 addresses of important hosts that {url} depends on could not be looked up: {unmeasured} ({cause}).',
      fix: { vi: 'Người đo chạy lại; xem truy vấn DNS trong bằng chứng.', en: 'Measure again; look at the DNS queries in the evidence.' },
    },
  },
  evaluate({ webDependencies }): Outcome<MessageId> {
    const { host, presence, pageUrl, dependencies, needsScript, cut } = webDependencies;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    const missing = dependencies.filter(({ aaaa }) => aaaa === 'missing');
    const open = dependencies.filter(({ aaaa }) => aaaa === 'unknown');
    const values = { host, url: pageUrl, count: dependencies.length, unmeasured: open.map((entry) => entry.host), cut };
    const important = missing.filter(({ decisive }) => decisive);
    if (important.length > 0) return { message: 'important-missing', values: { ...values, missing: important.map(label) } };
    if (needsScript) return { message: 'needs-script', values, cause: 'needs-script' };
    const undecided = open.find(({ decisive }) => decisive);
    if (undecided !== undefined) {
      const cause = undecided.cause ?? 'unknown';
      return { message: 'undecided', values: { ...values, cause }, cause };
    }
    if (missing.length > 0) return { message: 'unimportant-missing', values: { ...values, missing: missing.map(label) } };
    if (cut || open.length > 0) return { message: 'part-has-ipv6', values, confidence: 0.8 };
    return { message: dependencies.length === 0 ? 'none' : 'all-have-ipv6', values };
  },
});

function label({ host, kinds, party }: Dependency): string {
  return `${host} (${kinds.join(', ')}; ${party})`;
}
