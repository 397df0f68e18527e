import { defineCheck, type Outcome } from '../define-check.ts';

type MessageId = 'none' | 'none-in-part' | 'in-plain-places' | 'in-working-places' | 'no-address';

/** IPv4 addresses written into redirects, page, style sheets and policy headers. */
export const check = defineCheck({
  id: 'web-literals',
  area: 'web',
  subject: 'host',
  level: 'recommended',
  title: { vi: 'Địa chỉ IPv4 viết thẳng trong trang', en: 'IPv4 literals in the page' },
  why: {
    vi: 'Địa chỉ IPv4 viết thẳng không đi qua DNS nên người dùng chỉ có IPv6, kể cả qua DNS64/NAT64, không tải được phần đó.',
    en: 'A literal IPv4 address does not pass through DNS, so users with IPv6 only, even behind DNS64/NAT64, cannot load it.',
  },
  references: [{ label: 'RFC 6586', url: 'https://www.rfc-editor.org/rfc/rfc6586' }],
  needs: ['webLiterals'],
  messages: {
    none: { status: 'pass', vi: 'Không thấy địa chỉ IPv4 viết thẳng trong {url}.', en: 'No IPv4 literal was found in {url}.' },
    'none-in-part': {
      status: 'pass',
      vi: 'Không thấy địa chỉ IPv4 viết thẳng trong phần đã đọc của {url} (danh sách liên kết bị cắt bớt).',
      en: 'No IPv4 literal was found in the part of {url} that was read (the list of links was cut).',
    },
    'in-plain-places': {
      status: 'warn',
      vi: '{url} dùng địa chỉ IPv4 viết thẳng ở chỗ không thiết yếu: {literals}.',
      en: '{url} uses IPv4 literals in places that are not essential: {literals}.',
      fix: {
        vi: 'Đơn vị quản trị trang thay các địa chỉ này bằng tên miền có bản ghi AAAA.',
        en: 'The web operator replaces these addresses by names that have AAAA records.',
      },
    },
    'in-working-places': {
      status: 'fail',
      vi: '{host} dùng địa chỉ IPv4 viết thẳng ở chỗ thiết yếu (chuyển hướng, kịch bản, kiểu trình bày, biểu mẫu, khung): {literals}.',
      en: '{host} uses IPv4 literals in essential places (redirect, script, style, form, frame): {literals}.',
      fix: {
        vi: 'Đơn vị quản trị trang thay ngay các địa chỉ này bằng tên miền có bản ghi AAAA, hoặc bằng đường dẫn tương đối.',
        en: 'The web operator replaces these addresses by names that have AAAA records, or by relative paths.',
      },
    },
    'no-address': { status: 'not-applicable', vi: '{host} không có trang web.', en: '{host} has no web site.' },
  },
  evaluate({ webLiterals }): Outcome<MessageId> {
    const { host, presence, found, cut, pageUrl } = webLiterals;
    if (presence === 'no-address') return { message: 'no-address', values: { host } };
    const blocking = found.filter((literal) => literal.blocking);
    const shown = blocking.length > 0 ? blocking : found;
    const values = { host, url: pageUrl, literals: shown.slice(0, 10).map(({ place, url }) => `${place}: ${url}`), count: found.length };
    if (blocking.length > 0) return { message: 'in-working-places', values };
    if (found.length > 0) return { message: 'in-plain-places', values };
    return { message: cut ? 'none-in-part' : 'none', values };
  },
});
