import type { SmtpStartTls, StartTlsAddress, TlsOffer } from '../../facts/mail-starttls.ts';
import type { Cause } from '../../model/cause.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'as-over-ipv4'
  | 'weaker'
  | 'refused-for-now'
  | 'early-data'
  | 'missing-over-ipv6'
  | 'refused-over-ipv6'
  | 'handshake-fails-over-ipv6'
  | 'broken-in-both'
  | 'not-offered'
  | 'no-mail'
  | 'no-session'
  | 'undecided';

interface Judged {
  message: MessageId;
  cause?: Cause;
  differences?: string[];
}

/** Worst first: the first that any address shows is the outcome. */
const order: readonly MessageId[] = [
  'missing-over-ipv6',
  'refused-over-ipv6',
  'handshake-fails-over-ipv6',
  'early-data',
  'weaker',
  'refused-for-now',
  'undecided',
  'broken-in-both',
  'as-over-ipv4',
  'not-offered',
];

/** STARTTLS by family: offered, handshake, name, chain. */
export const check = defineCheck({
  id: 'smtp-starttls',
  area: 'mail',
  subject: 'mail-domain',
  level: 'required',
  title: { vi: 'STARTTLS qua IPv6', en: 'STARTTLS over IPv6' },
  why: {
    vi: 'Thư gửi qua IPv6 phải được mã hóa như qua IPv4; nếu không, chuyển sang IPv6 là mất bảo mật.',
    en: 'Mail sent over IPv6 must be encrypted as it is over IPv4; otherwise moving to IPv6 loses security.',
  },
  references: [
    { label: 'RFC 3207', url: 'https://www.rfc-editor.org/rfc/rfc3207' },
    { label: 'RFC 7672', url: 'https://www.rfc-editor.org/rfc/rfc7672' },
  ],
  needs: ['smtpStartTls'],
  messages: {
    'as-over-ipv4': {
      status: 'pass',
      vi: 'STARTTLS qua IPv6 hoạt động không kém IPv4 tại {addresses} ({protocol}).',
      en: 'STARTTLS over IPv6 works no worse than over IPv4 at {addresses} ({protocol}).',
    },
    weaker: {
      status: 'warn',
      vi: 'STARTTLS qua IPv6 yếu hơn qua IPv4 tại {addresses}: {differences}.',
      en: 'STARTTLS is weaker over IPv6 than over IPv4 at {addresses}: {differences}.',
      fix: {
        vi: 'Đơn vị quản trị thư dùng cùng chứng thư và cấu hình TLS cho cả hai họ địa chỉ (Postfix `smtpd_tls_chain_files`; Exchange: gán chứng thư cho receive connector IPv6).',
        en: 'The mail operator uses the same certificate and TLS settings for both families (Postfix `smtpd_tls_chain_files`; Exchange: assign the certificate to the IPv6 receive connector).',
      },
    },
    'refused-for-now': {
      status: 'warn',
      vi: 'Máy chủ thư mời STARTTLS nhưng trả lời {code} (tạm từ chối) qua IPv6 tại {addresses}, trong khi qua IPv4 thì được.',
      en: 'The mail server offers STARTTLS but answers {code} (refused for now) over IPv6 at {addresses}, while it works over IPv4.',
      fix: {
        vi: 'Đơn vị quản trị thư xem nhật ký TLS của dịch vụ trên IPv6 (chứng thư, khóa, quyền đọc tệp).',
        en: 'The mail operator looks at the TLS log of the service on IPv6 (certificate, key, file permissions).',
      },
    },
    'early-data': {
      status: 'warn',
      vi: 'Máy chủ thư (hoặc thiết bị ở giữa) gửi dữ liệu chưa mã hóa sau lời đồng ý STARTTLS qua IPv6 tại {addresses}; dữ liệu đó bị bỏ qua.',
      en: 'The mail server (or a device between) sends clear data after agreeing to STARTTLS over IPv6 at {addresses}; it was dropped.',
      fix: {
        vi: 'Đơn vị quản trị thư cập nhật phần mềm SMTP (lỗi chèn lệnh STARTTLS) và kiểm tra thiết bị lọc thư đứng trước.',
        en: 'The mail operator updates the SMTP software (STARTTLS injection) and checks any mail filter in front.',
      },
    },
    'missing-over-ipv6': {
      status: 'fail',
      vi: 'Máy chủ thư không mời STARTTLS qua IPv6 tại {addresses}, trong khi qua IPv4 có.',
      en: 'The mail server does not offer STARTTLS over IPv6 at {addresses}, while it does over IPv4.',
      fix: {
        vi: 'Đơn vị quản trị thư bật TLS cho dịch vụ IPv6 (Postfix `smtpd_tls_security_level = may`; Exchange: receive connector IPv6) và kiểm tra tường lửa có xóa STARTTLS không.',
        en: 'The mail operator enables TLS for the IPv6 service (Postfix `smtpd_tls_security_level = may`; Exchange: the IPv6 receive connector) and checks whether a firewall strips STARTTLS.',
      },
    },
    'refused-over-ipv6': {
      status: 'fail',
      vi: 'Máy chủ thư mời STARTTLS nhưng từ chối (mã {code}) qua IPv6 tại {addresses}, trong khi qua IPv4 thì được.',
      en: 'The mail server offers STARTTLS but refuses it (code {code}) over IPv6 at {addresses}, while it works over IPv4.',
      fix: {
        vi: 'Đơn vị quản trị thư sửa cấu hình TLS của dịch vụ trên IPv6 cho giống IPv4.',
        en: 'The mail operator brings the TLS settings of the service on IPv6 into line with IPv4.',
      },
    },
    'handshake-fails-over-ipv6': {
      status: 'fail',
      vi: 'Bắt tay TLS sau STARTTLS thất bại ({cause}) qua IPv6 tại {addresses}, trong khi qua IPv4 thì được.',
      en: 'The TLS handshake after STARTTLS fails ({cause}) over IPv6 at {addresses}, while it works over IPv4.',
      fix: {
        vi: 'Đơn vị quản trị thư kiểm tra bằng `openssl s_client -6 -starttls smtp` và dùng cùng cấu hình TLS cho cả hai họ địa chỉ.',
        en: 'The mail operator checks with `openssl s_client -6 -starttls smtp` and uses the same TLS settings for both families.',
      },
    },
    'broken-in-both': {
      status: 'info',
      vi: 'STARTTLS không hoàn tất được ở cả IPv6 lẫn IPv4 tại {addresses}.',
      en: 'STARTTLS can be completed neither over IPv6 nor over IPv4 at {addresses}.',
    },
    'not-offered': {
      status: 'not-applicable',
      vi: 'Máy chủ thư của {domain} không mời STARTTLS ở họ địa chỉ nào: {addresses}.',
      en: 'The mail servers of {domain} offer STARTTLS in neither family: {addresses}.',
    },
    'no-mail': { status: 'not-applicable', vi: '{domain} không nhận thư.', en: '{domain} takes no mail.' },
    'no-session': {
      status: 'not-applicable',
      vi: 'Không máy chủ thư nào của {domain} trả lời SMTP qua IPv6 để so STARTTLS; xem `mx-addresses` và `smtp-connect`.',
      en: 'No mail server of {domain} answers SMTP over IPv6, so there is no STARTTLS to compare; see `mx-addresses` and `smtp-connect`.',
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa so được STARTTLS của {domain} giữa hai họ địa chỉ tại {addresses}: {cause}.',
      en: 'STARTTLS of {domain} could not be compared between the families at {addresses}: {cause}.',
      fix: {
        vi: 'Người đo chạy lại sau, từ nơi có cả IPv4 và IPv6 và cổng 25 thông.',
        en: 'Measure again later, from a place with IPv4, IPv6 and an open port 25.',
      },
    },
  },
  evaluate({ smtpStartTls }): Outcome<MessageId> {
    const { domain, hasMail, addresses, unknowns } = smtpStartTls;
    if (!hasMail) return { message: 'no-mail', values: { domain } };
    const judged = addresses.map((entry) => ({ entry, judged: judge(entry) }));
    const worst = order.find((message) => judged.some((each) => each.judged.message === message));
    if (worst === undefined) return withoutSession(smtpStartTls);
    // Where all that was seen is well, an address unseen still leaves the pass with less behind it.
    const chosen = judged.filter((each) => each.judged.message === worst);
    const first = chosen[0];
    const cause = first?.judged.cause;
    const values = {
      domain,
      addresses: chosen.map(({ entry }) => `${entry.exchanger} [${entry.address}]`),
      differences: [...new Set(chosen.flatMap((each) => each.judged.differences ?? []))],
      protocol: first?.entry.ipv6.tls?.protocol ?? '',
      code: first?.entry.ipv6.replyCode ?? 0,
      cause: cause ?? '',
    };
    return {
      message: worst,
      values,
      ...(cause === undefined ? {} : { cause }),
      ...(unknowns.length > 0 && worst === 'as-over-ipv4' ? { confidence: 0.5 } : {}),
    };
  },
});

function withoutSession({ domain, unknowns }: SmtpStartTls): Outcome<MessageId> {
  const [open] = unknowns;
  if (open === undefined) return { message: 'no-session', values: { domain } };
  const addresses = unknowns.map(({ exchanger, address }) => (address === '' ? exchanger : `${exchanger} [${address}]`));
  return { message: 'undecided', values: { domain, addresses, cause: open.cause }, cause: open.cause };
}

function judge({ ipv6, ipv4, ipv4Published }: StartTlsAddress): Judged {
  if (ipv6.earlyData) return { message: 'early-data', cause: 'early-data' };
  if (ipv6.state === 'unknown') return { message: 'undecided', cause: ipv6.cause ?? 'unknown' };
  if (ipv6.state === 'secured') return compare(ipv6, ipv4);
  if (ipv4 === null || ipv4.state === 'unknown') {
    if (!ipv4Published) return ipv6.state === 'not-offered' ? { message: 'not-offered' } : { message: 'broken-in-both' };
    return { message: 'undecided', cause: ipv4?.cause ?? 'vantage-no-ipv4' };
  }
  if (ipv4.state !== 'secured')
    return { message: ipv6.state === 'not-offered' && ipv4.state === 'not-offered' ? 'not-offered' : 'broken-in-both' };
  if (ipv6.state === 'not-offered') return { message: 'missing-over-ipv6' };
  if (ipv6.state === 'refused') return { message: (ipv6.replyCode ?? 0) >= 500 ? 'refused-over-ipv6' : 'refused-for-now' };
  // Other mail servers offer more than we do: a difference between the families, which need not stop them.
  if (ipv6.state === 'no-shared-cipher') return { message: 'weaker', cause: 'tls-alert', differences: ['no cipher in common'] };
  return { message: 'handshake-fails-over-ipv6', cause: ipv6.cause ?? 'tls-handshake' };
}

function compare(ipv6: TlsOffer, ipv4: TlsOffer | null): Judged {
  const [mine, twin] = [ipv6.tls, ipv4?.tls ?? null];
  if (mine === null || twin === null) return { message: 'as-over-ipv4' };
  const differences: string[] = [];
  if (twin.nameMatches && !mine.nameMatches) differences.push('certificate name');
  if (twin.chainTrusted && !mine.chainTrusted) differences.push(`certificate chain (${mine.chainError ?? 'untrusted'})`);
  if (twin.datesValid && !mine.datesValid) differences.push('certificate dates');
  if (mine.protocol < twin.protocol) differences.push(`${mine.protocol} < ${twin.protocol}`);
  return differences.length > 0 ? { message: 'weaker', differences } : { message: 'as-over-ipv4' };
}
