import { defineCheck } from '../define-check.ts';

/** All authoritative servers should publish the same AAAA. */
export const check = defineCheck({
  id: 'aaaa-consistency',
  area: 'dns',
  subject: 'zone',
  level: 'recommended',
  title: { vi: 'Bản ghi AAAA thống nhất giữa các máy chủ', en: 'Same AAAA on all name servers' },
  why: {
    vi: 'Nếu chỉ một số máy chủ tên miền có bản ghi AAAA, người dùng lúc có IPv6 lúc không.',
    en: 'If only some name servers have the AAAA records, users have IPv6 at one moment and not at the next.',
  },
  references: [{ label: 'RFC 1034 §4.3.5', url: 'https://www.rfc-editor.org/rfc/rfc1034' }],
  needs: ['aaaaSets'],
  messages: {
    'same-aaaa': {
      status: 'pass',
      vi: 'Mọi máy chủ tên miền của {zone} công bố cùng một bộ AAAA cho: {names}.',
      en: 'All name servers of {zone} publish the same AAAA for: {names}.',
    },
    'aaaa-vary': {
      status: 'info',
      vi: 'AAAA trong {zone} thay đổi theo từng lần hỏi (phân theo vị trí hoặc chia tải): {said}.',
      en: 'AAAA in {zone} change from query to query (by location or load): {said}.',
    },
    'aaaa-lag': {
      status: 'warn',
      vi: 'AAAA trong {zone} khác nhau giữa các máy chủ ở lần hỏi đầu, lần hỏi sau đã khớp: {said}.',
      en: 'AAAA in {zone} differed between the servers in the first round and agreed in the second: {said}.',
      fix: {
        vi: 'Đơn vị quản trị DNS theo dõi việc đồng bộ vùng giữa các máy chủ.',
        en: 'The DNS operator watches zone transfers between the servers.',
      },
    },
    'aaaa-differ': {
      status: 'warn',
      vi: 'Các máy chủ tên miền của {zone} công bố AAAA khác nhau: {said}. Mọi địa chỉ đều dùng được: {allUsable}.',
      en: 'The name servers of {zone} publish different AAAA: {said}. All addresses usable: {allUsable}.',
      fix: {
        vi: 'Đơn vị quản trị DNS đồng bộ vùng {zone} trên tất cả máy chủ.',
        en: 'The DNS operator brings all servers to the same copy of {zone}.',
      },
    },
    'aaaa-on-some-servers': {
      status: 'fail',
      vi: 'Chỉ một số máy chủ tên miền của {zone} có bản ghi AAAA, trong cả hai lần hỏi: {said}.',
      en: 'Only some name servers of {zone} have the AAAA records, in both rounds: {said}.',
      fix: {
        vi: 'Đơn vị quản trị DNS đưa bản ghi AAAA lên mọi máy chủ của vùng {zone} (kiểm tra serial và việc chuyển vùng).',
        en: 'The DNS operator brings the AAAA records to every server of {zone} (check serial and zone transfer).',
      },
    },
    'no-aaaa': {
      status: 'not-applicable',
      vi: 'Không tên nào đã hỏi trong {zone} có bản ghi AAAA.',
      en: 'None of the names asked in {zone} has AAAA records.',
    },
    'not-compared': {
      status: 'inconclusive',
      vi: 'Chưa so sánh được AAAA trong {zone} giữa các máy chủ: {names}.',
      en: 'AAAA in {zone} could not be compared between the servers: {names}.',
      fix: {
        vi: 'Người đo kiểm tra lại tên miền này.',
        en: 'Measure this domain again.',
      },
    },
  },
  evaluate({ aaaaSets }) {
    const { zone, names } = aaaaSets;
    const inState = (...states: string[]) => names.filter(({ state }) => states.includes(state));
    const said = (found: typeof names): string[] => found.flatMap((name) => name.said.map((text) => `${name.name} @ ${text}`));
    const partly = inState('partly');
    if (partly.length > 0) return { message: 'aaaa-on-some-servers', values: { zone, said: said(partly) }, cause: 'dns-inconsistent' };
    const unconfirmed = inState('unconfirmed');
    if (unconfirmed.length > 0)
      return { message: 'not-compared', values: { zone, names: unconfirmed.map(({ name }) => name) }, cause: 'dns-inconsistent' };
    const differ = inState('differ');
    if (differ.length > 0) {
      return {
        message: 'aaaa-differ',
        values: { zone, said: said(differ), allUsable: differ.every(({ allUsable }) => allUsable) },
        cause: 'dns-inconsistent',
      };
    }
    const lag = inState('lag');
    if (lag.length > 0) return { message: 'aaaa-lag', values: { zone, said: said(lag) }, cause: 'dns-inconsistent' };
    const varies = inState('varies');
    if (varies.length > 0) return { message: 'aaaa-vary', values: { zone, said: said(varies) }, cause: 'geo-varies' };
    const same = inState('same');
    if (same.length > 0) return { message: 'same-aaaa', values: { zone, names: same.map(({ name }) => name) } };
    if (inState('none').length > 0) return { message: 'no-aaaa', values: { zone } };
    return { message: 'not-compared', values: { zone, names: names.map(({ name }) => name) }, cause: aaaaSets.cause ?? 'dns-timeout' };
  },
});
