import type { Ipv6OnlyDependency } from '../../facts/ipv6-only-dependencies.ts';
import { soleDomain } from '../../facts/providers.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'none'
  | 'all-work'
  | 'work-as-far-as-measured'
  | 'unimportant-missing'
  | 'important-missing'
  | 'no-web-service'
  | 'no-address'
  | 'needs-script'
  | 'undecided';

/** Does everything that the page loads from other hosts come with IPv6 only? */
export const check = defineCheck({
  id: 'ipv6-only-dependencies',
  area: 'ipv6-only',
  subject: 'service',
  level: 'required',
  services: ['portal', 'public-services'],
  title: { vi: 'Máy chủ phụ thuộc khi chỉ có IPv6', en: 'Dependencies with IPv6 only' },
  why: {
    vi: 'Khi không còn IPv4, trang chỉ dùng được nếu kịch bản, kiểu trình bày, biểu mẫu của nó cũng đến được qua IPv6.',
    en: 'Without IPv4 a page is usable only if its scripts, styles and forms are reached over IPv6 too.',
  },
  references: [
    { label: 'RFC 6540', url: 'https://www.rfc-editor.org/rfc/rfc6540' },
    { label: 'RFC 6586', url: 'https://www.rfc-editor.org/rfc/rfc6586' },
  ],
  needs: ['ipv6OnlyDependencies'],
  messages: {
    none: { status: 'pass', vi: '{url} không phụ thuộc máy chủ nào khác.', en: '{url} depends on no other host.' },
    'all-work': {
      status: 'pass',
      vi: 'Cả {count} máy chủ mà {url} phụ thuộc đều phân giải và trả lời được chỉ với IPv6.',
      en: 'All {count} hosts that {url} depends on resolve and answer with IPv6 only.',
    },
    'work-as-far-as-measured': {
      status: 'pass',
      vi: 'Các máy chủ mà {url} phụ thuộc đều trả lời qua IPv6 ({count}). Chưa đo được: {unmeasured}. Chưa xét phân giải chỉ với IPv6: {namesUnmeasured}. Danh sách bị cắt bớt: {cut}.',
      en: 'The hosts that {url} depends on answer over IPv6 ({count}). Not measured: {unmeasured}. IPv6-only resolution not looked at: {namesUnmeasured}. List cut: {cut}.',
    },
    'unimportant-missing': {
      status: 'warn',
      vi: 'Chỉ với IPv6, trang {url} thiếu phần không thiết yếu lấy từ các máy chủ: {missing}.',
      en: 'With IPv6 only, {url} lacks parts that are not essential, from these hosts: {missing}.',
      fix: {
        vi: 'Đơn vị quản trị trang đề nghị nhà cung cấp của {missing} bật IPv6, hoặc thay bằng dịch vụ có IPv6.',
        en: 'The web operator asks the providers of {missing} for IPv6, or replaces them.',
      },
    },
    'important-missing': {
      status: 'fail',
      vi: 'Chỉ với IPv6, trang {url} hỏng vì không có các máy chủ: {missing}.',
      en: 'With IPv6 only, {url} is broken, because these hosts are missing: {missing}.',
      fix: {
        vi: 'Đơn vị quản trị trang bật IPv6 (bản ghi AAAA, dịch vụ, DNS) cho máy chủ của mình trong {missing}; tài nguyên bên ngoài thì đưa về máy chủ của trang.',
        en: 'The web operator enables IPv6 (AAAA, service, DNS) on own hosts among {missing}, and moves content of others to the own server.',
      },
    },
    'no-web-service': {
      status: 'not-applicable',
      vi: 'Dịch vụ thư {host} không có trang web để xét.',
      en: 'The mail service {host} has no page to judge.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có trang web.', en: '{host} has no web site.' },
    'needs-script': {
      status: 'inconclusive',
      vi: '{url} trống nếu không chạy kịch bản, nên không thấy hết các máy chủ mà trang phụ thuộc.',
      en: '{url} is empty without scripts, so the hosts that it depends on cannot all be seen.',
      fix: {
        vi: 'Đơn vị quản trị trang thử trang bằng trình duyệt trong mạng chỉ có IPv6 và xem các yêu cầu bị lỗi.',
        en: 'The web operator tries the page with a browser on an IPv6-only network and looks at the requests that fail.',
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa xét được máy chủ quan trọng mà {url} phụ thuộc khi chỉ có IPv6: {unmeasured} ({cause}).',
      en: 'Important hosts that {url} depends on could not be judged with IPv6 only: {unmeasured} ({cause}).',
      fix: {
        vi: 'Người đo chạy lại từ nơi có IPv6 đã được chứng minh (`ipv6gov doctor`).',
        en: 'Measure again from a place with proven IPv6 (`ipv6gov doctor`).',
      },
    },
  },
  evaluate({ ipv6OnlyDependencies }, subject): Outcome<MessageId> {
    if (ipv6OnlyDependencies === null) return { message: 'no-web-service', values: { host: subject.name } };
    const { host, presence, pageUrl, dependencies, needsScript, cut } = ipv6OnlyDependencies;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    const missing = dependencies.filter(({ state }) => state === 'missing' || state === 'unreachable' || state === 'unresolvable');
    const open = dependencies.filter(({ state }) => state === 'unknown');
    const namesUnmeasured = dependencies.filter((entry) => entry.nameUnmeasured).map((entry) => entry.host);
    const values = { host, url: pageUrl, count: dependencies.length, unmeasured: open.map((entry) => entry.host), namesUnmeasured, cut };
    const important = missing.filter(({ decisive }) => decisive);
    if (important.length > 0) {
      const unlockedBy = soleDomain(important.map((entry) => entry.host));
      return { message: 'important-missing', values: { ...values, missing: important.map(label), unlockedBy } };
    }
    if (needsScript) return { message: 'needs-script', values, cause: 'needs-script' };
    const undecided = open.find(({ decisive }) => decisive);
    if (undecided !== undefined) {
      const cause = undecided.cause ?? 'unknown';
      return { message: 'undecided', values: { ...values, cause }, cause };
    }
    if (missing.length > 0) return { message: 'unimportant-missing', values: { ...values, missing: missing.map(label) } };
    if (cut || open.length > 0 || namesUnmeasured.length > 0) return { message: 'work-as-far-as-measured', values, confidence: 0.8 };
    return { message: dependencies.length === 0 ? 'none' : 'all-work', values };
  },
});

function label({ host, kinds, party, state }: Ipv6OnlyDependency): string {
  return `${host} (${kinds.join(', ')}; ${party}; ${state})`;
}
