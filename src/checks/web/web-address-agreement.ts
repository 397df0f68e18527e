import type { AddressPage, DifferingAddress, Disagreement, WebAddressAgreement } from '../../facts/web-address-agreement.ts';
import type { Values } from '../../model/finding.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'agree'
  | 'agree-where-measured'
  | 'status-differs'
  | 'certificate-differs'
  | 'title-differs'
  | 'default-page'
  | 'certificate-of-other-name'
  | 'other-site'
  | 'one-address'
  | 'one-answers'
  | 'no-connection'
  | 'no-ipv6-address'
  | 'no-address'
  | 'geo-varies'
  | 'rate-limited'
  | 'waf-challenge'
  | 'undecided';

const sameServer = {
  vi: 'Đơn vị quản trị máy chủ web đặt cấu hình của {failing} giống {reference}, hoặc đơn vị quản trị DNS gỡ bản ghi AAAA đó cho đến khi xong.',
  en: 'The web operator sets up {failing} like {reference}, or the DNS operator removes that AAAA record until this is done.',
};
const measureAgain = {
  vi: 'Người đo chạy lại khi IPv6 của nơi đo đã được chứng minh (`ipv6gov doctor`).',
  en: 'Measure again with proven IPv6 (`ipv6gov doctor`).',
};

/** Do all AAAA of a host serve the same site? */
export const check = defineCheck({
  id: 'web-address-agreement',
  area: 'web',
  subject: 'host',
  level: 'recommended',
  title: { vi: 'Mọi địa chỉ IPv6 phục vụ cùng một trang', en: 'All IPv6 addresses serve the same site' },
  why: {
    vi: 'Trình duyệt chọn một địa chỉ bất kỳ. Nếu một trong số đó dẫn đến máy chủ khác thì một phần người dùng thấy trang khác.',
    en: 'A browser picks any of the addresses. If one leads to another server, part of the users see another site.',
  },
  references: [{ label: 'RFC 8305', url: 'https://www.rfc-editor.org/rfc/rfc8305' }],
  needs: ['webAddressAgreement'],
  messages: {
    agree: {
      status: 'pass',
      vi: '{host} trả lời giống nhau ở cả {count} địa chỉ IPv6: {addresses}.',
      en: '{host} answers alike at all {count} IPv6 addresses: {addresses}.',
    },
    'agree-where-measured': {
      status: 'pass',
      vi: '{host} trả lời giống nhau tại {addresses}. Không có câu trả lời để so từ {unmeasured}.',
      en: '{host} answers alike at {addresses}. No answer to compare from {unmeasured}.',
    },
    'status-differs': {
      status: 'warn',
      vi: '{host} trả lời với mã khác tại {failing} so với {reference}.',
      en: '{host} answers with another status at {failing} than at {reference}.',
      fix: sameServer,
    },
    'certificate-differs': {
      status: 'warn',
      vi: '{host} đưa ra chứng thư khác tại {failing} so với {reference}.',
      en: '{host} shows another certificate at {failing} than at {reference}.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cài cùng một chứng thư ở mọi địa chỉ; thường một máy bị bỏ sót khi gia hạn ({failing}).',
        en: 'The web operator installs one certificate at every address; often one machine was left out at a renewal ({failing}).',
      },
    },
    'title-differs': {
      status: 'warn',
      vi: 'Trang của {host} có tiêu đề khác tại {failing} so với {reference}.',
      en: 'The page of {host} has another title at {failing} than at {reference}.',
      fix: {
        vi: 'Đơn vị quản trị trang đồng bộ nội dung của {failing} với {reference}.',
        en: 'The web operator brings the content at {failing} into step with {reference}.',
      },
    },
    'default-page': {
      status: 'fail',
      vi: '{host} có trang mặc định của máy chủ tại {failing}, còn trang thật tại {reference}.',
      en: "{host} shows a server's default page at {failing}, and the real site at {reference}.",
      fix: sameServer,
    },
    'certificate-of-other-name': {
      status: 'fail',
      vi: '{host} đưa ra chứng thư của tên khác tại {failing}; tại {reference} chứng thư đúng tên.',
      en: '{host} shows a certificate for other names at {failing}; at {reference} the name is right.',
      fix: sameServer,
    },
    'other-site': {
      status: 'fail',
      vi: '{host} là trang khác hẳn tại {failing} so với {reference}.',
      en: '{host} is another site at {failing} than at {reference}.',
      fix: sameServer,
    },
    'one-address': {
      status: 'not-applicable',
      vi: '{host} chỉ có một địa chỉ IPv6: {addresses}.',
      en: '{host} has one IPv6 address only: {addresses}.',
    },
    'one-answers': {
      status: 'not-applicable',
      vi: 'Trong các địa chỉ IPv6 của {host} chỉ {addresses} trả lời; web-connect, web-tls và web-response đánh giá {unmeasured}.',
      en: 'Of the IPv6 addresses of {host} only {addresses} answers; web-connect, web-tls and web-response judge {unmeasured}.',
    },
    'no-connection': {
      status: 'not-applicable',
      vi: '{host} không nhận kết nối web qua IPv6; web-connect đánh giá điều đó.',
      en: '{host} takes no web connection over IPv6; web-connect judges that.',
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: '{host} không có địa chỉ IPv6 dùng được.',
      en: '{host} has no usable IPv6 address.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có địa chỉ nào.', en: '{host} has no address at all.' },
    'geo-varies': {
      status: 'inconclusive',
      vi: 'Máy chủ tên miền trả về địa chỉ IPv6 của {host} thay đổi theo từng lần hỏi, nên khác biệt giữa {failing} và {reference} có thể là cố ý.',
      en: 'The name servers give other IPv6 addresses of {host} from question to question, so the difference between {failing} and {reference} may be meant.',
      fix: {
        vi: 'Đơn vị quản trị trang xem từng địa chỉ bằng `curl --connect-to` và xác nhận các điểm phục vụ là của mình.',
        en: 'The web operator looks at each address with `curl --connect-to` and confirms that these places are its own.',
      },
    },
    'rate-limited': {
      status: 'inconclusive',
      vi: '{host} giới hạn tần suất yêu cầu của nơi đo tại {unmeasured}, nên chưa so được các địa chỉ.',
      en: '{host} limits the rate of our requests at {unmeasured}, so its addresses could not be compared.',
      fix: { vi: 'Người đo chạy lại vào giờ khác hoặc từ nơi khác.', en: 'Measure again at another time or from another place.' },
    },
    'waf-challenge': {
      status: 'inconclusive',
      vi: 'Tường lửa ứng dụng đưa ra trang kiểm tra của {host} tại {unmeasured}, nên chưa so được các địa chỉ.',
      en: 'An application firewall shows a challenge for {host} at {unmeasured}, so its addresses could not be compared.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cho phép User-Agent của ipv6gov qua tường lửa ứng dụng, rồi đo lại.',
        en: 'The web operator lets the User-Agent of ipv6gov through the application firewall; then measure again.',
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa so được các địa chỉ IPv6 của {host}: {unmeasured} chưa đo được ({cause}).',
      en: 'The IPv6 addresses of {host} could not be compared: {unmeasured} not measured ({cause}).',
      fix: measureAgain,
    },
  },
  evaluate({ webAddressAgreement }): Outcome<MessageId> {
    const { host, presence, published, connection, pages, differing, varies } = webAddressAgreement;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (presence === 'aaaa-missing') return { message: 'no-ipv6-address', values: { host } };
    if (published.length === 1) return { message: 'one-address', values: { host, addresses: published } };
    if (connection === 'fails' || connection === 'not-offered') return { message: 'no-connection', values: { host } };
    const worst = worstOf(differing);
    if (worst !== null) return judgeDifference(host, worst, { differing, varies });
    const compared = pages.filter(({ guarded }) => guarded === null);
    return compared.length < 2 ? withoutPair(webAddressAgreement) : agreeing(webAddressAgreement, compared);
  },
});

/** Gravest first. */
const messageOf: Record<Disagreement, MessageId> = {
  'default-page': 'default-page',
  'other-certificate-name': 'certificate-of-other-name',
  'other-site': 'other-site',
  status: 'status-differs',
  certificate: 'certificate-differs',
  title: 'title-differs',
};

function worstOf(differing: readonly DifferingAddress[]): Disagreement | null {
  return (Object.keys(messageOf) as Disagreement[]).find((kind) => differing.some((entry) => entry.kind === kind)) ?? null;
}

function judgeDifference(
  host: string,
  kind: Disagreement,
  { differing, varies }: Pick<WebAddressAgreement, 'differing' | 'varies'>,
): Outcome<MessageId> {
  const own = differing.filter((entry) => entry.kind === kind);
  const values = {
    host,
    failing: own.map(({ page }) => shown(page, kind)),
    reference: own.slice(0, 1).map(({ reference }) => shown(reference, kind)),
  };
  return varies ? { message: 'geo-varies', values, cause: 'geo-varies' } : { message: messageOf[kind], values };
}

function shown({ address, status, leaf, title }: AddressPage, kind: Disagreement): string {
  if (kind === 'status') return `${address} (${status})`;
  if (kind === 'certificate') return `${address} (${leaf?.certificate.issuer ?? ''}, ${leaf?.certificate.validTo ?? ''})`;
  if (kind === 'other-certificate-name') return `${address} (${leaf?.names.slice(0, 3).join(', ') ?? ''})`;
  return `${address} (“${title ?? ''}”)`;
}

function agreeing({ host, published }: WebAddressAgreement, compared: readonly AddressPage[]): Outcome<MessageId> {
  const addresses = compared.map(({ address }) => address);
  const unmeasured = published.filter((address) => !addresses.includes(address));
  const values: Values = { host, count: addresses.length, addresses, unmeasured };
  return unmeasured.length === 0 ? { message: 'agree', values } : { message: 'agree-where-measured', values, confidence: 0.8 };
}

function withoutPair({ host, published, pages, provenDead, cause }: WebAddressAgreement): Outcome<MessageId> {
  const compared = pages.filter(({ guarded }) => guarded === null).map(({ address }) => address);
  const unmeasured = published.filter((address) => !compared.includes(address));
  const values: Values = { host, addresses: compared, unmeasured };
  const guarded = pages.find((page) => page.guarded !== null)?.guarded ?? null;
  if (guarded !== null) return { message: guarded, values, cause: guarded };
  if (compared.length === 1 && unmeasured.every((address) => provenDead.includes(address))) return { message: 'one-answers', values };
  const why = cause ?? 'unknown';
  return { message: 'undecided', values: { ...values, cause: why }, cause: why };
}
