import type { NameUnderIpv6Only } from '../../facts/ipv6-only-names.ts';
import { inEvery } from '../../facts/providers.ts';
import { defineCheck } from '../define-check.ts';

/** Would every name that the service needs still resolve if IPv4 stopped now? */
export const check = defineCheck({
  id: 'ipv6-only-names',
  area: 'ipv6-only',
  subject: 'service',
  level: 'required',
  title: { vi: 'Phân giải tên miền chỉ bằng IPv6', en: 'Names resolve with IPv6 only' },
  why: {
    vi: 'Mạng chỉ có IPv6 phải phân giải được tên từ máy chủ gốc đến vùng cuối mà không dùng IPv4; một vùng chỉ có IPv4 trên đường đi là đủ làm hỏng.',
    en: 'A network with IPv6 only must resolve names from the root down without IPv4; one IPv4-only zone on the way is enough to break it.',
  },
  references: [
    { label: 'RFC 10001 (BCP 91)', url: 'https://www.rfc-editor.org/rfc/rfc10001' },
    { label: 'RFC 1034 §5.3.3', url: 'https://www.rfc-editor.org/rfc/rfc1034' },
  ],
  needs: ['ipv6OnlyNames'],
  messages: {
    'all-resolve': {
      status: 'pass',
      vi: 'Mọi tên mà {host} cần đều phân giải được chỉ bằng IPv6: {names}.',
      en: 'Every name that {host} needs resolves with IPv6 only: {names}.',
    },
    'one-server-at-cut': {
      status: 'warn',
      vi: 'Các tên của {host} phân giải được chỉ bằng IPv6, nhưng các vùng sau chỉ có một máy chủ tên miền dùng IPv6: {zones}.',
      en: 'The names of {host} resolve with IPv6 only, but these zones have a single name server with IPv6: {zones}.',
      fix: {
        vi: 'Đơn vị quản trị DNS của các vùng này bật IPv6 trên thêm ít nhất một máy chủ tên miền.',
        en: 'The DNS operators of these zones enable IPv6 on at least one more name server.',
      },
    },
    'name-server-name-broken': {
      status: 'warn',
      vi: 'Tên của một số máy chủ tên miền không phân giải được chỉ bằng IPv6, tuy máy chủ khác vẫn phục vụ {host}: {broken}.',
      en: 'The names of some name servers do not resolve with IPv6 only, although others still serve {host}: {broken}.',
      fix: {
        vi: 'Đơn vị quản trị các vùng nêu trên bật IPv6 cho máy chủ tên miền của vùng, hoặc cơ quan đổi sang máy chủ khác.',
        en: 'The operators of the zones named enable IPv6 on their name servers, or the agency moves to other servers.',
      },
    },
    'name-broken': {
      status: 'fail',
      vi: 'Chỉ bằng IPv6 thì không phân giải được tên mà {host} cần, tuy có cả IPv4 thì được: {broken}.',
      en: 'Names that {host} needs do not resolve with IPv6 only, although they do with IPv4 too: {broken}.',
      fix: {
        vi: 'Đơn vị quản trị vùng bị đứt ({operators}) thêm bản ghi AAAA và bật IPv6 trên máy chủ tên miền của vùng; cơ quan yêu cầu hoặc đổi nhà cung cấp.',
        en: 'The operator of the broken zone ({operators}) adds AAAA records and enables IPv6 on its name servers; the agency asks for it or changes the provider.',
      },
    },
    'host-not-found': {
      status: 'not-applicable',
      vi: 'Tên {host} không tồn tại.',
      en: 'The name {host} does not exist.',
    },
    'not-judged': {
      status: 'inconclusive',
      vi: 'Chưa biết {host} có phân giải được chỉ bằng IPv6 hay không: {open}.',
      en: 'Whether {host} resolves with IPv6 only could not be known: {open}.',
      fix: {
        vi: 'Người đo chạy lại từ nơi có IPv6 ổn định; nếu tên hỏng cả với IPv4 thì đơn vị quản trị DNS sửa trước.',
        en: 'Measure again from a vantage with sound IPv6; if the name fails with IPv4 too, the DNS operator repairs that first.',
      },
    },
  },
  evaluate({ ipv6OnlyNames }, { name: host }) {
    const { names, cut } = ipv6OnlyNames;
    const needed = names.filter(({ role }) => role !== 'name-server');
    const servers = names.filter(({ role }) => role === 'name-server');
    const broken = needed.filter(({ state }) => state === 'broken');
    if (broken.length > 0) {
      const operators = [...new Set(broken.flatMap((name) => name.operators))].sort();
      const unlockedBy = inEvery(broken.map((name) => name.operators));
      return { message: 'name-broken', values: { host, broken: broken.map(shown), operators, unlockedBy }, ...causeOf(broken) };
    }
    const open = names.filter(({ state }) => state === 'unknown' || state === 'broken-everywhere');
    const openNeeded = open.filter(({ role }) => role !== 'name-server');
    if (openNeeded.length > 0)
      return { message: 'not-judged', values: { host, open: openNeeded.map(shownOpen) }, cause: openNeeded[0]?.cause ?? 'not-attempted' };
    if (needed.find(({ role }) => role === 'host' || role === 'mail-domain')?.state === 'absent')
      return { message: 'host-not-found', values: { host } };
    const brokenServers = servers.filter(({ state }) => state === 'broken');
    if (brokenServers.length > 0)
      return { message: 'name-server-name-broken', values: { host, broken: brokenServers.map(shown) }, ...causeOf(brokenServers) };
    if (open.length > 0 || cut)
      return { message: 'not-judged', values: { host, open: open.map(shownOpen) }, cause: open[0]?.cause ?? 'budget-exhausted' };
    const zones = [...new Set(names.flatMap(({ oneServerCuts }) => oneServerCuts))].sort();
    if (zones.length > 0) return { message: 'one-server-at-cut', values: { host, zones } };
    return { message: 'all-resolve', values: { host, names: names.map(({ name }) => name) } };
  },
});

function shown({ name, brokenCut, operators }: NameUnderIpv6Only): string {
  // Where the zone and whoever runs it bear one name, it is said once.
  const where = [...new Set([brokenCut ?? '', ...operators])].filter((part) => part !== '' && part !== name);
  return where.length === 0 ? name : `${name} (${where.join(', ')})`;
}

function shownOpen({ name, cause }: NameUnderIpv6Only): string {
  return `${name}: ${cause ?? 'not-attempted'}`;
}

function causeOf([first]: readonly NameUnderIpv6Only[]) {
  return first?.cause ? { cause: first.cause } : {};
}
