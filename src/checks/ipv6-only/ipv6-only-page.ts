import type { Ipv6OnlyPage } from '../../facts/ipv6-only-page.ts';
import { inEvery } from '../../facts/providers.ts';
import type { Cause } from '../../model/cause.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'loads'
  | 'some-addresses-dead'
  | 'certificate-fault'
  | 'error-status'
  | 'stalls-sometimes'
  | 'no-ipv6-address'
  | 'name-not-resolvable'
  | 'no-connection'
  | 'redirect-broken'
  | 'tls-fails'
  | 'no-response'
  | 'transfer-stalls'
  | 'worse-than-ipv4'
  | 'default-page'
  | 'no-web-service'
  | 'no-address'
  | 'not-offered'
  | 'names-not-measured'
  | 'limited'
  | 'undecided';

const followUp = {
  vi: 'Người đo chạy lại từ nơi có IPv6 đã được chứng minh (`ipv6gov doctor`).',
  en: 'Measure again from a place with proven IPv6 (`ipv6gov doctor`).',
};

/** Does the page of the service load when IPv4 does not exist: names, redirects, TLS and the whole body? */
export const check = defineCheck({
  id: 'ipv6-only-page',
  area: 'ipv6-only',
  subject: 'service',
  level: 'required',
  services: ['portal', 'public-services'],
  title: { vi: 'Tải được trang khi chỉ có IPv6', en: 'The page loads with IPv6 only' },
  why: {
    vi: 'Giai đoạn 2026-2030 hướng tới mạng chỉ có IPv6: trang phải tải được mà không cần IPv4 ở bất kỳ bước nào.',
    en: 'The years 2026-2030 lead to IPv6-only networks: the page must load without IPv4 at any step.',
  },
  references: [
    { label: 'RFC 6540', url: 'https://www.rfc-editor.org/rfc/rfc6540' },
    { label: 'RFC 6586', url: 'https://www.rfc-editor.org/rfc/rfc6586' },
  ],
  needs: ['ipv6OnlyPage'],
  messages: {
    loads: {
      status: 'pass',
      vi: '{url} tải trọn vẹn chỉ với IPv6: phân giải tên, chuyển hướng, TLS và nội dung.',
      en: '{url} loads completely with IPv6 only: names, redirects, TLS and content.',
    },
    'some-addresses-dead': {
      status: 'warn',
      vi: '{url} tải được chỉ với IPv6, nhưng người dùng phải chờ vì {failing} không trả lời.',
      en: '{url} loads with IPv6 only, but users wait because {failing} does not answer.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web sửa {failing} hoặc gỡ các bản ghi AAAA đó.',
        en: 'The web operator repairs {failing} or has those AAAA records removed.',
      },
    },
    'certificate-fault': {
      status: 'warn',
      vi: '{url} tải được chỉ với IPv6, nhưng chứng thư có lỗi: {fault}.',
      en: '{url} loads with IPv6 only, but its certificate has a fault: {fault}.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cài chứng thư hợp lệ (đúng tên, đủ chuỗi, còn hạn) cho {host}.',
        en: 'The web operator installs a valid certificate (right name, full chain, in date) for {host}.',
      },
    },
    'error-status': {
      status: 'warn',
      vi: '{url} trả lời chỉ với IPv6, nhưng là lỗi {statuses}; qua IPv4 cũng không tốt hơn ({statusesIpv4}).',
      en: '{url} answers with IPv6 only, but with the error {statuses}; IPv4 does no better ({statusesIpv4}).',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web sửa trang; lỗi không riêng của IPv6.',
        en: 'The web operator repairs the page; the fault is not one of IPv6.',
      },
    },
    'stalls-sometimes': {
      status: 'warn',
      vi: '{url} tải được chỉ với IPv6, nhưng đôi khi im lặng giữa chừng.',
      en: '{url} loads with IPv6 only, but sometimes falls silent midway.',
      fix: {
        vi: 'Đơn vị quản trị mạng cho phép ICMPv6 loại 2 (Packet Too Big) qua mọi tường lửa.',
        en: 'The network operator lets ICMPv6 type 2 (Packet Too Big) through every firewall.',
      },
    },
    'no-ipv6-address': {
      status: 'fail',
      vi: '{host} không có địa chỉ IPv6 dùng được: nếu IPv4 ngừng thì trang không còn.',
      en: '{host} has no usable IPv6 address: if IPv4 stopped, the page would be gone.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web bật IPv6 (nginx: `listen [::]:443 ssl;`), đơn vị quản trị DNS thêm bản ghi AAAA cho {host}.',
        en: 'The web operator enables IPv6 (nginx: `listen [::]:443 ssl;`), the DNS operator adds an AAAA record for {host}.',
      },
    },
    'name-not-resolvable': {
      status: 'fail',
      vi: 'Chỉ với IPv6 thì không phân giải được {names}: vùng {cut} không có máy chủ tên miền nào trả lời qua IPv6.',
      en: 'With IPv6 only {names} cannot be resolved: no name server of {cut} answers over IPv6.',
      fix: {
        vi: 'Đơn vị quản trị DNS của vùng {cut} ({operators}) bật IPv6 cho ít nhất hai máy chủ tên miền và khai báo glue AAAA ở vùng cha.',
        en: 'The DNS operator of {cut} ({operators}) enables IPv6 on at least two name servers and registers AAAA glue at the parent.',
      },
    },
    'no-connection': {
      status: 'fail',
      vi: '{host} không nhận kết nối web qua IPv6 ({cause}).',
      en: '{host} takes no web connection over IPv6 ({cause}).',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cho dịch vụ lắng nghe trên `[::]:443` và mở cổng 443/tcp cho IPv6 trên tường lửa.',
        en: 'The web operator lets the service listen on `[::]:443` and opens 443/tcp for IPv6 in the firewall.',
      },
    },
    'redirect-broken': {
      status: 'fail',
      vi: 'Đường đến trang của {host} đứt tại {hop} khi chỉ có IPv6 ({kind}).',
      en: 'The way to the page of {host} breaks at {hop} with IPv6 only ({kind}).',
      fix: {
        vi: 'Đơn vị quản trị của {hop} bật IPv6, hoặc đơn vị quản trị máy chủ web bỏ bước chuyển hướng đó.',
        en: 'The operator of {hop} enables IPv6, or the web operator removes that redirect.',
      },
    },
    'tls-fails': {
      status: 'fail',
      vi: 'Bắt tay TLS với {host} qua IPv6 hỏng ({cause}).',
      en: 'The TLS handshake with {host} over IPv6 fails ({cause}).',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web bật TLS trên IPv6 (nginx: `listen [::]:443 ssl;`) với cùng chứng thư như IPv4.',
        en: 'The web operator enables TLS on IPv6 (nginx: `listen [::]:443 ssl;`) with the certificate used over IPv4.',
      },
    },
    'no-response': {
      status: 'fail',
      vi: '{host} nhận kết nối IPv6 nhưng không trả lời yêu cầu HTTP ({cause}, bước {step}).',
      en: '{host} takes the IPv6 connection but does not answer the HTTP request ({cause}, step {step}).',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web kiểm tra proxy hoặc cân bằng tải trên IPv6 và nhật ký của nó.',
        en: 'The web operator checks the proxy or load balancer on IPv6, and its log.',
      },
    },
    'transfer-stalls': {
      status: 'fail',
      vi: 'Kết nối IPv6 đến {host} mở được nhưng trang không tải xong ({cause}, bước {step}).',
      en: 'IPv6 connections to {host} open, but the page never finishes loading ({cause}, step {step}).',
      fix: {
        vi: 'Đơn vị quản trị mạng cho phép ICMPv6 loại 2 (Packet Too Big) qua mọi tường lửa và kiểm tra MTU của đường hầm.',
        en: 'The network operator lets ICMPv6 type 2 (Packet Too Big) through every firewall and checks the MTU of tunnels.',
      },
    },
    'worse-than-ipv4': {
      status: 'fail',
      vi: 'Chỉ với IPv6, {url} trả lời lỗi {statuses} ở mọi lần, trong khi IPv4 trả lời {statusesIpv4}.',
      en: 'With IPv6 only {url} answers the error {statuses} every time, while IPv4 answers {statusesIpv4}.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web kiểm tra khối `server` trên `[::]:443`, danh sách cho phép địa chỉ và tường lửa ứng dụng cho IPv6.',
        en: 'The web operator checks the `server` block on `[::]:443`, address allow-lists and the application firewall for IPv6.',
      },
    },
    'default-page': {
      status: 'fail',
      vi: 'Chỉ với IPv6, {url} là trang mặc định của máy chủ, không phải trang của cơ quan.',
      en: "With IPv6 only {url} is a server's default page, not the agency's.",
      fix: {
        vi: 'Đơn vị quản trị máy chủ web thêm `listen [::]:443 ssl;` vào khối `server` của {host}.',
        en: 'The web operator adds `listen [::]:443 ssl;` to the `server` block of {host}.',
      },
    },
    'no-web-service': {
      status: 'not-applicable',
      vi: 'Dịch vụ thư {host} không có trang web để xét.',
      en: 'The mail service {host} has no page to judge.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có trang web.', en: '{host} has no web site.' },
    'not-offered': {
      status: 'not-applicable',
      vi: '{host} không có dịch vụ web ở cả hai họ địa chỉ.',
      en: '{host} offers no web service in either family.',
    },
    'names-not-measured': {
      status: 'inconclusive',
      vi: '{url} tải được qua IPv6, nhưng chưa xét được việc phân giải {names} chỉ với IPv6 ({cause}).',
      en: '{url} loads over IPv6, but resolving {names} with IPv6 only could not be measured ({cause}).',
      fix: {
        vi: 'Người đo chạy lại từ nơi có thể hỏi thẳng các máy chủ tên miền qua IPv6 (không dùng `--resolver`).',
        en: 'Measure again from a place that can ask name servers directly over IPv6 (without `--resolver`).',
      },
    },
    limited: {
      status: 'inconclusive',
      vi: '{host} chặn hoặc giới hạn yêu cầu của nơi đo ({statuses}), nên chưa biết trang có tải được chỉ với IPv6 không.',
      en: '{host} blocks or limits our requests ({statuses}), so it is open whether the page loads with IPv6 only.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cho phép User-Agent của ipv6gov; người đo chạy lại.',
        en: 'The web operator lets the User-Agent of ipv6gov through; measure again.',
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa xét được trang của {host} khi chỉ có IPv6: {cause}.',
      en: 'The page of {host} with IPv6 only could not be judged: {cause}.',
      fix: followUp,
    },
  },
  evaluate({ ipv6OnlyPage: page }, subject): Outcome<MessageId> {
    if (page === null) return { message: 'no-web-service', values: { host: subject.name } };
    const { host, presence, connection, brokenNames } = page;
    const values = valuesOf(page);
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (presence === 'aaaa-missing') return { message: 'no-ipv6-address', values: { host } };
    const [broken] = brokenNames;
    if (broken !== undefined) {
      const operators = broken.operators.filter((name) => name !== broken.brokenCut);
      const shown = { ...values, names: brokenNames.map(({ name }) => name), cut: broken.brokenCut ?? '', operators };
      const unlockedBy = inEvery(brokenNames.map((name) => name.operators));
      return {
        message: 'name-not-resolvable',
        values: { ...shown, unlockedBy },
        ...(broken.cause === null ? {} : { cause: broken.cause }),
      };
    }
    if (connection === 'not-offered') return { message: 'not-offered', values: { host } };
    if (connection === 'fails') return caused('no-connection', values, page.connectionCause);
    if (connection === 'unknown') return caused('undecided', values, page.connectionCause ?? 'unknown');
    return judgeWay(page, values) ?? judgePage(page, values);
  },
});

type Shown = ReturnType<typeof valuesOf>;

function valuesOf(page: Ipv6OnlyPage) {
  return {
    host: page.host,
    url: page.url,
    hop: page.redirect.host,
    kind: page.redirect.kind ?? '',
    step: page.reachStep ?? page.transferStep ?? '',
    statuses: page.statuses.map(String),
    statusesIpv4: page.ipv4Statuses.map(String),
    failing: page.deadAddresses,
    fault: page.certificateFault ?? '',
    cause: '' as string,
  };
}

function caused(message: MessageId, values: Shown, cause: Cause | null): Outcome<MessageId> {
  return cause === null ? { message, values } : { message, values: { ...values, cause }, cause };
}

/** What happens before a page comes; null when one comes. */
function judgeWay(
  { transfer, transferCause, reach, reachCause, reachStep, redirect }: Ipv6OnlyPage,
  values: Shown,
): Outcome<MessageId> | null {
  if (transfer === 'stalls' || transfer === 'stalls-without-ipv4' || transfer === 'breaks')
    return caused('transfer-stalls', values, transferCause);
  switch (reach) {
    case 'page':
      return null;
    case 'redirect-broken':
      return caused('redirect-broken', values, redirect.cause);
    case 'no-connection':
      return caused(reachStep === 'tls' ? 'tls-fails' : 'no-connection', values, reachCause);
    case 'silent':
      return caused('no-response', values, reachCause);
    case 'not-offered':
      return { message: 'not-offered', values };
    case 'unknown':
      return caused('undecided', values, reachCause ?? 'unknown');
  }
}

function judgePage(page: Ipv6OnlyPage, values: Shown): Outcome<MessageId> {
  if (!page.ok) return judgeError(page, values);
  if (page.defaultPage) return { message: 'default-page', values };
  if (!page.whole)
    return caused(
      page.limited ? 'limited' : 'undecided',
      values,
      page.limited ? 'waf-challenge' : (page.transferCause ?? 'content-unstable'),
    );
  if (page.unknownNames.length > 0) {
    const cause = page.nameCause ?? 'unknown';
    return { message: 'names-not-measured', values: { ...values, names: page.unknownNames, cause }, cause };
  }
  if (page.certificateFault !== null) return { message: 'certificate-fault', values };
  if (page.deadAddresses.length > 0) return { message: 'some-addresses-dead', values };
  if (page.transfer === 'sometimes-stalls' || page.transfer === 'some-addresses-stall')
    return caused('stalls-sometimes', values, page.transferCause);
  return { message: 'loads', values };
}

/** Only errors over IPv6: the fault is one of IPv6 only if IPv4 was good each time and nothing speaks for a guard. */
function judgeError({ limited, statuses, ipv4Statuses }: Ipv6OnlyPage, values: Shown): Outcome<MessageId> {
  const guarded = statuses.some((status) => status === 403 || status === 503 || status === 429);
  const ipv4Good = ipv4Statuses.length > 0 && ipv4Statuses.every((status) => status >= 200 && status < 400);
  if (limited || (guarded && ipv4Good)) return caused('limited', values, statuses.includes(429) ? 'rate-limited' : 'waf-challenge');
  if (!ipv4Good) return { message: 'error-status', values };
  return statuses.length < 2 || ipv4Statuses.length < 2
    ? caused('undecided', values, 'unstable')
    : caused('worse-than-ipv4', values, 'status-worse-over-ipv6');
}
