import type { OtherLeaf, WebCertificateParity } from '../../facts/web-certificate-parity.ts';
import type { ShownLeaf } from '../../facts/web-leaves.ts';
import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId =
  | 'same'
  | 'other-certificate'
  | 'invalid-over-ipv6'
  | 'other-organisation'
  | 'other-invalid-both'
  | 'no-https'
  | 'no-connection'
  | 'ipv4-not-published'
  | 'no-ipv6-address'
  | 'no-address'
  | 'path-mtu-suspected'
  | 'undecided';

const oneCertificate = {
  vi: 'Đơn vị quản trị máy chủ web cài cùng một chứng thư cho cả hai họ địa chỉ (nginx: một khối `server` với `listen 443 ssl;` và `listen [::]:443 ssl;`).',
  en: 'The web operator serves one certificate in both families (nginx: one `server` block with `listen 443 ssl;` and `listen [::]:443 ssl;`).',
};

/** Key, names and issuer of the leaf certificate, over IPv6 against IPv4. */
export const check = defineCheck({
  id: 'web-certificate-parity',
  area: 'web',
  subject: 'host',
  level: 'recommended',
  title: { vi: 'Cùng một chứng thư qua IPv6 và IPv4', en: 'Same certificate over IPv6 and IPv4' },
  why: {
    vi: 'Chứng thư khác nhau giữa hai họ địa chỉ thường nghĩa là hai máy chủ được quản trị riêng, và một bên dễ bị quên gia hạn.',
    en: 'Different certificates by family often mean two servers run apart, one of which is easily forgotten at a renewal.',
  },
  references: [
    { label: 'RFC 9110', url: 'https://www.rfc-editor.org/rfc/rfc9110' },
    { label: 'RFC 9325', url: 'https://www.rfc-editor.org/rfc/rfc9325' },
  ],
  needs: ['webCertificateParity'],
  messages: {
    same: {
      status: 'pass',
      vi: '{host} đưa ra cùng một chứng thư qua IPv6 và IPv4 (cấp bởi {issuer}).',
      en: '{host} shows the same certificate over IPv6 and IPv4 (issued by {issuer}).',
    },
    'other-certificate': {
      status: 'warn',
      vi: '{host} đưa ra chứng thư khác, cũng hợp lệ, qua IPv6 tại {failing}: {leaf}. Qua IPv4: {leafIpv4}. Khác nhau ở: {differences}.',
      en: '{host} shows another valid certificate over IPv6 at {failing}: {leaf}. Over IPv4: {leafIpv4}. Different: {differences}.',
      fix: oneCertificate,
    },
    'invalid-over-ipv6': {
      status: 'fail',
      vi: '{host} đưa ra chứng thư khác và không hợp lệ qua IPv6 tại {failing}: {leaf}. Qua IPv4 hợp lệ: {leafIpv4}.',
      en: '{host} shows another certificate over IPv6 at {failing}, and it is not valid: {leaf}. Over IPv4 it is valid: {leafIpv4}.',
      fix: oneCertificate,
    },
    'other-organisation': {
      status: 'fail',
      vi: 'Chứng thư của {host} qua IPv6 tại {failing} ghi tổ chức “{organisation}”, qua IPv4 ghi “{organisationIpv4}”.',
      en: 'The certificate of {host} over IPv6 at {failing} names the organisation “{organisation}”, over IPv4 “{organisationIpv4}”.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web xác nhận bản ghi AAAA trỏ đến đúng máy chủ của cơ quan và cài chứng thư của cơ quan ở đó.',
        en: "The web operator confirms that the AAAA record names the agency's own server, and installs the agency's certificate there.",
      },
    },
    'other-invalid-both': {
      status: 'warn',
      vi: '{host} đưa ra chứng thư khác nhau qua IPv6 ({leaf}) và IPv4 ({leafIpv4}), và cả hai đều không hợp lệ.',
      en: '{host} shows different certificates over IPv6 ({leaf}) and IPv4 ({leafIpv4}), and neither is valid.',
      fix: oneCertificate,
    },
    'no-https': {
      status: 'not-applicable',
      vi: '{host} không có HTTPS ở cả hai họ địa chỉ.',
      en: '{host} offers HTTPS in neither family.',
    },
    'no-connection': {
      status: 'not-applicable',
      vi: 'Không có kết nối TLS nào qua IPv6 đến {host}; web-connect và web-tls đánh giá lỗi đó.',
      en: 'There is no TLS connection over IPv6 to {host}; web-connect and web-tls judge that fault.',
    },
    'ipv4-not-published': {
      status: 'not-applicable',
      vi: '{host} chỉ có IPv6, không có IPv4 để so chứng thư.',
      en: '{host} has IPv6 only; there is no IPv4 certificate to compare.',
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: '{host} không có địa chỉ IPv6 dùng được.',
      en: '{host} has no usable IPv6 address.',
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có địa chỉ nào.', en: '{host} has no address at all.' },
    'path-mtu-suspected': {
      status: 'inconclusive',
      vi: 'Truyền dữ liệu với {host} qua IPv6 im lặng giữa chừng: nghi lỗi path MTU, nên chưa so được chứng thư.',
      en: 'Exchanges with {host} over IPv6 fall silent half-way: a path MTU fault is suspected, so certificates could not be compared.',
      fix: {
        vi: 'Đơn vị quản trị mạng cho phép ICMPv6 loại 2 (Packet Too Big) đi qua mọi tường lửa; xem web-transfer.',
        en: 'The network operator lets ICMPv6 type 2 (Packet Too Big) through every firewall; see web-transfer.',
      },
    },
    undecided: {
      status: 'inconclusive',
      vi: 'Chưa có chứng thư của {host} ở cả hai họ địa chỉ để so: {cause}.',
      en: 'There are no certificates of {host} in both families to compare: {cause}.',
      fix: {
        vi: 'Người đo chạy lại từ nơi có cả IPv4 và IPv6 (`ipv6gov doctor`).',
        en: 'Measure again from a place that has both IPv4 and IPv6 (`ipv6gov doctor`).',
      },
    },
  },
  evaluate({ webCertificateParity: parity }): Outcome<MessageId> {
    const { host, presence, ipv4Published, connection, ipv6, ipv4, others } = parity;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    if (presence === 'aaaa-missing') return { message: 'no-ipv6-address', values: { host } };
    if (connection === 'not-offered') return { message: 'no-https', values: { host } };
    if (connection === 'fails') return { message: 'no-connection', values: { host } };
    if (!ipv4Published) return { message: 'ipv4-not-published', values: { host } };
    if (ipv6.length === 0 || ipv4.length === 0) return withoutPair(parity);
    const worst = others.toSorted((a, b) => gravity(b) - gravity(a))[0];
    if (worst === undefined) return { message: 'same', values: { host, issuer: ipv6[0]?.issuer ?? '' } };
    return { message: messages[gravity(worst)] ?? 'other-certificate', values: valuesOf(host, worst, others) };
  },
});

const messages: readonly MessageId[] = ['other-certificate', 'other-invalid-both', 'other-organisation', 'invalid-over-ipv6'];

/** Index of the message. */
function gravity({ ipv6, ipv4 }: OtherLeaf): number {
  if (!ipv6.valid) return ipv4.valid ? 3 : 1;
  const [own, twin] = [ipv6.organisation, ipv4.organisation];
  return own !== null && twin !== null && own.toLowerCase() !== twin.toLowerCase() ? 2 : 0;
}

function valuesOf(host: string, worst: OtherLeaf, others: readonly OtherLeaf[]) {
  return {
    host,
    failing: others.filter((other) => gravity(other) === gravity(worst)).map(({ ipv6 }) => ipv6.address),
    leaf: shown(worst.ipv6),
    leafIpv4: shown(worst.ipv4),
    differences: worst.differences,
    organisation: worst.ipv6.organisation ?? '',
    organisationIpv4: worst.ipv4.organisation ?? '',
  };
}

function shown({ names, issuer, certificate }: ShownLeaf): string {
  return `${names.slice(0, 3).join(', ') || certificate.subject}; ${issuer}; ${certificate.validTo.slice(0, 10)}`;
}

/** No answer carried a certificate over one of the families: `web-tls` judges why. */
function withoutPair({ host, stalled, noTls, cause, ipv6 }: WebCertificateParity): Outcome<MessageId> {
  if (stalled) return { message: 'path-mtu-suspected', values: { host }, cause: 'path-mtu-suspected' };
  if (ipv6.length === 0 && noTls) return { message: 'no-connection', values: { host } };
  const why = cause ?? 'unknown';
  return { message: 'undecided', values: { host, cause: why }, cause: why };
}
