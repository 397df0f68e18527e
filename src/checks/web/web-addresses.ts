import { webProvider } from '../../facts/providers.ts';
import { defineCheck } from '../define-check.ts';

/** Does the host publish a usable AAAA, on all its authoritative servers? */
export const check = defineCheck({
  id: 'web-addresses',
  area: 'web',
  subject: 'host',
  level: 'required',
  title: { vi: 'Địa chỉ IPv6 của trang web', en: 'IPv6 address of the web host' },
  why: {
    vi: 'Người dùng IPv6 chỉ tìm thấy trang web qua bản ghi AAAA. Không có bản ghi này thì mọi phần khác của IPv6 đều vô ích.',
    en: 'Users of IPv6 find a web site only through its AAAA record. Without one nothing else about IPv6 matters.',
  },
  references: [
    { label: 'RFC 3596', url: 'https://www.rfc-editor.org/rfc/rfc3596' },
    { label: 'RFC 6540', url: 'https://www.rfc-editor.org/rfc/rfc6540' },
  ],
  needs: ['webAddresses'],
  messages: {
    'aaaa-published': {
      status: 'pass',
      vi: '{host} có địa chỉ IPv6: {addresses}.',
      en: '{host} has IPv6 addresses: {addresses}.',
    },
    'aaaa-on-some-servers': {
      status: 'warn',
      vi: 'Chỉ một số máy chủ tên miền của vùng {zone} trả về bản ghi AAAA của {host} ({addresses}); các máy chủ khác nói là không có.',
      en: 'Only some name servers of {zone} give the AAAA records of {host} ({addresses}); others say that there are none.',
      fix: {
        vi: 'Đơn vị quản trị DNS của vùng {zone} đồng bộ lại dữ liệu giữa các máy chủ (số serial trong SOA, AXFR/IXFR), để mọi máy chủ trả về cùng bản ghi AAAA.',
        en: 'The DNS operator of {zone} brings the servers into line (SOA serial, AXFR/IXFR), so that all of them give the same AAAA records.',
      },
    },
    'aaaa-missing': {
      status: 'fail',
      vi: '{host} chỉ có địa chỉ IPv4 ({ipv4}), không có bản ghi AAAA.',
      en: '{host} has IPv4 addresses only ({ipv4}) and no AAAA record.',
      fix: {
        vi: 'Đơn vị quản trị máy chủ web cấp địa chỉ IPv6 và cho dịch vụ lắng nghe trên IPv6 (nginx: `listen [::]:443 ssl;`); sau khi thử, đơn vị quản trị DNS thêm bản ghi AAAA cho {host}.',
        en: 'The web operator gives the server an IPv6 address and lets it listen there (nginx: `listen [::]:443 ssl;`); once tested, the DNS operator adds an AAAA record for {host}.',
      },
    },
    'aaaa-unusable': {
      status: 'fail',
      vi: 'Bản ghi AAAA của {host} không dùng được trên Internet: {unusable}.',
      en: 'The AAAA records of {host} cannot be used on the Internet: {unusable}.',
      fix: {
        vi: 'Đơn vị quản trị DNS thay {unusable} bằng địa chỉ IPv6 toàn cầu của máy chủ (trong 2000::/3, do nhà cung cấp hoặc VNNIC cấp), hoặc xóa bản ghi cho đến khi có.',
        en: 'The DNS operator replaces {unusable} by a global IPv6 address of the server (inside 2000::/3, assigned by the provider or VNNIC), or removes the record until there is one.',
      },
    },
    'served-by-www': {
      status: 'not-applicable',
      vi: '{host} không có bản ghi A lẫn AAAA; trang web nằm ở {sibling}.',
      en: '{host} has neither A nor AAAA records; the web site is at {sibling}.',
    },
    'no-www': {
      status: 'not-applicable',
      vi: '{host} không có bản ghi A lẫn AAAA: tên này không được dùng cho trang web.',
      en: '{host} has neither A nor AAAA records: the name is not used for a web site.',
    },
    'no-address': {
      status: 'not-applicable',
      vi: '{host} tồn tại nhưng không có địa chỉ nào dùng được cho web, cả IPv4 lẫn IPv6.',
      en: '{host} exists but has no address that a web site could use, neither IPv4 nor IPv6.',
    },
    'domain-not-found': {
      status: 'inconclusive',
      vi: 'Tên miền {host} không tồn tại (NXDOMAIN). Có thể danh sách ghi sai?',
      en: 'The name {host} does not exist (NXDOMAIN). Is the list wrong?',
      fix: {
        vi: 'Người lập danh sách kiểm tra lại tên miền của cơ quan; nếu tên đúng, đơn vị quản trị DNS khôi phục bản ghi.',
        en: "The keeper of the list checks the agency's name; if it is right, the DNS operator restores its records.",
      },
    },
    'service-gone': {
      status: 'inconclusive',
      vi: 'Tên {host} của dịch vụ trong danh sách không còn địa chỉ nào: dịch vụ có thể đã dừng hoặc chuyển đi.',
      en: 'The listed service host {host} has no address any more: the service may have ended or moved.',
      fix: {
        vi: 'Người lập danh sách kiểm tra địa chỉ hiện nay của dịch vụ và ghi là `retired` nếu đã dừng.',
        en: 'The keeper of the list looks up where the service is now, and marks it `retired` if it has ended.',
      },
    },
  },
  evaluate({ webAddresses }, subject) {
    const { host, presence, ipv6, ipv4, isWww, sibling, siblingAnswers, nameMissing } = webAddresses;
    const provider = webProvider(host, [ipv6, ipv4]);
    if (presence === 'published') {
      const values = { host, addresses: ipv6.usable, aliases: ipv6.aliases, zone: ipv6.zone, provider };
      return { message: ipv6.onAllServers ? 'aaaa-published' : 'aaaa-on-some-servers', values };
    }
    if (ipv6.unusable.length > 0)
      return { message: 'aaaa-unusable', values: { host, unusable: ipv6.unusable.map(({ address, scope }) => `${address} (${scope})`) } };
    if (presence === 'aaaa-missing') return { message: 'aaaa-missing', values: { host, ipv4: ipv4?.usable ?? [], provider } };
    if (isWww) return { message: 'no-www', values: { host } };
    if (siblingAnswers) return { message: 'served-by-www', values: { host, sibling } };
    if (subject.service === 'public-services') return { message: 'service-gone', values: { host }, cause: 'service-gone' };
    return nameMissing
      ? { message: 'domain-not-found', values: { host }, cause: 'domain-not-found' }
      : { message: 'no-address', values: { host } };
  },
});
