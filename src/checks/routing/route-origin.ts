import type { AddressRoute } from '../../facts/address-routes.ts';
import { defineCheck } from '../define-check.ts';

/** Route origin validation of the published addresses: is the IPv6 route as well protected as the IPv4 route? */
export const check = defineCheck({
  id: 'route-origin',
  area: 'routing',
  subject: 'host',
  level: 'informative',
  title: { vi: 'Nguồn gốc tuyến IPv6 (RPKI)', en: 'Origin of the IPv6 route (RPKI)' },
  why: {
    vi: 'Tuyến không hợp lệ theo RPKI bị nhiều nhà mạng loại bỏ: địa chỉ vẫn có trong DNS mà không đến được từ các mạng đó.',
    en: 'Many networks drop routes that RPKI says are invalid: the address is in the DNS but cannot be reached from there.',
  },
  references: [{ label: 'RFC 6811', url: 'https://www.rfc-editor.org/rfc/rfc6811' }],
  needs: ['hostRoutes'],
  needsData: ['vrps', 'origins'],
  messages: {
    valid: {
      status: 'pass',
      vi: 'Tuyến của mọi địa chỉ IPv6 của {host} hợp lệ theo RPKI: {routes}.',
      en: 'The routes to all IPv6 addresses of {host} are valid under RPKI: {routes}.',
    },
    invalid: {
      status: 'warn',
      vi: 'Tuyến đến địa chỉ IPv6 của {host} không hợp lệ theo RPKI: {found}.',
      en: 'Routes to IPv6 addresses of {host} are invalid under RPKI: {found}.',
      fix: {
        vi: 'Đơn vị quản lý địa chỉ sửa ROA (AS nguồn, độ dài tối đa) tại VNNIC/APNIC, hoặc nhà mạng sửa tuyến đang công bố.',
        en: 'The holder of the addresses corrects the ROA (origin AS, maximum length) at VNNIC/APNIC, or the network corrects its announcement.',
      },
    },
    'weaker-than-ipv4': {
      status: 'warn',
      vi: 'Tuyến IPv4 của {host} có ROA hợp lệ, tuyến IPv6 thì chưa: {found}.',
      en: 'The IPv4 routes of {host} have valid ROAs, the IPv6 routes have none: {found}.',
      fix: {
        vi: 'Đơn vị quản lý địa chỉ tạo ROA cho dải IPv6 như đã làm với IPv4.',
        en: 'The holder of the addresses creates ROAs for the IPv6 prefix, as it did for IPv4.',
      },
    },
    'not-found': {
      status: 'info',
      vi: 'Chưa có ROA cho tuyến IPv6 của {host}: {found}.',
      en: 'There is no ROA for the IPv6 routes of {host}: {found}.',
    },
    'not-announced': {
      status: 'info',
      vi: 'Dữ liệu định tuyến không có tuyến nào đến {found} của {host}.',
      en: 'The routing data know no route to {found} of {host}.',
    },
    'no-aaaa': { status: 'not-applicable', vi: '{host} không có địa chỉ IPv6 dùng được.', en: '{host} has no usable IPv6 address.' },
  },
  evaluate({ hostRoutes: { host, ipv6, ipv4 } }) {
    const inState = (state: AddressRoute['state']): string[] => ipv6.filter((route) => route.state === state).map(shown);
    if (ipv6.length === 0) return { message: 'no-aaaa', values: { host } };
    const invalid = inState('invalid');
    if (invalid.length > 0) return { message: 'invalid', values: { host, found: invalid } };
    const unknown = inState('not-announced');
    if (unknown.length > 0) return { message: 'not-announced', values: { host, found: unknown } };
    const without = inState('not-found');
    const ipv4Valid = ipv4 !== null && ipv4.length > 0 && ipv4.every(({ state }) => state === 'valid');
    if (without.length > 0) return { message: ipv4Valid ? 'weaker-than-ipv4' : 'not-found', values: { host, found: without } };
    return { message: 'valid', values: { host, routes: ipv6.map(shown) } };
  },
});

function shown({ address, prefix, asns }: AddressRoute): string {
  return prefix === '' ? address : `${address} (${prefix}, ${asns.map((asn) => `AS${asn}`).join(' ')})`;
}
