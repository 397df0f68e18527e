import { defineCheck } from '../define-check.ts';

/** Do the IPv6 addresses of the name servers lie in more than one site, so that one broken link does not take the zone away? */
export const check = defineCheck({
  id: 'ns-diversity-ipv6',
  area: 'dns',
  subject: 'zone',
  level: 'informative',
  title: { vi: 'Máy chủ tên miền IPv6 ở nhiều mạng', en: 'IPv6 name servers in several networks' },
  why: {
    vi: 'Khi mọi địa chỉ IPv6 của máy chủ tên miền nằm trong một mạng /48, một sự cố đường truyền hoặc điện tại đó làm mất cả tên miền.',
    en: 'Where all IPv6 addresses of the name servers lie in one /48, one outage of line or power there takes the whole zone away.',
  },
  references: [{ label: 'RFC 2182 §3.1', url: 'https://www.rfc-editor.org/rfc/rfc2182' }],
  needs: ['nameServerDiversity'],
  messages: {
    'several-sites': {
      status: 'pass',
      vi: 'Địa chỉ IPv6 của máy chủ tên miền của {zone} nằm trong {count} mạng /48: {sites}. Tuyến công bố: {announced}. AS: {asns}.',
      en: 'The IPv6 addresses of the name servers of {zone} lie in {count} different /48: {sites}. Announced prefixes: {announced}. AS: {asns}.',
    },
    'one-site': {
      status: 'warn',
      vi: 'Mọi địa chỉ IPv6 của máy chủ tên miền của {zone} ({addresses}) nằm trong một mạng: {sites}. Tuyến công bố: {announced}. AS: {asns}.',
      en: 'All IPv6 addresses of the name servers of {zone} ({addresses}) lie in one network: {sites}. Announced prefixes: {announced}. AS: {asns}.',
      fix: {
        vi: 'Đơn vị quản trị DNS đặt ít nhất một máy chủ tên miền có IPv6 ở mạng khác, tốt nhất ở nhà cung cấp khác.',
        en: 'The DNS operator places at least one name server with IPv6 in another network, best at another provider.',
      },
    },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: 'Không máy chủ tên miền nào của {zone} có địa chỉ IPv6 dùng được.',
      en: 'No name server of {zone} has a usable IPv6 address.',
    },
    'lookup-failed': {
      status: 'inconclusive',
      vi: 'Chưa biết hết địa chỉ IPv6 của máy chủ tên miền của {zone}; chưa tra được: {unknown}. Đã thấy: {sites}.',
      en: 'Not all IPv6 addresses of the name servers of {zone} are known; not looked up: {unknown}. Seen: {sites}.',
      fix: { vi: 'Người đo chạy lại.', en: 'Measure again.' },
    },
  },
  evaluate({ nameServerDiversity }) {
    const { zone, addresses, sites, announced, asns, unknown, cause } = nameServerDiversity;
    const values = { zone, count: sites.length, sites, addresses, announced: announced ?? [], asns: asns ?? [], unknown };
    if (sites.length >= 2) return { message: 'several-sites', values };
    if (unknown.length > 0) return { message: 'lookup-failed', values, cause: cause ?? 'dns-timeout' };
    return { message: sites.length === 1 ? 'one-site' : 'no-ipv6-address', values };
  },
});
