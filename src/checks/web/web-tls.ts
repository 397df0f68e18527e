import type { AddressTls, CertificateFault, WebCertificates } from '../../facts/web-certificates.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'valid'
  | 'valid-where-measured'
  | 'same-fault-both-families'
  | 'older-protocol'
  | 'shorter-chain'
  | 'some-handshakes-fail'
  | 'unstable'
  | 'wrong-name'
  | 'untrusted'
  | 'expired'
  | 'handshake-fails'
  | 'no-https'
  | 'no-connection'
  | 'no-ipv6-address'
  | 'no-address'
  | 'path-mtu-suspected'
  | 'fault-without-control'
  | 'undecided';

const renew = {
  vi: 'Đơn vị quản trị máy chủ web cài cùng một chứng thư và chuỗi cho cả hai họ địa chỉ (nginx: một khối `server` với `listen 443 ssl;` và `listen [::]:443 ssl;`).',
  en: 'The web operator serves the same certificate and chain in both families (nginx: one `server` block with `listen 443 ssl;` and `listen [::]:443 ssl;`).',
};

/** TLS with SNI at every AAAA: chain, name, dates, against the same over IPv4. */
export const check = defineCheck({
  id: 'web-tls',
  area: 'web',
  subject: 'host',
  level: 'required',
  title: { vi: 'TLS của trang web qua IPv6', en: 'TLS of the web site over IPv6' },
  why: {
    vi: 'Máy chủ IPv6 thường được cấu hình riêng và dễ bị quên chứng thư; khi đó trình duyệt chặn người dùng IPv6.',
    en: 'The IPv6 side is often set up apart and its certificate forgotten; browsers then stop users of IPv6.',
  },
  references: [
    { label: 'RFC 9110', url: 'https://www.rfc-editor.org/rfc/rfc9110' },
    { label: 'RFC 9325', url: 'https://www.rfc-editor.org/rfc/rfc9325' },
  ],
  needs: ['webCertificates'],
  messages: {
    valid: {
      status: 'pass',
      vi: 'Chứng thư của {host} hợp lệ qua IPv6 tại {addresses} ({protocol}).',
      en: 'The certificate of {host} is valid over IPv6 at {addresses} ({protocol}).',
    },
    'valid-where-measured': {
      status: 'pass',
      vi: 'Chứng thư của {host} hợp lệ qua IPv6 tại {addresses}. Chưa đo được {unmeasured}.',
      en: 'The certificate of {host} is valid over IPv6 at {addresses}. Not measured: {unmeasured}.',
    },
    'same-fault-both-families': {
      status: 'info',
      vi: 'Chứng thư của {host} có cùng lỗi ở IPv6 và IPv4: {fault} ({detail}). Không phải lỗi của IPv6.',
      en: 'The certificate of {host} has the same fault over IPv6 and IPv4: {fault} ({detail}). IPv6 is not to blame.',
    },
    'older-protocol': {
      status: 'warn',
      vi: '{host} dùng {protocol} qua IPv6 tại {addresses}, thấp hơn {protocolIpv4} của IPv4.',
      en: '{host} speaks {protocol} over IPv6 at {addresses}, older than {protocolIpv4} over IPv4.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web dùng cùng cấu hình TLS cho IPv6 (nginx: `ssl_protocols TLSv1.2 TLSv1.3;`).',
        en: 'The web operator uses the same TLS settings for IPv6 (nginx: `ssl_protocols TLSv1.2 TLSv1.3;`).',
      },
    },
    'shorter-chain': {
      status: 'warn',
      vi: '{host} gửi chuỗi chứng thư ngắn hơn qua IPv6 ({chainLength}) so với IPv4 ({chainLengthIpv4}) tại {addresses}.',
      en: '{host} sends a shorter certificate chain over IPv6 ({chainLength}) than over IPv4 ({chainLengthIpv4}) at {addresses}.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cài tệp chuỗi đầy đủ (fullchain) cho dịch vụ trên IPv6.',
        en: 'The web operator installs the full chain file (fullchain) for the service on IPv6.',
      },
    },
    'some-handshakes-fail': {
      status: 'warn',
      vi: 'Bắt tay TLS với {host} qua IPv6 hỏng tại {failing} ({cause}), nhưng tốt tại {addresses}.',
      en: 'The TLS handshake with {host} over IPv6 fails at {failing} ({cause}) but works at {addresses}.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cấu hình TLS ở {failing} như các địa chỉ khác, hoặc gỡ bản ghi AAAA đó.',
        en: 'The web operator sets up TLS at {failing} as at the other addresses, or has that AAAA record removed.',
      },
    },
    unstable: {
      status: 'warn',
      vi: 'Bắt tay TLS với {host} qua IPv6 tại {failing} lúc được lúc không.',
      en: 'The TLS handshake with {host} over IPv6 at {failing} works only now and then.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web xem tải và giới hạn kết nối của máy chủ hoặc thiết bị cân bằng tải ở {failing}.',
        en: 'The web operator looks at load and connection limits of the server or load balancer at {failing}.',
      },
    },
    'wrong-name': {
      status: 'fail',
      vi: 'Tại {failing}, {host} đưa ra chứng thư của tên khác qua IPv6: {detail}. Qua IPv4 chứng thư hợp lệ.',
      en: 'At {failing} {host} shows a certificate for other names over IPv6: {detail}. Over IPv4 it is valid.',
      fix: {
        vi: 'Kết nối IPv6 đang rơi vào trang mặc định. Đơn vị quản trị máy chủ web thêm `listen [::]:443 ssl;` vào đúng khối `server` của {host} và cài chứng thư của {host} ở đó.',
        en: 'IPv6 connections reach a default site. The web operator adds `listen [::]:443 ssl;` to the `server` block of {host} and installs its certificate there.',
      },
    },
    untrusted: {
      status: 'fail',
      vi: 'Tại {failing}, chuỗi chứng thư của {host} qua IPv6 không được tin cậy ({detail}). Qua IPv4 chứng thư hợp lệ.',
      en: 'At {failing} the certificate chain of {host} is not trusted over IPv6 ({detail}). Over IPv4 it is valid.',
      fix: renew,
    },
    expired: {
      status: 'fail',
      vi: 'Tại {failing}, chứng thư của {host} qua IPv6 hết hạn hoặc chưa có hiệu lực ({detail}). Qua IPv4 chứng thư hợp lệ.',
      en: 'At {failing} the certificate of {host} over IPv6 is outside its dates ({detail}). Over IPv4 it is valid.',
      fix: renew,
    },
    'handshake-fails': {
      status: 'fail',
      vi: 'Bắt tay TLS với {host} qua IPv6 hỏng tại {failing} ({cause}, bước {step}), trong khi IPv4 hoàn tất.',
      en: 'The TLS handshake with {host} over IPv6 fails at {failing} ({cause}, step {step}), while IPv4 completes it.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web bật TLS ở cổng 443 trên IPv6: nginx cần chữ `ssl` trong `listen [::]:443 ssl;`; kiểm tra bằng `openssl s_client -6 -connect {host}:443`.',
        en: 'The web operator enables TLS on port 443 over IPv6: nginx needs the word `ssl` in `listen [::]:443 ssl;`; check with `openssl s_client -6 -connect {host}:443`.',
      },
    },
    'no-https': {
      status: 'not-applicable',
      vi: '{host} không có HTTPS ở cả hai họ địa chỉ.',
      en: '{host} offers HTTPS in neither family.',
    },
    'no-connection': {
      status: 'not-applicable',
      vi: 'Không có kết nối IPv6 nào đến cổng 443 của {host} để xem TLS; web-connect đánh giá lỗi đó.',
      en: 'There is no IPv6 connection to port 443 of {host} on which to look at TLS; web-connect judges that fault.',
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: '{host} không có địa chỉ IPv6 dùng được.',
      en: '{host} has no usable IPv6 address.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có địa chỉ nào.', en: '{host} has no address at all.' },
    'path-mtu-suspected': {
      status: 'inconclusive',
      vi: 'Kết nối IPv6 đến {host} được thiết lập rồi im lặng ở bước “{step}”: nghi lỗi path MTU, nên chưa xét được TLS.',
      en: 'IPv6 connections to {host} open and then fall silent at the step “{step}”: a path MTU fault is suspected, so TLS cannot be judged.',
      fix: {
        vi: 'Đơn vị quản trị mạng cho phép ICMPv6 loại 2 (Packet Too Big) đi qua mọi tường lửa; xem web-transfer.',
        en: 'The network operator lets ICMPv6 type 2 (Packet Too Big) through every firewall; see web-transfer.',
      },
    },
    'fault-without-control': {
      status: 'inconclusive',
      vi: 'Chứng thư của {host} qua IPv6 tại {failing} có lỗi {fault} ({detail}), nhưng chưa đo được IPv4 để so ({cause}).',
      en: 'The certificate of {host} over IPv6 at {failing} has the fault {fault} ({detail}), but IPv4 could not be measured to compare ({cause}).',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web kiểm tra chứng thư; người đo chạy lại từ nơi có IPv4.',
        en: 'The web operator checks the certificate; measure again from a place that has IPv4.',
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa xét được TLS của {host} qua IPv6: {cause}.',
      en: 'TLS of {host} over IPv6 could not be judged: {cause}.',
      fix: {
        vi: 'Người đo chạy lại khi IPv6 của nơi đo đã được chứng minh (`ipv6gov doctor`); xem từng lần thử trong bằng chứng.',
        en: 'Measure again with proven IPv6 (`ipv6gov doctor`); look at the single tries in the evidence.',
      },
    },
  },
  evaluate({ webCertificates }): Outcome<MessageId> {
    const { host, presence, connection, connectionCause, stalled, stalledAt, ipv6 } = webCertificates;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (presence === 'aaaa-missing') return { message: 'no-ipv6-address', values: { host } };
    if (stalled) return { message: 'path-mtu-suspected', values: { host, step: stalledAt ?? '' }, cause: 'path-mtu-suspected' };
    if (connection === 'not-offered') return { message: 'no-https', values: { host } };
    if (connection === 'fails') return { message: 'no-connection', values: { host } };
    if (connection === 'unknown')
      return { message: 'undecided', values: { host, cause: connectionCause ?? 'unknown' }, cause: connectionCause ?? 'unknown' };
    const faulty = ipv6.filter(({ state }) => state === 'faulty');
    const [first] = faulty;
    return first === undefined ? judgeHandshakes(webCertificates) : judgeFault(webCertificates, faulty, first);
  },
});

function judgeFault({ host, ipv4, ipv4Published }: WebCertificates, faulty: AddressTls[], first: AddressTls): Outcome<MessageId> {
  const fault: CertificateFault = first.fault ?? 'untrusted';
  const values = { host, failing: faulty.map(({ address }) => address), fault, detail: first.detail };
  if (ipv4.some(({ state }) => state === 'valid') || !ipv4Published) return { message: fault, values, cause: causeOfFault[fault] };
  if (ipv4.some(({ state }) => state === 'faulty')) return { message: 'same-fault-both-families', values };
  const cause = ipv4.some(({ state }) => state === 'fails') ? 'both-families-down' : 'vantage-no-ipv4';
  return { message: 'fault-without-control', values: { ...values, cause }, cause };
}

const causeOfFault = { 'wrong-name': 'tls-name-mismatch', untrusted: 'tls-untrusted', expired: 'tls-expired' } as const;

function judgeHandshakes(certificates: WebCertificates): Outcome<MessageId> {
  const { host, ipv6 } = certificates;
  const valid = ipv6.filter(({ state }) => state === 'valid' || state === 'unstable');
  const failing = ipv6.filter(({ state }) => state === 'fails');
  const open = ipv6.filter(({ state }) => state === 'unknown');
  const values = { host, addresses: list(valid), failing: list(failing), unmeasured: list(open) };
  const [dead] = failing;
  if (dead !== undefined && open.length === 0) {
    const seen = { ...values, cause: dead.cause ?? 'unknown', step: dead.step ?? '' };
    // Silence after the connect is the sign of a path MTU fault, not of TLS; web-transfer counts the tries.
    if (dead.cause === 'timeout') return { message: 'path-mtu-suspected', values: seen, cause: 'path-mtu-suspected' };
    return { message: valid.length > 0 ? 'some-handshakes-fail' : 'handshake-fails', values: seen, cause: dead.cause ?? 'unknown' };
  }
  if (valid.length === 0) {
    const cause = open[0]?.cause ?? 'not-attempted';
    return { message: 'undecided', values: { ...values, cause }, cause };
  }
  const unstable = list(valid.filter(({ state }) => state === 'unstable'));
  if (unstable.length > 0) return { message: 'unstable', values: { ...values, failing: unstable }, cause: 'unstable' };
  return compareStrength(certificates, valid, values);
}

function compareStrength(
  { ipv4 }: WebCertificates,
  valid: AddressTls[],
  values: { host: string; addresses: string[]; failing: string[]; unmeasured: string[] },
): Outcome<MessageId> {
  const control = ipv4.filter(({ state }) => state === 'valid');
  const protocol = valid.map((entry) => entry.protocol).sort()[0] ?? '';
  const protocolIpv4 = control.map((entry) => entry.protocol).sort()[0] ?? '';
  // 'TLSv1' < 'TLSv1.1' < 'TLSv1.2' < 'TLSv1.3' as text, too.
  if (protocol < protocolIpv4) return { message: 'older-protocol', values: { ...values, protocol, protocolIpv4 } };
  for (const entry of valid) {
    const twins = control.filter(({ keyFingerprint }) => keyFingerprint === entry.keyFingerprint);
    const chainLengthIpv4 = Math.min(...twins.map(({ chainLength }) => chainLength));
    if (twins.length > 0 && entry.chainLength < chainLengthIpv4) {
      return {
        message: 'shorter-chain',
        values: { ...values, addresses: [entry.address], chainLength: entry.chainLength, chainLengthIpv4 },
      };
    }
  }
  return { message: values.unmeasured.length > 0 ? 'valid-where-measured' : 'valid', values: { ...values, protocol } };
}

function list(entries: AddressTls[]): string[] {
  return entries.map(({ address }) => address);
}
