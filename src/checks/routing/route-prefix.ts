import type { AddressRoute } from '../../facts/address-routes.ts';
import { defineCheck } from '../define-check.ts';

/** Longer announcements than this most networks filter. */
const longestPrefix = 48;

/** Is the IPv6 address inside an announced prefix that other networks accept? */
export const check = defineCheck({
  id: 'route-prefix',
  area: 'routing',
  subject: 'host',
  level: 'informative',
  title: { vi: 'Tuyến công bố của địa chỉ IPv6', en: 'Announced prefix of the IPv6 address' },
  why: {
    vi: 'Địa chỉ không nằm trong tuyến nào được công bố thì không ai đến được; tuyến dài hơn /48 thường bị lọc.',
    en: 'Nobody reaches an address outside every announced prefix; prefixes longer than /48 are commonly filtered.',
  },
  references: [
    { label: 'RFC 7454 §6.1.3', url: 'https://www.rfc-editor.org/rfc/rfc7454' },
    { label: 'RFC 6177', url: 'https://www.rfc-editor.org/rfc/rfc6177' },
  ],
  needs: ['hostRoutes'],
  needsData: ['origins'],
  messages: {
    covered: {
      status: 'pass',
      vi: 'Mọi địa chỉ IPv6 của {host} nằm trong tuyến được công bố: {routes}.',
      en: 'All IPv6 addresses of {host} lie in announced prefixes: {routes}.',
    },
    'length-unknown': {
      status: 'info',
      vi: 'Mọi địa chỉ IPv6 của {host} nằm trong dải được công bố ({routes}), nhưng dữ liệu chỉ có dải nên chưa biết độ dài của tuyến.',
      en: 'All IPv6 addresses of {host} lie in announced space ({routes}), but the data hold ranges, so the length of the prefix is not known.',
    },
    'too-long': {
      status: 'warn',
      vi: 'Địa chỉ IPv6 của {host} chỉ nằm trong tuyến dài hơn /48, nhiều nhà mạng lọc bỏ: {found}.',
      en: 'IPv6 addresses of {host} lie only in prefixes longer than /48, which many networks filter: {found}.',
      fix: {
        vi: 'Nhà mạng công bố tuyến /48 hoặc ngắn hơn bao trùm địa chỉ này.',
        en: 'The network announces a covering prefix of /48 or shorter.',
      },
    },
    'not-covered': {
      status: 'warn',
      vi: 'Theo dữ liệu định tuyến, địa chỉ IPv6 của {host} không nằm trong tuyến nào được công bố: {found}.',
      en: 'By the routing data, IPv6 addresses of {host} lie in no announced prefix: {found}.',
      fix: {
        vi: 'Nhà mạng công bố tuyến IPv6 chứa địa chỉ này; nếu vừa công bố, cập nhật tệp dữ liệu --asn-db rồi xét lại.',
        en: 'The network announces the IPv6 prefix of this address; if it just did, refresh the --asn-db file and judge again.',
      },
    },
    'no-aaaa': { status: 'not-applicable', vi: '{host} không có địa chỉ IPv6 dùng được.', en: '{host} has no usable IPv6 address.' },
  },
  evaluate({ hostRoutes: { host, ipv6 } }) {
    if (ipv6.length === 0) return { message: 'no-aaaa', values: { host } };
    const uncovered = ipv6.filter(({ prefix }) => prefix === '');
    if (uncovered.length > 0) return { message: 'not-covered', values: { host, found: uncovered.map(({ address }) => address) } };
    const long = ipv6.filter(({ exact, shortest }) => exact && shortest > longestPrefix);
    if (long.length > 0) return { message: 'too-long', values: { host, found: long.map(shown) } };
    const values = { host, routes: ipv6.map(shown) };
    return { message: ipv6.every(({ exact }) => exact) ? 'covered' : 'length-unknown', values };
  },
});

function shown({ address, prefix }: AddressRoute): string {
  return `${address} (${prefix})`;
}
