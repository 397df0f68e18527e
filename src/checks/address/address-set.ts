import type { AddressForm } from '../../facts/address-form.ts';
import { defineCheck } from '../define-check.ts';

/** More AAAA than this: a client may have to try them one by one. */
const manyAddresses = 8;
const unevenRatio = 4;

/** How many addresses a host publishes and how they are formed: nothing is broken by it, but it is seldom meant. */
export const check = defineCheck({
  id: 'address-set',
  area: 'address',
  subject: 'host',
  level: 'informative',
  title: { vi: 'Số lượng và dạng địa chỉ IPv6', en: 'Number and form of IPv6 addresses' },
  why: {
    vi: 'Quá nhiều địa chỉ, số lượng lệch hẳn so với IPv4, hoặc địa chỉ sinh từ MAC thường là dấu hiệu của cấu hình tự động chưa được rà soát.',
    en: 'Very many addresses, a number far from that of IPv4, or addresses made from a MAC often show automatic configuration that nobody reviewed.',
  },
  references: [
    { label: 'RFC 4291 §2.5.1, §2.6.1', url: 'https://www.rfc-editor.org/rfc/rfc4291' },
    { label: 'RFC 8305', url: 'https://www.rfc-editor.org/rfc/rfc8305' },
    { label: 'RFC 7721', url: 'https://www.rfc-editor.org/rfc/rfc7721' },
  ],
  needs: ['addressForm'],
  messages: {
    plain: {
      status: 'pass',
      vi: '{host} có {ipv6Count} địa chỉ IPv6 và {ipv4Count} địa chỉ IPv4, dạng bình thường: {addresses}.',
      en: '{host} has {ipv6Count} IPv6 and {ipv4Count} IPv4 addresses of ordinary form: {addresses}.',
    },
    'zero-interface': {
      status: 'warn',
      vi: 'Phần định danh giao diện của địa chỉ IPv6 của {host} toàn số 0: {found}. Đây là địa chỉ anycast của bộ định tuyến trong mạng con.',
      en: 'The interface identifier of IPv6 addresses of {host} is all zero: {found}. That is the anycast address of the routers of the subnet.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ gán cho {host} địa chỉ khác trong mạng con (ví dụ …::80), rồi đơn vị quản trị DNS đổi bản ghi AAAA.',
        en: 'The server operator gives {host} another address of the subnet (such as …::80), then the DNS operator changes the AAAA record.',
      },
    },
    'many-addresses': {
      status: 'warn',
      vi: '{host} công bố {ipv6Count} địa chỉ IPv6. Trình duyệt thử lần lượt, nên địa chỉ hỏng nằm lẫn trong đó sẽ làm chậm.',
      en: '{host} publishes {ipv6Count} IPv6 addresses. Clients try them in turn, so dead ones among them cost time.',
      fix: {
        vi: 'Đơn vị quản trị DNS chỉ giữ lại các địa chỉ IPv6 thực sự phục vụ {host}, tối đa 8.',
        en: 'The DNS operator keeps only the IPv6 addresses that really serve {host}, at most 8.',
      },
    },
    'uneven-counts': {
      status: 'warn',
      vi: 'Số địa chỉ hai họ của {host} lệch hơn 4 lần: {ipv6Count} IPv6, {ipv4Count} IPv4.',
      en: 'The families of {host} differ in number by more than 4 times: {ipv6Count} IPv6, {ipv4Count} IPv4.',
      fix: {
        vi: 'Đơn vị quản trị DNS và máy chủ kiểm tra xem mọi máy phục vụ {host} có được công bố ở cả hai họ địa chỉ hay không.',
        en: 'The DNS and server operators check whether all machines that serve {host} are published in both families.',
      },
    },
    'hardware-address': {
      status: 'info',
      vi: 'Địa chỉ IPv6 của {host} sinh từ địa chỉ phần cứng (EUI-64): {found}. Địa chỉ sẽ đổi khi thay card mạng.',
      en: 'IPv6 addresses of {host} are made from a hardware address (EUI-64): {found}. They change with the network card.',
    },
    'no-aaaa': { status: 'not-applicable', vi: '{host} không có địa chỉ IPv6 dùng được.', en: '{host} has no usable IPv6 address.' },
    'not-compared': {
      status: 'inconclusive',
      vi: 'Chưa tra được bản ghi A của {host} để so số lượng với {ipv6Count} địa chỉ IPv6.',
      en: 'The A records of {host} could not be looked up, to compare their number with {ipv6Count} IPv6 addresses.',
      fix: { vi: 'Người đo chạy lại.', en: 'Measure again.' },
    },
  },
  evaluate({ addressForm }) {
    const { host, ipv6, ipv4, hardware, zeroInterface, cause } = addressForm;
    const values = { host, ipv6Count: ipv6.length, ipv4Count: ipv4?.length ?? 0, addresses: ipv6 };
    if (ipv6.length === 0) return { message: 'no-aaaa', values: { host } };
    if (zeroInterface.length > 0) return { message: 'zero-interface', values: { ...values, found: zeroInterface } };
    if (ipv6.length > manyAddresses) return { message: 'many-addresses', values };
    if (isUneven(addressForm)) return { message: 'uneven-counts', values };
    if (hardware.length > 0) return { message: 'hardware-address', values: { ...values, found: hardware } };
    return ipv4 === null ? { message: 'not-compared', values, cause: cause ?? 'dns-timeout' } : { message: 'plain', values };
  },
});

/** A host without IPv4 is no matter of proportion. */
function isUneven({ ipv6, ipv4 }: AddressForm): boolean {
  if (ipv4 === null || ipv4.length === 0) return false;
  return ipv6.length > unevenRatio * ipv4.length || ipv4.length > unevenRatio * ipv6.length;
}
