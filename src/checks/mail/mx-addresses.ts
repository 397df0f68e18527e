import { type ExchangerFact, usableOf } from '../../facts/mail-exchangers.ts';
import type { Cause } from '../../model/cause.ts';
import { defineCheck } from '../define-check.ts';

/** Usable AAAA of every MX host, by preference. */
export const check = defineCheck({
  id: 'mx-addresses',
  area: 'mail',
  subject: 'mail-domain',
  level: 'required',
  title: { vi: 'Địa chỉ IPv6 của máy chủ thư', en: 'IPv6 addresses of the mail servers' },
  why: {
    vi: 'Máy gửi thư chỉ có IPv6 chỉ đến được máy chủ thư qua bản ghi AAAA của máy chủ nêu trong MX.',
    en: 'A sender with IPv6 only reaches a mail server only through the AAAA record of the host that the MX names.',
  },
  references: [
    { label: 'RFC 3974', url: 'https://www.rfc-editor.org/rfc/rfc3974' },
    { label: 'RFC 5321 §5.1', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-5.1' },
    { label: 'RFC 2181 §10.3', url: 'https://www.rfc-editor.org/rfc/rfc2181#section-10.3' },
  ],
  needs: ['mailExchangers'],
  messages: {
    'all-have-ipv6': {
      status: 'pass',
      vi: 'Mọi máy chủ thư của {domain} đều có địa chỉ IPv6: {with}.',
      en: 'Every mail server of {domain} has an IPv6 address: {with}.',
    },
    'some-of-best': {
      status: 'warn',
      vi: 'Trong các máy chủ thư ưu tiên nhất của {domain}, chỉ một phần có địa chỉ IPv6: có {with}; thiếu {without}.',
      en: 'Only some of the most preferred mail servers of {domain} have an IPv6 address: {with}; without: {without}.',
      fix: {
        vi: 'Đơn vị quản trị thư bật IPv6 trên {without} (Postfix `inet_protocols = all`), rồi đơn vị quản trị DNS thêm bản ghi AAAA cho các tên đó.',
        en: 'The mail operator enables IPv6 on {without} (Postfix `inet_protocols = all`), then the DNS operator adds AAAA records for them.',
      },
    },
    'only-backups': {
      status: 'warn',
      vi: 'Chỉ máy chủ thư dự phòng của {domain} có địa chỉ IPv6 ({with}); máy chủ ưu tiên nhất thì không: {without}.',
      en: 'Only backup mail servers of {domain} have an IPv6 address ({with}); the most preferred do not: {without}.',
      fix: {
        vi: 'Đơn vị quản trị thư bật IPv6 trên máy chủ ưu tiên nhất (Postfix `inet_protocols = all`), rồi đơn vị quản trị DNS thêm bản ghi AAAA cho {without}.',
        en: 'The mail operator enables IPv6 on the most preferred server (Postfix `inet_protocols = all`), then the DNS operator adds AAAA records for {without}.',
      },
    },
    'backups-without': {
      status: 'warn',
      vi: 'Các máy chủ thư ưu tiên nhất của {domain} có địa chỉ IPv6 ({with}), nhưng máy chủ dự phòng thì không: {without}.',
      en: 'The most preferred mail servers of {domain} have IPv6 addresses ({with}), but backups do not: {without}.',
      fix: {
        vi: 'Đơn vị quản trị thư bật IPv6 trên máy chủ dự phòng và đơn vị quản trị DNS thêm bản ghi AAAA cho {without}, hoặc bỏ MX không còn dùng.',
        en: 'The mail operator enables IPv6 on the backups and the DNS operator adds AAAA records for {without}, or removes MX records no longer used.',
      },
    },
    none: {
      status: 'fail',
      vi: 'Không máy chủ thư nào của {domain} có địa chỉ IPv6 dùng được: {without}.',
      en: 'No mail server of {domain} has a usable IPv6 address: {without}.',
      fix: {
        vi: 'Đơn vị quản trị thư cấp địa chỉ IPv6 cho máy chủ (Postfix `inet_protocols = all`; Exchange: bật IPv6 cho card mạng và receive connector; dịch vụ thuê: bật IPv6 ở nhà cung cấp), mở cổng 25 cho IPv6, rồi đơn vị quản trị DNS thêm bản ghi AAAA cho {without}.',
        en: 'The mail operator gives the server an IPv6 address (Postfix `inet_protocols = all`; Exchange: IPv6 on the adapter and the receive connector; hosted mail: ask the provider), opens port 25 for IPv6, then the DNS operator adds AAAA records for {without}.',
      },
    },
    'mx-alias': {
      status: 'fail',
      vi: 'MX của {domain} trỏ đến bí danh (CNAME), điều RFC 2181 §10.3 cấm: {aliases}. Máy này không được kết nối thử.',
      en: 'An MX of {domain} points to an alias (CNAME), which RFC 2181 §10.3 forbids: {aliases}. It was not connected to.',
      fix: {
        vi: 'Đơn vị quản trị DNS cho MX trỏ thẳng đến tên có bản ghi A và AAAA, không qua CNAME.',
        en: 'The DNS operator points the MX directly at a name with A and AAAA records, without a CNAME.',
      },
    },
    'mx-not-a-host': {
      status: 'fail',
      vi: 'MX của {domain} không phải tên máy chủ trên Internet: {names} (địa chỉ viết thẳng, localhost hoặc tên đặc biệt). Không kết nối thử.',
      en: 'An MX of {domain} is no host name on the Internet: {names} (an address, localhost or a special name). It was not connected to.',
      fix: {
        vi: 'Đơn vị quản trị DNS sửa bản ghi MX của {domain} thành tên máy chủ có bản ghi A và AAAA.',
        en: 'The DNS operator changes the MX record of {domain} to a host name with A and AAAA records.',
      },
    },
    'no-mail': { status: 'not-applicable', vi: '{domain} không nhận thư.', en: '{domain} takes no mail.' },
    'not-resolved': {
      status: 'inconclusive',
      vi: 'Chưa tra được địa chỉ IPv6 của máy chủ thư {open} ({cause}).',
      en: 'IPv6 addresses of the mail servers {open} could not be looked up ({cause}).',
      fix: {
        vi: 'Đơn vị quản trị DNS của các tên này kiểm tra máy chủ tên miền; người đo chạy lại.',
        en: 'The DNS operator of these names checks the name servers; measure again.',
      },
    },
    'implicit-unproven': {
      status: 'inconclusive',
      vi: '{domain} không có MX và địa chỉ của nó không trả lời ở cổng 25, cả IPv6 lẫn IPv4 ({cause}): chưa biết tên miền có nhận thư hay không.',
      en: '{domain} has no MX and its addresses do not answer on port 25, neither over IPv6 nor over IPv4 ({cause}): whether it takes mail is not known.',
      fix: {
        vi: 'Đơn vị quản trị DNS thêm bản ghi MX nếu tên miền nhận thư, hoặc null MX (`MX 0 .`) nếu không.',
        en: 'The DNS operator adds MX records if the domain takes mail, or a null MX (`MX 0 .`) if it does not.',
      },
    },
    'too-many': {
      status: 'inconclusive',
      vi: '{domain} có quá nhiều MX: {cut} máy chủ chưa được tra.',
      en: '{domain} has too many MX records: {cut} hosts were not looked up.',
      fix: { vi: 'Đơn vị quản trị DNS rà soát lại danh sách MX.', en: 'The DNS operator reviews the list of MX records.' },
    },
  },
  evaluate({ mailExchangers }) {
    const { domain, hasMail, exchangers, cut, implicitDoubt } = mailExchangers;
    if (!hasMail) return { message: 'no-mail', values: { domain } };
    const strange = exchangers.filter(({ refused }) => refused !== null);
    if (strange.length > 0) return { message: 'mx-not-a-host', values: { domain, names: namesOf(strange) } };
    const aliases = exchangers.filter((exchanger) => exchanger.aliases.length > 0);
    if (aliases.length > 0)
      return {
        message: 'mx-alias',
        values: { domain, aliases: aliases.map((exchanger) => `${exchanger.name} → ${exchanger.aliases.join(' → ')}`) },
      };
    const open = exchangers.filter(({ ipv6 }) => !ipv6.known);
    if (open.length > 0) {
      const cause: Cause = open.flatMap(({ ipv6 }) => (ipv6.known ? [] : [ipv6.cause]))[0] ?? 'not-attempted';
      return { message: 'not-resolved', values: { domain, open: namesOf(open), cause }, cause };
    }
    if (cut > 0) return { message: 'too-many', values: { domain, cut }, cause: 'budget-exhausted' };
    const outcome = byPreference(domain, exchangers);
    if (outcome.message === 'none' && implicitDoubt !== null)
      return { message: 'implicit-unproven', values: { domain, cause: implicitDoubt }, cause: implicitDoubt };
    return outcome;
  },
});

function byPreference(domain: string, exchangers: readonly ExchangerFact[]) {
  const having = exchangers.filter(({ ipv6 }) => usableOf(ipv6).length > 0);
  const lacking = exchangers.filter(({ ipv6 }) => usableOf(ipv6).length === 0);
  const values = {
    domain,
    with: having.map((exchanger) => `${exchanger.name} (${usableOf(exchanger.ipv6).join(', ')})`),
    without: namesOf(lacking),
  };
  if (lacking.length === 0) return { message: 'all-have-ipv6', values } as const;
  if (having.length === 0) return { message: 'none', values } as const;
  const best = exchangers[0]?.preference;
  const isBest = ({ preference }: ExchangerFact): boolean => preference === best;
  if (!having.some(isBest)) return { message: 'only-backups', values } as const;
  return { message: lacking.some(isBest) ? 'some-of-best' : 'backups-without', values } as const;
}

function namesOf(exchangers: readonly ExchangerFact[]): string[] {
  return exchangers.map(({ name }) => name);
}
