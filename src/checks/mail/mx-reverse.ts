import type { ReverseName } from '../../facts/mail-reverse.ts';
import { defineCheck } from '../define-check.ts';

/** PTR record and forward confirmation of the exchangers' AAAA. */
export const check = defineCheck({
  id: 'mx-reverse',
  area: 'mail',
  subject: 'mail-domain',
  level: 'informative',
  title: { vi: 'Tên ngược (PTR) của máy chủ thư', en: 'Reverse names (PTR) of the mail servers' },
  why: {
    vi: 'Nhiều nơi nhận thư không tin máy gửi qua IPv6 nếu địa chỉ không có PTR trỏ về tên có đúng địa chỉ đó.',
    en: 'Many receivers do not trust a sender over IPv6 whose address has no PTR record that leads to a name with that address.',
  },
  references: [{ label: 'RFC 8501', url: 'https://www.rfc-editor.org/rfc/rfc8501' }],
  needs: ['mailReverse'],
  messages: {
    confirmed: {
      status: 'pass',
      vi: 'Địa chỉ IPv6 của máy chủ thư {domain} đều có PTR trỏ về đúng: {confirmed}.',
      en: 'The IPv6 addresses of the mail servers of {domain} have PTR records that lead back: {confirmed}.',
    },
    missing: {
      status: 'warn',
      vi: 'Địa chỉ IPv6 của máy chủ thư {domain} không có PTR: {missing}.',
      en: 'IPv6 addresses of the mail servers of {domain} have no PTR record: {missing}.',
      fix: {
        vi: 'Yêu cầu nhà cung cấp địa chỉ (ISP, trung tâm dữ liệu) tạo PTR cho {missing}, hoặc ủy quyền vùng ip6.arpa.',
        en: 'Ask the provider of the addresses (ISP, data centre) for PTR records of {missing}, or for delegation of the ip6.arpa zone.',
      },
    },
    unconfirmed: {
      status: 'warn',
      vi: 'PTR của máy chủ thư {domain} trỏ đến tên không có bản ghi AAAA đúng địa chỉ đó: {unconfirmed}.',
      en: 'PTR records of the mail servers of {domain} lead to names without an AAAA record of that address: {unconfirmed}.',
      fix: {
        vi: 'Nhà cung cấp địa chỉ sửa PTR, hoặc đơn vị quản trị DNS thêm bản ghi AAAA cho tên trong PTR.',
        en: 'The provider of the addresses corrects the PTR record, or the DNS operator adds the AAAA record to the name it leads to.',
      },
    },
    'no-mail': { status: 'not-applicable', vi: '{domain} không nhận thư.', en: '{domain} takes no mail.' },
    'no-ipv6-address': {
      status: 'not-applicable',
      vi: 'Không máy chủ thư nào được thử của {domain} có địa chỉ IPv6.',
      en: 'No mail server of {domain} that is contacted has an IPv6 address.',
    },
    'not-resolved': {
      status: 'inconclusive',
      vi: 'Chưa tra được PTR của {open} ({cause}).',
      en: 'PTR records of {open} could not be looked up ({cause}).',
      fix: {
        vi: 'Nhà cung cấp địa chỉ kiểm tra vùng ip6.arpa; người đo chạy lại.',
        en: 'The provider of the addresses checks the ip6.arpa zone; measure again.',
      },
    },
  },
  evaluate({ mailReverse }) {
    const { domain, hasMail, addresses } = mailReverse;
    if (!hasMail) return { message: 'no-mail', values: { domain } };
    if (addresses.length === 0) return { message: 'no-ipv6-address', values: { domain } };
    const shown = (state: ReverseName['state']): string[] => addresses.filter((entry) => entry.state === state).map(text);
    const values = {
      domain,
      confirmed: shown('confirmed'),
      missing: shown('missing'),
      unconfirmed: shown('unconfirmed'),
      open: shown('unknown'),
    };
    if (values.missing.length > 0) return { message: 'missing', values };
    if (values.unconfirmed.length > 0) return { message: 'unconfirmed', values };
    const cause = addresses.find(({ state }) => state === 'unknown')?.cause ?? 'not-attempted';
    if (values.open.length > 0) return { message: 'not-resolved', values: { ...values, cause }, cause };
    return { message: 'confirmed', values };
  },
});

function text({ exchanger, address, names }: ReverseName): string {
  return names.length === 0 ? `${exchanger} [${address}]` : `${exchanger} [${address}] → ${names.join(', ')}`;
}
