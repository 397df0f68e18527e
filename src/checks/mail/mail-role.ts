import { defineCheck } from '../define-check.ts';

/** Does the domain say clearly whether and where it takes mail? The other checks of mail are not applicable when it takes none. */
export const check = defineCheck({
  id: 'mail-role',
  area: 'mail',
  subject: 'mail-domain',
  level: 'required',
  title: { vi: 'Vai trò thư điện tử của tên miền', en: 'Mail role of the domain' },
  why: {
    vi: 'Tên miền phải nói rõ nhận thư ở đâu (MX) hoặc không nhận thư (null MX); nếu không, máy gửi thử mãi và thư bị treo.',
    en: 'A domain must say where it takes mail (MX) or that it takes none (null MX); otherwise senders keep trying and mail hangs.',
  },
  references: [
    { label: 'RFC 5321 §5.1', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-5.1' },
    { label: 'RFC 7505', url: 'https://www.rfc-editor.org/rfc/rfc7505' },
  ],
  needs: ['mailRole'],
  messages: {
    'mx-published': {
      status: 'pass',
      vi: '{domain} có bản ghi MX chỉ đến {exchangers}.',
      en: '{domain} has MX records that point to {exchangers}.',
    },
    'implicit-mx': {
      status: 'pass',
      vi: '{domain} không có bản ghi MX; thư được gửi đến chính địa chỉ của {domain} (MX ngầm định).',
      en: '{domain} has no MX record; mail goes to the addresses of {domain} itself (implicit MX).',
    },
    'null-mx': {
      status: 'pass',
      vi: '{domain} nói rõ bằng null MX là không nhận thư.',
      en: '{domain} says by a null MX that it takes no mail.',
    },
    'null-mx-with-others': {
      status: 'warn',
      vi: '{domain} có null MX (không nhận thư) lẫn với MX khác: {exchangers}. Hai điều này trái nhau.',
      en: '{domain} has a null MX (takes no mail) beside other MX records: {exchangers}. They contradict each other.',
      fix: {
        vi: 'Đơn vị quản trị DNS xóa bản ghi `{domain}. MX 0 .` nếu tên miền nhận thư, hoặc xóa mọi MX khác nếu không nhận.',
        en: 'The DNS operator removes `{domain}. MX 0 .` if the domain takes mail, or all other MX records if it does not.',
      },
    },
    'null-mx-missing-spf': {
      status: 'warn',
      vi: '{domain} không có MX và SPF chỉ có `-all` (không gửi thư), nhưng thiếu null MX để nói là không nhận thư.',
      en: '{domain} has no MX and an SPF record of `-all` alone (sends no mail), but no null MX to say that it takes none.',
      fix: {
        vi: 'Đơn vị quản trị DNS thêm bản ghi `{domain}. MX 0 .` (RFC 7505).',
        en: 'The DNS operator adds `{domain}. MX 0 .` (RFC 7505).',
      },
    },
    'null-mx-missing': {
      status: 'warn',
      vi: '{domain} không có MX và không có địa chỉ nào nhận thư (không có bản ghi A, AAAA, hoặc cổng 25 bị từ chối ở cả hai họ địa chỉ), nhưng thiếu null MX.',
      en: '{domain} has no MX and no address that takes mail (no A or AAAA records, or port 25 is refused in both families), but no null MX says so.',
      fix: {
        vi: 'Đơn vị quản trị DNS thêm `{domain}. MX 0 .` (RFC 7505) nếu tên miền không nhận thư, hoặc thêm bản ghi MX nếu có.',
        en: 'The DNS operator adds `{domain}. MX 0 .` (RFC 7505) if the domain takes no mail, or MX records if it does.',
      },
    },
  },
  evaluate({ mailRole }) {
    const { domain, role } = mailRole;
    const values = { domain, exchangers: mailRole.exchangers.map(({ name, preference }) => `${preference} ${name}`) };
    if (role === 'mx') return { message: 'mx-published', values };
    if (role === 'no-mail-spf') return { message: 'null-mx-missing-spf', values };
    if (role === 'no-mail') return { message: 'null-mx-missing', values };
    return { message: role, values };
  },
});
